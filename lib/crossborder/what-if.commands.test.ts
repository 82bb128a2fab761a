import { expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import { parseMonth } from '@/lib/crossborder/ledger.rules';
import type { Month } from '@/lib/crossborder/ledger.schema';
import { runWhatIf, startWhatIf } from '@/lib/crossborder/what-if.commands';
import { crossingsPage, latestWhatIf, whatIfProgress, type After } from '@/lib/crossborder/what-if.queries';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { aCommissioner, anAgreement, of } from '@/prisma/factories/agreement';
import { aCrossing } from '@/prisma/factories/border';
import { A_TUESDAY_AT_TEN, aHandler, later } from '@/prisma/factories/staff';

const clock = () => A_TUESDAY_AT_TEN;

function month(text: string): Month {
  const found = parseMonth(text);
  if (!found) throw new Error(text);
  return found;
}

const OCTOBER = month('2026-10');

async function run(ctx: Ctx, { id, version }: { id: string; version: number }, of: Month = OCTOBER) {
  const started = await startWhatIf(ctx, { id, version, month: of });
  if (!started.ok) throw new Error(started.error.code);
  await runWhatIf(ctx, { whatIfId: started.value.whatIfId, clock });
  return latestWhatIf(ctx, { id, version });
}

async function refusals(subject: string): Promise<unknown[]> {
  const rows = await db.auditEvent.findMany({ where: { type: 'what-if.refused', subject } });
  return rows.map(({ detail }) => detail);
}

test('a month is replayed with a draft: what would change, what it would cost, and no patient', async () => {
  const ctx = await aCommissioner('QWO');
  const startsAt = new Date('2026-10-06T09:00:00Z');
  const { reference } = await aCrossing({ startsAt, status: 'fulfilled' });
  await aCrossing({ startsAt, status: 'noshow' });
  await aCrossing({ startsAt, status: 'cancelled' });
  await aCrossing({ startsAt: new Date('2026-09-30T22:30:00Z') });
  await aCrossing({ startsAt: new Date('2026-11-01T09:00:00Z') });
  const draft = await anAgreement({ state: 'draft', outcome: 'approval', approvers: ['host'], pricePence: 1_250, noshowPence: 500 });

  const found = await run(ctx, draft);
  expect(found).toMatchObject({ state: 'finished', done: 3, total: 3, month: '2026-10-01', edition: 1, askedBy: ctx.actor.name });
  expect(found?.result).toMatchObject({ bookings: 3, changed: 3, before: { allow: 3, pence: 0 }, after: { approval: 3, pence: 1_750 } });
  expect(found?.result?.lines[0]).toMatchObject({ reference, startsAt, before: { outcome: 'allow' }, after: { outcome: 'approval', title: draft.title } });
  const [event] = await db.auditEvent.findMany({ where: { type: 'what-if.started', subject: draft.id } });
  expect(event?.detail).toMatchObject({ version: 1, month: '2026-10-01', bookings: 3 });
});

test('what holds today is replayed as if it had held in that month, and a new version takes the place of its own', async () => {
  const ctx = await aCommissioner('QMJ');
  const sides = { from: of('QMJ'), to: of('QKK') };
  await aCrossing({ payer: 'QMJ', host: 'QKK', startsAt: new Date('2026-08-04T09:00:00Z'), status: 'fulfilled' });
  const live = await anAgreement({ ...sides, pricePence: 1_000, noshowPence: 0 });
  const next = await anAgreement({ ...sides, id: live.id, version: 2, state: 'draft', pricePence: 1_500, noshowPence: 0 });
  const found = await run(ctx, next, month('2026-08'));
  expect(found?.result).toMatchObject({ bookings: 1, changed: 1, before: { allow: 1, pence: 1_000 }, after: { allow: 1, pence: 1_500 } });
});

test('a month without a booking is finished at once', async () => {
  const ctx = await aCommissioner('QWO');
  const draft = await anAgreement({ state: 'draft' });
  expect(await run(ctx, draft, month('2025-01'))).toMatchObject({ state: 'finished', done: 0, total: 0, result: { bookings: 0, changed: 0 } });
});

test('pages hold every booking once, in the order of booking', async () => {
  const startsAt = new Date('2026-07-07T09:00:00Z');
  const at = (minutes: number) => new Date(Date.UTC(2026, 6, 1, 9, minutes));
  // Two of one moment: the page between them is told by their ids.
  const made = [await aCrossing({ startsAt, bookedAt: at(20) }), await aCrossing({ startsAt, bookedAt: at(10) }), await aCrossing({ startsAt, bookedAt: at(20) }), await aCrossing({ startsAt, bookedAt: at(5) })];
  const found: string[] = [];
  for (let after: After | null = null; ; ) {
    const { bookings, next }: Awaited<ReturnType<typeof crossingsPage>> = await crossingsPage({ month: month('2026-07'), after, limit: 1, now: A_TUESDAY_AT_TEN });
    found.push(...bookings.map(({ reference }) => reference));
    if (!next) break;
    after = next;
  }
  expect(found).toEqual([3, 1, 0, 2].map((index) => made[index]?.reference));
});

test('two who start at once: one replay is entered, the other is told that it is at work', async () => {
  const [one, other] = [await aCommissioner('QWO'), await aCommissioner('QOP')];
  const { id } = await anAgreement({ state: 'proposed' });
  const outcomes = await Promise.all([one, other, one, other].map((ctx) => startWhatIf(ctx, { id, version: 1, month: OCTOBER })));
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await db.whatIf.count({ where: { agreementId: id } })).toBe(1);
  expect(await refusals(id)).toEqual([1, 2, 3].map(() => ({ version: 1, month: '2026-10-01', code: 'what-if-running' })));
});

