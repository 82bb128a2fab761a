import { record } from '@/lib/audit/record';
import { unknownOrganisation, type Manager } from '@/lib/auth/clients.queries';
import { requirePermission } from '@/lib/auth/permissions';
import { db, violates, type Tx } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { isId, newId } from '@/lib/platform/id';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { transact } from '@/lib/platform/transact';
import type { SourceForm } from '@/lib/registry/source.schema';

/** What is switched: the source that was looked at as `version`. */
type Switch = { sourceId: string; version: number; isOn: boolean };

/** So that a new source is not asked for everything at once. */
const SPREAD_SECONDS = 3_600;

/**
 * Adds a system that entries are re-read from; those below its root that have not ended are due within the next hour, spread evenly.
 *
 * Refuses with `organisation-unknown` or `source-taken`. Audited, and so is every refusal. Throws ForbiddenError without `source:manage`.
 */
export async function addSource(ctx: Manager, source: SourceForm): Promise<Result<{ sourceId: string }, Refusal>> {
  requirePermission(ctx.actor, 'source:manage');
  return audited(ctx, null, attemptAdd(ctx, source));
}

/**
 * Switches a source off, or on again. Off: nothing is asked for there any more. On: its rest is over, and its entries that have not ended are due within the
 * next hour. A source that is so already is left as it is.
 *
 * Refuses with `source-not-found` or `source-changed` when it is no longer the version that was looked at. Audited, and so is every refusal. Throws
 * ForbiddenError without `source:manage`.
 */
export async function switchSource(ctx: Manager, wanted: Switch): Promise<Result<{ isChanged: boolean }, Refusal>> {
  requirePermission(ctx.actor, 'source:manage');
  return audited(ctx, wanted.sourceId, attemptSwitch(ctx, wanted));
}

async function attemptAdd(ctx: Manager, source: SourceForm): Promise<Result<{ sourceId: string }, Refusal>> {
  const odsCode = await unknownOrganisation([source.readsForCode]);
  if (odsCode) return refuse({ code: 'organisation-unknown', odsCode });

  const sourceId = newId();
  try {
    return await transact(async (tx) => {
      await tx.registrySource.create({ data: { ...source, id: sourceId, addedAt: ctx.now, changedAt: ctx.now } });
      await makeDue(tx, ctx, source.root);
      await record(tx, ctx, { type: 'source.added', subject: sourceId, detail: { ...source } });
      return ok({ sourceId });
    });
  } catch (error) {
    if (violates(error, 'registry_source_root_key')) return refuse({ code: 'source-taken', root: source.root });
    throw error;
  }
}

async function attemptSwitch(ctx: Manager, { sourceId, version, isOn }: Switch): Promise<Result<{ isChanged: boolean }, Refusal>> {
  const before = isId(sourceId) ? await db.registrySource.findUnique({ where: { id: sourceId } }) : null;
  if (!before) return refuse({ code: 'source-not-found' });
  if (before.version !== version) return refuse({ code: 'source-changed', at: before.changedAt });
  if (before.isOn === isOn) return ok({ isChanged: false });

  return transact(async (tx) => {
    // The claim is the lock: of two who switch at once, exactly one finds the version that both looked at.
    const rested = isOn ? { failures: 0, restsUntil: null } : {};
    const claimed = await tx.registrySource.updateMany({ where: { id: sourceId, version }, data: { ...rested, isOn, version: { increment: 1 }, changedAt: ctx.now } });
    if (claimed.count === 0) return refuse({ code: 'source-changed', at: ctx.now });
    if (isOn) await makeDue(tx, ctx, before.root);
    await record(tx, ctx, { type: 'source.changed', subject: sourceId, detail: { isOn: { before: before.isOn, after: isOn } } });
    return ok({ isChanged: true });
  });
}

/** Raw, as Prisma cannot spread: by a digest of their ids, so that each has a moment of its own however often it is done. */
async function makeDue(tx: Tx, { now }: Manager, root: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE registry_entry
    SET check_due_at = ${now}::timestamptz + mod(abs(hashtext(id::text)::bigint), ${SPREAD_SECONDS}) * INTERVAL '1 second'
    WHERE source = 'registered' AND ends_at > ${now}::timestamptz AND status IN ('booked', 'arrived') AND starts_with(external_id, ${`${root}/Appointment/`})`;
}

async function audited<Value>(ctx: Manager, sourceId: string | null, change: Promise<Result<Value, Refusal>>): Promise<Result<Value, Refusal>> {
  const outcome = await change;
  if (!outcome.ok) await record(db, ctx, { type: 'source.change-refused', subject: sourceId?.slice(0, 36), detail: { code: outcome.error.code } });
  return outcome;
}
