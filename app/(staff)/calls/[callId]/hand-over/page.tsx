import type { Metadata } from 'next';
import { EndedCall } from '@/components/call/ended-call';
import { NotMine } from '@/components/call/not-mine';
import { hasPermission } from '@/lib/auth/permissions';
import { colleaguesOf } from '@/lib/auth/queries';
import { formOwner, takeDraft } from '@/lib/auth/session';
import { clockTime } from '@/lib/platform/time-words';
import { TAKES_CALLS } from '../../takes-calls';
import { openCall } from '../call';
import { takeCallOver } from './actions';
import { HandOverForm } from './hand-over-form';

export const metadata: Metadata = { title: 'Hand over – this call' };

export default async function HandOverPage({ params }: { params: Promise<{ callId: string }> }) {
  const { callId } = await params;
  const { ctx, call } = await openCall(callId, 'hand-over');
  if (call.state === 'referred' || call.state === 'closed') return <EndedCall call={call} />;

  const [everybody, draft, owner] = await Promise.all([
    colleaguesOf(ctx.actor, TAKES_CALLS),
    takeDraft(ctx, `/calls/${callId}/hand-over`),
    formOwner(ctx),
  ]);
  const colleagues = everybody.filter(({ id }) => id !== call.handler.id);
  const canHandOver = call.isMine || hasPermission(ctx.actor, 'call:reassign');
  return (
    <div className="mx-auto max-w-measure">
      {call.isMine ? null : <NotMine call={call} back="services" takeOver={takeCallOver} />}
      <h1 className="nhsuk-heading-l mb-2">Hand this call over</h1>
      <p>
        Everything goes with it: what was found, why services were passed over, and the clock.
        {call.held ? ` The slot at ${clockTime(call.held.startsAt)} stays held until ${clockTime(call.held.heldUntil)}.` : ''}
      </p>
      {canHandOver && colleagues.length > 0 ? <HandOverForm callId={call.id} colleagues={colleagues} kept={{ owner, draft }} /> : null}
      {canHandOver && colleagues.length === 0 ? <p>There is nobody else of your organisation who takes calls. Ask your supervisor.</p> : null}
    </div>
  );
}
