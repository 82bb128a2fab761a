import { describe, expect, test } from 'vitest';
import type { Role } from '@/lib/auth/actor';
import { hasPermission } from '@/lib/auth/permissions';
import { decideTimeframe, minutesOver, overRule, type OverRule, type TimeframeGiven } from '@/lib/booking/timeframe.rules';
import { addMinutes } from '@/lib/platform/time';
import { field } from '@/prisma/seed/csv';
import { readRecords } from '@/prisma/seed/files';

const DUE = new Date('2026-11-24T12:00:00Z');
const NOTHING: TimeframeGiven = { isCallerInformed: false, approver: null, approvalReason: '' };
const INFORMED: TimeframeGiven = { ...NOTHING, isCallerInformed: true };
const APPROVED: TimeframeGiven = { isCallerInformed: true, approver: { isSelf: false, isClinician: true }, approvalReason: 'Known to the service' };

describe('minutes over', () => {
  test.each([
    [-1, 0],
    [0, 0],
    [0.01, 1],
    [25, 25],
    [25.5, 26],
  ])('a start %d min after the due time is %d min over', (after, over) => {
    expect(minutesOver(addMinutes(DUE, after), DUE)).toBe(over);
  });

  test('nothing is over where nothing is due', () => {
    expect(minutesOver(DUE, null)).toBe(0);
  });
});

describe('D-061: booking outside the timeframe', () => {
  const RULES = [
    ['clinical_approval', 120, 'approval'],
    ['clinical_approval', 1440, 'approval'],
    ['notify', 720, 'notice'],
    ['notify', 60, 'notice'],
    [null, 60, 'approval'],
    [null, 360, 'approval'],
    [null, 361, 'notice'],
    [null, 1440, 'notice'],
    [null, null, 'notice'],
  ] as const;

  test.each(RULES)('rule %s of %s minutes asks a call handler for %s, and a clinician for notice', (outsideTimeframeRule, timeframeMinutes, rule) => {
    const disposition = { outsideTimeframeRule, timeframeMinutes };
    expect(overRule({ minutesOver: 1, disposition, isClinician: false })).toBe(rule);
    expect(overRule({ minutesOver: 1, disposition, isClinician: true })).toBe('notice');
    expect(overRule({ minutesOver: 0, disposition, isClinician: false })).toBe('none');
  });

  const APPROVAL = { outsideTimeframeRule: 'clinical_approval', timeframeMinutes: 120 };
  const NOTICE = { outsideTimeframeRule: 'notify', timeframeMinutes: 720 };
  test.each([
    ['in time', 0, APPROVAL, false, NOTHING, 'TF-01'],
    ['in time, whatever is sent besides', 0, APPROVAL, false, APPROVED, 'TF-01'],
    ['a clinician with the caller informed', 25, APPROVAL, true, INFORMED, 'TF-02'],
    ['a clinician without', 25, APPROVAL, true, NOTHING, 'notice-needed'],
    ['notice with the caller informed', 25, NOTICE, false, INFORMED, 'TF-03'],
    ['notice without', 25, NOTICE, false, NOTHING, 'notice-needed'],
    ['approval with all of it', 25, APPROVAL, false, APPROVED, 'TF-04'],
    ['approval, caller informed only', 25, APPROVAL, false, INFORMED, 'approval-needed'],
    ['approval, caller not informed', 25, APPROVAL, false, { ...APPROVED, isCallerInformed: false }, 'approval-needed'],
    ['approval without who', 25, APPROVAL, false, { ...APPROVED, approver: null }, 'approval-needed'],
    ['approval without why', 25, APPROVAL, false, { ...APPROVED, approvalReason: '' }, 'approval-needed'],
  ] as const)('%s, %d min over: %#', (_case, over, disposition, isClinician, given, expected) => {
    const outcome = decideTimeframe({ startsAt: addMinutes(DUE, over), dueAt: DUE, disposition, isClinician }, given);
    expect(outcome).toEqual(
      expected.startsWith('TF') ? { ok: true, value: { ruleId: expected, minutesOver: over } } : { ok: false, error: { code: expected, minutesOver: over } },
    );
  });
});

