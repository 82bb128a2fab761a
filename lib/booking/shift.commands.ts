import { randomBytes } from 'node:crypto';
import { auditSql } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { borderFacts, carriedBorder, crossedFacts, type KeptRow } from '@/lib/booking/border-row.rules';
import { borderSql } from '@/lib/booking/keep-border.commands';
import { eventSql, messageSql, versionSql } from '@/lib/booking/records.commands';
import { REFERENCE_BYTES, referenceFrom } from '@/lib/booking/reference.rules';
import { replacedSql } from '@/lib/booking/replace.commands';
import { shiftableFor, shiftSlotFor, type Shiftable, type ShiftSlot } from '@/lib/booking/shift.queries';
import { minutesOver } from '@/lib/booking/timeframe.rules';
import { versionBody } from '@/lib/booking/version.rules';
import { knownCommissioners } from '@/lib/crossborder/commissioner.queries';
import { Prisma, type Tx } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { newReferralSql } from '@/lib/referral/commands';
import { newEntrySql } from '@/lib/registry/commands';

/** A new appointment, and what the service knows of it when it is written. */
type Shift = { appointmentId: string; reference: string; old: Shiftable; version: number; slot: ShiftSlot; callId: string | null; border: KeptRow };

/** A reference is one of millions: that many taken in a row is a fault. */
const REFERENCE_ATTEMPTS = 8;

/**
 * Gives the patient of an appointment another slot of the service's, in the caller's transaction and in one statement: the new
 * appointment, its referral and its entry in the registry; and the end of the old one, when it still stands, as `moved` (U-114). It
 * stays the booking of whoever booked it, with its call, reason and contacts, with what was decided about its border, and with what another system
 * sent with it.
 *
 * The permission is the command's to check. Null when the appointment is in another version, has begun, or the slot is not to be
 * had; then nothing is written. Throws what violates `appointment_no_overlap` or `appointment_one_live_per_call`.
 */
export async function shiftAppointment(tx: Tx, ctx: Ctx, wanted: { appointmentId: string; version: number; toSlotId: string }): Promise<{ appointmentId: string; reference: string } | null> {
  const old = await shiftableFor(tx, wanted.appointmentId);
  const slot = await shiftSlotFor(tx, wanted.toSlotId);
  if (!old || !slot || !canBeShifted(old)) return null;

  const { byCode } = await knownCommissioners();
  const border = carriedBorder(old.borderDecision, { appointmentId: old.id, slot }, byCode);
  const shift: Shift = { appointmentId: newId(), reference: await freeReference(tx), old, version: wanted.version, slot, callId: await callFor(tx, old), border };
  const won = await tx.$queryRaw<unknown[]>(shiftSql(ctx, shift));
  return won.length > 0 ? { appointmentId: shift.appointmentId, reference: shift.reference } : null;
}

/** It stands, or the service cancelled it and nothing else came in its place yet. */
function canBeShifted({ status, replacedById }: Shiftable): boolean {
  return status === 'booked' || (status === 'cancelled' && replacedById === null);
}

// A violated key would end the whole transaction, with all else in it: so a free one is looked for first, and the key is only the belt.
async function freeReference(tx: Tx): Promise<string> {
  for (let attempt = 0; attempt < REFERENCE_ATTEMPTS; attempt += 1) {
    const reference = referenceFrom(randomBytes(REFERENCE_BYTES));
    if (!(await tx.appointment.findUnique({ where: { reference }, select: { id: true } }))) return reference;
  }
  throw new Error('no free reference was found');
}

/** The call goes with the appointment, unless it has led to another since: a call has one live appointment. */
async function callFor(tx: Tx, { id, callId }: Shiftable): Promise<string | null> {
  if (!callId) return null;
  const other = await tx.appointment.findFirst({ where: { callId, releasedAt: null, id: { not: id } }, select: { id: true } });
  return other ? null : callId;
}

// Raw: the table expressions of a move and of a booking are reused, so that what belongs to an appointment is written in one way.
function shiftSql(ctx: Ctx, shift: Shift): Prisma.Sql {
  const { now } = ctx;
  const { appointmentId, old, version, slot, callId, border } = shift;
  const ended = old.status === 'booked' ? replacedSql(ctx, { replaced: old, by: { appointmentId, callId, slotId: slot.id, serviceId: slot.serviceId, startsAt: slot.startsAt } }) : Prisma.sql`claimed AS (SELECT * FROM taken)`;
  return Prisma.sql`
    WITH ready AS (
      -- The patient first, as every booking does: nobody waits in a circle for the one that looks for overlaps.
      SELECT appointment.id
      FROM patient
      JOIN appointment ON appointment.patient_id = patient.id
      WHERE appointment.id = ${old.id}::uuid AND appointment.version = ${version}::int AND appointment.status = ${old.status}
        AND (appointment.status <> 'booked' OR appointment.starts_at > ${now}::timestamptz)
      FOR NO KEY UPDATE OF patient, appointment
    ),
    taken AS (
      -- The claim is the lock: of two that want it, exactly one update finds the slot free, and no call's.
      UPDATE slot
      SET status = 'busy', held_by_call = NULL, held_until = NULL, hold_extended = false
      FROM ready
      WHERE slot.id = ${slot.id}::uuid AND slot.status = 'free' AND (slot.held_until IS NULL OR slot.held_until <= ${now}::timestamptz) AND slot.starts_at > ${now}::timestamptz
      RETURNING slot.id, slot.service_id, slot.starts_at, slot.ends_at
    ),
    ${ended},
    ${appointmentSql(ctx, shift)},
    ${callId && old.dispositionCode ? Prisma.sql`${newReferralSql(ctx, { appointmentId, callId, patientId: old.patientId, serviceId: slot.serviceId, dispositionCode: old.dispositionCode })},` : Prisma.empty}
    ${newEntrySql({ id: newId(), appointmentId, patient: old.patient, at: now })},
    ${borderSql(ctx, appointmentId, border)},
    ${old.bookedThroughId ? Prisma.sql`${sentSql(shift)},` : Prisma.empty}
    ${recordsSql(ctx, shift)}
    SELECT id FROM claimed`;
}

