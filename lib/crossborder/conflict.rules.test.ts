import fc from 'fast-check';
import { expect, test } from 'vitest';
import { standingAmong } from '@/lib/crossborder/conflict.rules';
import type { World } from '@/lib/crossborder/extent.rules';
import { keyOf } from '@/lib/crossborder/key.rules';
import { decideBorder } from '@/lib/crossborder/rules';
import type { Area, BorderDefault, BorderFacts, Commissioner, Conditions, LiveAgreement, QuotaUse, Terms } from '@/lib/crossborder/schema';
import { matchAt, momentOf, quotaKey, type Moment } from '@/lib/crossborder/specificity.rules';
import { addDays, londonInstant, parseLocalDate } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';

const TODAY = date('2026-11-24');
const NOW = new Date('2026-11-24T10:00:00Z');
const LEEDS: Commissioner = { code: 'QWO', name: 'West Yorkshire', regionCode: 'Y63' };
const SHEFFIELD: Commissioner = { code: 'QF7', name: 'South Yorkshire', regionCode: 'Y63' };
const MANCHESTER: Commissioner = { code: 'QOP', name: 'Greater Manchester', regionCode: 'Y62' };
const LANCASHIRE: Commissioner = { code: 'QE1', name: 'Lancashire and South Cumbria', regionCode: 'Y62' };
const WALES: Commissioner = { code: 'W92000004', name: 'Wales', regionCode: null };
const COMMISSIONERS = [LEEDS, SHEFFIELD, MANCHESTER, LANCASHIRE, WALES];

const UTC = 46;
const PHARMACY = 132;
const SERVICES = [
  { id: 's-utc-manchester', name: 'One', typeId: UTC, icbCode: 'QOP' },
  { id: 's-pharmacy-manchester', name: 'Two', typeId: PHARMACY, icbCode: 'QOP' },
  { id: 's-utc-leeds', name: 'Three', typeId: UTC, icbCode: 'QWO' },
] as const;
/** Services that no agreement names, of the two types and of another, wherever they are. */
const UNNAMED = [UTC, PHARMACY, 1].map((typeId) => ({ id: `unnamed-${typeId}`, name: 'Some', typeId, icbCode: null }));
const NEEDS = [
  { code: 'Dx05', family: 'primary_care', timeframeMinutes: 120 },
  { code: 'Dx06', family: 'primary_care', timeframeMinutes: 360 },
  { code: 'Dx17', family: 'dental', timeframeMinutes: 60 },
];
const HOLIDAYS = new Set([addDays(TODAY, 25), addDays(TODAY, 31)]);
const DAYS = Array.from({ length: 45 }, (_, index) => addDays(TODAY, index));
const MINUTES = [0, 479, 480, 1_079, 1_080, 1_439];
const MOMENTS = DAYS.flatMap((day) => MINUTES.map((minute) => londonInstant(day, minute) ?? NOW)).map((startsAt) => ({ startsAt, moment: momentOf(startsAt, HOLIDAYS) }));
const WORLD: World = { today: TODAY, commissioners: COMMISSIONERS, needs: NEEDS, holidays: HOLIDAYS, services: new Map(SERVICES.map((service) => [service.id, service])) };

const TERMS: Terms = { outcome: 'allow', pricePence: null, noshowPence: null, failedContact: 'booker', followUp: 'host-service', approvers: [] };
const DEFAULT: BorderDefault = { ...TERMS, approvers: ['host'], nation: 'E', version: 1, urgentMinutes: 360, urgentOutcome: 'allow', emergencyOutcome: 'allow', otherOutcome: 'approval' };

type Booking = { facts: BorderFacts; moment: Moment };

