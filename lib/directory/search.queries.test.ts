import { expect, test } from 'vitest';
import type { GapCheck, SearchRequest } from '@/lib/directory/schema';
import { findServices } from '@/lib/directory/search.queries';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { aSymptomGroup, someRanks } from '@/prisma/factories/reference';
import { aSearch, aSpot, north, placeAt, setCapacity, type Spot } from '@/prisma/factories/search';
import { aService } from '@/prisma/factories/service';
import { aFreeSlot } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN, aHandler, later } from '@/prisma/factories/staff';
import { unique } from '@/prisma/factories/unique';

const GP = 100;
const UTC = 135;
const ED = 105;

async function search(spot: Spot, given: Partial<SearchRequest> = {}) {
  return findServices(await aHandler(), await aSearch(spot, given));
}

async function foundAt(spot: Spot, given: Partial<SearchRequest> = {}): Promise<string[]> {
  const answer = await search(spot, given);
  return answer.services.map(({ id }) => id);
}

test('D-006: only active services are found', async () => {
  const spot = aSpot();
  const active = await aService(spot);
  await aService({ ...spot, status: 'closed' });
  await aService({ ...spot, status: 'suspended' });
  expect(await search(spot)).toMatchObject({ services: [{ id: active.id }], matched: 1, gaps: {}, isCatchAll: false, code: null });
});

test('D-005, D-007: services within the distance in force are found, others are not', async () => {
  const spot = aSpot();
  const near = await aService(north(spot, 9.9));
  await aService(north(spot, 10.2));
  const forced = await search(spot, { distanceKm: 10, isDistanceForced: true });
  expect(forced).toMatchObject({ services: [{ id: near.id, distanceMiles: 6.2 }], distanceKm: 10, distanceSource: 'Override' });
  expect(await search(spot)).toMatchObject({ matched: 2, distanceKm: 60, distanceSource: 'National' });

  await db.searchDistance.create({ data: { area: 'TT9', kilometres: 10 } });
  expect(await search(spot, { place: placeAt(spot, { postcode: 'TT9 1TT' }) })).toMatchObject({ matched: 1, distanceSource: 'District' });
});

test('D-008, D-012: with a symptom group a service needs the group, and all discriminators in it', async () => {
  const spot = aSpot();
  const { groupId, discriminatorIds } = await aSymptomGroup(2);
  const other = await aSymptomGroup(1);
  const [first = 0, second = 0] = discriminatorIds;
  const both = await aService({ ...spot, symptoms: [{ groupId, discriminatorId: first }, { groupId, discriminatorId: second }] });
  const one = await aService({ ...north(spot, 1), symptoms: [{ groupId, discriminatorId: first }] });
  const none = await aService({ ...north(spot, 2), symptoms: [{ groupId: other.groupId, discriminatorId: other.discriminatorIds[0] ?? 0 }] });

  const invalid = other.discriminatorIds[0] ?? 0;
  expect(await search(spot, { symptomGroup: groupId, discriminators: [first, second, second, invalid] })).toMatchObject({ services: [{ id: both.id }], gaps: { discriminators: 1 } });
  expect(await foundAt(spot, { symptomGroup: groupId, discriminators: [first] })).toEqual([both.id, one.id]);
  expect(await foundAt(spot, { symptomGroup: groupId })).toEqual([both.id, one.id]);
  expect(await search(spot)).toMatchObject({ matched: 3 });
  expect(await foundAt(north(spot, 2), { symptomGroup: other.groupId })).toEqual([none.id]);
});

test('D-009: a service must be profiled for the gender, and none profiled never matches', async () => {
  const spot = aSpot();
  const women = await aService({ ...spot, genders: ['F'] });
  await aService({ ...spot, genders: [] });
  expect(await foundAt(spot, { gender: 'F' })).toEqual([women.id]);
  expect(await search(spot, { gender: 'M' })).toMatchObject({ services: [], gaps: {}, code: 102 });
});

test('D-010: a restricted service is found for its practices only; without a list it is for everyone', async () => {
  const spot = aSpot();
  const restricted = await aService({ ...spot, isRestricted: true, practices: ['B00001'] });
  const without = await aService({ ...north(spot, 1), isRestricted: true });
  const commissioned = await aService({ ...north(spot, 2), typeId: GP, practices: ['B00001'] });
  expect(await foundAt(spot)).toEqual([commissioned.id, without.id]);
  expect(await foundAt(spot, { practiceCode: 'B00002' })).toEqual([commissioned.id, without.id]);
  expect(await foundAt(spot, { practiceCode: 'B00001' })).toEqual([commissioned.id, restricted.id, without.id]);
});

