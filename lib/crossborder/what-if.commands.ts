import { setImmediate as turnOfOthers } from 'node:timers/promises';
import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { agreementRow, contentOf, standpointOf } from '@/lib/crossborder/agreement-row.queries';
import { maySee, stepRefusal } from '@/lib/crossborder/agreement.rules';
import { knownCommissioners } from '@/lib/crossborder/commissioner.queries';
import { nextMonth } from '@/lib/crossborder/ledger.rules';
import type { Month } from '@/lib/crossborder/ledger.schema';
import { borderRules, liveAgreements } from '@/lib/crossborder/queries';
import type { BorderRules, LiveAgreement } from '@/lib/crossborder/schema';
import { scopeOf } from '@/lib/crossborder/scope.rules';
import { countCrossings, crossingsPage, seenSince, type After, type CrossingsPage } from '@/lib/crossborder/what-if.queries';
import { inForce, replayOf, withDraft, withoutDates, type Replay } from '@/lib/crossborder/what-if.rules';
import type { ReplayedBooking } from '@/lib/crossborder/what-if.schema';
import { db } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { log } from '@/lib/platform/log';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { addDays, fromDateColumn, toDateColumn } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { transact } from '@/lib/platform/transact';

const PAGE_BOOKINGS = 5_000;
/** Decided at a stretch: whoever else asks this process for something waits no longer than these take. */
const STRETCH_BOOKINGS = 250;

/**
 * Enters a replay of a London month's bookings with a version of an agreement as if it were agreed; `runWhatIf` then does it.
 *
 * Refuses with `agreement-not-found`, `agreement-outside-area` when neither side is the actor's, `agreement-not-in-state` unless it may yet
 * be changed or agreed, or `what-if-running` while a replay of the version is at work. Every refusal is audited. Throws ForbiddenError
 * without `border:read`.
 */
export async function startWhatIf(ctx: Ctx, { id, version, month }: { id: string; version: number; month: Month }): Promise<Result<{ whatIfId: string }, Refusal>> {
  requirePermission(ctx.actor, 'border:read');

  const outcome = await attempt(ctx, { id, version, month });
  if (!outcome.ok) await record(db, ctx, { type: 'what-if.refused', subject: id, detail: { version, month, code: outcome.error.code } });
  return outcome;
}

/**
 * Replays what was entered, page by page, and tells after each how far it is; `clock` is read for that alone. A replay whose process ends is
 * broken off, and stays so: another is started. A fault is kept by its kind, and thrown again. Throws when there is no such replay.
 */
export async function runWhatIf(ctx: Ctx, { whatIfId, clock }: { whatIfId: string; clock: () => Date }): Promise<void> {
  try {
    await replay(ctx, { whatIfId, clock });
  } catch (error) {
    // The message of a fault may hold anything: its kind alone is kept.
    const fault = error instanceof Error ? error.name : typeof error;
    await db.whatIf.update({ where: { id: whatIfId }, data: { fault, finishedAt: clock() } });
    log.error({ whatIfId, fault }, 'a replay ended in a fault');
    throw error;
  }
}

async function attempt(ctx: Ctx, { id, version, month }: { id: string; version: number; month: Month }): Promise<Result<{ whatIfId: string }, Refusal>> {
  const [row, known] = await Promise.all([agreementRow({ id, version }), knownCommissioners()]);
  if (!row || !maySee(scopeOf(ctx.actor), contentOf(row), known.byCode)) return refuse({ code: 'agreement-not-found' });
  const refused = stepRefusal('what-if', { ...standpointOf(ctx, { row, known }), today: londonDate(ctx.now) });
  if (refused) return refuse(refused);

  const total = await countCrossings(month);
  return transact(async (tx) => {
    // The lock on the version: of two who start at once, the second one finds the first one's replay.
    await tx.$queryRaw`SELECT 1 FROM agreement WHERE id = ${id}::uuid AND version = ${version} FOR NO KEY UPDATE`;
    const running = await tx.whatIf.findFirst({ where: { agreementId: id, agreementVersion: version, finishedAt: null, seenAt: { gte: seenSince(ctx.now) } }, select: { id: true } });
    if (running) return refuse({ code: 'what-if-running' });

    const whatIfId = newId();
    const asked = { month: toDateColumn(month), askedAt: ctx.now, askedById: ctx.actor.id, seenAt: ctx.now };
    await tx.whatIf.create({ data: { id: whatIfId, agreementId: id, agreementVersion: version, edition: row.edition, total, ...asked } });
    await record(tx, ctx, { type: 'what-if.started', subject: id, detail: { whatIfId, version, month, bookings: total } });
    return ok({ whatIfId });
  });
}

async function replay(ctx: Ctx, { whatIfId, clock }: { whatIfId: string; clock: () => Date }): Promise<void> {
  const { agreementId: id, agreementVersion: version, month } = await db.whatIf.findUniqueOrThrow({ where: { id: whatIfId } });
  const row = await agreementRow({ id, version });
  if (!row) throw new Error('a replay without its agreement');
  // Somebody may have changed the draft since it was entered: what is replayed is what is said to be.
  await db.whatIf.update({ where: { id: whatIfId }, data: { edition: row.edition } });

  const first = fromDateColumn(month);
  const { before, after } = await bothRules(ctx, { draft: { ...contentOf(row), id, version, agreedAt: ctx.now }, month: first });
  const compared = replayOf(before, after);
  const pageAfter = (after: After | null) => crossingsPage({ month: first, after, limit: PAGE_BOOKINGS, now: ctx.now });
  let done = 0;
  for (let page: CrossingsPage | null = await pageAfter(null); page; ) {
    // The next page is read while this one is decided.
    const [next]: [CrossingsPage | null, void] = await Promise.all([page.next ? pageAfter(page.next) : null, addInTurns(compared, page.bookings)]);
    done += page.bookings.length;
    await seen(whatIfId, { done, at: clock() });
    page = next;
  }
  await db.whatIf.update({ where: { id: whatIfId }, data: { result: compared.result(), finishedAt: clock() } });
}

/** The rules as they are now, and with the draft; as if what is in force had been so all the month. */
async function bothRules(ctx: Ctx, { draft, month }: { draft: LiveAgreement; month: Month }): Promise<{ before: BorderRules; after: BorderRules }> {
  const today = londonDate(ctx.now);
  const [agreed, rules] = await Promise.all([liveAgreements(today), borderRules({ responsible: [], hosts: [], days: { from: month, to: addDays(nextMonth(month), -1) } })]);
  const live = withoutDates(inForce(agreed, today), month);
  const drafted = withDraft(live, { ...draft, validFrom: month, validTo: null });
  return { before: { ...rules, agreements: live }, after: { ...rules, agreements: drafted } };
}

async function addInTurns(compared: Replay, bookings: readonly ReplayedBooking[]): Promise<void> {
  for (let from = 0; from < bookings.length; from += STRETCH_BOOKINGS) {
    compared.add(bookings.slice(from, from + STRETCH_BOOKINGS));
    await turnOfOthers();
  }
}

// Bookings that came since the count are replayed too: done is never more than there are.
async function seen(whatIfId: string, { done, at }: { done: number; at: Date }): Promise<void> {
  await db.$executeRaw`
    UPDATE what_if
    SET done = ${done}::int, total = greatest(total, ${done}::int), seen_at = ${at}::timestamptz
    WHERE id = ${whatIfId}::uuid`;
}