const area = fc.constantFrom<Area>({ kind: 'any' }, region('Y63'), region('Y62'), of('QWO'), of('QF7'), of('QOP'), of('W92000004'));
const conditions: fc.Arbitrary<Conditions> = fc
  .record({
    from: area,
    to: area,
    place: fc.constantFrom({ serviceTypeId: null, serviceId: null }, { serviceTypeId: UTC, serviceId: null }, { serviceTypeId: PHARMACY, serviceId: null }, ...SERVICES.map(({ id }) => ({ serviceTypeId: null, serviceId: id }))),
    needs: fc.constantFrom({ dispositions: [], families: [] }, { dispositions: ['Dx05'], families: [] }, { dispositions: ['Dx05', 'Dx06'], families: [] }, { dispositions: ['Dx05'], families: ['dental'] }, { dispositions: [], families: ['primary_care'] }),
    weekdays: fc.constantFrom<number[]>([], [1, 2, 3, 4, 5], [6, 7], [8], [1], [1, 2, 3, 4, 5, 6, 7, 8]),
    hours: fc.constantFrom({ fromMinute: null, toMinute: null }, { fromMinute: 480, toMinute: 1_080 }, { fromMinute: 1_080, toMinute: 480 }, { fromMinute: 0, toMinute: 480 }),
    begins: fc.integer({ min: 0, max: 9 }),
    lasts: fc.option(fc.integer({ min: 0, max: 12 }), { nil: null }),
    dailyQuota: fc.constantFrom(null, null, null, 1),
  })
  .map(({ place, needs, hours, begins, lasts, ...rest }) => ({ ...rest, ...place, ...needs, ...hours, validFrom: addDays(TODAY, begins), validTo: lasts === null ? null : addDays(TODAY, begins + lasts) }));

test('what is said of a draft and another agreement is what would be decided, wherever either holds', () => {
  fc.assert(
    fc.property(conditions, conditions, (one, two) => {
      const [draft, other] = [agreed('draft', one, NOW), agreed('other', two, new Date('2026-11-01T10:00:00Z'))];
      const { conflicts } = standingAmong({ id: null, content: draft }, { live: [other], world: WORLD });
      expect(conflicts.map(({ kind }) => kind)).toEqual(said(draft, other));
    }),
    { numRuns: 100 },
  );
}, 60_000);

test('the same for two that are close to each other', () => {
  const close = fc.tuple(conditions, conditions, fc.subarray(['from', 'to', 'serviceTypeId', 'serviceId', 'dispositions', 'families', 'weekdays', 'validFrom', 'validTo'] as const));
  fc.assert(
    fc.property(close, ([one, two, keys]) => {
      const near = { ...one, ...Object.fromEntries(keys.map((key) => [key, two[key]])) };
      fc.pre((near.serviceId === null || near.serviceTypeId === null) && (near.validTo === null || near.validTo >= near.validFrom));
      const [draft, other] = [agreed('draft', one, NOW), agreed('other', near, new Date('2026-11-01T10:00:00Z'))];
      const { conflicts } = standingAmong({ id: null, content: draft }, { live: [other], world: WORLD });
      expect(conflicts.map(({ kind }) => kind)).toEqual(said(draft, other));
    }),
    { numRuns: 100 },
  );
}, 60_000);

test('an older version gives way to its draft, and is no conflict of it', () => {
  const old = agreed('same', content(), NOW);
  expect(standingAmong({ id: 'same', content: content({ validFrom: addDays(TODAY, 7) }) }, { live: [old], world: WORLD })).toEqual({ conflicts: [], gaps: [] });
});

test('only days on which an agreement holds count, not the dates around them', () => {
  const mondays = agreed('mondays', content({ weekdays: [1], validTo: addDays(TODAY, 8) }), NOW);
  const { conflicts } = standingAmong({ id: null, content: content({ weekdays: [1, 2], validTo: addDays(TODAY, 6) }) }, { live: [mondays], world: WORLD });
  expect(conflicts.map(({ kind }) => kind)).toEqual(['shadows']);
});

test('the worst conflict is told first, and nothing of agreements that are about others', () => {
  const live = [
    agreed('b', content({ title: 'Pharmacies', serviceTypeId: PHARMACY }), NOW),
    agreed('a', content({ title: 'The same', validFrom: addDays(TODAY, 40) }), NOW),
    agreed('c', content({ title: 'The whole region', to: region('Y62') }), NOW),
    agreed('d', content({ title: 'The other way', from: of('QOP'), to: of('QWO') }), NOW),
  ];
  const { conflicts } = standingAmong({ id: null, content: content() }, { live, world: WORLD });
  expect(conflicts.map(({ kind, agreement }) => [kind, agreement.title])).toEqual([
    ['overlaps', 'The same'],
    ['partly-shadowed-by', 'Pharmacies'],
    ['partly-shadows', 'The whole region'],
  ]);
});

