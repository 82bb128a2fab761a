import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { db } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { transact } from '@/lib/platform/transact';
import { openedEntries } from '@/lib/registry/access.queries';
import { matchKey, VERSIONED, writeEntryVersion } from '@/lib/registry/commands';
import { decideLink, decideUnlink } from '@/lib/registry/link.rules';
import type { LinkRequest, Sought } from '@/lib/registry/schema';
import { isOpenTo } from '@/lib/registry/seal.rules';

/** What is said of an entry in a call about this patient. */
type LinkAsked = LinkRequest & { patient: Sought };
type Linked = { entryId: string; version: number };
type LinkChange = { type: 'registry.linked' | 'registry.unlinked'; columns: { nhsNumber: string | null; linkedAt: Date | null } };

/**
 * Says that an entry without NHS number is of this patient, who has one: the entry gets the number, as a new version. One of Onward's own appointments
 * keeps the patient record it was booked for: nothing is merged.
 *
 * Refuses with `entry-not-found`, `entry-changed` (also when somebody else was quicker) or `entry-not-linkable`. Every refusal is audited. Throws
 * ForbiddenError without `registry:view`. Source: docs/rules.md#registry.
 */
export async function linkEntry(ctx: Ctx, asked: LinkAsked): Promise<Result<Linked, Refusal>> {
  requirePermission(ctx.actor, 'registry:view');

  const { patient, version } = asked;
  const entry = await entryFor(ctx, asked.entryId);
  const decided = entry ? decideLink(entry, { patient: { nhsNumber: patient.nhsNumber, matchKey: matchKey(patient) }, version }) : NOT_FOUND;
  if (!decided.ok) return refused(ctx, asked, decided);
  return change(ctx, asked, { type: 'registry.linked', columns: { nhsNumber: decided.value.nhsNumber, linkedAt: ctx.now } });
}

/**
 * Takes back that an entry is of this patient: it is without NHS number again, as a new version.
 *
 * Refuses with `entry-not-found`, `entry-changed` or `entry-not-linkable` (also one that nobody linked). Every refusal is audited. Throws
 * ForbiddenError without `registry:view`.
 */
export async function unlinkEntry(ctx: Ctx, asked: LinkAsked): Promise<Result<Linked, Refusal>> {
  requirePermission(ctx.actor, 'registry:view');

  const entry = await entryFor(ctx, asked.entryId);
  const decided = entry ? decideUnlink(entry, asked) : NOT_FOUND;
  return decided.ok ? change(ctx, asked, { type: 'registry.unlinked', columns: { nhsNumber: null, linkedAt: null } }) : refused(ctx, asked, decided);
}

const NOT_FOUND = refuse({ code: 'entry-not-found' });

async function entryFor(ctx: Ctx, id: string) {
  const row = await db.registryEntry.findUnique({
    where: { id },
    select: { version: true, nhsNumber: true, matchKey: true, linkedAt: true, isSealed: true, appointment: { select: { bookedById: true, serviceId: true } } },
  });
  if (!row) return null;
  const sealed = { isSealed: row.isSealed, bookedById: row.appointment?.bookedById ?? null, serviceId: row.appointment?.serviceId ?? null };
  const opened = await openedEntries(ctx, [id]);
  return { ...row, isOpen: isOpenTo(sealed, { actor: ctx.actor, hasOpened: opened.has(id) }) };
}

async function change(ctx: Ctx, asked: LinkAsked, { type, columns }: LinkChange): Promise<Result<Linked, Refusal>> {
  const { entryId, version, callId, patient } = asked;
  const next = version + 1;
  const outcome = await transact(async (tx) => {
    // The version is the lock: of two people who say so at once, one finds the version that both looked at.
    const claimed = await tx.registryEntry.updateMany({ where: { id: entryId, version }, data: { ...columns, version: next } });
    const entry = await tx.registryEntry.findUniqueOrThrow({ where: { id: entryId }, select: { id: true, ...VERSIONED } });
    if (claimed.count === 0) return refuse({ code: 'entry-changed', version: entry.version });
    await writeEntryVersion(tx, entry, ctx.now);
    await record(tx, ctx, { type, subject: entryId, patientId: patient.id, detail: { callId, version: next } });
    return ok({ entryId, version: next });
  });
  return outcome.ok ? outcome : refused(ctx, asked, outcome);
}

async function refused(ctx: Ctx, { entryId, callId, patient }: LinkAsked, refusal: { ok: false; error: Refusal }): Promise<Result<Linked, Refusal>> {
  const { error } = refusal;
  const why = error.code === 'entry-not-linkable' ? error.why : null;
  await record(db, ctx, { type: 'registry.link-refused', subject: entryId, patientId: patient.id, detail: { code: error.code, why, callId } });
  return refusal;
}