const closedToday = { isOpenAllHours: false };

test.each<[string, GapCheck, Parameters<typeof aService>[0], Partial<SearchRequest>]>([
  ['D-013', 'disposition', { dispositions: ['Dx06'] }, {}],
  ['D-014', 'role', { referralRoles: ['clinician'] }, {}],
  ['D-014, none profiled', 'role', { referralRoles: [] }, {}],
  ['D-015', 'age', { ages: [{ daysFrom: 0, daysTo: 364 }] }, {}],
  ['D-016', 'opening', closedToday, {}],
  ['D-018', 'area', { areas: ['TEST1'] }, { place: placeAt({ latitude: 0, longitude: 0 }, { icbCode: 'TEST2' }) }],
])('%s, D-019: what fails only this check is not found but counted as a gap: %s', async (_rule, check, profile, request) => {
  const spot = aSpot();
  const passing = await aService(spot);
  await aService({ ...north(spot, 1), ...profile });
  await aService({ ...north(spot, 1), ...profile, ...(check === 'role' ? { dispositions: [] } : { referralRoles: [] }) });
  const answer = await search(spot, { ...request, place: { ...placeAt(spot), icbCode: request.place?.icbCode ?? null } });
  expect(answer).toMatchObject({ services: [{ id: passing.id }], matched: 1 });
  expect(answer.gaps[check]).toBe(1);
});

test('D-013: without a disposition it is not filtered', async () => {
  const spot = aSpot();
  const service = await aService({ ...spot, dispositions: [] });
  expect(await foundAt(spot, { disposition: null })).toEqual([service.id]);
});

test('D-002, D-015: both ends of an age range count, and an age group matches by overlap', async () => {
  const spot = aSpot();
  const service = await aService({ ...spot, ages: [{ daysFrom: 365, daysTo: 1825 }] });
  expect(await foundAt(spot, { ageDays: 365 })).toEqual([service.id]);
  expect(await foundAt(spot, { ageDays: 1825 })).toEqual([service.id]);
  expect(await foundAt(spot, { ageDays: 364 })).toEqual([]);
  expect(await foundAt(spot, { ageDays: 1826 })).toEqual([]);
  expect(await foundAt(spot, { ageDays: 0, ageDaysTo: 400 })).toEqual([service.id]);
});

test('D-018: limits to areas apply by the ICB of the place, and not where that is unknown', async () => {
  const spot = aSpot();
  const service = await aService({ ...spot, areas: ['TEST1'] });
  expect(await foundAt(spot, { place: placeAt(spot, { icbCode: 'TEST1' }) })).toEqual([service.id]);
  expect(await foundAt(spot, { place: placeAt(spot, { icbCode: 'TEST2' }) })).toEqual([]);
  expect(await foundAt(spot)).toEqual([service.id]);
});

test('D-011, D-029, D-030: red is not found until its reset time has come, amber is found as limited, the latest state counts', async () => {
  const spot = aSpot();
  const red = await aService(spot);
  const amber = await aService({ ...north(spot, 1) });
  await setCapacity(red.id, 'red', { minutesAgo: 30, resetsAfter: 60 });
  await setCapacity(amber.id, 'red', { minutesAgo: 60, resetsAfter: 600 });
  await setCapacity(amber.id, 'amber', { minutesAgo: 30, resetsAfter: 600 });
  expect(await search(spot)).toMatchObject({ services: [{ id: amber.id, capacity: 'Low', capacityNote: 'amber test note' }], gaps: { capacity: 1 } });

  const halfAnHourOn = later(await aHandler(), 30);
  const reset = await findServices(halfAnHourOn, await aSearch(spot, { at: halfAnHourOn.now }));
  expect(reset.services).toMatchObject([{ id: red.id, capacity: 'High', capacityNote: null }, { id: amber.id }]);
  expect(reset.gaps).toEqual({});
});

test('D-016, D-024, D-025: opening is judged over the window, and a service must not close within 30 minutes', async () => {
  const spot = aSpot();
  const opened = (fromMinute: number, toMinute: number, kilometres: number) =>
    aService({ ...north(spot, kilometres), typeId: 900 + kilometres, isOpenAllHours: false, openings: { create: [{ day: 2, fromMinute, toMinute }] } });
  await db.serviceType.createMany({ data: [1, 2, 3, 4].map((number) => ({ id: 900 + number, name: 'Test type', singleResultOnly: false })) });
  const open = await opened(540, 631, 1);
  const opensLater = await opened(660, 720, 2);
  await opened(540, 630, 3);
  await opened(661, 720, 4);
  expect(await search(spot)).toMatchObject({ services: [{ id: open.id }, { id: opensLater.id }], gaps: { opening: 2 } });
});

