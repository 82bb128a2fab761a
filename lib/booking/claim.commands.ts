import type { AuditDetail } from '@/lib/audit/events';
import type { Ctx } from '@/lib/auth/actor';
import { crossedFacts, rowOf } from '@/lib/booking/border-row.rules';
import type { BorderToKeep } from '@/lib/booking/border.rules';
import type { Others } from '@/lib/booking/choices.queries';
import { hasPlace, takePlace } from '@/lib/booking/keep-border.commands';
import { carryOutClaim, newAppointmentSql, type ClaimOutcome } from '@/lib/booking/new-appointment.commands';
import type { SlotOffer } from '@/lib/booking/offer.queries';
import { eventSql } from '@/lib/booking/records.commands';
import { replacedSql, standingSql } from '@/lib/booking/replace.commands';
import type { BookingRequest } from '@/lib/booking/schema';
import type { TimeframeDecision } from '@/lib/booking/timeframe.rules';
import { writeChange } from '@/lib/booking/write-change.commands';
import { Prisma, sendHot, type Tx } from '@/lib/platform/db';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { transact } from '@/lib/platform/transact';
import { newReferralSql } from '@/lib/referral/commands';
import type { Chosen } from '@/lib/registry/guard.rules';

export type Claim = {
  appointmentId: string;
  reference: string;
  offer: SlotOffer;
  request: BookingRequest;
  timeframe: TimeframeDecision;
  /** How it was asked for; a move that was chosen in a booking is a booking's request. */
  method: 'book' | 'move';
  /** What becomes of the patient's other appointments. */
  others: Others;
  border: BorderToKeep;
};

/** Why an appointment is cancelled when another is booked in its place. */
const BOOKED_ELSEWHERE = 'booked-elsewhere';

const CONSTRAINTS = [
  'inbound_request_pkey',
  'appointment_reference_key',
  'appointment_one_live_per_slot',
  'appointment_one_live_per_call',
  'appointment_no_overlap',
] as const;

/**
 * Claims the slot that the call holds and writes all that belongs to the booking, in one statement and so in one transaction:
 * slot, appointment with version 1, the decision about its border, its referral, the end of the call, its record, the registry's entry, what was
 * chosen about other appointments, the messages to send, the audit row and the request id; and, in a move, the end of the appointment that it
 * replaces. What is cancelled besides, and what is taken of a day's quota, is so in the same transaction. All of it, or nothing.
 */
export async function claim(ctx: Ctx, claim: Claim): Promise<ClaimOutcome<(typeof CONSTRAINTS)[number]>> {
  const isOneStatement = claim.others.cancels.length === 0 && claim.border.decision.quota === null;
  return carryOutClaim(() => (isOneStatement ? sendHot(bookingSql(ctx, claim)) : bookInSteps(ctx, claim)), CONSTRAINTS);
}

async function bookInSteps(ctx: Ctx, claim: Claim): Promise<readonly unknown[]> {
  const outcome = await transact(async (tx) => {
    const open = await tx.$queryRaw<unknown[]>(openCallSql(ctx, claim));
    if (open.length === 0) return refuse('lost');
    for (const before of claim.others.cancels) {
      const change = { method: 'cancel', columns: { cancelReason: BOOKED_ELSEWHERE, cancelText: null }, detail: { reason: BOOKED_ELSEWHERE } } as const;
      if (!(await writeChange(tx, ctx, { ...change, before }))) return refuse('lost');
    }
    return bookInPlace(tx, ctx, claim);
  });
  return outcome.ok ? outcome.value : [];
}

/** With a place of the quota, if the border's rule counts: taken before the slot, so that every booking waits for the two in one order. */
async function bookInPlace(tx: Tx, ctx: Ctx, claim: Claim): Promise<Result<readonly unknown[], 'lost'>> {
  const { quota } = claim.border.decision;
  const { replaces } = claim.others;
  // The place of the appointment that is replaced comes back with it, and may be the last one: then it is taken after it.
  const isReused = quota !== null && replaces !== null && (await hasPlace(tx, quota, replaces.id));
  if (quota && !isReused && !(await takePlace(tx, quota))) return refuse('lost');
  const won = await tx.$queryRaw<unknown[]>(bookingSql(ctx, claim));
  if (won.length === 0 || (quota && isReused && !(await takePlace(tx, quota)))) return refuse('lost');
  return ok(won);
}

/**
 * The call, then the patient, locked: bookings of one call, or for one patient, take their turn instead of a deadlock. None when the patient
 * was booked for since the offer was read: the guard has not seen that appointment.
 */
function openCallSql({ actor }: Ctx, { request, offer: { call, patient } }: Claim): Prisma.Sql {
  return Prisma.sql`
    SELECT call.id
    FROM call
    JOIN patient ON patient.id = call.patient_id
    WHERE call.id = ${request.callId}::uuid AND call.state = ${call.state} AND call.handler_id = ${actor.id}::uuid
      AND patient.deceased_on IS NULL AND patient.xmin::text = ${patient.rowVersion}
    FOR NO KEY UPDATE`;
}