test('a replay whose process ended is broken off, and another may be started', async () => {
  const ctx = await aCommissioner('QWO');
  const draft = { id: (await anAgreement({ state: 'draft' })).id, version: 1 };
  const first = await startWhatIf(ctx, { ...draft, month: OCTOBER });
  const id = first.ok ? first.value.whatIfId : '';
  expect(await whatIfProgress(later(ctx, 0.2), id)).toMatchObject({ state: 'at-work' });
  expect(await whatIfProgress(later(ctx, 0.3), id)).toMatchObject({ state: 'broken-off' });
  expect(await latestWhatIf(later(ctx, 0.3), draft)).toMatchObject({ state: 'broken-off', result: null });
  expect(await startWhatIf(later(ctx, 0.2), { ...draft, month: OCTOBER })).toMatchObject({ ok: false, error: { code: 'what-if-running' } });
  expect(await startWhatIf(later(ctx, 0.3), { ...draft, month: OCTOBER })).toMatchObject({ ok: true });
});

test('a replay that ends in a fault says so, and keeps its kind alone', async () => {
  const ctx = await aCommissioner('QWO');
  const draft = { id: (await anAgreement({ state: 'draft' })).id, version: 1 };
  const started = await startWhatIf(ctx, { ...draft, month: OCTOBER });
  const whatIfId = started.ok ? started.value.whatIfId : '';
  let reads = 0;
  const failing = () => {
    reads += 1;
    if (reads === 1) throw new RangeError('with a name in it');
    return A_TUESDAY_AT_TEN;
  };
  await expect(runWhatIf(ctx, { whatIfId, clock: failing })).rejects.toThrow(RangeError);
  expect(await latestWhatIf(ctx, draft)).toMatchObject({ state: 'failed', result: null });
  expect(await db.whatIf.findUnique({ where: { id: whatIfId } })).toMatchObject({ fault: 'RangeError' });
});

test('an agreement that there is not, or that is none of theirs, is refused', async () => {
  const { id: others } = await anAgreement({ state: 'proposed' });
  for (const [ctx, id] of [[await aCommissioner('QWO'), newId()], [await aCommissioner('QMJ'), others]] as const) {
    expect(await startWhatIf(ctx, { id, version: 1, month: OCTOBER })).toEqual({ ok: false, error: { code: 'agreement-not-found' } });
    expect(await refusals(id)).toEqual([{ version: 1, month: '2026-10-01', code: 'agreement-not-found' }]);
  }
});

test('who sees it but speaks for neither side is refused', async () => {
  const { id } = await anAgreement({ state: 'proposed', to: { kind: 'any' } });
  expect(await startWhatIf(await aCommissioner('QMJ'), { id, version: 1, month: OCTOBER })).toMatchObject({ ok: false, error: { code: 'agreement-outside-area' } });
  expect(await refusals(id)).toHaveLength(1);
});

test.each([
  ['agreed', 'agreed'],
  ['superseded', 'replaced by a later version'],
  ['withdrawn', 'withdrawn'],
] as const)('a version that is %s is not replayed', async (state, words) => {
  const { id } = await anAgreement({ state });
  expect(await startWhatIf(await aCommissioner('QWO'), { id, version: 1, month: OCTOBER })).toEqual({ ok: false, error: { code: 'agreement-not-in-state', state: words, wanted: 'replayed' } });
});

test('nobody but a commissioner starts a replay, or sees one', async () => {
  const handler = await aHandler();
  await expect(startWhatIf(handler, { id: newId(), version: 1, month: OCTOBER })).rejects.toThrow('border:read');
  await expect(latestWhatIf(handler, { id: newId(), version: 1 })).rejects.toThrow('border:read');
  await expect(whatIfProgress(handler, newId())).rejects.toThrow('border:read');
});
