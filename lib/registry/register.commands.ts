import { auditSql, record } from '@/lib/audit/record';
import type { Ctx, SystemActor } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { db, Prisma, sendHot, violates } from '@/lib/platform/db';
import { publicUrl } from '@/lib/platform/env';
import type { Refusal } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { inboundSql } from '@/lib/platform/inbound';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { earlierRegistration } from '@/lib/registry/api-entry.queries';
import { decidePointer, isVeiledFrom } from '@/lib/registry/api-entry.rules';
import type { ApiEntry, Registered, Registration } from '@/lib/registry/api-entry.schema';
import { matchKey } from '@/lib/registry/commands';
import { firstCheckAt, serviceRootOf } from '@/lib/registry/reconcile.rules';

/** What a registration or a change led to, with the entry as it was saved. */
export type Saved = Registered & { entry: ApiEntry };

/** What the statement worked out by itself. */
type Written = { serviceName: string | null; isSealed: boolean };

/**
 * Registers an appointment that another system holds: a pointer with the least data (B-910 to B-914). A service that is known here by its
 * DoS service id lends its name when none was sent, and seals the entry when it is sensitive. Nothing is fetched from the address (B-928); when it
 * lies below a source that entries are re-read from, the entry is due by `firstCheckAt`. A request that carries a correlation id is carried
 * out once.
 *
 * Refuses with `pointer-own`, `organisation-unknown` of the holder or of the sender, or `pointer-taken`; and with `registration-repeated`
 * instead of any of them when this very request has been carried out. Every refusal is audited. Throws ForbiddenError without `registry:register`.
 */
export async function registerEntry(ctx: Ctx<SystemActor>, registration: Registration): Promise<Result<Saved, Refusal>> {
  requirePermission(ctx.actor, 'registry:register');

  const outcome = await attempt(ctx, registration);
  if (!outcome.ok) await record(db, ctx, { type: 'registry.register-refused', detail: { code: outcome.error.code } });
  return outcome;
}

async function attempt(ctx: Ctx<SystemActor>, registration: Registration): Promise<Result<Saved, Refusal>> {
  const decided = decidePointer(registration.url, publicUrl());
  const settled = decided.ok ? await settle(ctx, registration) : decided;
  if (settled.ok) return settled;
  // The pointer may be taken by this very request, which was carried out meanwhile (B-047).
  const earlier = await earlierRegistration(ctx, 'POST');
  return earlier ? refuse({ code: 'registration-repeated', ...earlier }) : settled;
}

async function settle(ctx: Ctx<SystemActor>, registration: Registration): Promise<Result<Saved, Refusal>> {
  const entryId = newId();
  try {
    const [written] = await sendHot<Written>(registerSql(ctx, entryId, registration));
    if (written) return ok({ entryId, version: 1, entry: entryOf(ctx, { entryId, registration, written }) });
  } catch (error) {
    // The request id alone may be taken, with another pointer: what it led to is told by the caller, who looks for it after any refusal.
    if (violates(error, 'registry_entry_source_external_id_key') || violates(error, 'inbound_request_pkey')) return refuse({ code: 'pointer-taken' });
    throw error;
  }
  return refuse({ code: 'organisation-unknown', odsCode: await unknownOf([holderOf(ctx, registration), ctx.actor.organisation.code]) });
}

