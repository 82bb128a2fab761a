import { db, type Tx } from '@/lib/platform/db';

/** What can be wrong between appointments and entries: docs/rules.md#registry-verify. */
export type FindingKind =
  | 'entry-missing'
  | 'appointment-missing'
  | 'status-differs'
  | 'times-differ'
  | 'number-differs'
  | 'service-differs'
  | 'seal-differs'
  | 'history-ends-otherwise'
  | 'history-broken'
  | 'registrar-unknown';

/** One thing that is wrong, by ids alone. */
export type Finding = { kind: FindingKind; entryId: string | null; appointmentId: string | null };

/** Some rows in the order of their ids, with what is wrong with them. */
type Looked = { of: 'appointments' | 'entries'; count: number; findings: Finding[] };

/** First and last id, both inclusive. */
type Range = { first: string; last: string };

const FROM_THE_START = '00000000-0000-0000-0000-000000000000';
const CHUNK = 20_000;

/**
 * Looks at every appointment and every entry, chunk by chunk, and gives what is wrong with each chunk as soon as it is known. Each chunk is
 * one statement, which sees the database as of one moment; and as whoever books or changes writes appointment, entry and version in one
 * transaction, a chunk sees all of a booking or none of it: bookings go on meanwhile and raise no false alarm.
 */
export async function* verifyRegistry({ chunk = CHUNK }: { chunk?: number } = {}): AsyncGenerator<Looked> {
  yield* inChunks('appointments', (after) => db.appointment.findMany({ where: { id: { gt: after } }, orderBy: { id: 'asc' }, take: chunk, select: { id: true } }));
  yield* inChunks('entries', (after) => db.registryEntry.findMany({ where: { id: { gt: after } }, orderBy: { id: 'asc' }, take: chunk, select: { id: true } }));
}

/** How many appointments and entries there are, about: as the database last counted them, for the progress of a long look. */
export async function aboutHowMany(): Promise<Record<Looked['of'], number>> {
  // Raw: the engine can only count, which takes as long as the look itself.
  const [row] = await db.$queryRaw<{ appointments: number; entries: number }[]>`
    SELECT greatest((SELECT reltuples FROM pg_class WHERE oid = 'appointment'::regclass), 0)::int AS appointments,
      greatest((SELECT reltuples FROM pg_class WHERE oid = 'registry_entry'::regclass), 0)::int AS entries`;
  return row ?? { appointments: 0, entries: 0 };
}

/** The live appointments among these that have no entry. */
export function withoutEntry(tx: Tx, { first, last }: Range): Promise<Finding[]> {
  // Raw, as is the next: set by set over tables of millions of rows.
  return tx.$queryRaw<Finding[]>`
    SELECT 'entry-missing' AS kind, NULL AS "entryId", appointment.id AS "appointmentId"
    FROM appointment
    LEFT JOIN registry_entry ON registry_entry.appointment_id = appointment.id
    WHERE appointment.id >= ${first}::uuid AND appointment.id <= ${last}::uuid AND appointment.released_at IS NULL AND registry_entry.id IS NULL
    ORDER BY appointment.id`;
}

/**
 * What is wrong with these entries. Of Onward's own: no appointment, unless the entry says that there should never have been one; another
 * status, time, NHS number (but for one that a person linked), service, organisation or seal than the appointment's. Of any: a history of
 * versions with a gap, or that ends otherwise than the entry. Of a registered one: an organisation behind it that nobody knows.
 */
export function wrongWithEntries(tx: Tx, { first, last }: Range): Promise<Finding[]> {
  return tx.$queryRaw<Finding[]>`
    SELECT fault.kind, entry.id AS "entryId", entry.appointment_id AS "appointmentId"
    FROM registry_entry AS entry
    LEFT JOIN appointment ON appointment.id = entry.appointment_id
    LEFT JOIN patient ON patient.id = appointment.patient_id
    LEFT JOIN service ON service.id = appointment.service_id
    LEFT JOIN service_type ON service_type.id = service.type_id
    LEFT JOIN organisation AS registrar ON registrar.ods_code = entry.registered_by_code
    LEFT JOIN (
      SELECT entry_id, count(*) AS versions, max(version) AS last
      FROM registry_entry_version
      WHERE entry_id >= ${first}::uuid AND entry_id <= ${last}::uuid
      GROUP BY entry_id
    ) AS history ON history.entry_id = entry.id
    LEFT JOIN registry_entry_version AS newest ON newest.entry_id = entry.id AND newest.version = history.last
    CROSS JOIN LATERAL (VALUES
      ('appointment-missing', entry.source = 'onward' AND appointment.id IS NULL AND entry.status <> 'entered-in-error'),
      ('status-differs', entry.status <> appointment.status),
      ('times-differ', (entry.starts_at, entry.ends_at) <> (appointment.starts_at, appointment.ends_at)),
      ('number-differs', patient.id IS NOT NULL AND entry.linked_at IS NULL AND entry.nhs_number IS DISTINCT FROM patient.nhs_number),
      ('service-differs', service.id IS NOT NULL AND (entry.service_dos_id, entry.organisation_code) IS DISTINCT FROM (service.dos_id, service.ods_code)),
      ('seal-differs', entry.is_sealed <> service_type.is_sensitive),
      ('history-ends-otherwise', (entry.version, entry.status, entry.starts_at, entry.ends_at, entry.nhs_number)
        IS DISTINCT FROM (newest.version, newest.status, newest.starts_at, newest.ends_at, newest.nhs_number)),
      ('history-broken', coalesce(history.versions, 0) <> coalesce(history.last, 0) OR coalesce(history.last, 0) < entry.version - 1),
      ('registrar-unknown', entry.source = 'registered' AND registrar.ods_code IS NULL)
    ) AS fault (kind, is_found)
    WHERE entry.id >= ${first}::uuid AND entry.id <= ${last}::uuid AND fault.is_found
    ORDER BY entry.id, fault.kind`;
}

async function* inChunks(of: Looked['of'], idsAfter: (after: string) => Promise<{ id: string }[]>): AsyncGenerator<Looked> {
  const wrongWith = of === 'appointments' ? withoutEntry : wrongWithEntries;
  for (let after = FROM_THE_START; ; ) {
    const ids = await idsAfter(after);
    const [first, last] = [ids.at(0)?.id, ids.at(-1)?.id];
    if (first === undefined || last === undefined) return;
    yield { of, count: ids.length, findings: await wrongWith(db, { first, last }) };
    after = last;
  }
}
