import { expect, test } from 'vitest';
import { calendarFor, sessionWindow, shownWindow } from '@/lib/directory/opening.rules';
import { patternFrom } from '@/lib/directory/pattern.rules';
import { EMERGENCY_DEPARTMENT } from '@/lib/directory/rank.rules';
import { GAP_CHECKS, SILENT_CHECKS } from '@/lib/directory/schema';
import { canBeChosen, reasonsAgainst, type Judgement } from '@/lib/directory/why-not.rules';
import { aCandidate } from '@/prisma/factories/candidate';

const AT = new Date('2026-11-24T10:00:00Z');
const window = sessionWindow(AT, 60);
const SCENE = { window, calendar: calendarFor(window, new Set()), shown: calendarFor(shownWindow(AT), new Set()), radiusKm: 60 };

function aJudgement(given: Partial<Judgement> = {}): Judgement {
  return { ...aCandidate(), failures: [], capacity: { note: null, resetsAt: null }, ...given };
}

function openOn(day: number, fromMinute: number, toMinute: number) {
  return patternFrom({ isOpenAllHours: false, hours: [[day, fromMinute, toMinute]], specified: null });
}

test('what passes every check has no reason against it', () => {
  expect(reasonsAgainst(aJudgement(), SCENE)).toEqual([]);
});

test('reasons come in the order of the pipelines, whatever order they were found in', () => {
  const told = reasonsAgainst(aJudgement({ failures: ['area', 'age', 'gender', 'status'] }), SCENE);
  expect(told.map(({ check }) => check)).toEqual(['status', 'gender', 'age', 'area']);
});

test('what another reason already says is not said again: discriminators with the group, only-if-open with opening', () => {
  const told = reasonsAgainst(aJudgement({ failures: ['symptoms', 'discriminators'], isOnlyIfOpen: true, pattern: openOn(3, 540, 1080) }), SCENE);
  expect(told).toEqual([{ check: 'symptoms' }, { check: 'opening', open: { kind: 'closed', opensAt: new Date('2026-11-25T09:00:00Z') } }]);
});

test('D-024: hours that only the exact check turns down are told, with when the service closes', () => {
  const told = reasonsAgainst(aJudgement({ pattern: openOn(2, 540, 615) }), SCENE);
  expect(told).toEqual([{ check: 'opening', open: { kind: 'open', until: new Date('2026-11-24T10:15:00Z') } }]);
});

test.each([...SILENT_CHECKS, ...GAP_CHECKS].map((check) => [check, ['distance', 'capacity', 'opening', 'only-if-open'].includes(check)] as const))(
  'what fails only %s may be chosen: %s; an emergency department whatever it fails, while it is active (D-041)',
  (check, canChoose) => {
    expect(canBeChosen(aJudgement({ failures: [check] }))).toBe(canChoose);
    expect(canBeChosen(aJudgement({ typeId: EMERGENCY_DEPARTMENT, failures: [check] }))).toBe(check !== 'status');
  },
);
