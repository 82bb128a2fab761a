import type { Metadata } from 'next';
import { EndedCall } from '@/components/call/ended-call';
import { NotMine } from '@/components/call/not-mine';
import { Notice } from '@/components/ui/notice';
import { formOwner, takeDraft } from '@/lib/auth/session';
import { CLOSE_REASONS } from '@/lib/booking/call-end.schema';
import { whenWords } from '@/lib/platform/time-words';
import { openCall } from '../call';
import { takeCallOver } from '../hand-over/actions';
import { CloseForm } from './close-form';

export const metadata: Metadata = { title: 'Close – this call' };

const REASONS = Object.entries(CLOSE_REASONS).map(([value, words]) => ({ value, words }));

export default async function ClosePage({ params }: { params: Promise<{ callId: string }> }) {
  const { callId } = await params;
  const { ctx, call } = await openCall(callId, 'close');
  if (call.state !== 'open') return <EndedCall call={call} />;

  const { held } = call;
  const draft = await takeDraft(ctx, `/calls/${callId}/close`);
  return (
    <div className="mx-auto max-w-measure">
      {call.isMine ? null : <NotMine call={call} back="services" takeOver={takeCallOver} />}
      <h1 className="nhsuk-heading-l mb-4">Close this call without a service</h1>
      {held ? (
        <Notice tone="warning" title={`The slot ${whenWords(held.startsAt, ctx.now)} at ${held.serviceName} is let go`}>
          Closing the call frees it for others at once.
        </Notice>
      ) : null}
      {call.isMine ? <CloseForm callId={call.id} reasons={REASONS} kept={{ owner: await formOwner(ctx), draft }} /> : null}
    </div>
  );
}