test('D-017: only-if-open services that open later in the window are not found, and count as a gap of their own', async () => {
  const spot = aSpot();
  const hours = { isOpenAllHours: false, isOnlyIfOpen: true, openings: { create: [{ day: 2, fromMinute: 620, toMinute: 1080 }] } };
  const soon = await aService({ ...spot, ...hours, onlyIfOpenMinutes: 30 });
  await aService({ ...north(spot, 1), ...hours, onlyIfOpenMinutes: 15 });
  expect(await search(spot)).toMatchObject({ services: [{ id: soon.id, open: { kind: 'closed', opensAt: new Date('2026-11-24T10:20:00Z') } }], gaps: { 'only-if-open': 1 } });
});

test('D-020: a specified date beats all hours, and on a bank holiday only public-holiday hours count', async () => {
  const spot = aSpot();
  const christmas = new Date('2026-12-25T10:00:00Z');
  const week = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, fromMinute: 540, toMinute: 1080 }));
  await aService({ ...spot, isOpenAllHours: true, openingExceptions: { create: [{ date: new Date('2026-12-25T00:00:00Z'), fromMinute: 0, toMinute: 0 }] } });
  await aService({ ...spot, isOpenAllHours: false, openings: { create: week } });
  const holiday = await aService({ ...north(spot, 1), isOpenAllHours: false, openings: { create: [...week, { day: 8, fromMinute: 600, toMinute: 720 }] } });
  const specified = await aService({
    ...north(spot, 2),
    isOpenAllHours: false,
    openings: { create: week },
    openingExceptions: { create: [{ date: new Date('2026-12-25T00:00:00Z'), fromMinute: 540, toMinute: 900 }] },
  });
  const ctx = await aHandler({ now: christmas });
  const answer = await findServices(ctx, await aSearch(spot, { at: christmas, dueAt: addMinutes(christmas, 120) }));
  expect(answer.services).toMatchObject([
    { id: holiday.id, open: { kind: 'open', until: new Date('2026-12-25T12:00:00Z') } },
    { id: specified.id, open: { kind: 'open', until: new Date('2026-12-25T15:00:00Z') } },
  ]);
  expect(answer.gaps).toEqual({ opening: 2 });
});

test('D-034, D-035: the ICB ranks the types, else the national ranking does; within a rank the nearest is first', async () => {
  const spot = aSpot();
  const icbCode = `R${unique()}`;
  await someRanks(icbCode, [UTC, GP]);
  const gp = await aService({ ...north(spot, 5), typeId: GP });
  const far = await aService({ ...north(spot, 3) });
  const near = await aService({ ...north(spot, 1) });
  const ed = await aService({ ...spot, typeId: ED });
  expect(await foundAt(spot)).toEqual([gp.id, near.id, far.id, ed.id]);
  // Types that the ICB does not rank keep their national rank.
  expect(await foundAt(spot, { place: placeAt(spot, { icbCode }) })).toEqual([near.id, far.id, gp.id, ed.id]);
});

test('D-037, D-038: the home practice comes first and is marked, and so is the linked out-of-hours service', async () => {
  const spot = aSpot();
  const practiceCode = `P${unique()}`;
  await aService({ ...spot, typeId: GP });
  const home = await aService({ ...north(spot, 20), typeId: GP, odsCode: practiceCode });
  const near = await aService({ ...north(spot, 1) });
  const commissioned = await aService({ ...north(spot, 3), practices: [practiceCode] });
  const outOfHours = await aService({ ...north(spot, 9), typeId: 25, practices: [practiceCode] });
  const answer = await search(spot, { practiceCode });
  expect(answer.services.map(({ id, mark }) => [id, mark])).toEqual([
    [home.id, 'Home'],
    [commissioned.id, null],
    [near.id, null],
    [outOfHours.id, 'Home OOH'],
  ]);
});

test('D-039: two of a type and one of a single-result type are shown, of all that matched', async () => {
  const spot = aSpot();
  for (const kilometres of [1, 2, 3]) {
    await aService({ ...north(spot, kilometres), typeId: GP });
    await aService({ ...north(spot, kilometres), typeId: UTC });
  }
  const answer = await search(spot);
  expect(answer.services.map(({ typeId, distanceMiles }) => [typeId, distanceMiles])).toEqual([[GP, 0.6], [UTC, 0.6], [UTC, 1.2]]);
  expect(answer.matched).toBe(6);
});

