import { auditSql, record } from '@/lib/audit/record';
import type { Ctx, SystemActor } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { fullName } from '@/lib/patient/rules';
import { db, Prisma, sendHot } from '@/lib/platform/db';
import { publicUrl } from '@/lib/platform/env';
import { isId } from '@/lib/platform/id';
import { isVeiledFrom, ownPatientSystem, pointerOf } from '@/lib/registry/api-entry.rules';
import type { ApiEntry, EntrySearch, Registered, RegisteredPatient } from '@/lib/registry/api-entry.schema';
import { entryStatus } from '@/lib/registry/schema';

/** Versions are counted in an integer column. */
const MAX_VERSION = 2_147_483_647;

/** Far more than anybody has: a belt, as the answer has no pages. */
const MAX_FOUND = 1_000;

/**
 * One version of an entry exactly as it was, the newest unless said otherwise; null when there is no such entry or version, malformed ids
 * included (B-920). Every look is audited. Throws ForbiddenError without `registry:search`.
 */
export async function apiEntry(ctx: Ctx<SystemActor>, asked: { id: string; version?: number }): Promise<ApiEntry | null> {
  requirePermission(ctx.actor, 'registry:search');

  const found = await standingEntry(ctx, asked);
  if (!found) return null;
  const { entry, patientId } = found;
  await record(db, ctx, { type: 'registry.viewed', subject: entry.id, patientId: patientId ?? undefined, detail: { version: entry.version, isVeiled: entry.isVeiled } });
  return entry;
}

/**
 * The same for a command, not audited: with the organisation that registered the entry, null of Onward's own, and with the patient when Onward
 * booked for them.
 */
export async function standingEntry({ actor }: Ctx<SystemActor>, { id, version }: { id: string; version?: number }) {
  if (!isId(id) || !isVersion(version)) return null;
  const [row] = await rowsWhere([Prisma.sql`entry.id = ${id}::uuid`], saidSql(version === undefined ? Prisma.sql`entry.version` : Prisma.sql`${version}::int`));
  return row ? { entry: entryOf(row, actor.organisation.code), registeredByCode: row.registeredByCode, patientId: row.patientId } : null;
}

/**
 * The entries of one patient, those with the ids given, or the one that points somewhere, by start, then id (B-921, B-922). Without a window
 * those of a patient that have ended are left out; what is asked for by id or pointer is found whenever it was. With a version each is told
 * as it was then, and those that never had it are left out. A sealed entry is not found by where it points, but by whose it is: else it
 * would be told which of a service's patients that is. Asked for nothing of these, nothing is found: the whole registry is never listed.
 *
 * Every search is audited, by how it was made and never by the number. Throws ForbiddenError without `registry:search`.
 */
export async function apiEntries(ctx: Ctx<SystemActor>, search: EntrySearch): Promise<ApiEntry[]> {
  requirePermission(ctx.actor, 'registry:search');

  const { organisation } = ctx.actor;
  const [rows, patientId] = await Promise.all([rowsOf(ctx, search), soughtPatientId(search)]);
  const entries = rows.map((row) => entryOf(row, organisation.code)).filter(({ isVeiled }) => search.pointer === null || !isVeiled);
  // As hot as the search: through the engine the audit row alone would take longer than the search itself.
  await sendHot(auditSql(ctx, { type: 'registry.searched', patientId, detail: { by: howOf(search), count: entries.length } }));
  return entries;
}

/**
 * What the request of another system that carried this correlation id led to at the registry when it was first carried out; null when there
 * was none, when it failed, or when the request carries no id. Ids are kept for each client and method (B-043 to B-046).
 */
export async function earlierRegistration({ actor, correlationId = null }: Ctx<SystemActor>, method: 'POST' | 'PUT'): Promise<Registered | null> {
  if (correlationId === null) return null;
  const inbound = await db.inboundRequest.findUnique({
    where: { door_sender_method_requestId: { door: 'registry', sender: actor.id, method, requestId: correlationId } },
    select: { answer: true },
  });
  if (!inbound) return null;
  const [entryId = '', version] = inbound.answer.split(':');
  return { entryId, version: Number(version) };
}

type Row = {
  id: string;
  version: number;
  changedAt: Date | null;
  status: string;
  startsAt: Date;
  endsAt: Date;
  createdAt: Date;
  nhsNumber: string | null;
  patientSystem: string | null;
  patientValue: string | null;
  patientDisplay: string | null;
  externalId: string;
  appointmentId: string | null;
  serviceName: string | null;
  serviceDosId: string | null;
  place: string | null;
  organisationCode: string;
  registeredByCode: string | null;
  bookedByCode: string | null;
  isSealed: boolean;
  patientId: string | null;
  givenName: string | null;
  familyName: string | null;
  isUnknown: boolean | null;
};

function rowsOf({ now }: Ctx<SystemActor>, { patient, ids, pointer, version, window, statuses }: EntrySearch): Promise<Row[]> {
  const named = [
    ...(patient ? [patientSql(patient)] : []),
    ...(ids ? [Prisma.sql`entry.id = ANY(${ids.filter(isId)}::uuid[])`] : []),
    ...(pointer ? [pointer.at === 'onward' ? appointmentSql(pointer.appointmentId) : Prisma.sql`entry.source = 'registered' AND entry.external_id = ${pointer.url}`] : []),
  ];
  if (named.length === 0) return Promise.resolve([]);
  return rowsWhere(
    [
      ...named,
      ...(window?.from ? [Prisma.sql`said.starts_at >= ${window.from}::timestamptz`] : []),
      ...(window?.before ? [Prisma.sql`said.starts_at < ${window.before}::timestamptz`] : []),
      ...(patient && !window ? [Prisma.sql`said.ends_at > ${now}::timestamptz`] : []),
      ...(statuses ? [Prisma.sql`said.status = ANY(${[...statuses]}::text[])`] : []),
    ],
    version === null ? SAID_NOW : saidSql(Prisma.sql`${version}::int`),
  );
}

