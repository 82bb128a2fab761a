import { record } from '@/lib/audit/record';
import type { Ctx, JobActor } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { db } from '@/lib/platform/db';
import { addMinutes } from '@/lib/platform/time';
import { VERSIONED, writeEntryVersion } from '@/lib/registry/commands';
import { isStanding } from '@/lib/registry/entry.rules';
import { decideCheck, isSourceDown, restUntil, serviceRootOf, type Check } from '@/lib/registry/reconcile.rules';
import type { EntryStatus } from '@/lib/registry/schema';
import type { CheckOutcome, ReadAtSource, SourceReading } from '@/lib/registry/source.schema';

/** Of one pass. With ten seconds for each reading they all end before their claims do. */
const MOST_READINGS = 500;
const BATCH = 250;
/** Of one source; the first of a pass is read alone, so that one that is down costs one try. */
const AT_ONCE = 4;
const CLAIM_MINUTES = 30;

type Claimed = { id: string; url: string; version: number; status: EntryStatus; startsAt: Date; endsAt: Date; checkFailures: number };
type Source = { id: string; root: string; readsForCode: string; failures: number; restsUntil: Date | null };
type Sorted = { ended: Claimed[]; notAllowed: Claimed[]; bySource: Map<Source, Claimed[]> };

/**
 * Re-reads the entries of other organisations that are due at `ctx.now`, at most 500, and writes what was found: confirmed, changed (a new version, audited),
 * or not confirmed and why. Only what lies below the root of a source that is switched on is ever asked for; a source that fails rests. Returns how many were read.
 *
 * Safe to run twice and at once: entries are claimed by putting them off for half an hour, in which everything was read; a pass that is broken off leaves
 * the rest to the next one after that. What was changed meanwhile is left as it is. Throws ForbiddenError without `registry:reconcile`.
 */
export async function reconcileDue(ctx: Ctx<JobActor>, read: ReadAtSource): Promise<number> {
  requirePermission(ctx.actor, 'registry:reconcile');

  let readings = 0;
  while (readings < MOST_READINGS) {
    const claimed = await claimDue(ctx, Math.min(BATCH, MOST_READINGS - readings));
    if (claimed.length === 0) return readings;
    const { ended, notAllowed, bySource } = sorted(claimed, { sources: await activeSources(), now: ctx.now });
    await putOff(ctx, ended, { until: null, outcome: null });
    await putOff(ctx, notAllowed, { until: null, outcome: 'not-allowed' });
    const counts = await Promise.all([...bySource].map(([source, entries]) => readEntries(ctx, { read, source, entries })));
    readings += counts.reduce((sum, count) => sum + count, 0);
  }
  return readings;
}

/** Raw, as Prisma cannot skip rows that others hold: of two passes at once, each takes its own, in the order in which they came due. */
async function claimDue(ctx: Ctx<JobActor>, most: number): Promise<Claimed[]> {
  return db.$queryRaw<Claimed[]>`
    WITH due AS (
      SELECT id
      FROM registry_entry
      WHERE check_due_at <= ${ctx.now}::timestamptz AND source = 'registered'
      ORDER BY check_due_at, id
      LIMIT ${most}
      FOR UPDATE SKIP LOCKED
    )
    UPDATE registry_entry
    SET check_due_at = ${claimedUntil(ctx)}::timestamptz
    FROM due
    WHERE registry_entry.id = due.id
    RETURNING registry_entry.id, external_id AS url, version, status, starts_at AS "startsAt", ends_at AS "endsAt", check_failures AS "checkFailures"`;
}

async function activeSources(): Promise<Map<string, Source>> {
  const sources = await db.registrySource.findMany({ where: { isOn: true }, select: { id: true, root: true, readsForCode: true, failures: true, restsUntil: true } });
  return new Map(sources.map((source) => [source.root, source]));
}

function sorted(claimed: readonly Claimed[], { sources, now }: { sources: ReadonlyMap<string, Source>; now: Date }): Sorted {
  const into: Sorted = { ended: [], notAllowed: [], bySource: new Map() };
  for (const entry of claimed) {
    const source = sources.get(serviceRootOf(entry.url) ?? '');
    if (!isStanding(entry, now)) into.ended.push(entry);
    else if (!source) into.notAllowed.push(entry);
    else into.bySource.set(source, [...(into.bySource.get(source) ?? []), entry]);
  }
  return into;
}