test.each([
  ['approver-is-self', { isSelf: true, isClinician: true }],
  ['approver-not-clinician', { isSelf: false, isClinician: false }],
] as const)('%s by an approver of %o, whatever else was given', (code, approver) => {
  const timeframe = { startsAt: addMinutes(DUE, 1), dueAt: DUE, disposition: { outsideTimeframeRule: null, timeframeMinutes: 120 }, isClinician: false };
  expect(decideTimeframe(timeframe, { ...APPROVED, approver })).toEqual({ ok: false, error: { code } });
});

describe('U-080 to U-087: every disposition, for each role, at and around the due time', () => {
  const DISPOSITIONS = readRecords('dispositions.csv').map((record) => ({
    code: field(record, 'code'),
    label: field(record, 'timeframe_label'),
    outsideTimeframeRule: field(record, 'outside_timeframe_rule') || null,
    timeframeMinutes: field(record, 'timeframe_minutes') === '' ? null : Number(field(record, 'timeframe_minutes')),
  }));
  const NAMED = new Map<string, OverRule>([
    ...['Dx05', 'Dx06', 'Dx11', 'Dx12', 'Dx13'].map((code) => [code, 'approval'] as const),
    ...['Dx07', 'Dx08', 'Dx14', 'Dx15'].map((code) => [code, 'notice'] as const),
  ]);

  /** What the standard says in words: named codes by their list, others up to "6 hours" approval, everything longer notice. */
  function inWords({ code, label }: { code: string; label: string }): OverRule {
    const hours = label === 'immediately' ? 0 : Number(/^(\d+) hours?$/.exec(label)?.[1] ?? Infinity);
    return NAMED.get(code) ?? (hours <= 6 ? 'approval' : 'notice');
  }

  const isClinician = (role: Role) =>
    hasPermission({ kind: 'staff', id: role, name: role, organisation: { code: 'X', name: 'X' }, roles: [{ role, scope: 'X' }] }, 'appointment:book-outside-timeframe');
  const CASES = DISPOSITIONS.flatMap((disposition) => (['call-handler', 'supervisor', 'clinician'] as const).map((role) => ({ ...disposition, role })));

  test('the file has the codes that the standard names, and dispositions of 6 hours that it does not name', () => {
    expect(DISPOSITIONS.filter(({ code }) => NAMED.has(code))).toHaveLength(9);
    expect(DISPOSITIONS.filter(({ code, timeframeMinutes }) => timeframeMinutes === 360 && !NAMED.has(code)).length).toBeGreaterThan(0);
  });

  test.each(CASES)('$code ($label), $role', ({ role, ...disposition }) => {
    const outcome = (over: number, given: TimeframeGiven) => {
      const decided = decideTimeframe({ startsAt: addMinutes(DUE, over), dueAt: DUE, disposition, isClinician: isClinician(role) }, given);
      return decided.ok ? `${decided.value.ruleId} ${decided.value.minutesOver}` : decided.error.code;
    };
    const rule = role === 'clinician' ? 'notice' : inWords(disposition);
    const noticed = role === 'clinician' ? 'TF-02' : 'TF-03';
    // The due time itself is in time: a slot breaches when it starts after it.
    for (const over of [-60, -1, 0]) expect(outcome(over, NOTHING)).toBe('TF-01 0');
    for (const over of [1, 59, 360, 361, 1440]) {
      expect(outcome(over, NOTHING)).toBe(rule === 'approval' ? 'approval-needed' : 'notice-needed');
      expect(outcome(over, INFORMED)).toBe(rule === 'approval' ? 'approval-needed' : `${noticed} ${over}`);
      expect(outcome(over, APPROVED)).toBe(rule === 'approval' ? `TF-04 ${over}` : `${noticed} ${over}`);
    }
  });
});