// Raw: a measured hot path; as typed calls in a transaction the same work takes seven times as long.
function bookingSql(ctx: Ctx, claim: Claim): Prisma.Sql {
  const { now } = ctx;
  const { appointmentId, request, offer } = claim;
  const { slot, patient, call } = offer;
  const { replaces } = claim.others;
  const [ready, claimed] = replaces
    ? [standingSql(ctx, replaces), replacedSql(ctx, { replaced: replaces, by: { appointmentId, callId: call.id, slotId: slot.id, serviceId: slot.service.id, startsAt: slot.startsAt } })]
    : [Prisma.sql`ready AS (SELECT id FROM open_call)`, Prisma.sql`claimed AS (SELECT * FROM taken)`];
  return Prisma.sql`
    WITH open_call AS (${openCallSql(ctx, claim)}),
    ${ready},
    taken AS (
      -- The claim is the lock: of two concurrent requests, exactly one update finds the slot free and held by its call.
      UPDATE slot
      SET status = 'busy', held_by_call = NULL, held_until = NULL, hold_extended = false
      FROM ready
      WHERE slot.id = ${request.slotId}::uuid AND slot.status = 'free' AND slot.held_by_call = ready.id
        AND slot.held_until > ${now}::timestamptz AND slot.starts_at > ${now}::timestamptz
      RETURNING slot.id, slot.service_id, slot.starts_at, slot.ends_at
    ),
    ${claimed},
    ended AS (
      UPDATE call
      SET state = 'booked', ended_at = ${now}::timestamptz
      FROM claimed
      WHERE call.id = ${request.callId}::uuid AND call.state = 'open'
    ),
    guarded AS (
      -- Says the same again: whoever decided about this patient meanwhile finds another version of the row, and decides anew.
      UPDATE patient
      SET is_unknown = patient.is_unknown
      FROM claimed
      WHERE patient.id = ${patient.id}::uuid
    ),
    ${newReferralSql(ctx, { appointmentId, callId: call.id, patientId: patient.id, serviceId: slot.service.id, dispositionCode: call.dispositionCode })},
    ${writtenSql(ctx, claim)}
    SELECT id FROM claimed`;
}

function writtenSql(ctx: Ctx, claim: Claim): Prisma.Sql {
  const { appointmentId, reference, request, offer, timeframe, method, border } = claim;
  const { callId, slotId, requestId, reason } = request;
  const { slot, patient, call } = offer;
  const { startsAt, endsAt, service } = slot;
  const { replaces, keptBeside, chosen } = claim.others;
  const given = givenOf(timeframe, request);
  const facts = {
    ...{ appointmentId, slotId, serviceId: service.id, startsAt: startsAt.toISOString(), rule: timeframe.ruleId, minutesOver: timeframe.minutesOver },
    ...(replaces ? { replaces: replaces.id } : {}),
  };
  const appointment = {
    ...{ id: appointmentId, reference, slotId, serviceId: service.id, startsAt, endsAt, patient, reason, callId, dispositionCode: call.dispositionCode },
    ...{ replacesId: replaces?.id ?? null, keptBeside },
    timeframe: { ...timeframe, callerInformed: given.callerInformed ?? false, approvedBy: given.approvedBy ?? null, approvalReason: given.approvalReason ?? null },
  };
  const detail = { ...facts, ...auditedChoices(chosen), callId, isApproved: timeframe.ruleId === 'TF-04', approvedBy: given.approvedBy ?? null };
  return Prisma.sql`
    ${newAppointmentSql(ctx, appointment, { detail, border, inbound: { door: 'screen', method, requestId }, answer: appointmentId })},
    ${chosen.length > 0 ? choicesSql(ctx, { appointmentId, chosen }) : Prisma.empty}
    event AS (${eventSql(ctx, { callId, kind: 'booked', body: { ...facts, ...given, ...crossedFacts(rowOf(border)), ...choicesOf(chosen) } })} FROM claimed)`;
}

/** A row for each choice, in the form in which the record of the call keeps them, too: `choices: [{ entryId, kinds, choice, reason }]`. */
function choicesSql({ actor, now }: Ctx, { appointmentId, chosen }: { appointmentId: string; chosen: readonly Chosen[] }): Prisma.Sql {
  return Prisma.sql`
    choice AS (
      INSERT INTO guard_choice (appointment_id, entry_id, kinds, choice, reason, staff_id, at)
      SELECT ${appointmentId}::uuid, made."entryId", made.kinds, made.choice, made.reason, ${actor.id}::uuid, ${now}::timestamptz
      FROM claimed
      CROSS JOIN jsonb_to_recordset(${JSON.stringify(chosen)}::jsonb) AS made ("entryId" uuid, kinds text[], choice text, reason text)
    ),`;
}

function choicesOf(chosen: readonly Chosen[]): { choices?: Chosen[] } {
  return chosen.length > 0 ? { choices: [...chosen] } : {};
}

/** The choices by the ids of their entries, without a word of why: the audit keeps codes. */
function auditedChoices(chosen: readonly Chosen[]): { choices?: AuditDetail } {
  if (chosen.length === 0) return {};
  return { choices: Object.fromEntries(chosen.map(({ entryId, kinds, choice }) => [entryId, { kinds: [...kinds], choice }])) };
}

/** What is kept of how it was booked outside the timeframe (U-086, U-087). */
type Given = { callerInformed?: true; approvedBy?: string; approvalReason?: string };

// Only what the rule asked for: fields that a form sent besides mean nothing.
function givenOf({ ruleId }: TimeframeDecision, { approvedBy, approvalReason }: BookingRequest): Given {
  if (ruleId === 'TF-01') return {};
  return ruleId === 'TF-04' ? { callerInformed: true, approvedBy, approvalReason } : { callerInformed: true };
}
