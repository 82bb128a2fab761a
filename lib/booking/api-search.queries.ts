import { record } from '@/lib/audit/record';
import type { Ctx, SystemActor } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import type { ApiAppointmentLine, ApiAppointmentSearch } from '@/lib/booking/direct.schema';
import { appointmentStatus } from '@/lib/booking/schema';
import { fullName } from '@/lib/patient/rules';
import { db, Prisma } from '@/lib/platform/db';
import { isId } from '@/lib/platform/id';

/** Far more than anybody has: a belt, as the answer has no pages (B-706). */
const MAX_FOUND = 1_000;

/**
 * The appointments of one patient, or those with the ids given, by start, then id; an unknown patient has none (B-701 to B-709). Without a
 * window those of a patient that have ended are left out (B-707); what is asked for by id is found whenever it was. With a version each is told as it
 * was then, and those that never had it are left out (B-705). Asked for neither a patient nor an id, nothing is found: the whole book is never listed.
 *
 * Every search is audited, by how it was made and never by the number (B-712). Throws ForbiddenError without `appointment:read`.
 */
export async function apiAppointments(ctx: Ctx<SystemActor>, search: ApiAppointmentSearch): Promise<ApiAppointmentLine[]> {
  requirePermission(ctx.actor, 'appointment:read');

  const rows = isAnswerable(search) ? await rowsOf(ctx, search) : [];
  const patientId = search.patient ? rows[0]?.patientId : undefined;
  await record(db, ctx, { type: 'appointment.found', patientId, detail: { by: search.patient?.by ?? 'id', count: rows.length } });
  return rows.map(lineOf);
}

type Row = {
  id: string;
  version: number;
  changedAt: Date;
  status: string;
  startsAt: Date;
  endsAt: Date;
  bookedAt: Date;
  patientId: string;
  nhsNumber: string | null;
  givenName: string;
  familyName: string;
  isUnknown: boolean;
};

function isAnswerable({ patient, ids }: ApiAppointmentSearch): boolean {
  if (patient?.by === 'local' && !isId(patient.patientId)) return false;
  return patient !== null || ids !== null;
}

// Raw: times and status are those of the version asked for, which is a row of its own.
function rowsOf({ now }: Ctx<SystemActor>, { patient, ids, version, window, statuses }: ApiAppointmentSearch): Promise<Row[]> {
  const conditions = [
    ...(patient ? [patient.by === 'nhs-number' ? Prisma.sql`patient.nhs_number = ${patient.nhsNumber}` : Prisma.sql`patient.id = ${patient.patientId}::uuid`] : []),
    ...(ids ? [Prisma.sql`appointment.id = ANY(${ids.filter(isId)}::uuid[])`] : []),
    ...(window?.from ? [Prisma.sql`appointment.starts_at >= ${window.from}::timestamptz`] : []),
    ...(window?.before ? [Prisma.sql`appointment.starts_at < ${window.before}::timestamptz`] : []),
    ...(patient && !window ? [Prisma.sql`appointment.ends_at > ${now}::timestamptz`] : []),
    ...(statuses ? [Prisma.sql`appointment_version.body ->> 'status' = ANY(${[...statuses]}::text[])`] : []),
  ];
  return db.$queryRaw<Row[]>`
    SELECT appointment.id, appointment_version.version, appointment_version.at AS "changedAt", appointment_version.body ->> 'status' AS status,
      (appointment_version.body ->> 'startsAt')::timestamptz AS "startsAt", (appointment_version.body ->> 'endsAt')::timestamptz AS "endsAt",
      appointment.booked_at AS "bookedAt", patient.id AS "patientId", patient.nhs_number AS "nhsNumber",
      patient.given_name AS "givenName", patient.family_name AS "familyName", patient.is_unknown AS "isUnknown"
    FROM appointment
    JOIN patient ON patient.id = appointment.patient_id
    JOIN appointment_version ON appointment_version.appointment_id = appointment.id
      AND appointment_version.version = coalesce(${version}::int, appointment.version)
    WHERE ${Prisma.join(conditions, ' AND ')}
    ORDER BY appointment.starts_at, appointment.id
    LIMIT ${MAX_FOUND}`;
}

function lineOf({ patientId, nhsNumber, givenName, familyName, isUnknown, status, ...row }: Row): ApiAppointmentLine {
  const patient = { id: patientId, nhsNumber, display: fullName({ givenName, familyName, isUnknown }) };
  return { ...row, status: appointmentStatus.parse(status), patient };
}
