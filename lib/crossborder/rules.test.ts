import { describe, expect, test } from 'vitest';
import { decideBorder, withOverride } from '@/lib/crossborder/rules';
import { APPROVERS, OUTCOMES, type BorderDecision, type BorderDefault, type BorderFacts } from '@/lib/crossborder/schema';
import { quotaKey } from '@/lib/crossborder/specificity.rules';
import { borderRulesOf, crossingFacts, HUMBER, LEEDS, liveAgreement, londonDay, MANCHESTER, SCOTLAND, WALES } from '@/prisma/factories/border-rules';

const EMERGENCY = { id: 'ed', name: 'Example Emergency Department', typeId: 105 };
const UNKNOWN = { commissioner: null, how: 'unknown' } as const;
const within = (timeframeMinutes: number | null) => ({ disposition: { code: 'Dx08', family: 'primary_care', timeframeMinutes } });

const lookedOf = ({ looked }: BorderDecision) => looked.map(({ title, why }) => `${title}: ${why ?? 'decided'}`);

describe('where no border is crossed', () => {
  test.each<[string, Partial<BorderFacts>, string, string]>([
    ['XB-01: the same commissioner', { responsible: { commissioner: MANCHESTER, how: 'home-postcode' } }, 'XB-01', 'No border is crossed: both are Greater Manchester'],
    ['XB-02: nobody knows who is responsible', { responsible: UNKNOWN }, 'XB-02', 'No border can be said to be crossed: the responsible commissioner is not known'],
    ['XB-02: nobody knows the host', { host: UNKNOWN }, 'XB-02', 'No border can be said to be crossed: the host of West Yorkshire’s patient is not known'],
    ['XB-02: nobody knows either', { responsible: UNKNOWN, host: UNKNOWN }, 'XB-02', 'No border can be said to be crossed: neither commissioner is known'],
  ])('%s: allowed within contract, whatever is agreed', (_case, given, id, words) => {
    const refusing = liveAgreement({ from: { kind: 'any' }, to: { kind: 'any' }, outcome: 'refuse' });
    expect(decideBorder(crossingFacts(given), borderRulesOf([refusing]))).toMatchObject({
      ...{ isCrossing: false, outcome: 'allow', payer: null, pricePence: null, isOverride: false, quota: null, rule: { id, version: 1, words } },
      looked: [{ ruleId: id, why: null }],
    });
  });
});

describe('XB-03: an agreement', () => {
  test.each(OUTCOMES)('what it says holds: %s', (outcome) => {
    const prices = outcome === 'refuse' ? { pricePence: null, noshowPence: null } : { pricePence: 1_250, noshowPence: 500 };
    const terms = { outcome, ...prices, failedContact: 'host', followUp: 'responsible', approvers: outcome === 'approval' ? (['host', 'clinician'] as const) : [] } as const;
    const agreement = liveAgreement({ version: 2, ...terms });

    expect(decideBorder(crossingFacts(), borderRulesOf([agreement]))).toEqual({
      ...crossingFactsFound(),
      ...terms,
      ...{ isCrossing: true, payer: LEEDS, isOverride: false, quota: null },
      rule: { kind: 'agreement', id: agreement.id, version: 2, words: 'Agreement “Across the Pennines” (version 2) between West Yorkshire and Greater Manchester' },
      looked: [{ ruleId: agreement.id, version: 2, title: 'Across the Pennines', why: null }],
    });
  });

  test('one with a quota takes of the day of the slot', () => {
    const agreement = liveAgreement({ dailyQuota: 50 });
    expect(decideBorder(crossingFacts(), borderRulesOf([agreement])).quota).toEqual({ agreementId: agreement.id, day: '2026-11-24', quota: 50 });
  });

  test('one whose quota is used up gives way to the next', () => {
    const first = liveAgreement({ title: 'First', serviceTypeId: 46, dailyQuota: 1 });
    const next = liveAgreement({ id: '01900000-0000-7000-8000-000000000002', title: 'Next', outcome: 'notify' });
    const used = new Map([[quotaKey(first.id, londonDay('2026-11-24')), 1]]);
    const decision = decideBorder(crossingFacts(), borderRulesOf([next, first], { used }));
    expect([decision.outcome, ...lookedOf(decision)]).toEqual(['notify', 'Next: decided', 'First: quota']);
  });
});