test('D-041, D-042: when nothing matches the two nearest emergency departments stand in, whatever they accept', async () => {
  const spot = aSpot();
  await aService({ ...spot, dispositions: ['Dx06'] });
  const second = await aService({ ...north(spot, 50), typeId: ED, dispositions: [], referralRoles: [], ages: [] });
  const first = await aService({ ...north(spot, 20), typeId: ED, dispositions: [], isOpenAllHours: false });
  await aService({ ...north(spot, 55), typeId: ED, dispositions: [] });
  await aService({ ...north(spot, 1), typeId: ED, dispositions: [], status: 'closed' });
  await setCapacity(first.id, 'red', { minutesAgo: 10, resetsAfter: 60 });
  const answer = await search(spot, { distanceKm: 10, isDistanceForced: true });
  expect(answer).toMatchObject({ isCatchAll: true, code: null, matched: 0, services: [{ id: first.id, mark: 'Catch-all', capacity: 'None' }, { id: second.id, mark: 'Catch-all' }] });
});

test('D-043: no service and no emergency department within 60 km is code 102', async () => {
  const spot = aSpot();
  await aService({ ...north(spot, 61), typeId: ED });
  expect(await search(spot)).toMatchObject({ services: [], code: 102, isCatchAll: true });
});

test('free slots in time are counted: not past, held, busy, withdrawn or after the due time', async () => {
  const spot = aSpot();
  const service = await aService(spot);
  const slotAt = (minutes: number) => aFreeSlot({ serviceId: service.id, startsAt: addMinutes(A_TUESDAY_AT_TEN, minutes) });
  const hold = (id: string, minutes: number) => db.slot.update({ where: { id }, data: { heldByCall: newId(), heldUntil: addMinutes(A_TUESDAY_AT_TEN, minutes) } });
  await slotAt(-10);
  await slotAt(60);
  await slotAt(120);
  await slotAt(130);
  await hold((await slotAt(20)).id, 5);
  await hold((await slotAt(40)).id, 0);
  await db.slot.update({ where: { id: (await slotAt(80)).id }, data: { status: 'busy' } });
  await db.slot.update({ where: { id: (await slotAt(90)).id }, data: { status: 'withdrawn' } });
  expect((await search(spot)).services).toMatchObject([{ freeInTime: 3, earliestInTime: addMinutes(A_TUESDAY_AT_TEN, 40), earliestAfter: null }]);
});

test('when none is in time the first free slot after the due time is told', async () => {
  const spot = aSpot();
  const service = await aService(spot);
  await aFreeSlot({ serviceId: service.id, startsAt: addMinutes(A_TUESDAY_AT_TEN, 300) });
  await aFreeSlot({ serviceId: service.id, startsAt: addMinutes(A_TUESDAY_AT_TEN, 200) });
  expect((await search(spot)).services).toMatchObject([{ freeInTime: 0, earliestInTime: null, earliestAfter: addMinutes(A_TUESDAY_AT_TEN, 200) }]);
});

test('without a due time every free slot within a week is in time', async () => {
  const spot = aSpot();
  const service = await aService(spot);
  await aFreeSlot({ serviceId: service.id, startsAt: addMinutes(A_TUESDAY_AT_TEN, 6 * 1440) });
  await aFreeSlot({ serviceId: service.id, startsAt: addMinutes(A_TUESDAY_AT_TEN, 8 * 1440) });
  expect((await search(spot, { dueAt: null })).services).toMatchObject([{ freeInTime: 1 }]);
});

test('D-047: telephone numbers for staff are told to clinicians only', async () => {
  const spot = aSpot();
  await aService({ ...spot, staffPhone: '01632 960123' });
  expect((await search(spot)).services).toMatchObject([{ staffPhone: null }]);
  expect((await search(spot, { role: 'clinician' })).services).toMatchObject([{ staffPhone: '01632 960123' }]);
});

test('nobody searches without the permission', async () => {
  await expect(findServices(await aHandler({ role: 'auditor' }), await aSearch(aSpot()))).rejects.toThrow(ForbiddenError);
});

test('D-032: however many of the nearest are closed on a specified date, the open one behind them is found', async () => {
  const spot = aSpot();
  const date = new Date('2026-11-24T00:00:00Z');
  const closed = await Promise.all(Array.from({ length: 131 }, (_, nth) => aService({ ...north(spot, 1 + nth / 100), isOpenAllHours: true })));
  await db.openingException.createMany({ data: closed.map(({ id }) => ({ serviceId: id, date, fromMinute: 0, toMinute: 0 })) });
  const { id } = await aService(north(spot, 20));
  expect(await foundAt(spot)).toEqual([id]);
});
