import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dispositionByCode } from '@/lib/directory/queries';
import type { SearchRequest } from '@/lib/directory/schema';
import { findServices } from '@/lib/directory/search.queries';
import { whyNotInList } from '@/lib/directory/why-not.queries';
import type { WhyNot } from '@/lib/directory/why-not.rules';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { aSymptomGroup } from '@/prisma/factories/reference';
import { serviceRow } from '@/prisma/factories/rows';
import { aSearch, aSpot, north, placeAt, setCapacity, type Spot } from '@/prisma/factories/search';
import { aService } from '@/prisma/factories/service';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';
import { unique } from '@/prisma/factories/unique';

const GP = 100;
const UTC = 135;
const ED = 105;
const PHARMACY = 13;

async function standingOf(serviceId: string, spot: Spot, given: Partial<SearchRequest> = {}) {
  const standings = await whyNotInList(await aHandler(), { request: await aSearch(spot, given), serviceIds: [serviceId] });
  return standings.get(serviceId);
}

test('a service in the list is told with its position', async () => {
  const spot = aSpot();
  await aService(spot);
  const second = await aService(north(spot, 1));
  expect(await standingOf(second.id, spot)).toEqual({ standing: { kind: 'listed', position: 2 }, canChoose: true });
});

const FROM_NOON = { isOpenAllHours: false, openings: { create: [{ day: 2, fromMinute: 720, toMinute: 1080 }] } };
const OPENS_AT_NOON = { kind: 'closed' as const, opensAt: new Date('2026-11-24T12:00:00Z') };

test.each<[string, Parameters<typeof aService>[0], Partial<SearchRequest>, WhyNot, boolean]>([
  ['D-006', { status: 'suspended' }, {}, { check: 'status' }, false],
  ['D-009', { genders: ['F'] }, { gender: 'M' }, { check: 'gender' }, false],
  ['D-010', { isRestricted: true, practices: ['B00001'] }, { practiceCode: 'B00002' }, { check: 'practices' }, false],
  ['D-013', { dispositions: ['Dx06'] }, {}, { check: 'disposition' }, false],
  ['D-014', { referralRoles: ['clinician'] }, {}, { check: 'role' }, false],
  ['D-015', { ages: [{ daysFrom: 0, daysTo: 364 }] }, {}, { check: 'age' }, false],
  ['D-016', FROM_NOON, {}, { check: 'opening', open: OPENS_AT_NOON }, true],
  ['D-017', { ...FROM_NOON, isOnlyIfOpen: true }, { dueAt: null, disposition: null, at: new Date('2026-11-24T11:15:00Z') }, { check: 'only-if-open', minutes: 30, open: OPENS_AT_NOON }, true],
])('%s: a service that only this check leaves out is told with it, and may be chosen only if its profile takes the patient', async (_rule, profile, request, reason, canChoose) => {
  const spot = aSpot();
  const { id } = await aService({ ...spot, ...profile });
  expect(await standingOf(id, spot, request)).toEqual({ standing: { kind: 'left-out', reasons: [reason] }, canChoose });
});

test('D-005, D-007: a service too far away is told with its distance and that of the search, and may be chosen', async () => {
  const spot = aSpot();
  const { id } = await aService(north(spot, 20));
  const standing = { kind: 'left-out', reasons: [{ check: 'distance', distanceMiles: 12.4, limitMiles: 6.2 }] };
  expect(await standingOf(id, spot, { distanceKm: 10, isDistanceForced: true })).toEqual({ standing, canChoose: true });
});

test('D-011: a red service is told with its note and until when, and may be chosen', async () => {
  const spot = aSpot();
  const { id } = await aService(spot);
  await setCapacity(id, 'red', { minutesAgo: 30, resetsAfter: 90 });
  const reasons = [{ check: 'capacity', note: 'red test note', resetsAt: addMinutes(A_TUESDAY_AT_TEN, 60) }];
  expect(await standingOf(id, spot)).toEqual({ standing: { kind: 'left-out', reasons }, canChoose: true });
});

test('D-008, D-012: another symptom group is told alone, a missing discriminator for itself', async () => {
  const spot = aSpot();
  const { groupId, discriminatorIds } = await aSymptomGroup(2);
  const [first = 0] = discriminatorIds;
  const none = await aService(spot);
  const one = await aService({ ...spot, symptoms: [{ groupId, discriminatorId: first }] });
  const request = { symptomGroup: groupId, discriminators: discriminatorIds };
  expect(await standingOf(none.id, spot, request)).toEqual({ standing: { kind: 'left-out', reasons: [{ check: 'symptoms' }] }, canChoose: false });
  expect(await standingOf(one.id, spot, request)).toEqual({ standing: { kind: 'left-out', reasons: [{ check: 'discriminators' }] }, canChoose: false });
});

