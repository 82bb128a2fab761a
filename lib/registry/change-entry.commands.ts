import { record } from '@/lib/audit/record';
import type { Ctx, SystemActor } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { db, violates, type Tx } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { isId } from '@/lib/platform/id';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { transact } from '@/lib/platform/transact';
import { earlierRegistration, standingEntry } from '@/lib/registry/api-entry.queries';
import { decideEntryChange, decideWanted } from '@/lib/registry/api-entry.rules';
import type { ApiEntry, EntryChange } from '@/lib/registry/api-entry.schema';
import { VERSIONED, writeEntryVersion } from '@/lib/registry/commands';
import { firstCheckAt, serviceRootOf } from '@/lib/registry/reconcile.rules';
import type { Saved } from '@/lib/registry/register.commands';

/** How often a lost race is decided anew; once explains a loss. */
const ATTEMPTS = 3;

/**
 * Changes what another system registered, in the version that it read and before the appointment begins: cancels it, marks that it should
 * never have been, or gives it other times; at its source that has happened already (B-923 to B-927). A request that carries a correlation id is
 * carried out once.
 *
 * Refuses, in this order, with `registration-repeated`, `entry-not-found`, `entry-other-organisation` (Onward's own are nobody's outside), `entry-changed`,
 * `entry-ended`, `appointment-in-past`, `entry-differs` when more differs than is wanted, or `entry-unchanged`. Every refusal is audited. Throws
 * ForbiddenError without `registry:register`.
 */
export async function changeRegistered(ctx: Ctx<SystemActor>, change: EntryChange): Promise<Result<Saved, Refusal>> {
  requirePermission(ctx.actor, 'registry:register');

  const outcome = await carryOut(ctx, change);
  if (!outcome.ok) {
    const { entryId } = change;
    await record(db, ctx, { type: 'registry.change-refused', subject: isId(entryId) ? entryId.toLowerCase() : undefined, detail: { code: outcome.error.code } });
  }
  return outcome;
}

async function carryOut(ctx: Ctx<SystemActor>, change: EntryChange, attemptsLeft = ATTEMPTS): Promise<Result<Saved, Refusal>> {
  const before = await earlierRegistration(ctx, 'PUT');
  if (before) return refuse({ code: 'registration-repeated', ...before });
  const decided = await decide(ctx, change);
  if (!decided.ok) {
    // It may be refused for what this very request did meanwhile.
    const meanwhile = await earlierRegistration(ctx, 'PUT');
    return meanwhile ? refuse({ code: 'registration-repeated', ...meanwhile }) : decided;
  }
  const saved = await write(ctx, change, decided.value);
  if (saved) return ok(saved);
  if (attemptsLeft === 1) throw new Error('a change was neither possible nor refused');
  return carryOut(ctx, change, attemptsLeft - 1);
}

async function decide(ctx: Ctx<SystemActor>, { entryId, version, wanted, differences }: EntryChange): Promise<Result<ApiEntry, Refusal>> {
  const found = await standingEntry(ctx, { id: entryId });
  if (!found) return refuse({ code: 'entry-not-found' });
  const { entry, registeredByCode } = found;
  const possible = decideEntryChange({ ...entry, registeredByCode }, { version, asker: ctx.actor.organisation.code }, ctx.now);
  if (!possible.ok) return possible;
  const allowed = decideWanted(entry, { wanted, elements: differences(entry) });
  return allowed.ok ? ok(entry) : allowed;
}

/** One transaction; null when somebody was quicker, and then nothing is written. */
async function write(ctx: Ctx<SystemActor>, { wanted }: EntryChange, before: ApiEntry): Promise<Saved | null> {
  const { id: entryId } = before;
  const after: ApiEntry = { ...before, ...wanted, version: before.version + 1, changedAt: ctx.now };
  try {
    const outcome = await transact(async (tx) => {
      if (!(await writeEntry(tx, ctx, { before, after }))) return refuse('lost');
      const { correlationId: requestId, actor, now: at } = ctx;
      if (requestId) await tx.inboundRequest.create({ data: { door: 'registry', sender: actor.id, method: 'PUT', requestId, answer: `${entryId}:${after.version}`, at } });
      await record(tx, ctx, { type: 'registry.changed', subject: entryId, detail: { before: keptOf(before), after: keptOf(after) } });
      return ok({ entryId, version: after.version, entry: after });
    });
    return outcome.ok ? outcome.value : null;
  } catch (error) {
    if (violates(error, 'inbound_request_pkey')) return null;
    throw error;
  }
}

async function writeEntry(tx: Tx, { now }: Ctx<SystemActor>, { before, after }: { before: ApiEntry; after: ApiEntry }): Promise<boolean> {
  const { id, status, startsAt, endsAt, version } = after;
  const checkDueAt = status === 'booked' && (await isReadAgain(tx, before)) ? firstCheckAt({ startsAt, endsAt }, now) : null;
  // The claim is the lock: every change makes a version, so of two concurrent ones exactly one update finds the version that both saw.
  const claimed = await tx.registryEntry.updateManyAndReturn({
    where: { id, version: before.version },
    data: { status, startsAt, endsAt, version, confirmedAt: now, checkFailures: 0, checkOutcome: null, checkDueAt },
    select: { id: true, ...VERSIONED },
  });
  const [entry] = claimed;
  if (!entry) return false;
  await writeEntryVersion(tx, entry, now);
  return true;
}

/** Whether entries are re-read from its source now. */
async function isReadAgain(tx: Tx, { pointer }: ApiEntry): Promise<boolean> {
  const root = pointer.at === 'elsewhere' ? serviceRootOf(pointer.url) : null;
  return root !== null && (await tx.registrySource.count({ where: { root, isOn: true } })) > 0;
}

function keptOf({ status, startsAt, endsAt, version }: ApiEntry) {
  return { status, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), version };
}
