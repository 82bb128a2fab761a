import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import { freezeMonth } from '@/lib/crossborder/ledger.commands';
import { monthOf } from '@/lib/crossborder/ledger.rules';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { addMinutes, toDateColumn } from '@/lib/platform/time';
import { aCommissioner } from '@/prisma/factories/agreement';
import { aCrossing } from '@/prisma/factories/border';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';

// Each test has a pair of its own. The tests' moment is in November.
const IN_OCTOBER = new Date('2026-10-06T10:00:00Z');
const OCTOBER = monthOf(IN_OCTOBER);
const NOVEMBER = monthOf(A_TUESDAY_AT_TEN);

test('a frozen month keeps the sum and a line for each appointment, with who froze it, and is audited', async () => {
  const { ctx, pair } = await aPair('QHM', 'QE1');
  const seen = await aCrossing({ ...pair, startsAt: IN_OCTOBER, status: 'fulfilled' });
  const cancelled = await aCrossing({ ...pair, startsAt: addMinutes(IN_OCTOBER, 60), status: 'cancelled' });

  expect(await freezeMonth(ctx, { ...pair, month: OCTOBER, pence: 1_250 })).toEqual({ ok: true, value: null });

  expect(await frozenOf(pair)).toMatchObject([{ month: toDateColumn(OCTOBER), frozenAt: ctx.now, frozenById: ctx.actor.id, pence: 1_250 }]);
  expect((await linesOf(pair)).map(({ appointmentId, kind, status, pence }) => ({ appointmentId, kind, status, pence }))).toEqual([
    { appointmentId: seen.id, kind: 'charge', status: 'attended', pence: 1_250 },
    { appointmentId: cancelled.id, kind: 'charge', status: 'cancelled', pence: 0 },
  ]);
  expect(await audited(ctx)).toEqual([{ type: 'ledger.frozen', detail: { ...pair, month: '2026-10', pence: 1_250 } }]);
});

test('either side may freeze, and so may the region and the national team; others are refused, and that is audited', async () => {
  const { pair } = await aPair('QOX', 'QGH');
  await aCrossing({ ...pair, startsAt: IN_OCTOBER, status: 'noshow' });
  const stranger = await aCommissioner('QE1');
  expect(await freezeMonth(stranger, { ...pair, month: OCTOBER, pence: 500 })).toEqual({ ok: false, error: { code: 'ledger-outside-area' } });
  expect(await audited(stranger)).toEqual([{ type: 'ledger.freeze-refused', detail: { ...pair, month: '2026-10', pence: 500, code: 'ledger-outside-area' } }]);

  const { regionCode } = await db.icb.findUniqueOrThrow({ where: { code: 'QGH' } });
  for (const scope of ['QGH', regionCode, 'national']) {
    expect(await freezeMonth(await aCommissioner(scope), { ...pair, month: NOVEMBER, pence: 0 })).toMatchObject({ ok: false, error: { code: 'ledger-month-not-over' } });
  }
  expect((await freezeMonth(await aCommissioner('QGH'), { ...pair, month: OCTOBER, pence: 500 })).ok).toBe(true);
});

test('a month that is frozen, not over, empty, behind an open one, or of another sum is not frozen; nothing is stored', async () => {
  const { ctx, pair } = await aPair('QWE', 'QGH');
  await aCrossing({ ...pair, startsAt: new Date('2026-08-04T09:00:00Z'), status: 'fulfilled' });
  await aCrossing({ ...pair, startsAt: IN_OCTOBER, status: 'fulfilled' });
  await aCrossing({ ...pair, startsAt: A_TUESDAY_AT_TEN });
  const [august, september] = ['2026-08-04', '2026-09-04'].map((day) => monthOf(new Date(day)));
  if (!august || !september) throw new Error('two months are wanted');
  const refusal = async (given: { month: typeof OCTOBER; pence: number }) => {
    const outcome = await freezeMonth(ctx, { ...pair, ...given });
    return outcome.ok ? null : outcome.error;
  };

  expect(await refusal({ month: NOVEMBER, pence: 0 })).toEqual({ code: 'ledger-month-not-over', month: NOVEMBER });
  expect(await refusal({ month: september, pence: 0 })).toEqual({ code: 'ledger-nothing-to-freeze', month: september });
  expect(await refusal({ month: OCTOBER, pence: 1_250 })).toEqual({ code: 'ledger-earlier-open', month: august });
  expect(await refusal({ month: august, pence: 1_249 })).toEqual({ code: 'ledger-changed', pence: 1_250 });
  expect([await frozenOf(pair), await linesOf(pair)]).toEqual([[], []]);

  expect(await refusal({ month: august, pence: 1_250 })).toBeNull();
  expect(await refusal({ month: august, pence: 1_250 })).toEqual({ code: 'ledger-month-frozen', month: august, at: ctx.now });
  // September has nothing: it is in nobody's way.
  expect(await refusal({ month: OCTOBER, pence: 1_250 })).toBeNull();
  expect((await audited(ctx)).map(({ type }) => type).filter((type) => type === 'ledger.freeze-refused')).toHaveLength(5);
});