/** Reads entries of one source until it fails; those that were not asked for then wait as long as it rests. Returns how many were read. */
async function readEntries(ctx: Ctx<JobActor>, { read, source, entries }: { read: ReadAtSource; source: Source; entries: readonly Claimed[] }): Promise<number> {
  if (source.restsUntil && source.restsUntil > ctx.now) {
    await putOff(ctx, entries, { until: source.restsUntil, outcome: 'unreachable' });
    return 0;
  }
  let [failures, done] = [source.failures, 0];
  while (done < entries.length) {
    const some = entries.slice(done, done + (done === 0 ? 1 : AT_ONCE));
    // No transaction is open here: what others are asked may take seconds.
    const readings = await Promise.all(some.map(async ({ url }) => read({ url, root: source.root, readsForCode: source.readsForCode })));
    for (const [index, entry] of some.entries()) {
      const reading = readings[index];
      if (reading) await writeCheck(ctx, { entry, source, check: decideCheck(entry, { reading, now: ctx.now }) });
    }
    done += some.length;
    if (readings.some((reading) => !isSourceDown(reading))) failures = 0;
    const down = readings.find(isSourceDown);
    if (down) return stopAt(ctx, { source, failures: failures + 1, down, left: entries.slice(done), done });
  }
  await db.registrySource.update({ where: { id: source.id }, data: { readAt: ctx.now, failures: 0, restsUntil: null } });
  return done;
}

async function stopAt(ctx: Ctx<JobActor>, at: { source: Source; failures: number; down: SourceReading; left: readonly Claimed[]; done: number }): Promise<number> {
  const { source, failures, down, left, done } = at;
  const retrySeconds = down.found === 'nothing' && down.why === 'unreachable' ? down.retrySeconds : null;
  const restsUntil = restUntil({ failures, retrySeconds, now: ctx.now });
  const answered = done > 1 ? { readAt: ctx.now } : {};
  await db.registrySource.update({ where: { id: source.id }, data: { ...answered, failures, restsUntil } });
  await putOff(ctx, left, { until: restsUntil, outcome: 'unreachable' });
  return done;
}

/** One entry as its reading found it, if it is still the version that was claimed, and claimed by this pass: whoever changed it meanwhile knows better. */
async function writeCheck(ctx: Ctx<JobActor>, { entry, source, check }: { entry: Claimed; source: Source; check: Check }): Promise<void> {
  const { outcome, failures, dueAt, change } = check;
  const where = { id: entry.id, version: entry.version, checkDueAt: claimedUntil(ctx) };
  const found = { checkOutcome: outcome, checkFailures: failures, checkDueAt: dueAt, ...(failures === 0 ? { confirmedAt: ctx.now } : {}) };
  if (!change) {
    await db.registryEntry.updateMany({ where, data: found });
    return;
  }
  await db.$transaction(async (tx) => {
    const changed = await tx.registryEntry.updateManyAndReturn({ where, data: { ...found, ...change, version: { increment: 1 } }, select: { id: true, ...VERSIONED } });
    for (const version of changed) {
      await writeEntryVersion(tx, version, ctx.now);
      await record(tx, ctx, { type: 'registry.reconciled', subject: entry.id, detail: { sourceId: source.id, before: toldOf(entry), after: toldOf({ ...change, version: version.version }) } });
    }
  });
}

/** Raw, as Prisma cannot keep a count that is higher. Without an outcome nothing is said about them: they have ended. */
async function putOff(ctx: Ctx<JobActor>, entries: readonly Claimed[], { until, outcome }: { until: Date | null; outcome: CheckOutcome | null }): Promise<void> {
  if (entries.length === 0) return;
  await db.$executeRaw`
    UPDATE registry_entry
    SET check_due_at = ${until}::timestamptz,
      check_outcome = coalesce(${outcome}::text, check_outcome),
      check_failures = CASE WHEN ${outcome}::text IS NULL THEN check_failures ELSE greatest(check_failures, 1) END
    WHERE id = ANY(${entries.map(({ id }) => id)}::uuid[]) AND check_due_at = ${claimedUntil(ctx)}::timestamptz`;
}

function claimedUntil({ now }: Ctx<JobActor>): Date {
  return addMinutes(now, CLAIM_MINUTES);
}

function toldOf({ status, startsAt, endsAt, version }: Pick<Claimed, 'status' | 'startsAt' | 'endsAt' | 'version'>) {
  return { status, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), version };
}