test('D-018: a service limited to other areas is told so', async () => {
  const spot = aSpot();
  const { id } = await aService({ ...spot, areas: ['TEST1'] });
  expect(await standingOf(id, spot, { place: placeAt(spot, { icbCode: 'TEST2' }) })).toEqual({ standing: { kind: 'left-out', reasons: [{ check: 'area' }] }, canChoose: false });
});

test('every reason is told, in the order of the pipelines', async () => {
  const spot = aSpot();
  const { id } = await aService({ ...spot, ...FROM_NOON, status: 'closed', genders: [], referralRoles: [], ages: [], dispositions: [], areas: ['TEST1'] });
  await setCapacity(id, 'red', { minutesAgo: 30, resetsAfter: 90 });
  const told = await standingOf(id, spot, { place: placeAt(north(spot, 70), { icbCode: 'TEST2' }) });
  const checks = told?.standing.kind === 'left-out' ? told.standing.reasons.map(({ check }) => check) : [];
  expect(checks).toEqual(['status', 'distance', 'gender', 'capacity', 'disposition', 'role', 'age', 'opening', 'area']);
});

test('D-039: a third of its type is told with the two that stand before it, and a second where one is shown', async () => {
  const spot = aSpot();
  const first = await aService({ ...spot, name: 'Test First Centre' });
  await aService({ ...spot, typeId: GP, name: 'Test Practice' });
  const second = await aService({ ...north(spot, 1), name: 'Test Second Centre' });
  const third = await aService(north(spot, 2));
  const otherPractice = await aService({ ...north(spot, 1), typeId: GP });
  const { services } = await findServices(await aHandler(), await aSearch(spot));
  const positionOf = (id: string) => services.findIndex((service) => service.id === id) + 1;
  const two = [{ position: positionOf(first.id), name: 'Test First Centre' }, { position: positionOf(second.id), name: 'Test Second Centre' }];
  expect(await standingOf(third.id, spot)).toEqual({ standing: { kind: 'outranked', by: two }, canChoose: true });
  expect(await standingOf(otherPractice.id, spot)).toMatchObject({ standing: { kind: 'outranked', by: [{ position: 1, name: 'Test Practice' }] } });
});

test('D-032: a service beyond the nearest 100 of its type is told so', async () => {
  const spot = aSpot();
  const { odsCode } = await aService({ ...spot, typeId: GP });
  const rows = Array.from({ length: 150 }, (_, nth) => serviceRow({ dosId: `998${unique()}${nth}`, odsCode, name: 'Test Centre', ...north(spot, 1 + nth / 10) }));
  await db.service.createMany({ data: rows });
  await db.serviceDisposition.createMany({ data: rows.map(({ id }) => ({ serviceId: id, code: 'Dx05' })) });
  await db.serviceAge.createMany({ data: rows.map(({ id }) => ({ serviceId: id, daysFrom: 0, daysTo: 47_481 })) });
  const kindOf = async (nth: number) => (await standingOf(rows[nth]?.id ?? '', spot))?.standing.kind;
  expect(await kindOf(99)).toBe('outranked');
  expect(await kindOf(100)).toBe('too-many-nearer');
  expect(await kindOf(149)).toBe('too-many-nearer');
});

test('D-041: an emergency department that stands in is told as listed; another may always be chosen while it is active', async () => {
  const spot = aSpot();
  const profile = { typeId: ED, dispositions: [], ages: [], genders: [] };
  const listed = await aService({ ...spot, ...profile });
  await aService({ ...north(spot, 1), ...profile });
  const third = await aService({ ...north(spot, 2), ...profile });
  const closed = await aService({ ...spot, ...profile, status: 'closed' });
  expect(await standingOf(listed.id, spot)).toMatchObject({ standing: { kind: 'listed', position: 1 }, canChoose: true });
  expect(await standingOf(third.id, spot)).toMatchObject({ standing: { kind: 'left-out' }, canChoose: true });
  expect(await standingOf(closed.id, spot)).toMatchObject({ standing: { kind: 'left-out' }, canChoose: false });
});

