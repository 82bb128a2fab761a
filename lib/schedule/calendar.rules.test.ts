import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, parseLocalDate, weekday } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';
import { daysOfMonth, hoursOf, mondayOf, monthFrom, partOfDay, rowOf, rowOfClosure, serviceDays, slotStateAt, sumOf } from '@/lib/schedule/calendar.rules';
import type { ClosureLine, SessionLine } from '@/lib/schedule/calendar.schema';

function day(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (!date) throw new Error(text);
  return date;
}

const FACTS = { name: null, channel: null, practitionerRole: null, practitionerName: null, practitionerGender: null };

function aSession(given: Partial<SessionLine>): SessionLine {
  return {
    ...{ id: 'a', date: day('2026-11-24'), opensAt: new Date('2026-11-24T08:30:00Z'), closesAt: new Date('2026-11-24T12:00:00Z'), opensMinute: 510 },
    ...{ isWithdrawn: false, keptBackUntil: null, schedule: FACTS, total: 10, booked: 4, unbooked: 6, keptBack: 2, held: 1, orphaned: 0 },
    ...given,
  };
}

function aClosure(startsAt: string, endsAt: string): ClosureLine {
  return { id: 'c', kind: 'closure', startsAt: new Date(startsAt), endsAt: new Date(endsAt), reason: 'Staff training' };
}

const anyDay = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays(day('1990-01-01'), days));

describe('the days of a page', () => {
  test('a week begins on its Monday, at most six days before', () => {
    fc.assert(fc.property(anyDay, (date) => weekday(mondayOf(date)) === 1 && mondayOf(date) <= date && date <= addDays(mondayOf(date), 6)));
  });

  test('a month is shown in whole weeks that hold all of it', () => {
    fc.assert(
      fc.property(anyDay, (date) => {
        const { from, to } = daysOfMonth(date);
        return weekday(from) === 1 && weekday(to) === 7 && from <= monthFrom(date, 0) && addDays(monthFrom(date, 1), -1) <= to && date >= from && date <= to;
      }),
    );
    expect(daysOfMonth(day('2026-11-24'))).toEqual({ from: '2026-10-26', to: '2026-12-06' });
  });

  test.each([
    ['2026-12-31', '2026-11-01', '2026-12-01', '2027-01-01'],
    ['2027-03-30', '2027-02-01', '2027-03-01', '2027-04-01'],
    ['2028-02-29', '2028-01-01', '2028-02-01', '2028-03-01'],
  ])('from %s: the month before, this one and the next', (date, before, own, next) => {
    expect([monthFrom(day(date), -1), monthFrom(day(date), 0), monthFrom(day(date), 1)]).toEqual([before, own, next]);
  });
});

describe('days with their sessions', () => {
  test('each has its own, and what they add up to', () => {
    const sessions = [aSession({ id: 'a' }), aSession({ id: 'b', total: 5, booked: 5, unbooked: 0, keptBack: 0, held: 0, orphaned: 2 }), aSession({ id: 'c', date: day('2026-11-25') })];
    const days = serviceDays({ from: day('2026-11-24'), to: day('2026-11-26') }, { sessions, closures: [] });
    expect(days.map(({ sessions: own }) => own.map(({ id }) => id))).toEqual([['a', 'b'], ['c'], []]);
    expect(days[0]).toMatchObject({ total: 15, booked: 9, unbooked: 6, keptBack: 2, held: 1, orphaned: 2 });
    expect(sumOf(days)).toEqual({ total: 25, booked: 13, unbooked: 12, keptBack: 4, held: 2, orphaned: 2 });
    expect(sumOf([])).toMatchObject({ total: 0 });
  });

  test('a closure is on every London day that it reaches into, and not on the one at whose midnight it ends', () => {
    const days = (startsAt: string, endsAt: string) =>
      serviceDays({ from: day('2026-06-22'), to: day('2026-06-26') }, { sessions: [], closures: [aClosure(startsAt, endsAt)] }).flatMap(({ date, closures }) => (closures.length > 0 ? [date.slice(8)] : []));
    expect(days('2026-06-22T23:00:00Z', '2026-06-24T23:00:00Z')).toEqual(['23', '24']);
    expect(days('2026-06-22T22:59:00Z', '2026-06-24T23:01:00Z')).toEqual(['22', '23', '24', '25']);
    expect(days('2026-06-20T00:00:00Z', '2026-06-30T00:00:00Z')).toHaveLength(5);
  });

  test('the part of a closure in a day is open at an end where it goes on', () => {
    const closure = aClosure('2026-11-24T13:00:00Z', '2026-11-26T00:00:00Z');
    expect(partOfDay(closure, day('2026-11-24'))).toEqual({ startsAt: closure.startsAt, endsAt: null });
    expect(partOfDay(closure, day('2026-11-25'))).toEqual({ startsAt: null, endsAt: null });
  });
});

describe('the rows of a week', () => {
  const week = serviceDays(
    { from: day('2026-11-24'), to: day('2026-11-25') },
    { sessions: [aSession({}), aSession({ opensMinute: 840 }), aSession({ date: day('2026-11-25'), opensMinute: 480 })], closures: [] },
  );

  test('are the hours at which a session opens, in order, each once', () => {
    expect(hoursOf(week)).toEqual([8, 14]);
    expect([rowOf({ opensMinute: 510 }, [8, 14]), rowOf({ opensMinute: 840 }, [8, 14])]).toEqual([0, 1]);
    expect(hoursOf([])).toEqual([0]);
  });

  test('a closure stands in the last row that begins before it, or in the first', () => {
    expect([0, 510, 779, 840, 1_200].map((minute) => rowOfClosure(minute, [8, 14]))).toEqual([0, 0, 0, 1, 1]);
  });
});

test.each([
  ['free', {}, 'free'],
  ['held until now', { heldUntil: 0 }, 'free'],
  ['held for a moment', { heldUntil: 1 }, 'held'],
  ['kept back until now', { keptBackUntil: 0 }, 'free'],
  ['kept back for a moment', { keptBackUntil: 1 }, 'kept-back'],
  ['busy', { status: 'busy' }, 'booked'],
  ['busy and orphaned', { status: 'busy', orphanedAt: 0 }, 'orphaned'],
] as const)('a slot, %s, is %s', (_case, given: { status?: string; heldUntil?: number; keptBackUntil?: number; orphanedAt?: number }, expected) => {
  const now = new Date('2026-11-24T10:00:00Z');
  const at = (ms: number | undefined) => (ms === undefined ? null : new Date(now.getTime() + ms));
  const slot = { status: given.status ?? 'free', heldUntil: at(given.heldUntil), keptBackUntil: at(given.keptBackUntil), orphanedAt: at(given.orphanedAt) };
  expect(slotStateAt(slot, now)).toBe(expected);
});
