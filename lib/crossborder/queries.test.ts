import { expect, test } from 'vitest';
import { anAgreement, of } from '@/prisma/factories/agreement';
import { HUMBER, LEEDS, londonDay, MANCHESTER, WALES } from '@/prisma/factories/border-rules';
import { aService } from '@/prisma/factories/service';
import { AGREEMENT_STATES, type AgreementContent } from '@/lib/crossborder/agreement.schema';
import { SHIPPED_DEFAULT } from '@/lib/crossborder/default.rules';
import { borderRules, liveAgreements } from '@/lib/crossborder/queries';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { toDateColumn } from '@/lib/platform/time';

const DAY = londonDay('2026-11-24');
const DAYS = { from: DAY, to: londonDay('2026-11-27') };
const ASKED = { responsible: [LEEDS], hosts: [MANCHESTER], days: DAYS };
const ANY = { kind: 'any' } as const;
const region = (code: string) => ({ kind: 'region', code }) as const;

/** The titles found of those made with this mark: agreements of other tests are none of it. */
async function titlesFound(mark: string, asked: Parameters<typeof borderRules>[0]): Promise<string[]> {
  const { agreements } = await borderRules(asked);
  return agreements.filter(({ title }) => title.startsWith(mark)).map(({ title }) => title.slice(mark.length + 1));
}

test('an agreement is read whole, dates and moments as they are', async () => {
  const service = await aService({ icbCode: 'QOP' });
  const given: Partial<AgreementContent> = {
    ...{ title: 'All of it', serviceId: service.id, dispositions: ['Dx05'], families: ['dental'], weekdays: [1, 8], fromMinute: 1320, toMinute: 360, dailyQuota: 50 },
    ...{ validFrom: londonDay('2026-03-29'), validTo: londonDay('2026-12-31'), outcome: 'approval', pricePence: 1_250, noshowPence: 0, failedContact: 'host', followUp: 'responsible', approvers: ['host', 'clinician'] },
  };
  const agreedAt = new Date('2026-10-25T01:30:00.123Z');
  const { id } = await anAgreement({ ...given, version: 3, agreedAt });

  const expected = { ...given, id, version: 3, agreedAt, from: of('QWO'), to: of('QOP'), serviceTypeId: null };
  expect((await borderRules(ASKED)).agreements.find((found) => found.id === id)).toEqual(expected);
  expect((await db.$transaction((tx) => borderRules(ASKED, tx))).agreements.find((found) => found.id === id)).toEqual(expected);
  expect((await liveAgreements(DAY)).find((found) => found.id === id)).toEqual(expected);
});

test('only those that could match are read, the most specific first', async () => {
  const mark = newId();
  const made = (title: string, given: Parameters<typeof anAgreement>[0]) => anAgreement({ title: `${mark} ${title}`, ...given });
  await made('anywhere', { from: ANY, to: ANY, validFrom: londonDay('2026-01-01') });
  await made('of the region', { from: region('Y63'), dispositions: ['Dx05'] });
  await made('by code', { dispositions: ['Dx06'] });
  await made('to the region', { to: region('Y62') });
  await made('to another region', { to: region('Y63') });
  await made('of another region', { from: region('Y62') });
  await made('to another', { to: of('QOQ') });
  await made('of another', { from: of('QOQ') });
  await made('of a nation', { from: of(WALES.code) });
  await made('ended before', { dispositions: ['Dx07'], validFrom: londonDay('2026-11-01'), validTo: londonDay('2026-11-23') });
  await made('ends that day', { dispositions: ['Dx08'], validFrom: londonDay('2026-11-01'), validTo: DAY, agreedAt: new Date('2026-11-01T09:00:00Z') });

  expect(await titlesFound(mark, ASKED)).toEqual(['by code', 'ends that day', 'of the region', 'to the region', 'anywhere']);
  expect(await titlesFound(mark, { ...ASKED, responsible: [WALES] })).toEqual(['of a nation', 'anywhere']);
  expect(await titlesFound(mark, { ...ASKED, hosts: [HUMBER] })).toEqual(['to another', 'to another region', 'anywhere']);
  expect(await titlesFound(mark, { ...ASKED, responsible: [LEEDS, HUMBER] })).toContain('of another');
  expect(await titlesFound(mark, { ...ASKED, responsible: [] })).toEqual(['anywhere']);
});

test.each(AGREEMENT_STATES)('of all states agreed alone decides: %s', async (state) => {
  const { id } = await anAgreement({ state, serviceTypeId: 46, families: [state] });
  expect((await borderRules(ASKED)).agreements.some((found) => found.id === id)).toBe(state === 'agreed');
  expect((await liveAgreements(DAY)).some((found) => found.id === id)).toBe(state === 'agreed');
});

test('those in force on a day or later are live', async () => {
  const over = await anAgreement({ families: ['over'], validFrom: londonDay('2026-11-01'), validTo: londonDay('2026-11-23') });
  const last = await anAgreement({ families: ['last'], validFrom: londonDay('2026-11-01'), validTo: DAY });
  const coming = await anAgreement({ families: ['coming'], validFrom: londonDay('2027-11-01') });
  const ids = (await liveAgreements(DAY)).map(({ id }) => id);
  expect([over, last, coming].map(({ id }) => ids.includes(id))).toEqual([false, true, true]);
});

test('the use of quotas is that of the days asked for, both included', async () => {
  const { id } = await anAgreement({ families: ['quota'], dailyQuota: 50 });
  const days = ['2026-11-23', '2026-11-24', '2026-11-27', '2026-11-28'].map(londonDay);
  await db.agreementQuota.createMany({ data: days.map((day, index) => ({ agreementId: id, day: toDateColumn(day), used: index + 1, quota: 50 })) });

  const { used } = await borderRules(ASKED);
  expect(days.map((day) => used.get(`${id} ${day}`))).toEqual([undefined, 2, 3, undefined]);
});

test('bank holidays of England among the days are told', async () => {
  const { holidays } = await borderRules({ ...ASKED, days: { from: londonDay('2026-12-24'), to: londonDay('2026-12-28') } });
  expect([...holidays].sort()).toEqual(['2026-12-25', '2026-12-28']);
  expect((await borderRules(ASKED)).holidays.size).toBe(0);
});

test('the default of every nation is the one that ships, until a later version is set', async () => {
  const { defaults } = await borderRules({ ...ASKED, responsible: [], hosts: [] });
  for (const nation of ['E', 'W', 'S'] as const) expect(defaults.get(nation)).toEqual({ ...SHIPPED_DEFAULT, nation, version: 1 });

  const changed = { ...SHIPPED_DEFAULT, nation: 'S', version: 2, urgentMinutes: 120, urgentOutcome: 'notify', pricePence: 900, noshowPence: 100 } as const;
  await db.borderDefault.create({ data: { ...changed, approvers: [...changed.approvers], at: new Date('2026-11-24T10:00:00Z') } });
  const later = (await borderRules(ASKED)).defaults;
  expect([later.get('S'), later.get('E')?.version]).toEqual([changed, 1]);
});