/** What another system sent, and the numbers to ring, go with its booking. */
function sentSql({ appointmentId, old }: Shift): Prisma.Sql {
  return Prisma.sql`
    sent AS (
      INSERT INTO booking_submission (appointment_id, body)
      SELECT ${appointmentId}::uuid, booking_submission.body
      FROM claimed
      JOIN booking_submission ON booking_submission.appointment_id = ${old.id}::uuid
    ),
    contact AS (
      INSERT INTO appointment_contact (id, appointment_id, rank, is_patient, name, relationship, phone)
      SELECT gen_random_uuid(), ${appointmentId}::uuid, rank, is_patient, name, relationship, phone
      FROM claimed
      JOIN appointment_contact ON appointment_contact.appointment_id = ${old.id}::uuid
    )`;
}

function appointmentSql({ now }: Ctx, { appointmentId, reference, old, slot, callId }: Shift): Prisma.Sql {
  const { ruleId, over, approvedById, approvalReason } = timeframeOf(old, slot);
  return Prisma.sql`
    booked AS (
      INSERT INTO appointment (id, reference, slot_id, service_id, call_id, patient_id, disposition_code, status, starts_at, ends_at,
        reason, version, booked_by_id, booked_through_id, booked_by_code, booked_at, replaces_id,
        timeframe_rule, minutes_over, caller_informed, approved_by_id, approval_reason)
      SELECT ${appointmentId}::uuid, ${reference}, claimed.id, claimed.service_id, ${callId}::uuid, ${old.patientId}::uuid,
        ${old.dispositionCode}::text, 'booked', claimed.starts_at, claimed.ends_at,
        ${old.reason}, 1, ${old.bookedById}::uuid, ${old.bookedThroughId}::uuid, ${old.bookedByCode}, ${now}::timestamptz, ${old.id}::uuid,
        ${ruleId}, ${over}::int, ${over > 0}::boolean, ${approvedById}::uuid, ${approvalReason}::text
      FROM claimed
    )`;
}

/**
 * How the new time is to the due time. Later than that, the old approval goes on when there was one; otherwise it is a matter of
 * notice (TF-03): the patient is on the list of people to contact, or on the telephone, and so is told by the service itself.
 */
function timeframeOf({ call, approvedById, approvalReason }: Shiftable, slot: ShiftSlot) {
  const over = minutesOver(slot.startsAt, call?.dueAt ?? null);
  if (over === 0) return { ruleId: 'TF-01', over, approvedById: null, approvalReason: null };
  return { ruleId: approvedById ? 'TF-04' : 'TF-03', over, approvedById, approvalReason };
}

function recordsSql(ctx: Ctx, { appointmentId, reference, old, slot, callId, border }: Shift): Prisma.Sql {
  const { ruleId, over } = timeframeOf(old, slot);
  const facts = { appointmentId, slotId: slot.id, serviceId: slot.serviceId, startsAt: slot.startsAt.toISOString(), rule: ruleId, minutesOver: over, replaces: old.id };
  const body = versionBody({
    ...{ reference, slotId: slot.id, serviceId: slot.serviceId, callId, patientId: old.patientId, dispositionCode: old.dispositionCode },
    ...{ status: 'booked', startsAt: slot.startsAt, endsAt: slot.endsAt, reason: old.reason },
  });
  const event = callId ? Prisma.sql`event AS (${eventSql(ctx, { callId, kind: 'booked', body: { ...facts, ...crossedFacts(border), by: ctx.actor.id } })} FROM claimed),` : Prisma.empty;
  return Prisma.sql`
    version AS (${versionSql(ctx, { appointmentId, version: 1, body })} FROM claimed),
    ${event}
    message AS (${messageSql(ctx, { topic: 'appointment.booked', body: { appointmentId, version: 1, replaces: old.id } })} FROM claimed),
    audit AS (${auditSql(ctx, { type: 'appointment.booked', subject: appointmentId, patientId: old.patientId, detail: { ...facts, callId, isByService: true, border: borderFacts(border) } })} FROM claimed)`;
}
