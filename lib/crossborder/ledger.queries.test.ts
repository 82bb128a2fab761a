import { expect, test } from 'vitest';
import { ENTRIES_A_PAGE, ledgerEntries, ledgerSums, openMonth } from '@/lib/crossborder/ledger.queries';
import { entriesCsv, sumsCsv } from '@/lib/crossborder/ledger-export.queries';
import { freezeMonth } from '@/lib/crossborder/ledger.commands';
import { chargeOf, ledgerStatusOf, monthOf } from '@/lib/crossborder/ledger.rules';
import type { Month } from '@/lib/crossborder/ledger.schema';
import type { Ctx } from '@/lib/auth/actor';
import { appointmentStatus, type AppointmentStatus } from '@/lib/booking/schema';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { addMinutes } from '@/lib/platform/time';
import { aCommissioner } from '@/prisma/factories/agreement';
import { aCrossing } from '@/prisma/factories/border';
import { aService } from '@/prisma/factories/service';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';

// Each test has a pair of its own.
const IN_OCTOBER = new Date('2026-10-06T10:00:00Z');
const OCTOBER = monthOf(IN_OCTOBER);
const NOVEMBER = monthOf(A_TUESDAY_AT_TEN);

test('a month adds up each status of a pair, and what it costs, as the rules say', async () => {
  const ctx = await aCommissioner('QHM');
  const pair = { payer: 'QHM', host: 'QE1' };
  const expected = { pence: 0, attended: 0, noshow: 0, cancelled: 0, 'to-come': 0, unstated: 0 };
  for (const [index, { status, startsAt }] of everyCase().entries()) {
    const made = await aCrossing({ ...pair, startsAt, status, pricePence: 1_000 + index, noshowPence: 100 + index });
    const counts = ledgerStatusOf(made, ctx.now);
    expected[counts] += 1;
    expected.pence += chargeOf(counts, { pricePence: 1_000 + index, noshowPence: 100 + index });
  }
  await aCrossing({ ...pair, startsAt: A_TUESDAY_AT_TEN, status: 'fulfilled', pricePence: null, noshowPence: null });
  expected.attended += 1;

  const { pence, ...counts } = expected;
  expect(await sumOf(ctx, NOVEMBER)).toMatchObject({ payer: { code: 'QHM' }, host: { code: 'QE1' }, month: NOVEMBER, counts, charges: pence, corrections: 0, pence, frozen: null });
  expect(counts).toEqual({ attended: 5, noshow: 2, cancelled: 6, 'to-come': 1, unstated: 1 });
});

test.each([
  ['2026-10-31T23:30:00Z', '2026-10-01'],
  ['2027-03-31T23:30:00Z', '2027-04-01'],
])('an appointment at %s is in the month that London is in', async (startsAt, month) => {
  const ctx = await aCommissioner('QNC');
  await aCrossing({ payer: 'QNC', host: 'QE1', startsAt: new Date(startsAt) });
  const found = monthOf(new Date(startsAt));
  expect(found).toBe(month);
  expect(await sumOf(ctx, found)).toMatchObject({ month });
});

test('a commissioner sees what their own area owes and is owed, a region all of its own, the national team everything', async () => {
  await aCrossing({ payer: 'QWE', host: 'QGH', startsAt: IN_OCTOBER });
  const seenBy = async (scope: string) => (await ledgerSums(await aCommissioner(scope), { month: OCTOBER })).map(({ payer, host }) => `${payer.code} ${host.code}`);

  expect(await seenBy('QWE')).toContain('QWE QGH');
  expect(await seenBy('QGH')).toContain('QWE QGH');
  expect(await seenBy(await regionOf('QWE'))).toContain('QWE QGH');
  expect(await seenBy('national')).toContain('QWE QGH');
  expect(await seenBy('QOX')).not.toContain('QWE QGH');
});

test('the appointments of a sum are listed by time, without a patient, and that is audited; to neighbours there is nothing', async () => {
  const ctx = await aCommissioner('QOX');
  const pair = { payer: 'QOX', host: 'QGH', month: OCTOBER };
  const second = await aCrossing({ ...pair, startsAt: addMinutes(IN_OCTOBER, 60), status: 'fulfilled' });
  const first = await aCrossing({ ...pair, startsAt: IN_OCTOBER, status: 'noshow' });

  const found = await ledgerEntries(ctx, pair);
  expect(found).toMatchObject({ total: 2, open: OCTOBER, sum: { pence: 1_750 } });
  expect(found?.entries.map(({ reference, status, pence, kind }) => ({ reference, status, pence, kind }))).toEqual([
    { reference: first.reference, status: 'noshow', pence: 500, kind: 'charge' },
    { reference: second.reference, status: 'attended', pence: 1_250, kind: 'charge' },
  ]);
  expect(Object.keys(found?.entries[0] ?? {}).sort()).toEqual(['appointmentId', 'kind', 'pence', 'reference', 'ruleWords', 'serviceName', 'startsAt', 'status']);
  expect((await ledgerEntries(ctx, { ...pair, status: 'noshow' }))?.total).toBe(1);
  expect(await db.auditEvent.count({ where: { type: 'ledger.viewed', actorId: ctx.actor.id } })).toBe(2);
  expect(await ledgerEntries(await aCommissioner('QE1'), pair)).toBeNull();
  expect(await ledgerEntries(ctx, { ...pair, month: NOVEMBER })).toBeNull();
  expect(await ledgerEntries(ctx, { ...pair, host: 'NOSUCH' })).toBeNull();
});

