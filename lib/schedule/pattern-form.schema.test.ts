import { expect, test } from 'vitest';
import { fieldErrors } from '@/lib/platform/form';
import { parseLocalDate } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';
import { dateValues, endForm, factsValues, NEW_SCHEDULE, sessionForm, sessionValues, templateForm, templateValues } from '@/lib/schedule/pattern-form.schema';
import type { ScheduleFacts, SessionPattern, TemplatePattern } from '@/lib/schedule/schema';

const TODAY = day('2026-11-24');
const SCHEDULE_ID = '019ab000-0000-7000-8000-000000000001';

const HOURS: SessionPattern = {
  ...{ opensMinute: 540, closesMinute: 1020, breaks: [{ fromMinute: 720, toMinute: 780 }], slotMinutes: 10, places: 2 },
  ...{ keptBackPercent: 20, releaseMinutes: 60, noticeMinutes: 15, horizonDays: 28 },
};
const PATTERN: TemplatePattern = { ...HOURS, weekdays: [1, 3], worksHolidays: true, validFrom: day('2026-12-01'), validTo: day('2027-03-31') };
const NURSE: ScheduleFacts = { name: 'Room 2', channel: 'telephone', practitionerRole: 'Nurse practitioner', practitionerName: 'Ada Sample', practitionerGender: 'female' };
const TYPED = { ...templateValues(PATTERN), scheduleId: SCHEDULE_ID };

function day(text: string): LocalDate {
  const date = parseLocalDate(text);
  if (!date) throw new Error('no date');
  return date;
}

function templateFaults(typed: Record<string, string>) {
  const parsed = templateForm(TODAY).safeParse({ ...TYPED, ...typed });
  return parsed.success ? {} : fieldErrors(parsed.error);
}

test('what a pattern is shown as is read back as the same pattern', () => {
  expect(templateForm(TODAY).parse(TYPED)).toEqual({ schedule: { id: SCHEDULE_ID, facts: null }, pattern: PATTERN });
});

test('ten breaks, as a file may bring, are all shown and read back', () => {
  const breaks = Array.from({ length: 10 }, (_, index) => ({ fromMinute: 550 + index * 20, toMinute: 560 + index * 20 }));
  expect(templateForm(TODAY).parse({ ...TYPED, ...templateValues({ ...PATTERN, breaks }) }).pattern.breaks).toEqual(breaks);
});

test('a new schedule is what is typed of it; what is left empty is not stated', () => {
  expect(templateForm(TODAY).parse({ ...TYPED, scheduleId: NEW_SCHEDULE, ...factsValues(NURSE) }).schedule).toEqual({ id: null, facts: NURSE });
  const justName = { scheduleId: NEW_SCHEDULE, scheduleName: 'Room 2', channel: '', practitionerRole: '', practitionerName: ' ', practitionerGender: '' };
  expect(templateForm(TODAY).parse({ ...TYPED, ...justName }).schedule).toEqual({
    id: null,
    facts: { name: 'Room 2', channel: null, practitionerRole: null, practitionerName: null, practitionerGender: null },
  });
});

test('what an existing schedule is changes only where the form is about it', () => {
  expect(templateForm(TODAY).parse({ ...TYPED, ...factsValues(NURSE) }).schedule).toEqual({ id: SCHEDULE_ID, facts: null });
  expect(templateForm(TODAY).parse({ ...TYPED, ...factsValues(NURSE), hasFacts: 'yes' }).schedule).toEqual({ id: SCHEDULE_ID, facts: NURSE });
});

test('optional numbers that are left empty mean: nothing kept back, no notice, the whole horizon', () => {
  const { pattern } = templateForm(TODAY).parse({ ...TYPED, keptBackPercent: '', releaseMinutes: '', noticeMinutes: '', horizonDays: '', validToDay: '', validToMonth: '', validToYear: '' });
  expect(pattern).toMatchObject({ keptBackPercent: 0, releaseMinutes: 0, noticeMinutes: 0, horizonDays: 56, validTo: null });
});

