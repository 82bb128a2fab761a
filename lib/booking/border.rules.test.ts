import { describe, expect, test } from 'vitest';
import { carriedBorder, rowOf } from '@/lib/booking/border-row.rules';
import { decideCrossing, type AskedBefore } from '@/lib/booking/border.rules';
import type { BorderDecision, Commissioner, Found } from '@/lib/crossborder/schema';
import { parseLocalDate } from '@/lib/platform/time';

const LEEDS: Commissioner = { code: 'QWO', name: 'West Yorkshire', regionCode: 'Y63' };
const MANCHESTER: Commissioner = { code: 'QOP', name: 'Greater Manchester', regionCode: 'Y62' };
const KNOWN = new Map([LEEDS, MANCHESTER].map((commissioner) => [commissioner.code, commissioner]));
const found = (commissioner: Commissioner, how: Found['how']): Found => ({ commissioner, how });

function aDecision(given: Partial<BorderDecision> = {}): BorderDecision {
  return {
    ...{ responsible: found(LEEDS, 'gp-practice'), host: found(MANCHESTER, 'service'), contractArea: found(LEEDS, 'current-location'), isCrossing: true, payer: LEEDS, isOverride: false },
    ...{ rule: { kind: 'agreement', id: 'a-rule', version: 3, words: 'Agreed' }, outcome: 'approval', pricePence: 100, noshowPence: 0, failedContact: 'booker', followUp: 'host-service', approvers: ['host'] },
    ...{ quota: null, looked: [] },
    ...given,
  };
}

function anAnswer(given: Partial<AskedBefore> = {}): AskedBefore {
  return { id: 'an-approval', state: 'approved', ruleId: 'a-rule', ruleVersion: 3, isOverride: false, ...given };
}

describe('may it go ahead across the border', () => {
  test.each(['allow', 'notify'] as const)('%s: yes, whatever was asked before, and no approval is kept with it', (outcome) => {
    const decision = aDecision({ outcome, approvers: [] });
    expect(decideCrossing(decision, { serviceName: 'A', asked: anAnswer() })).toEqual({ ok: true, value: { decision, approvalId: null } });
  });

  test('refuse: no, not even when it was approved', () => {
    expect(decideCrossing(aDecision({ outcome: 'refuse' }), { serviceName: 'A', asked: anAnswer() })).toEqual({ ok: false, error: { code: 'border-refused', serviceName: 'A', rule: 'Agreed' } });
  });

  test('approval: when it was approved under this version of this rule', () => {
    const decision = aDecision();
    expect(decideCrossing(decision, { serviceName: 'A', asked: anAnswer() })).toEqual({ ok: true, value: { decision, approvalId: 'an-approval' } });
  });

  test.each([
    [null, 'not-asked'],
    [anAnswer({ state: 'waiting' }), 'waiting'],
    [anAnswer({ state: 'declined' }), 'declined'],
    [anAnswer({ ruleId: 'another' }), 'lapsed'],
    [anAnswer({ ruleVersion: 2 }), 'lapsed'],
    [anAnswer({ isOverride: true }), 'lapsed'],
    [anAnswer({ state: 'waiting', ruleVersion: 4 }), 'lapsed'],
    [anAnswer({ state: 'declined', ruleVersion: 4 }), 'lapsed'],
  ])('approval: not with %o', (asked, state) => {
    expect(decideCrossing(aDecision(), { serviceName: 'A', asked })).toEqual({ ok: false, error: { code: 'border-approval-needed', serviceName: 'A', rule: 'Agreed', state } });
  });
});

describe('what goes on with another slot of the service', () => {
  const old = { ...rowOf({ decision: aDecision({ quota: { agreementId: 'a-rule', day: parseLocalDate('2026-11-24') ?? expect.fail('no day'), quota: 5 } }), approvalId: 'an-approval' }), looked: [{ ruleId: 'a-rule' }] };
  const slotAt = (icbCode: string | null) => ({ startsAt: new Date('2026-11-24T12:00:00Z'), service: { id: 'a-service', name: 'A', typeId: 135, icbCode } });
  const carried = (before: typeof old | null, icbCode: string | null) => carriedBorder(before, { appointmentId: 'old', slot: slotAt(icbCode) }, KNOWN);

  test.each([['at the same host', 'QOP'], ['at a host that nobody knows', null], ['at one whose code is unknown', 'QQQ']])('%s: the decision with its approval, without its place in the quota', (_where, icbCode) => {
    expect(carried(old, icbCode)).toEqual({ ...old, quotaDay: null, carriedFromId: 'old', looked: '[{"ruleId":"a-rule"}]' });
  });

  test('of a booking that crossed no border nothing changes, wherever it goes', () => {
    const home = { ...old, isCrossing: false, ruleKind: 'same', hostCode: 'QWO' };
    expect(carried(home, 'QOP')).toMatchObject({ isCrossing: false, ruleKind: 'same', hostCode: 'QWO' });
  });

  test('back at the patient’s own: XB-01, nobody pays anybody', () => {
    expect(carried(old, 'QWO')).toMatchObject({ isCrossing: false, ruleId: 'XB-01', outcome: 'allow', payerCode: null, pricePence: null, approvalId: null, responsibleHow: 'gp-practice', contractCode: 'QWO', carriedFromId: 'old' });
  });

  test('of an appointment from before decisions were kept: XB-02', () => {
    expect(carried(null, 'QOP')).toMatchObject({ isCrossing: false, ruleId: 'XB-02', hostCode: 'QOP', responsibleCode: null, responsibleHow: 'unknown', contractHow: 'unknown', carriedFromId: 'old' });
  });
});