test('both sides freeze a month at once: one does, the other is told that it is frozen, and every line is there once', async () => {
  const { pair } = await aPair('QJ2', 'QK1');
  for (let index = 0; index < 10; index += 1) await aCrossing({ ...pair, startsAt: addMinutes(IN_OCTOBER, index * 60), status: 'fulfilled' });
  const people = await Promise.all(['QJ2', 'QK1', 'QJ2', 'QK1'].map((scope) => aCommissioner(scope)));

  const outcomes = await Promise.all(people.map((ctx) => freezeMonth(ctx, { ...pair, month: OCTOBER, pence: 12_500 })));
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.error.code]))).toEqual(Array.from({ length: 3 }, () => 'ledger-month-frozen'));
  expect(await linesOf(pair)).toHaveLength(10);
});

test('attendance changes while a month is being frozen: what is stored still adds up to the sum that was agreed', async () => {
  const { ctx, pair } = await aPair('QM7', 'QGH');
  const waited = await aCrossing({ ...pair, startsAt: IN_OCTOBER, status: 'booked' });
  const other = await aCommissioner('QGH');

  // Somebody else's freeze, given up in the end, makes this one wait between its look at the figures and its last line.
  const givenUp = new Error('given up');
  let freezing: ReturnType<typeof freezeMonth> | undefined;
  const blocked = db.$transaction(async (tx) => {
    await tx.ledgerMonth.create({ data: { month: toDateColumn(OCTOBER), payerCode: pair.payer, hostCode: pair.host, frozenAt: other.now, frozenById: other.actor.id, pence: 0 } });
    freezing = freezeMonth(ctx, { ...pair, month: OCTOBER, pence: 0 });
    while ((await waiting()) === 0) await setImmediate();
    await db.appointment.update({ where: { id: waited.id }, data: { status: 'arrived' } });
    throw givenUp;
  });
  await expect(blocked).rejects.toThrow(givenUp);

  expect((await freezing)?.ok).toBe(true);
  expect(await frozenOf(pair)).toMatchObject([{ pence: 0 }]);
  expect(await linesOf(pair)).toMatchObject([{ status: 'unstated', pence: 0 }]);
});

test('what is frozen cannot be changed or taken away, whoever asks the database', async () => {
  const { ctx, pair } = await aPair('QPM', 'QGH');
  await aCrossing({ ...pair, startsAt: IN_OCTOBER, status: 'fulfilled' });
  await freezeMonth(ctx, { ...pair, month: OCTOBER, pence: 1_250 });

  await expect(db.ledgerLine.updateMany({ where: { payerCode: pair.payer }, data: { pence: 0 } })).rejects.toThrow(/insert-only/);
  await expect(db.ledgerLine.deleteMany({ where: { payerCode: pair.payer } })).rejects.toThrow(/insert-only/);
  await expect(db.ledgerMonth.updateMany({ where: { payerCode: pair.payer }, data: { pence: 0 } })).rejects.toThrow(/insert-only/);
  await expect(db.$executeRaw`TRUNCATE ledger_month CASCADE`).rejects.toThrow(/insert-only/);
  expect(await linesOf(pair)).toMatchObject([{ pence: 1_250 }]);
});

test('nobody but commissioners freezes', async () => {
  await expect(freezeMonth(await aHandler(), { payer: 'QWO', host: 'QOP', month: OCTOBER, pence: 0 })).rejects.toThrow(ForbiddenError);
});

async function aPair(payer: string, host: string): Promise<{ ctx: Ctx; pair: { payer: string; host: string } }> {
  return { ctx: await aCommissioner(payer), pair: { payer, host } };
}

function frozenOf({ payer, host }: { payer: string; host: string }) {
  return db.ledgerMonth.findMany({ where: { payerCode: payer, hostCode: host } });
}

function linesOf({ payer, host }: { payer: string; host: string }) {
  return db.ledgerLine.findMany({ where: { payerCode: payer, hostCode: host }, orderBy: { appointment: { startsAt: 'asc' } } });
}

function audited(ctx: Ctx) {
  return db.auditEvent.findMany({ where: { actorId: ctx.actor.id }, orderBy: { seq: 'asc' }, select: { type: true, detail: true } });
}

/** How many freezes wait for a lock; of a statement the database tells only the beginning. */
async function waiting(): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count
    FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%FROM ledger_month%'`;
  return row?.count ?? 0;
}
