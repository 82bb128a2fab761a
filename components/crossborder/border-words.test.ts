import { expect, test } from 'vitest';
import { borderAdvice, borderNote, borderRefusal, sameAreaWords } from '@/components/crossborder/border-words';
import { SHIPPED_DEFAULT } from '@/lib/crossborder/default.rules';
import { decideBorder, withOverride } from '@/lib/crossborder/rules';
import type { BorderDecision, BorderRules, Commissioner, Found, LiveAgreement, Outcome } from '@/lib/crossborder/schema';
import { londonDate } from '@/lib/platform/time-words';

const A_TUESDAY_AT_TEN = new Date('2026-11-24T10:00:00Z');
const LEEDS: Commissioner = { code: 'QWO', name: 'West Yorkshire', regionCode: 'Y63' };
const MANCHESTER: Commissioner = { code: 'QOP', name: 'Greater Manchester', regionCode: 'Y62' };

function found(commissioner: Commissioner | null): Found {
  return { commissioner, how: commissioner ? 'gp-practice' : 'unknown' };
}

function decided(agreements: readonly LiveAgreement[], { host = MANCHESTER, timeframeMinutes = 120 }: { host?: Commissioner | null; timeframeMinutes?: number } = {}): BorderDecision {
  const rules: BorderRules = { agreements, used: new Map(), defaults: new Map([['E', { ...SHIPPED_DEFAULT, nation: 'E', version: 1 }]]), holidays: new Set() };
  const disposition = { code: 'Dx05', family: 'primary_care', timeframeMinutes };
  const service = { id: '0192f0c1-0000-7000-8000-000000000001', name: 'Test Urgent Treatment Centre', typeId: 135 };
  return decideBorder({ responsible: found(LEEDS), host: found(host), contractArea: found(LEEDS), service, disposition, startsAt: A_TUESDAY_AT_TEN }, rules);
}

function agreed(outcome: Outcome, pricePence: number | null = 1_250): LiveAgreement {
  return {
    ...{ id: '0192f0c1-0000-7000-8000-000000000002', version: 1, title: 'Across the Pennines', agreedAt: A_TUESDAY_AT_TEN, validFrom: londonDate(A_TUESDAY_AT_TEN), validTo: null },
    ...{ from: { kind: 'commissioner', code: 'QWO' }, to: { kind: 'commissioner', code: 'QOP' }, serviceTypeId: null, serviceId: null },
    ...{ dispositions: [], families: [], weekdays: [], fromMinute: null, toMinute: null, dailyQuota: null },
    ...{ outcome, pricePence, noshowPence: null, failedContact: 'booker', followUp: 'host-service', approvers: outcome === 'approval' ? ['host'] : [] },
  };
}

test('a row that crosses a border says where, who pays what and by which agreement; a tag says what stands in the way', () => {
  expect(borderNote(decided([agreed('allow')]))).toEqual({ line: 'Greater Manchester · West Yorkshire pays £12.50 · “Across the Pennines”', tag: null });
  expect(borderNote(decided([agreed('notify', null)]))).toEqual({ line: 'Greater Manchester · West Yorkshire pays, within contract · “Across the Pennines”', tag: { tone: 'blue', words: 'Host is told' } });
  expect(borderNote(decided([agreed('approval')]))?.tag).toEqual({ tone: 'amber', words: 'Needs approval' });
  expect(borderNote(decided([agreed('refuse')]))).toEqual({ line: 'Greater Manchester · refused by “Across the Pennines”', tag: { tone: 'red', words: 'Refused' } });
});

test('without an agreement it is said whose default holds', () => {
  expect(borderNote(decided([]))).toEqual({ line: 'Greater Manchester · West Yorkshire pays, within contract · no agreement: the national default', tag: null });
  expect(borderNote(decided([], { timeframeMinutes: 1_440 }))?.tag).toEqual({ tone: 'amber', words: 'Needs approval' });
});

test('the safety override is said on the row and before the slots: refused by whom, and that nothing else is free in time (XB-05)', () => {
  const decision = withOverride(decided([agreed('refuse')]));
  expect(borderNote(decision)).toEqual({
    line: 'Greater Manchester · West Yorkshire pays, within contract · refused by “Across the Pennines”, but nothing else is free in time',
    tag: { tone: 'amber', words: 'Needs approval' },
  });
  expect(borderAdvice(decision)).toEqual({
    title: 'Across a border, in Greater Manchester: needs approval',
    todo: 'Refused by “Across the Pennines”, but nothing else is free in time. West Yorkshire pays, within contract. You can hold a slot here, and ask for approval on the next page.',
    isInTheWay: true,
  });
});

test('the chosen service says what to do: nothing, hold and ask, or choose another', () => {
  expect(borderAdvice(decided([agreed('allow')]))).toEqual({ title: 'Across a border, in Greater Manchester: allowed', todo: 'West Yorkshire pays £12.50, by “Across the Pennines”.', isInTheWay: false });
  expect(borderAdvice(decided([agreed('refuse')]), true)).toMatchObject({ title: 'Across a border, in Greater Manchester: refused at some times', isInTheWay: true });
  const notify = borderAdvice(decided([agreed('notify')]));
  expect(notify?.todo).toContain('The host is told by itself');
  const approval = borderAdvice(decided([agreed('approval')]));
  expect(approval?.todo).toContain('You can hold a slot here, and ask for approval on the next page.');
  const refuse = borderAdvice(decided([agreed('refuse')]));
  expect(refuse?.todo).toContain('choose another service');
  expect([notify, approval, refuse].map((advice) => advice?.isInTheWay)).toEqual([false, true, true]);
});

test('only what is refused has a reason why it is refused', () => {
  expect(borderRefusal(decided([agreed('refuse')]))).toBe('Refused by “Across the Pennines”.');
  expect(borderRefusal(withOverride(decided([agreed('refuse')])))).toBeNull();
  expect(borderRefusal(decided([agreed('approval')]))).toBeNull();
});

test('where no border is crossed, or none is known, rows stay quiet and the summary says who pays', () => {
  for (const decision of [decided([], { host: LEEDS }), decided([], { host: null })]) {
    expect(borderNote(decision)).toBeNull();
    expect(borderAdvice(decision)).toBeNull();
  }
  expect(sameAreaWords(decided([], { host: LEEDS }))).toBe('West Yorkshire, the same area. No border is crossed.');
  expect(sameAreaWords(decided([], { host: null }))).toBe('Not known, so no border can be said to be crossed.');
  expect(sameAreaWords(decided([]))).toBeNull();
});