test('ids that nobody has are left out, and nobody asks without the permission', async () => {
  const request = await aSearch(aSpot());
  expect(await whyNotInList(await aHandler(), { request, serviceIds: [newId()] })).toEqual(new Map());
  await expect(whyNotInList(await aHandler({ role: 'auditor' }), { request, serviceIds: [] })).rejects.toThrow(ForbiddenError);
});

/** Mostly what passes, so that every check decides alone now and then. */
const often = <Value>(usual: Value, ...others: Value[]) => fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });

const anyService = fc.record({
  kilometres: fc.integer({ min: 0, max: 14 }),
  typeId: fc.constantFrom(GP, UTC, UTC, ED, PHARMACY),
  status: often('active', 'closed'),
  genders: often(['M', 'F', 'I'], ['F'], []),
  referralRoles: often(['call-handler', 'clinician'], ['clinician']),
  dispositions: often(['Dx05', 'Dx06'], ['Dx06']),
  ages: often([{ daysFrom: 0, daysTo: 47_481 }], [{ daysFrom: 0, daysTo: 5_843 }]),
  areas: often<string[]>([], ['TEST1'], ['TEST2']),
  restriction: often<{ isRestricted: boolean; practices: string[] }>({ isRestricted: false, practices: [] }, { isRestricted: true, practices: ['B00001'] }, { isRestricted: false, practices: ['B00001'] }),
  hours: often<Parameters<typeof aService>[0]>({ isOpenAllHours: true }, { isOpenAllHours: false }, FROM_NOON),
  isOnlyIfOpen: often(false, true),
  colour: often<string | null>(null, 'amber', 'red'),
});

type AnyService = typeof anyService extends fc.Arbitrary<infer Made> ? Made : never;

const anyRequest = fc.record({
  ageDays: fc.constantFrom(400, 15_000),
  gender: fc.constantFrom('M' as const, 'F' as const),
  role: fc.constantFrom('call-handler' as const, 'clinician' as const),
  practiceCode: fc.constantFrom(null, 'B00001'),
  icbCode: fc.constantFrom(null, 'TEST1', 'TEST2'),
  distanceKm: fc.constantFrom(5, 20),
  laterMinutes: fc.constantFrom(0, 75, 460),
  disposition: fc.constantFrom('Dx05', 'Dx06', 'Dx08', null),
});

test('for any service and any search the reasons are silent exactly when the search lists it, and whoever passes is counted as matched', async () => {
  const spot = aSpot();
  const ctx = await aHandler();
  const serviceIds = await Promise.all(fc.sample(anyService, { numRuns: 60, seed: 111 }).map((service) => madeAt(spot, service)));
  const kinds = new Set<string>();
  for (const { icbCode, laterMinutes, disposition, ...asked } of fc.sample(anyRequest, { numRuns: 40, seed: 111 })) {
    const at = addMinutes(A_TUESDAY_AT_TEN, laterMinutes);
    const usual = await aSearch(spot, { ...asked, place: placeAt(spot, { icbCode }), isDistanceForced: true, at });
    const request = { ...usual, disposition: disposition && (await dispositionByCode(disposition)) };
    const answer = await findServices({ ...ctx, now: at }, request);
    const standings = await whyNotInList({ ...ctx, now: at }, { request, serviceIds });

    const told = [...standings].map(([id, { standing }]) => ({ id, standing }));
    expect(told).toHaveLength(serviceIds.length);
    for (const { standing } of told) kinds.add(standing.kind);
    const listed = told.flatMap(({ id, standing }) => (standing.kind === 'listed' ? [{ id, position: standing.position }] : []));
    expect(listed.sort((one, other) => one.position - other.position).map(({ id }) => id)).toEqual(answer.services.map(({ id }) => id));
    expect(told.filter(({ standing }) => standing.kind === 'left-out' && standing.reasons.length === 0)).toEqual([]);
    const passing = told.filter(({ standing }) => standing.kind !== 'left-out').length;
    expect(passing).toBe(answer.isCatchAll ? answer.services.length : answer.matched);
  }
  expect(kinds).toEqual(new Set(['listed', 'outranked', 'left-out']));
}, 60_000);

async function madeAt(spot: Spot, { kilometres, restriction, hours, colour, ...profile }: AnyService): Promise<string> {
  const { id } = await aService({ ...north(spot, kilometres), ...restriction, ...hours, ...profile });
  if (colour) await setCapacity(id, colour, { minutesAgo: 10, resetsAfter: 600 });
  return id;
}
