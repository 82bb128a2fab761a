import type { Metadata } from 'next';
import { AppointmentBrief } from '@/components/booking/appointment-summary';
import { HeldSummary } from '@/components/booking/held-summary';
import { MovingNotice } from '@/components/booking/moving-notice';
import { EndedCall } from '@/components/call/ended-call';
import { NotMine } from '@/components/call/not-mine';
import { borderRefusal, sameAreaWords } from '@/components/crossborder/border-words';
import { DecisionPanel } from '@/components/crossborder/decision-panel';
import { LiveProvider } from '@/components/layout/live';
import { refused } from '@/components/layout/refusal-words';
import { guardCard, guardHeading } from '@/components/registry/guard-words';
import type { Ctx } from '@/lib/auth/actor';
import { hasPermission } from '@/lib/auth/permissions';
import { colleaguesOf } from '@/lib/auth/queries';
import { formOwner, takeDraft } from '@/lib/auth/session';
import { guardOf } from '@/lib/booking/guard.queries';
import type { Appointment } from '@/lib/booking/appointment.schema';
import { appointmentFor } from '@/lib/booking/queries';
import { MAX_REASON, type Call, type HeldSlot } from '@/lib/booking/schema';
import { overRule, type OverRule } from '@/lib/booking/timeframe.rules';
import { MAX_APPROVAL_TEXT } from '@/lib/crossborder/approval.schema';
import type { BorderDecision } from '@/lib/crossborder/schema';
import { newId } from '@/lib/platform/id';
import { takeCallOver } from '../hand-over/actions';
import { openCall } from '../call';
import { BookForm } from './book-form';
import { borderAtCheck } from './border';

export const metadata: Metadata = { title: 'Check and book – this call' };

export default async function CheckPage({ params }: { params: Promise<{ callId: string }> }) {
  const { ctx, call } = await openCall((await params).callId, 'check');
  return (
    <div className="mx-auto max-w-measure">
      {call.state === 'open' || call.moves ? <CheckAndBook ctx={ctx} call={call} /> : <EndedCall call={call} />}
    </div>
  );
}

async function CheckAndBook({ ctx, call }: { ctx: Ctx; call: Call }) {
  const { held, moves } = call;
  const rule = held ? ruleOf(ctx, call, held) : 'none';
  const [moved, conflicts, clinicians, border, draft, owner] = await Promise.all([
    moves ? movedAppointment(ctx, moves.id) : null,
    held && call.isMine ? guardOf(ctx, { callId: call.id, slotId: held.id }) : [],
    rule === 'approval' ? colleaguesOf(ctx.actor, ['clinician']) : [],
    borderAtCheck(ctx, call),
    takeDraft(ctx, `/calls/${call.id}/check`),
    formOwner(ctx),
  ]);
  return (
    <>
      <h1 className="nhsuk-heading-l mb-4">{moves ? 'Check and move' : 'Check and book'}</h1>
      {moves ? <MovingNotice moves={moves} now={ctx.now} /> : null}
      {call.isMine ? (
        <LiveProvider>
          <BookForm
            call={{ id: call.id, dispositionCode: call.disposition.code }}
            held={held ? { id: held.id, startsAt: held.startsAt, heldUntil: held.heldUntil, minutesOver: held.minutesOver, canExtend: held.canExtend } : null}
            moves={moves ? { id: moves.id, version: moves.version, reason: moved?.reason ?? '' } : null}
            guard={{ heading: guardHeading(call.patient, conflicts), cards: conflicts.map((conflict) => guardCard(conflict, ctx.now)) }}
            over={{ rule, clinicians }}
            border={{ refusal: border.decision && borderRefusal(border.decision), ask: border.ask, answer: border.answer, maxText: MAX_APPROVAL_TEXT }}
            // Minted with the page: whatever is sent from it twice is the same request.
            requestId={newId()}
            maxReason={MAX_REASON}
            lost={refused({ code: 'outcome-unknown' }, ctx)}
            kept={{ owner, draft }}
            now={ctx.now}
          >
            <HeldAndBorder call={call} decision={border.decision} now={ctx.now} />
            {moved ? (
              <>
                <h2 className="nhsuk-heading-s mb-2">Instead of {moved.reference}</h2>
                <AppointmentBrief appointment={moved} now={ctx.now} />
              </>
            ) : null}
          </BookForm>
        </LiveProvider>
      ) : (
        <>
          <NotMine call={call} back="check" takeOver={takeCallOver} />
          <HeldAndBorder call={call} decision={border.decision} now={ctx.now} />
        </>
      )}
    </>
  );
}

function HeldAndBorder({ call, decision, now }: { call: Call; decision: BorderDecision | null; now: Date }) {
  const { held } = call;
  if (!held) return null;
  return (
    <>
      <HeldSummary call={call} held={held} whoPays={decision && sameAreaWords(decision)} now={now} />
      {decision?.isCrossing ? <DecisionPanel decision={decision} now={now} /> : null}
    </>
  );
}

// While it is sealed to whoever looks, the notice that it is being moved says enough.
async function movedAppointment(ctx: Ctx, id: string): Promise<Appointment | null> {
  const appointment = await appointmentFor(ctx, id);
  return appointment?.isOpen ? appointment : null;
}

function ruleOf({ actor }: Ctx, { disposition }: Call, { minutesOver }: HeldSlot): OverRule {
  return overRule({ minutesOver, disposition, isClinician: hasPermission(actor, 'appointment:book-outside-timeframe') });
}
