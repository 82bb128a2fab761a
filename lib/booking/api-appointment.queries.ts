import { z } from 'zod';
import { record } from '@/lib/audit/record';
import type { Ctx, SystemActor } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import type { ApiAppointment } from '@/lib/booking/direct.schema';
import { appointmentStatus } from '@/lib/booking/schema';
import { submissionOf } from '@/lib/booking/screen-submission.rules';
import { submission } from '@/lib/booking/submission.schema';
import type { Contact } from '@/lib/patient/contacts.schema';
import { sex } from '@/lib/patient/schema';
import { db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/id';
import { fromDateColumn } from '@/lib/platform/time';

/** Versions are counted in an integer column. */
const MAX_VERSION = 2_147_483_647;

/** What `versionBody` wrote of what the API sends. */
const versionSaid = z.object({ status: appointmentStatus, reason: z.string(), startsAt: z.coerce.date(), endsAt: z.coerce.date() });

/**
 * One version of an appointment exactly as it was, the newest unless said otherwise, with what was sent with it; null when there is no such
 * appointment or version, malformed ids included (B-501 to B-505). A booking that was made on the screens is told in the same shape.
 *
 * Every look is audited (B-508). Throws ForbiddenError without `appointment:read`.
 */
export async function apiAppointment(ctx: Ctx<SystemActor>, asked: { id: string; version?: number }): Promise<ApiAppointment | null> {
  requirePermission(ctx.actor, 'appointment:read');

  const found = await versionOf(asked);
  if (found) await record(db, ctx, { type: 'appointment.viewed', subject: found.id, patientId: found.patientId, detail: { version: found.version } });
  return found;
}

/** The same without its audit row, for a command that compares with it what was sent, and for the answer to a change, which is audited as such. */
export async function versionOf({ id, version }: { id: string; version?: number }): Promise<ApiAppointment | null> {
  if (!isId(id) || !isVersion(version)) return null;
  // Raw: one statement over eight tables, on the path of every booking that is answered with its appointment.
  const [row] = await db.$queryRaw<Row[]>`
    SELECT appointment.id, appointment_version.version, appointment_version.version = appointment.version AS "isCurrent",
      appointment_version.at AS "changedAt", appointment_version.body, appointment.booked_at AS "bookedAt",
      slot.id AS "slotId", session.schedule_id AS "scheduleId", slot.starts_at AS "slotStartsAt", slot.ends_at AS "slotEndsAt",
      patient.id AS "patientId", patient.nhs_number AS "nhsNumber", patient.given_name AS "givenName", patient.family_name AS "familyName",
      patient.birth_date AS "birthDate", patient.sex, patient.address_line AS "addressLine", patient.town, patient.postcode, patient.phone,
      patient.is_unknown AS "isUnknown", booking_submission.body AS submission,
      (
        SELECT jsonb_agg(jsonb_build_object('rank', rank, 'isPatient', is_patient, 'name', name, 'relationship', relationship, 'phone', call_contact.phone) ORDER BY rank, call_contact.id)
        FROM call_contact
        WHERE call_contact.call_id = appointment.call_id
      ) AS contacts,
      referral.id AS "referralId", referral.sent_at AS "sentAt"
    FROM appointment
    JOIN appointment_version ON appointment_version.appointment_id = appointment.id
      AND appointment_version.version = coalesce(${version ?? null}::int, appointment.version)
    JOIN slot ON slot.id = appointment.slot_id
    JOIN session ON session.id = slot.session_id
    JOIN patient ON patient.id = appointment.patient_id
    LEFT JOIN booking_submission ON booking_submission.appointment_id = appointment.id
    -- Sent in the statement that booked: by service and time there is an index, also of those that no longer count.
    LEFT JOIN referral ON referral.service_id = appointment.service_id AND referral.sent_at = appointment.booked_at AND referral.appointment_id = appointment.id
    WHERE appointment.id = ${id}::uuid`;
  return row ? appointmentOf(row) : null;
}

function isVersion(version: number | undefined): boolean {
  return version === undefined || (Number.isInteger(version) && version > 0 && version <= MAX_VERSION);
}

type Row = {
  id: string;
  version: number;
  isCurrent: boolean;
  changedAt: Date;
  body: unknown;
  bookedAt: Date;
  slotId: string;
  scheduleId: string;
  slotStartsAt: Date;
  slotEndsAt: Date;
  patientId: string;
  nhsNumber: string | null;
  givenName: string;
  familyName: string;
  birthDate: Date;
  sex: string;
  addressLine: string | null;
  town: string | null;
  postcode: string;
  phone: string | null;
  isUnknown: boolean;
  submission: unknown;
  contacts: Contact[] | null;
  referralId: string | null;
  sentAt: Date | null;
};

function appointmentOf(row: Row): ApiAppointment {
  const { id, version, isCurrent, changedAt, bookedAt, patientId } = row;
  const { status, reason, startsAt, endsAt } = versionSaid.parse(row.body);
  return {
    ...{ id, version, isCurrent, changedAt, status, reason, startsAt, endsAt, bookedAt, patientId },
    slot: { id: row.slotId, scheduleId: row.scheduleId, startsAt: row.slotStartsAt, endsAt: row.slotEndsAt },
    submission: row.submission ? submission.parse(row.submission) : submissionOf(knownOf(row)),
  };
}

function knownOf(row: Row): Parameters<typeof submissionOf>[0] {
  const { nhsNumber, givenName, familyName, addressLine, town, postcode, phone, isUnknown, contacts, referralId, sentAt } = row;
  return {
    patient: { nhsNumber, givenName, familyName, birthDate: fromDateColumn(row.birthDate), sex: sex.parse(row.sex), addressLine, town, postcode, phone, isUnknown },
    contacts: contacts ?? [],
    referral: referralId && sentAt ? { id: referralId, sentAt } : null,
  };
}
