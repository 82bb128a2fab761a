import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { db, Prisma } from '@/lib/platform/db';
import { isId } from '@/lib/platform/id';
import { openedEntries } from '@/lib/registry/access.queries';
import { freshnessOf } from '@/lib/registry/entry.rules';
import { foundSql } from '@/lib/registry/match.queries';
import { entryStatus, type EntrySource, type EntryWithPerson, type PatientEntry, type Sought } from '@/lib/registry/schema';
import { isOpenTo } from '@/lib/registry/seal.rules';

/** The most entries of one patient that are read. Nobody has so many: it bounds what a fault elsewhere can do to a page. */
export const MAX_ENTRIES = 500;

type EntryRow = {
  id: string;
  version: number;
  source: EntrySource;
  startsAt: Date;
  endsAt: Date;
  status: string;
  serviceName: string | null;
  place: string | null;
  holderCode: string;
  holderName: string;
  bookedByCode: string;
  bookedByName: string;
  isSealed: boolean;
  isCertain: boolean;
  isLinked: boolean;
  confirmedAt: Date;
  checkFailures: number;
  appointmentId: string | null;
  reference: string | null;
  appointmentVersion: number | null;
  bookedById: string | null;
  serviceId: string | null;
  person: string | null;
};

/**
 * All appointments of a patient, wherever they are held, that begin at `since` or later (null: all): those to come by start, then those past, latest
 * first; at most 500. Sealed ones are veiled unless they are open to the actor. Certain are those with the patient's NHS number, and
 * Onward's own of the very same record; two different numbers are never a match, whatever else is the same. The look is audited, with the call
 * it was for. Throws ForbiddenError without `registry:view`. Source: docs/rules.md#registry, from domain section 5.
 */
export async function patientEntries(ctx: Ctx, { patient, since, callId }: { patient: Sought; since: Date | null; callId: string | null }): Promise<PatientEntry[]> {
  requirePermission(ctx.actor, 'registry:view');

  const rows = await entryRows(ctx, { patient, filter: since ? Prisma.sql`starts_at >= ${since}::timestamptz` : Prisma.sql`true` });
  await record(db, ctx, { type: 'registry.viewed', patientId: patient.id, detail: { count: rows.length, callId } });
  const opened = await openedEntries(ctx, rows.filter(({ isSealed }) => isSealed).map(({ id }) => id));
  return rows.map((row) => entryOf(ctx, row, opened));
}

/**
 * One entry that is the patient's or may be, with the name that its holder knows them by, where that is known and open to the actor; null when there is
 * none. The look is audited. Throws ForbiddenError without `registry:view`.
 */
export async function entryOfPatient(ctx: Ctx, { patient, entryId, callId }: { patient: Sought; entryId: string; callId: string }): Promise<EntryWithPerson | null> {
  requirePermission(ctx.actor, 'registry:view');
  if (!isId(entryId)) return null;

  const [row] = await entryRows(ctx, { patient, filter: Prisma.sql`id = ${entryId}::uuid` });
  if (!row) return null;
  await record(db, ctx, { type: 'registry.viewed', subject: row.id, patientId: patient.id, detail: { count: 1, callId } });
  const entry = entryOf(ctx, row, await openedEntries(ctx, row.isSealed ? [row.id] : []));
  return { entry, person: entry.isOpen ? row.person : null };
}

async function entryRows({ now }: Ctx, { patient, filter }: { patient: Sought; filter: Prisma.Sql }): Promise<EntryRow[]> {
  // Raw: on every page of a call, in a table of tens of millions; the typed interface has no union.
  return db.$queryRaw<EntryRow[]>`
    WITH ${foundSql(patient, filter)}
    SELECT entry.id, entry.version, entry.source, entry.starts_at AS "startsAt", entry.ends_at AS "endsAt", entry.status,
      entry.service_name AS "serviceName", entry.place, entry.organisation_code AS "holderCode", coalesce(holder.name, entry.organisation_code) AS "holderName",
      coalesce(appointment.booked_by_code, entry.registered_by_code) AS "bookedByCode",
      coalesce(booker.name, appointment.booked_by_code, entry.registered_by_code) AS "bookedByName",
      entry.is_sealed AS "isSealed", found.is_certain AS "isCertain", entry.linked_at IS NOT NULL AS "isLinked",
      entry.confirmed_at AS "confirmedAt", entry.check_failures AS "checkFailures",
      appointment.id AS "appointmentId", appointment.reference, appointment.version AS "appointmentVersion",
      appointment.booked_by_id AS "bookedById", appointment.service_id AS "serviceId",
      coalesce(person.given_name || ' ' || person.family_name, entry.patient_display) AS person
    FROM found
    JOIN registry_entry entry ON entry.id = found.id
    LEFT JOIN appointment ON appointment.id = entry.appointment_id
    LEFT JOIN patient person ON person.id = appointment.patient_id
    LEFT JOIN organisation holder ON holder.ods_code = entry.organisation_code
    LEFT JOIN organisation booker ON booker.ods_code = coalesce(appointment.booked_by_code, entry.registered_by_code)
    ORDER BY entry.ends_at <= ${now}::timestamptz, CASE WHEN entry.ends_at > ${now}::timestamptz THEN entry.starts_at END, entry.starts_at DESC, entry.id
    LIMIT ${MAX_ENTRIES}`;
}

function entryOf({ actor, now }: Ctx, row: EntryRow, opened: ReadonlySet<string>): PatientEntry {
  const { id, version, source, startsAt, endsAt, isSealed, isCertain, isLinked } = row;
  const status = entryStatus.parse(row.status);
  const isOpen = isOpenTo(row, { actor, hasOpened: opened.has(id) });
  return {
    ...{ id, version, source, startsAt, endsAt, status, isSealed, isOpen, isLinked },
    match: isCertain ? 'certain' : 'maybe',
    freshness: freshnessOf({ ...row, status }, now),
    ...(isOpen ? tellingOf(row) : { appointment: null, serviceName: null, place: null, holder: null, bookedBy: null }),
  };
}

function tellingOf({ appointmentId, reference, appointmentVersion, ...row }: EntryRow): Pick<PatientEntry, 'appointment' | 'serviceName' | 'place' | 'holder' | 'bookedBy'> {
  return {
    appointment: appointmentId && reference && appointmentVersion ? { id: appointmentId, reference, version: appointmentVersion } : null,
    serviceName: row.serviceName,
    place: row.place,
    holder: { code: row.holderCode, name: row.holderName },
    bookedBy: { code: row.bookedByCode, name: row.bookedByName },
  };
}