test('every text that cannot be read is told at its own field, all at once', () => {
  const faults = templateFaults({
    ...{ scheduleId: '', opensMinute: 'nine', closesMinute: '', break1From: '12', break1To: '1 pm', break2To: '15:00' },
    ...{ slotMinutes: 'ten', places: '', keptBackPercent: '20 %', weekdays: '', validFromMonth: '13', validToYear: '27' },
  });
  expect(faults).toEqual({
    scheduleId: 'Choose a schedule, or a new one',
    opensMinute: 'Enter a time like 09:00 or 17:30; 24:00 is the end of the day',
    closesMinute: 'Enter when it ends',
    break1To: 'Enter a time like 09:00 or 17:30; 24:00 is the end of the day',
    break2From: 'Enter when break 2 starts',
    slotMinutes: 'Enter how many minutes a slot lasts as a whole number',
    places: 'Enter how many patients are seen at once as a whole number',
    keptBackPercent: 'Enter the share in % as a whole number',
    weekdays: 'Choose at least one day of the week',
    validFrom: 'Enter a real date with a year of 4 digits, like 24 11 2026',
    validTo: 'Enter a real date with a year of 4 digits, like 24 11 2026',
  });
});

test.each([
  ['an end before the start', { opensMinute: '17:00', closesMinute: '09:00', break1From: '', break1To: '' }, 'closesMinute'],
  ['a break outside the session', { break1From: '17:00', break1To: '18:00' }, 'breaks'],
  ['a slot length that does not divide the time before a break', { slotMinutes: '35' }, 'breaks'],
  ['a slot length that does not divide the session', { slotMinutes: '60', closesMinute: '16:30' }, 'closesMinute'],
  ['a slot length out of bounds', { slotMinutes: '4' }, 'slotMinutes'],
  ['no place', { places: '0' }, 'places'],
  ['more than everything kept back', { keptBackPercent: '101' }, 'keptBackPercent'],
  ['a release after the notice', { releaseMinutes: '10', noticeMinutes: '60' }, 'releaseMinutes'],
  ['slots that are not made yet', { horizonDays: '57' }, 'horizonDays'],
  ['a last day before the first', { validToYear: '2025' }, 'validTo'],
  ['a first day that is past', { validFromMonth: '11' }, 'validFrom'],
])('%s is refused at its field', (_what, typed, field) => {
  expect(Object.keys(templateFaults(typed))).toEqual([field]);
});

test('a length that does not divide names the rest', () => {
  expect(templateFaults({ slotMinutes: '60', closesMinute: '16:30' })['closesMinute']).toContain('30 minutes are left over');
});

test('a new schedule needs something to tell it by, and no more than 80 characters', () => {
  expect(Object.keys(templateFaults({ scheduleId: NEW_SCHEDULE }))).toEqual(['scheduleName']);
  expect(templateFaults({ scheduleId: NEW_SCHEDULE, scheduleName: 'x'.repeat(81) })).toEqual({ scheduleName: 'Enter at most 80 characters' });
});

test('a session has a date and no weekdays', () => {
  const typed = { ...sessionValues(HOURS), ...dateValues('date', TODAY), scheduleId: SCHEDULE_ID };
  expect(sessionForm(TODAY).parse(typed)).toEqual({ schedule: { id: SCHEDULE_ID, facts: null }, pattern: HOURS, date: TODAY });
  const faults = (given: Record<string, string>) => {
    const parsed = sessionForm(TODAY).safeParse({ ...typed, ...given });
    return parsed.success ? {} : fieldErrors(parsed.error);
  };
  expect(faults({ dateDay: '', dateMonth: '', dateYear: '' })).toEqual({ date: 'Enter the date of the session' });
  expect(faults({ dateDay: '23' })).toEqual({ date: 'What is past stays as it was: choose today or a later day' });
});

test('a weekly pattern ends yesterday at the earliest', () => {
  expect(endForm(TODAY).parse(dateValues('lastDate', day('2026-11-23')))).toEqual({ lastDate: '2026-11-23' });
  expect(endForm(TODAY).safeParse(dateValues('lastDate', day('2026-11-22'))).success).toBe(false);
  expect(endForm(TODAY).safeParse({}).success).toBe(false);
});
