import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decideBorder } from '@/lib/crossborder/rules';
import { OUTCOMES, type Area, type BorderFacts, type LiveAgreement } from '@/lib/crossborder/schema';
import { compareSpecificity, matchAt, momentOf } from '@/lib/crossborder/specificity.rules';
import { addMinutes } from '@/lib/platform/time';
import { borderRulesOf, crossingFacts, HUMBER, LEEDS, liveAgreement, londonDay, MANCHESTER, SCOTLAND, WALES } from '@/prisma/factories/border-rules';

// Few values of each kind, so that agreements meet bookings often.
const COMMISSIONERS = [LEEDS, MANCHESTER, HUMBER, WALES, SCOTLAND] as const;
const START = new Date('2026-11-23T00:00:00Z');
const WEEK_MINUTES = 7 * 24 * 60;

const area: fc.Arbitrary<Area> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...COMMISSIONERS).map(({ code }) => ({ kind: 'commissioner', code }) as const) },
  fc.constantFrom('Y62', 'Y63').map((code) => ({ kind: 'region', code }) as const),
  fc.constant({ kind: 'any' } as const),
);

const agreement: fc.Arbitrary<LiveAgreement> = fc
  .record({
    id: fc.uuid(),
    from: area,
    to: area,
    serviceTypeId: fc.option(fc.constantFrom(25, 46), { freq: 3 }),
    serviceId: fc.option(fc.constantFrom('a', 'b'), { freq: 3 }),
    dispositions: fc.subarray(['Dx05', 'Dx08']),
    weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7, 8]),
    hours: fc.constantFrom([null, null], [480, 1110], [1320, 360]),
    validTo: fc.constantFrom(null, londonDay('2026-11-25')),
    dailyQuota: fc.option(fc.integer({ min: 1, max: 3 })),
    outcome: fc.constantFrom(...OUTCOMES),
    agreedDay: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ hours: [fromMinute = null, toMinute = null], agreedDay, ...given }) => liveAgreement({ ...given, fromMinute, toMinute, agreedAt: new Date(Date.UTC(2026, 9, agreedDay)) }));

const facts: fc.Arbitrary<BorderFacts> = fc
  .record({ from: fc.constantFrom(...COMMISSIONERS), to: fc.constantFrom(...COMMISSIONERS), id: fc.constantFrom('a', 'b'), typeId: fc.constantFrom(25, 46, 105), code: fc.constantFrom('Dx05', 'Dx08', null), minute: fc.nat(WEEK_MINUTES) })
  .map(({ from, to, id, typeId, code, minute }) =>
    crossingFacts({ from, to, service: { id, name: 'Example Centre', typeId }, disposition: code === null ? null : { code, family: 'primary_care', timeframeMinutes: 120 }, startsAt: addMinutes(START, minute) }),
  );

const MOST = 8;
const agreements = fc.uniqueArray(agreement, { maxLength: MOST, selector: ({ id }) => id });
const RUNS = { numRuns: 100 };

function holds(agreement: LiveAgreement, booking: BorderFacts): boolean {
  return matchAt(agreement, booking, { used: new Map(), moment: momentOf(booking.startsAt, new Set()) }) === null;
}

function outcomeOf(booking: BorderFacts, live: readonly LiveAgreement[]) {
  const { looked, ...decision } = decideBorder(booking, borderRulesOf(live));
  return { ...decision, decidedBy: looked[0] };
}

test('an agreement never changes a decision that it does not match', () => {
  fc.assert(
    fc.property(facts, agreements, agreement, (booking, live, added) => {
      fc.pre(!holds(added, booking));
      expect(outcomeOf(booking, [...live, added])).toEqual(outcomeOf(booking, live));
    }),
    RUNS,
  );
});

test('the most specific that matches wins, the newest of equals, whatever the order given', () => {
  fc.assert(
    fc.property(facts, agreements, fc.array(fc.nat(), { minLength: MOST, maxLength: MOST }), (booking, live, order) => {
      const shuffled = live.map((each, index) => ({ each, by: order[index] ?? 0 })).sort((one, other) => one.by - other.by).map(({ each }) => each);
      const decision = decideBorder(booking, borderRulesOf(shuffled));
      expect(decision).toEqual(decideBorder(booking, borderRulesOf(live)));

      const matching = live.filter((each) => holds(each, booking));
      if (decision.isCrossing) expect(decision.rule.kind === 'agreement' ? decision.rule.id : undefined).toBe(matching.sort(compareSpecificity)[0]?.id);
    }),
    RUNS,
  );
});

test('agreements between other commissioners count for nothing, not even as looked at', () => {
  const strangers = { from: { kind: 'commissioner', code: 'QXX' }, to: { kind: 'commissioner', code: 'QYY' } } as const;
  fc.assert(
    fc.property(facts, agreements, agreements, (booking, live, others) => {
      const between = others.map((each) => ({ ...each, ...strangers }));
      expect(decideBorder(booking, borderRulesOf([...between, ...live]))).toEqual(decideBorder(booking, borderRulesOf(live)));
    }),
    RUNS,
  );
});

test('a decision across a border always has a payer, and the rule that decided first in what was looked at', () => {
  fc.assert(
    fc.property(facts, agreements, (booking, live) => {
      const decision = decideBorder(booking, borderRulesOf(live));
      const isCrossing = booking.responsible.commissioner !== booking.host.commissioner;
      expect(decision.isCrossing).toBe(isCrossing);
      expect(decision.payer).toEqual(isCrossing ? booking.responsible.commissioner : null);
      expect(decision.looked[0]).toMatchObject({ ruleId: decision.rule.id, why: null });
      expect(decision.looked.slice(1).every(({ why }) => why !== null)).toBe(true);
    }),
    RUNS,
  );
});