/** What entries say now: their own columns, and so the index on patient and start. When they began to say so stands in a table as large again. */
const SAID_NOW = Prisma.sql`
  CROSS JOIN LATERAL (SELECT entry.version, NULL::timestamptz AS at, entry.status, entry.starts_at, entry.ends_at, entry.nhs_number) AS said`;

/** What entries said in one version. */
function saidSql(version: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`JOIN registry_entry_version AS said ON said.entry_id = entry.id AND said.version = ${version}`;
}

// Raw and hot: one statement from the index on patient and start, on a path whose time is measured at twenty million entries.
function rowsWhere(conditions: Prisma.Sql[], said: Prisma.Sql): Promise<Row[]> {
  return sendHot<Row>(Prisma.sql`
    SELECT entry.id, said.version, said.at AS "changedAt", said.status, said.starts_at AS "startsAt", said.ends_at AS "endsAt", entry.created_at AS "createdAt",
      said.nhs_number AS "nhsNumber", entry.patient_system AS "patientSystem", entry.patient_value AS "patientValue", entry.patient_display AS "patientDisplay",
      entry.external_id AS "externalId", entry.appointment_id AS "appointmentId", entry.service_name AS "serviceName", entry.service_dos_id AS "serviceDosId",
      entry.place, entry.organisation_code AS "organisationCode", entry.registered_by_code AS "registeredByCode", appointment.booked_by_code AS "bookedByCode",
      entry.is_sealed AS "isSealed", patient.id AS "patientId", patient.given_name AS "givenName", patient.family_name AS "familyName", patient.is_unknown AS "isUnknown"
    FROM registry_entry AS entry
    ${said}
    LEFT JOIN appointment ON appointment.id = entry.appointment_id
    LEFT JOIN patient ON patient.id = appointment.patient_id
    WHERE ${Prisma.join(conditions, ' AND ')}
    ORDER BY said.starts_at, entry.id
    LIMIT ${MAX_FOUND}`);
}

// A patient of Onward's without an NHS number has Onward's own id for an identifier (B-255).
function patientSql(patient: NonNullable<EntrySearch['patient']>): Prisma.Sql {
  if (patient.by === 'nhs-number') return Prisma.sql`entry.nhs_number = ${patient.nhsNumber}::bpchar`;
  const { system, value } = patient;
  if (system === ownPatientSystem(publicUrl())) return isId(value) ? Prisma.sql`appointment.patient_id = ${value}::uuid` : Prisma.sql`FALSE`;
  // PostgreSQL takes no NUL in a text: such an identifier is nobody's.
  return `${system}${value}`.includes('\0') ? Prisma.sql`FALSE` : Prisma.sql`entry.patient_system = ${system} AND entry.patient_value = ${value}`;
}

function appointmentSql(appointmentId: string): Prisma.Sql {
  return isId(appointmentId) ? Prisma.sql`entry.appointment_id = ${appointmentId}::uuid` : Prisma.sql`FALSE`;
}

/** The patient that the audit row of a search is about, when it is one of Onward's. */
async function soughtPatientId({ patient }: EntrySearch): Promise<string | undefined> {
  if (!patient || (patient.by === 'local' && (patient.system !== ownPatientSystem(publicUrl()) || !isId(patient.value)))) return undefined;
  const isSought = patient.by === 'nhs-number' ? Prisma.sql`nhs_number = ${patient.nhsNumber}::bpchar` : Prisma.sql`id = ${patient.value}::uuid`;
  const [found] = await sendHot<{ id: string }>(Prisma.sql`SELECT id FROM patient WHERE ${isSought}`);
  return found?.id;
}

function howOf({ patient, pointer }: EntrySearch): string {
  return patient?.by ?? (pointer ? 'pointer' : 'id');
}

function entryOf(row: Row, asker: string): ApiEntry {
  const { id, version, changedAt, startsAt, endsAt, createdAt, place, organisationCode: holderCode, isSealed, serviceName, serviceDosId } = row;
  const isVeiled = isVeiledFrom(row, asker);
  const service = serviceName === null && serviceDosId === null ? null : { dosId: serviceDosId, name: serviceName };
  return {
    ...{ id, version, changedAt, status: entryStatus.parse(row.status), startsAt, endsAt, createdAt, patient: patientOf(row), pointer: pointerOf(row), holderCode, isSealed, isVeiled },
    ...(isVeiled ? { service: null, place: null } : { service, place }),
  };
}

function patientOf({ nhsNumber, patientSystem, patientValue, patientDisplay, patientId, givenName, familyName, isUnknown }: Row): RegisteredPatient {
  if (nhsNumber !== null) return { by: 'nhs-number', nhsNumber };
  if (patientId === null) return { by: 'local', system: patientSystem ?? '', value: patientValue ?? '', display: patientDisplay ?? '' };
  const display = fullName({ givenName: givenName ?? '', familyName: familyName ?? '', isUnknown: isUnknown ?? false });
  return { by: 'local', system: ownPatientSystem(publicUrl()), value: patientId, display };
}

function isVersion(version: number | undefined): boolean {
  return version === undefined || (Number.isInteger(version) && version > 0 && version <= MAX_VERSION);
}