describe('XB-04: the default', () => {
  test.each<[string, Partial<BorderFacts>, string, string]>([
    ['an emergency department, whatever the timeframe', { service: EMERGENCY, ...within(7 * 24 * 60) }, 'allow', 'National default: emergency department'],
    ['within six hours', within(360), 'allow', 'National default: urgent, within 6 h'],
    ['a minute more', within(361), 'approval', 'National default: not urgent, not within 6 h'],
    ['working days, which have no minutes', within(null), 'approval', 'National default: not urgent, not within 6 h'],
    ['another system, which tells no disposition', { disposition: null }, 'allow', 'National default: no disposition told, taken as urgent'],
  ])('as shipped: %s', (_case, given, outcome, words) => {
    const decision = decideBorder(crossingFacts(given), borderRulesOf([]));
    expect(decision).toMatchObject({ isCrossing: true, outcome, payer: LEEDS, pricePence: null, quota: null, rule: { kind: 'default', id: 'default-E', version: 1, words } });
    expect(decision.approvers).toEqual(outcome === 'approval' ? APPROVERS : []);
  });

  test.each([
    [WALES, 'default-W', 'Default of Wales: urgent, within 6 h'],
    [SCOTLAND, 'default-S', 'Default of Scotland: urgent, within 6 h'],
  ])('is that of the nation of the patient, $name', (from, id, words) => {
    expect(decideBorder(crossingFacts({ from }), borderRulesOf([])).rule).toMatchObject({ id, words });
  });

  test.each<[string, Partial<BorderDefault>, Partial<BorderFacts>, Partial<BorderDecision>]>([
    ['its price holds', { pricePence: 900, noshowPence: 100 }, {}, { outcome: 'allow', pricePence: 900, noshowPence: 100 }],
    ['what it refuses has no price', { urgentOutcome: 'refuse', pricePence: 900, noshowPence: 100 }, {}, { outcome: 'refuse', pricePence: null, noshowPence: null }],
    ['its own outcome for emergency departments', { emergencyOutcome: 'notify' }, { service: EMERGENCY }, { outcome: 'notify' }],
    ['its own limit', { urgentMinutes: 60, otherOutcome: 'refuse' }, {}, { outcome: 'refuse' }],
  ])('as changed: %s', (_case, changed, given, expected) => {
    expect(decideBorder(crossingFacts(given), borderRulesOf([], { default: changed }))).toMatchObject(expected);
  });

  test('comes first in what was looked at, then every agreement with why it did not hold', () => {
    const late = liveAgreement({ title: 'Nights', fromMinute: 1320, toMinute: 360 });
    const elsewhere = liveAgreement({ id: '01900000-0000-7000-8000-000000000002', title: 'To the Humber', serviceId: 'x', to: { kind: 'commissioner', code: HUMBER.code } });
    const strangers = liveAgreement({ id: '01900000-0000-7000-8000-000000000003', title: 'Others', from: { kind: 'commissioner', code: HUMBER.code }, to: { kind: 'commissioner', code: WALES.code } });
    expect(lookedOf(decideBorder(crossingFacts(), borderRulesOf([strangers, elsewhere, late])))).toEqual(['National default: decided', 'Nights: hours', 'To the Humber: to']);
  });

  test('a nation without one is a fault', () => {
    expect(() => decideBorder(crossingFacts(), { ...borderRulesOf([]), defaults: new Map() })).toThrow('no default');
  });
});

describe('what was looked at', () => {
  test('others that hold say whether they are less specific or older', () => {
    const winner = liveAgreement({ title: 'Newest', agreedAt: new Date('2026-11-20T09:00:00Z') });
    const older = liveAgreement({ id: '01900000-0000-7000-8000-000000000002', title: 'Older' });
    const wider = liveAgreement({ id: '01900000-0000-7000-8000-000000000003', title: 'Wider', from: { kind: 'any' }, agreedAt: new Date('2026-11-22T09:00:00Z') });
    expect(lookedOf(decideBorder(crossingFacts(), borderRulesOf([wider, older, winner])))).toEqual(['Newest: decided', 'Older: older', 'Wider: less-specific']);
  });

  test('is at most 30', () => {
    const many = Array.from({ length: 40 }, (_each, index) => liveAgreement({ id: `01900000-0000-7000-8000-0000000001${index + 10}` }));
    expect(decideBorder(crossingFacts(), borderRulesOf(many)).looked).toHaveLength(30);
    expect(decideBorder(crossingFacts(), borderRulesOf([])).looked).toHaveLength(1);
  });
});

describe('XB-05: the safety override', () => {
  test('what is refused needs approval by anybody who may approve, within contract, under the same rule', () => {
    const refused = decideBorder(crossingFacts(), borderRulesOf([liveAgreement({ outcome: 'refuse' })]));
    const words = `${refused.rule.words} refuses it, but nothing else is free in time (XB-05)`;
    expect(withOverride(refused)).toEqual({ ...refused, outcome: 'approval', isOverride: true, approvers: APPROVERS, rule: { ...refused.rule, words } });
  });

  test.each(['allow', 'notify', 'approval'] as const)('what is not refused stays as it is: %s', (outcome) => {
    const decision = decideBorder(crossingFacts(), borderRulesOf([liveAgreement({ outcome, approvers: outcome === 'approval' ? ['host'] : [] })]));
    expect(withOverride(decision)).toBe(decision);
  });
});

function crossingFactsFound() {
  const { responsible, host, contractArea } = crossingFacts();
  return { responsible, host, contractArea };
}
