import type { Metadata } from 'next';
import { EndedCall } from '@/components/call/ended-call';
import { HeldSummary } from '@/components/booking/held-summary';
import type { Ctx } from '@/lib/auth/actor';
import { hasPermission } from '@/lib/auth/permissions';
import { formOwner, takeDraft } from '@/lib/auth/session';
import { MAX_REASON, type Call, type HeldSlot } from '@/lib/booking/schema';
import { overRule, type OverRule } from '@/lib/booking/timeframe.rules';
import { newId } from '@/lib/platform/id';
import { openCall } from '../call';
import { BookForm } from './book-form';

export const metadata: Metadata = { title: 'Check and book – this call' };

export default async function CheckPage({ params }: { params: Promise<{ callId: string }> }) {
  const { callId } = await params;
  const { ctx, call } = await openCall(callId);
  const draft = await takeDraft(ctx, `/calls/${callId}/check`);
  const { held } = call;
  return (
    <div className="mx-auto max-w-measure">
      {call.state === 'open' ? (
        <>
          <h1 className="nhsuk-heading-l mb-4">Check and book</h1>
          <BookForm
            callId={call.id}
            held={held ? { id: held.id, startsAt: held.startsAt, heldUntil: held.heldUntil, minutesOver: held.minutesOver } : null}
            rule={held ? ruleOf(ctx, call, held) : 'none'}
            dispositionCode={call.disposition.code}
            // Minted with the page: whatever is sent from it twice is the same request.
            requestId={newId()}
            maxReason={MAX_REASON}
            kept={{ owner: await formOwner(ctx), draft }}
            now={ctx.now}
          >
            {held ? <HeldSummary call={call} held={held} now={ctx.now} /> : null}
          </BookForm>
        </>
      ) : (
        <EndedCall call={call} />
      )}
    </div>
  );
}

function ruleOf({ actor }: Ctx, { disposition }: Call, { minutesOver }: HeldSlot): OverRule {
  return overRule({ minutesOver, disposition, isClinician: hasPermission(actor, 'appointment:book-outside-timeframe') });
}
