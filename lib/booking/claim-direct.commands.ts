import { auditSql } from '@/lib/audit/record';
import type { Ctx, SystemActor } from '@/lib/auth/actor';
import type { BorderToKeep } from '@/lib/booking/border.rules';
import type { DirectOffer } from '@/lib/booking/direct-offer.queries';
import type { DirectBooking } from '@/lib/booking/direct.schema';
import { takePlace, type QuotaPlace } from '@/lib/booking/keep-border.commands';
import { carryOutClaim, newAppointmentSql, type ClaimOutcome } from '@/lib/booking/new-appointment.commands';
import { newPatientOf, sentContacts } from '@/lib/booking/direct-patient.rules';
import { offeredSql } from '@/lib/directory/offered.queries';
import { newPatientSql } from '@/lib/patient/commands';
import { Prisma, sendHot } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { ok, refuse } from '@/lib/platform/result';
import { transact } from '@/lib/platform/transact';

export type DirectClaim = {
  appointmentId: string;
  reference: string;
  /** The id that the patient gets when nobody knew them. */
  patientId: string;
  offer: DirectOffer;
  border: BorderToKeep;
  request: DirectBooking;
};

const CONSTRAINTS = [
  'inbound_request_pkey',
  'appointment_reference_key',
  'appointment_no_overlap',
  // Somebody else booked for this patient for the first time, too, and was quicker.
  'patient_nhs_number',
] as const;

/**
 * Claims a slot that nobody has for another system and writes all that belongs to the booking, in one statement and so in one transaction: slot, patient
 * when nobody knew them, appointment with version 1, the decision about its border, what was sent, the numbers to ring, the registry's entry, the
 * messages to send, the audit row and the request id (B-045, B-420); in the same transaction what is taken of a day's quota. All of it, or nothing.
 */
export async function claimDirectly(ctx: Ctx<SystemActor>, claim: DirectClaim): Promise<ClaimOutcome<(typeof CONSTRAINTS)[number]>> {
  const { quota } = claim.border.decision;
  return carryOutClaim(() => (quota ? bookInPlace(ctx, claim, quota) : sendHot(bookingSql(ctx, claim))), CONSTRAINTS);
}

/** With a place of a quota: patient, place, slot, in the order of every booking. */
async function bookInPlace(ctx: Ctx<SystemActor>, claim: DirectClaim, quota: QuotaPlace): Promise<readonly unknown[]> {
  const { patient } = claim.offer;
  const outcome = await transact(async (tx) => {
    if (patient) await tx.$queryRaw(readySql(patient));
    if (!(await takePlace(tx, quota))) return refuse('lost');
    const won = await tx.$queryRaw<unknown[]>(bookingSql(ctx, claim));
    return won.length > 0 ? ok(won) : refuse('lost');
  });
  return outcome.ok ? outcome.value : [];
}

// Raw: a measured hot path, as on the screens.
function bookingSql(ctx: Ctx<SystemActor>, claim: DirectClaim): Prisma.Sql {
  const { now } = ctx;
  const { appointmentId, request, offer } = claim;
  const { slot, patient } = offer;
  // The patient, then the slot: as bookings of calls do, so that nobody waits in a circle.
  return Prisma.sql`
    WITH ready AS (${patient ? readySql(patient) : Prisma.sql`SELECT 1`}),
    taken AS (
      -- The claim is the lock: of any number of requests, exactly one update finds the slot free and no call's.
      UPDATE slot o
      SET status = 'busy', held_by_call = NULL, held_until = NULL, hold_extended = false
      FROM ready
      WHERE o.id = ${slot.id}::uuid AND o.status = 'free' AND (o.held_until IS NULL OR o.held_until <= ${now}::timestamptz)
        AND o.starts_at > ${now}::timestamptz AND o.starts_at = ${slot.startsAt}::timestamptz AND o.ends_at = ${slot.endsAt}::timestamptz AND ${offeredSql(now)}
      RETURNING o.id, o.service_id, o.starts_at
    ),
    claimed AS (SELECT id, service_id, starts_at, ${request.endsAt}::timestamptz AS ends_at FROM taken),
    ${patient ? Prisma.empty : newcomerSql(ctx, claim)}
    ${writtenSql(ctx, claim)},
    sent AS (
      INSERT INTO booking_submission (appointment_id, body)
      SELECT ${appointmentId}::uuid, ${JSON.stringify(request.submission)}::jsonb
      FROM claimed
    ),
    contact AS (
      INSERT INTO appointment_contact (id, appointment_id, rank, is_patient, name, relationship, phone)
      SELECT sent_contact.id, ${appointmentId}::uuid, sent_contact.rank, sent_contact."isPatient", sent_contact.name, sent_contact.relationship, sent_contact.phone
      FROM claimed
      CROSS JOIN jsonb_to_recordset(${contactsText(request)}::jsonb) AS sent_contact (id uuid, rank smallint, "isPatient" boolean, name text, relationship text, phone text)
    )
    SELECT id FROM claimed`;
}

function readySql({ id }: { id: string }): Prisma.Sql {
  return Prisma.sql`SELECT id FROM patient WHERE id = ${id}::uuid AND deceased_on IS NULL FOR NO KEY UPDATE`;
}

function newcomerSql(ctx: Ctx<SystemActor>, { patientId, request }: DirectClaim): Prisma.Sql {
  const detail = { isUnknown: false };
  return Prisma.sql`
    ${newPatientSql(newPatientOf(patientId, request.submission.patient))},
    patient_audit AS (${auditSql(ctx, { type: 'patient.created', subject: patientId, patientId, detail })} FROM claimed),`;
}

function writtenSql(ctx: Ctx<SystemActor>, { appointmentId, reference, patientId, offer, border, request }: DirectClaim): Prisma.Sql {
  const { slot, service } = offer;
  const { startsAt, endsAt, reason, submission } = request;
  const patient = offer.patient ?? { ...newPatientOf(patientId, submission.patient), isUnknown: false };
  const appointment = {
    ...{ id: appointmentId, reference, slotId: slot.id, serviceId: service.id, startsAt, endsAt, patient, reason },
    ...{ callId: null, dispositionCode: null, replacesId: null, keptBeside: [], timeframe: null },
  };
  const detail = { appointmentId, slotId: slot.id, serviceId: service.id, startsAt: startsAt.toISOString() };
  const inbound = ctx.correlationId ? ({ door: 'stu3', method: 'POST', requestId: ctx.correlationId } as const) : null;
  return newAppointmentSql(ctx, appointment, { detail, border, inbound, answer: `${appointmentId}:1` });
}

function contactsText({ submission }: DirectBooking): string {
  return JSON.stringify(sentContacts(submission.patient).map((contact) => ({ id: newId(), ...contact })));
}
