import { expect, test } from 'vitest';
import { checkPattern, checkTemplate } from '@/lib/schedule/pattern.rules';
import { aPattern, aTemplatePattern, day } from '@/prisma/factories/pattern';

const at = (hours: number, minutes = 0) => hours * 60 + minutes;
const pause = (from: number, to: number) => ({ fromMinute: from, toMinute: to });

test.each([
  ['a whole number of slots is nothing to say', {}, {}],
  ['breaks between whole numbers of slots', { closesMinute: at(13), breaks: [pause(at(10), at(10, 20)), pause(at(11, 20), at(11, 30))], slotMinutes: 10 }, {}],
  ['end before start', { opensMinute: at(12), closesMinute: at(9), slotMinutes: 7 }, { closesMinute: 'The end must be after the start' }],
  ['a rest at the end', { closesMinute: at(12, 50), slotMinutes: 20 }, { closesMinute: '10 minutes are left over before 12:50: end at 12:40 or 13:00' }],
  ['a rest of one minute', { closesMinute: at(9, 16) }, { closesMinute: '1 minute is left over before 09:16: end at 09:15 or 09:30' }],
  ['no room for one slot', { closesMinute: at(9, 10) }, { closesMinute: '10 minutes are left over before 09:10: end at 09:15' }],
  ['a rest before midnight', { opensMinute: at(23), closesMinute: at(24), slotMinutes: 25 }, { closesMinute: '10 minutes are left over before 24:00: end at 23:50' }],
  ['a rest before a break', { breaks: [pause(at(10, 5), at(10, 30))] }, { breaks: '5 minutes are left over before the break at 10:05: begin it at 10:00 or 10:15' }],
  ['a rest before a break that would be over', { breaks: [pause(at(10, 5), at(10, 15))] }, { breaks: '5 minutes are left over before the break at 10:05: begin it at 10:00' }],
  ['a break before the session', { breaks: [pause(at(8, 45), at(9, 15))] }, { breaks: 'The break 08:45 to 09:15 is outside the session, 09:00 to 12:00' }],
  ['a break past its end', { breaks: [pause(at(11, 45), at(12, 15))] }, { breaks: 'The break 11:45 to 12:15 is outside the session, 09:00 to 12:00' }],
  ['a break that ends before it starts', { breaks: [pause(at(11), at(10))] }, { breaks: 'The break 11:00 to 10:00 must end after it starts' }],
  ['breaks across one another', { breaks: [pause(at(10, 30), at(11)), pause(at(10), at(10, 45))] }, { breaks: 'The breaks 10:00 to 10:45 and 10:30 to 11:00 overlap' }],
  ['kept back until after the notice', { keptBackPercent: 20, releaseMinutes: 60, noticeMinutes: 120 }, { releaseMinutes: 'Slots kept back would open after the last moment to book: release them 120 minutes before the start or earlier' }],
  ['released at the notice', { keptBackPercent: 20, releaseMinutes: 120, noticeMinutes: 120 }, {}],
  ['nothing kept back', { releaseMinutes: 0, noticeMinutes: 120 }, {}],
])('%s', (_case, given, faults) => {
  expect(checkPattern(aPattern(given))).toEqual(faults);
});

test('a weekly pattern ends on its first day at the earliest, and its other faults are told at once', () => {
  expect(checkTemplate(aTemplatePattern({ validTo: day(2026, 11, 24) }))).toEqual({});
  expect(Object.keys(checkTemplate(aTemplatePattern({ validTo: day(2026, 11, 23), closesMinute: at(9) })))).toEqual(['closesMinute', 'validTo']);
});