function content(given: Partial<LiveAgreement> = {}) {
  const everything = { serviceTypeId: null, serviceId: null, dispositions: [], families: [], weekdays: [], fromMinute: null, toMinute: null, validFrom: TODAY, validTo: null, dailyQuota: null };
  return { ...TERMS, title: 'A draft', from: of('QWO'), to: of('QOP'), ...everything, ...given };
}

/** What the decision makes of two agreements, over every booking that there can be. */
function said(draft: LiveAgreement, other: LiveAgreement): string[] {
  const bookings = everyBooking(draft, other);
  const [mine, others] = [draft, other].map((agreement) => bookings.filter((one) => matches(agreement, one)));
  const both = mine?.filter((one) => matches(other, one)) ?? [];
  if (both.length === 0) return [];
  if (keyOf(draft) === keyOf(other)) return ['overlaps'];
  const rules = { agreements: [draft, other], holidays: HOLIDAYS, defaults: new Map([['E', DEFAULT], ['W', DEFAULT]] as const) };
  const decides = ({ id }: LiveAgreement, { facts }: Booking, used: QuotaUse) => decideBorder(facts, { ...rules, used }).rule.id === id;
  const everDecides = (agreement: LiveAgreement, ones: readonly Booking[] = []) => ones.some((one) => usesOf(draft, other, one).some((used) => decides(agreement, one, used)));
  const isMine = both.some((one) => decides(draft, one, new Map()));
  if (isMine) return [everDecides(other, others) ? 'partly-shadows' : 'shadows'];
  return [everDecides(draft, mine) ? 'partly-shadowed-by' : 'shadowed-by'];
}

/** With nothing used yet, and with the quota of one of them used up. */
function usesOf(draft: LiveAgreement, other: LiveAgreement, { moment }: Booking): QuotaUse[] {
  return [new Map(), ...[draft, other].map(({ id }) => new Map([[quotaKey(id, moment.day), 1]]))];
}

/** Every pair with every service and need, at one moment of each kind that the two agreements can tell apart. */
function everyBooking(...agreements: LiveAgreement[]): Booking[] {
  const kinds = new Map(MOMENTS.map((moment) => [agreements.map((agreement) => matches(timeOf(agreement), { ...booking({ responsible: LEEDS, host: MANCHESTER }, { service: SERVICES[0], disposition: null, ...moment }) })).join(), moment]));
  const pairs = COMMISSIONERS.flatMap((responsible) => COMMISSIONERS.filter((host) => host !== responsible).map((host) => ({ responsible, host })));
  return pairs.flatMap((pair) => servicesAt(pair.host).flatMap((service) => [...NEEDS, null].flatMap((disposition) => [...kinds.values()].map((moment) => booking(pair, { service, disposition, ...moment })))));
}

/** An agreement as if only its days and hours counted. */
function timeOf(agreement: LiveAgreement): LiveAgreement {
  return { ...agreement, from: { kind: 'any' }, to: { kind: 'any' }, serviceId: null, serviceTypeId: null, dispositions: [], families: [] };
}

function matches(agreement: LiveAgreement, { facts, moment }: Booking): boolean {
  return matchAt(agreement, facts, { used: new Map(), moment }) === null;
}

function servicesAt(host: Commissioner) {
  return [...SERVICES.filter(({ icbCode }) => icbCode === host.code), ...UNNAMED];
}

function booking({ responsible, host }: { responsible: Commissioner; host: Commissioner }, { moment, ...rest }: Pick<BorderFacts, 'service' | 'disposition' | 'startsAt'> & { moment: Moment }): Booking {
  const facts = { responsible: { commissioner: responsible, how: 'gp-practice' }, host: { commissioner: host, how: 'service' }, contractArea: { commissioner: null, how: 'unknown' }, ...rest } as const;
  return { facts, moment };
}

function agreed(id: string, given: Conditions & Partial<LiveAgreement>, agreedAt: Date): LiveAgreement {
  return { ...TERMS, title: id, ...given, id, version: 1, agreedAt };
}

function of(code: string): Area {
  return { kind: 'commissioner', code };
}

function region(code: string): Area {
  return { kind: 'region', code };
}

function date(text: string): LocalDate {
  const found = parseLocalDate(text);
  if (!found) throw new Error(`No date: ${text}`);
  return found;
}