// Raw: a measured hot path. What is looked up stands in the statement that writes: one way to the database and back.
function registerSql(ctx: Ctx<SystemActor>, entryId: string, registration: Registration): Prisma.Sql {
  const { actor, now } = ctx;
  const { startsAt, endsAt, patient } = registration;
  const nhsNumber = patient.by === 'nhs-number' ? patient.nhsNumber : null;
  const detail = { version: 1, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), holder: holderOf(ctx, registration) };
  const inbound = ctx.correlationId ? ({ door: 'registry', method: 'POST', requestId: ctx.correlationId } as const) : null;
  return Prisma.sql`
    WITH holder AS (
      SELECT ods_code
      FROM organisation
      WHERE ods_code = ${holderOf(ctx, registration)} AND EXISTS (SELECT FROM organisation AS registrar WHERE registrar.ods_code = ${actor.organisation.code})
    ),
    listed AS (
      SELECT service.name, service_type.is_sensitive
      FROM service
      JOIN service_type ON service_type.id = service.type_id
      WHERE service.dos_id = ${registration.service?.dosId ?? null}::text
    ),
    ${entrySql(ctx, entryId, registration)},
    entry_version AS (
      INSERT INTO registry_entry_version (entry_id, version, status, starts_at, ends_at, nhs_number, at)
      SELECT ${entryId}::uuid, 1, 'booked', ${startsAt}::timestamptz, ${endsAt}::timestamptz, ${nhsNumber}::char(10), ${now}::timestamptz
      FROM entry
    ),
    ${inbound ? Prisma.sql`inbound AS (${inboundSql({ inbound, sender: actor.id, answer: `${entryId}:1`, at: now })} FROM entry),` : Prisma.empty}
    audit AS (${auditSql(ctx, { type: 'registry.registered', subject: entryId, detail }, Prisma.sql`jsonb_build_object('isSealed', entry.is_sealed)`)} FROM entry)
    SELECT service_name AS "serviceName", is_sealed AS "isSealed"
    FROM entry`;
}

function entrySql(ctx: Ctx<SystemActor>, entryId: string, { url, startsAt, endsAt, createdAt, patient, traits, service, place, isSealed }: Registration): Prisma.Sql {
  const { actor, now } = ctx;
  const known = patient.by === 'nhs-number' ? { nhsNumber: patient.nhsNumber, system: null, value: null, display: null } : { ...patient, nhsNumber: null };
  return Prisma.sql`
    entry AS (
      INSERT INTO registry_entry (id, source, external_id, nhs_number, match_key, patient_system, patient_value, patient_display, starts_at, ends_at, status,
        service_name, service_dos_id, place, organisation_code, registered_by_code, registered_by_id, is_sealed, version, created_at, confirmed_at, check_due_at)
      SELECT ${entryId}::uuid, 'registered', ${url}, ${known.nhsNumber}::char(10), ${traits ? matchKey({ id: entryId, isUnknown: false, ...traits }) : null},
        ${known.system}, ${known.value}, ${known.display}, ${startsAt}::timestamptz, ${endsAt}::timestamptz, 'booked',
        coalesce(${service?.name ?? null}::text, listed.name), ${service?.dosId ?? null}, ${place}, holder.ods_code, ${actor.organisation.code}, ${actor.id}::uuid,
        ${isSealed}::boolean OR coalesce(listed.is_sensitive, FALSE), 1, ${createdAt}::timestamptz, ${now}::timestamptz,
        CASE WHEN EXISTS (SELECT FROM registry_source WHERE is_on AND root = ${serviceRootOf(url)}) THEN ${firstCheckAt({ startsAt, endsAt }, now)}::timestamptz END
      FROM holder
      LEFT JOIN listed ON TRUE
      RETURNING service_name, is_sealed
    )`;
}

function holderOf({ actor }: Ctx<SystemActor>, { holderCode }: Registration): string {
  return holderCode ?? actor.organisation.code;
}

async function unknownOf(codes: readonly string[]): Promise<string> {
  const known = await db.organisation.findMany({ where: { odsCode: { in: [...codes] } }, select: { odsCode: true } });
  const unknown = codes.find((code) => !known.some(({ odsCode }) => odsCode === code));
  if (unknown === undefined) throw new Error('a registration was neither possible nor refused');
  return unknown;
}

/** What the statement has just written, as `apiEntry` would read it: a read that every registration would wait for. */
function entryOf(ctx: Ctx<SystemActor>, { entryId, registration, written }: { entryId: string; registration: Registration; written: Written }): ApiEntry {
  const { url, startsAt, endsAt, createdAt, patient, place } = registration;
  const { serviceName: name, isSealed } = written;
  const { code } = ctx.actor.organisation;
  const dosId = registration.service?.dosId ?? null;
  const belonging = { isSealed, registeredByCode: code, organisationCode: holderOf(ctx, registration), bookedByCode: null };
  return {
    ...{ id: entryId, version: 1, changedAt: ctx.now, status: 'booked', startsAt, endsAt, createdAt, patient, place, isSealed },
    ...{ pointer: { at: 'elsewhere', url }, service: name === null && dosId === null ? null : { dosId, name }, holderCode: belonging.organisationCode },
    isVeiled: isVeiledFrom(belonging, code),
  };
}
