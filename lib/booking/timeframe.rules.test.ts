import { describe, expect, test } from 'vitest';
import { decideTimeframe, minutesOver, overRule } from '@/lib/booking/timeframe.rules';
import { addMinutes } from '@/lib/platform/time';

const DUE = new Date('2026-11-24T12:00:00Z');
const NOTHING = { approvedBy: '', approvalReason: '' };
const INFORMED = { ...NOTHING, callerInformed: 'yes' } as const;
const APPROVED = { callerInformed: 'yes', approvedBy: 'Dr Placeholder', approvalReason: 'Known to the service' } as const;

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
    ['approval, caller not informed', 25, APPROVAL, false, { ...APPROVED, callerInformed: undefined }, 'approval-needed'],
    ['approval without who', 25, APPROVAL, false, { ...APPROVED, approvedBy: '' }, 'approval-needed'],
    ['approval without why', 25, APPROVAL, false, { ...APPROVED, approvalReason: '' }, 'approval-needed'],
  ] as const)('%s, %d min over: %#', (_case, over, disposition, isClinician, given, expected) => {
    const outcome = decideTimeframe({ startsAt: addMinutes(DUE, over), dueAt: DUE, disposition, isClinician }, given);
    expect(outcome).toEqual(
      expected.startsWith('TF') ? { ok: true, value: { ruleId: expected, minutesOver: over } } : { ok: false, error: { code: expected, minutesOver: over } },
    );
  });
});