test('a long list comes page by page, each appointment once', async () => {
  const ctx = await aCommissioner('QR1');
  const pair = { payer: 'QR1', host: 'QGH', month: OCTOBER };
  const serviceId = (await aService({ icbCode: 'QGH' })).id;
  for (let index = 0; index <= ENTRIES_A_PAGE; index += 1) await aCrossing({ ...pair, serviceId, startsAt: addMinutes(IN_OCTOBER, index * 10) });

  const pages = await Promise.all([1, 2, 3].map(async (page) => (await ledgerEntries(ctx, { ...pair, page }))?.entries ?? []));
  expect(pages.map(({ length }) => length)).toEqual([ENTRIES_A_PAGE, 1, 0]);
  expect(new Set(pages.flat().map(({ appointmentId }) => appointmentId)).size).toBe(ENTRIES_A_PAGE + 1);
});

test('a frozen month stays as it was; what changes later is a correction in the month after, until that is frozen too', async () => {
  const ctx = { ...(await aCommissioner('QJ2')), now: new Date('2026-12-02T10:00:00Z') };
  const pair = { payer: 'QJ2', host: 'QGH' };
  const seen = await aCrossing({ ...pair, startsAt: IN_OCTOBER, status: 'arrived' });
  await aCrossing({ ...pair, startsAt: A_TUESDAY_AT_TEN, status: 'noshow' });
  expect(await openMonth(pair, ctx.now)).toBe(OCTOBER);
  expect((await freezeMonth(ctx, { ...pair, month: OCTOBER, pence: 1_250 })).ok).toBe(true);
  expect(await openMonth(pair, ctx.now)).toBe(NOVEMBER);

  await db.appointment.update({ where: { id: seen.id }, data: { status: 'entered-in-error', releasedAt: ctx.now } });
  const late = await aCrossing({ ...pair, startsAt: addMinutes(IN_OCTOBER, 60), status: 'fulfilled', pricePence: 300 });
  expect(await sumOf(ctx, OCTOBER)).toMatchObject({ counts: { attended: 1, cancelled: 0 }, pence: 1_250, frozen: { at: ctx.now, by: ctx.actor.name } });
  expect(await sumOf(ctx, NOVEMBER)).toMatchObject({ counts: { noshow: 1, cancelled: 0, attended: 0 }, charges: 500, corrections: 300 - 1_250, pence: 800 - 1_250 });
  const listed = await ledgerEntries(ctx, { ...pair, month: NOVEMBER });
  expect(listed?.entries.map(({ kind, reference, pence }) => ({ kind, reference, pence })).slice(0, 2)).toEqual([
    { kind: 'correction', reference: seen.reference, pence: -1_250 },
    { kind: 'correction', reference: late.reference, pence: 300 },
  ]);

  expect((await freezeMonth(ctx, { ...pair, month: NOVEMBER, pence: 800 - 1_250 })).ok).toBe(true);
  expect((await ledgerSums(ctx, { month: monthOf(ctx.now) })).filter(({ payer }) => payer.code === 'QJ2')).toEqual([]);
  expect(await openMonth(pair, ctx.now)).toBeNull();
});

test('files have every sum, and every appointment of a sum, add up to what is shown, and are audited', async () => {
  const ctx = await aCommissioner('QKK');
  const pair = { payer: 'QKK', host: 'QGH', month: OCTOBER };
  for (const [index, status] of (['fulfilled', 'noshow', 'cancelled'] as const).entries()) await aCrossing({ ...pair, startsAt: addMinutes(IN_OCTOBER, index * 60), status });

  const [header = '', ...rows] = ((await entriesCsv(ctx, pair)) ?? '').trim().split('\r\n');
  expect(header).toContain('reference');
  expect(rows.map((row) => Number(row.split(',').at(-1))).reduce((total, pounds) => total + pounds, 0)).toBe(17.5);
  expect(await sumsCsv(ctx, pair)).toMatch(/2026-10,QKK,[^,]+,QGH,[^,]+,3,1,1,1,0,0,17\.50,0\.00,17\.50,\r\n/);
  expect(await entriesCsv(await aCommissioner('QE1'), pair)).toBeNull();
  expect(await db.auditEvent.count({ where: { type: 'ledger.exported', actorId: ctx.actor.id } })).toBe(2);
});

test('nobody but commissioners sees the ledger', async () => {
  const ctx = await aHandler();
  await expect(ledgerSums(ctx, { month: OCTOBER })).rejects.toThrow(ForbiddenError);
  await expect(ledgerEntries(ctx, { payer: 'QWO', host: 'QOP', month: OCTOBER })).rejects.toThrow(ForbiddenError);
  await expect(entriesCsv(ctx, { payer: 'QWO', host: 'QOP', month: OCTOBER })).rejects.toThrow(ForbiddenError);
});

/** Every status in November, before the tests' moment and, where that can be, after it. */
function everyCase(): { status: AppointmentStatus; startsAt: Date }[] {
  return appointmentStatus.options.flatMap((status) => [
    { status, startsAt: addMinutes(A_TUESDAY_AT_TEN, -10) },
    { status, startsAt: addMinutes(A_TUESDAY_AT_TEN, 60) },
  ]);
}

async function sumOf(ctx: Ctx, month: Month) {
  return (await ledgerSums(ctx, { month }))[0];
}

async function regionOf(code: string): Promise<string> {
  return (await db.icb.findUniqueOrThrow({ where: { code } })).regionCode;
}
