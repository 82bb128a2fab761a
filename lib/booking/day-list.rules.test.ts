import { expect, test } from 'vitest';
import { marksFor, statusCounts } from '@/lib/booking/day-list.rules';
import { decideChange } from '@/lib/booking/rules';
import { appointmentStatus } from '@/lib/booking/schema';
import { addMinutes } from '@/lib/platform/time';

const NOW = new Date('2026-11-24T10:00:00Z');

test.each([
  ['booked, later today', 'booked', 60, ['arrive']],
  ['booked, begun this instant', 'booked', 0, ['arrive', 'no-show']],
  ['booked, tomorrow', 'booked', 14 * 60, []],
  ['booked, yesterday', 'booked', -24 * 60, ['arrive', 'no-show']],
  ['arrived', 'arrived', 10, ['fulfil', 'undo']],
  ['arrived, two days ago', 'arrived', -48 * 60, ['fulfil']],
  ['attended', 'fulfilled', -10, ['undo']],
  ['did not attend, yesterday', 'noshow', -24 * 60, ['undo']],
  ['cancelled', 'cancelled', 60, []],
] as const)('%s: the list offers the right marks', (_case, status, minutes, marks) => {
  expect(marksFor({ status, startsAt: addMinutes(NOW, minutes) }, NOW)).toEqual(marks);
});

test('nothing is offered that would be refused', () => {
  const seen = { patientId: 'p', version: 1 };
  for (const status of appointmentStatus.options) {
    for (const minutes of [-3_000, -1_440, -1, 0, 1, 840, 3_000]) {
      const appointment = { ...seen, status, startsAt: addMinutes(NOW, minutes), releasedAt: ['cancelled', 'moved', 'entered-in-error'].includes(status) ? NOW : null };
      const refused = marksFor(appointment, NOW).filter((mark) => !decideChange(appointment, { ...seen, method: mark }, NOW).ok);
      expect([status, minutes, refused]).toEqual([status, minutes, []]);
    }
  }
});

test('a day is counted by status, in the order of a visit', () => {
  expect(statusCounts([{ status: 'noshow' }, { status: 'booked' }, { status: 'booked' }, { status: 'arrived' }])).toEqual([
    { status: 'booked', count: 2 },
    { status: 'arrived', count: 1 },
    { status: 'noshow', count: 1 },
  ]);
});
