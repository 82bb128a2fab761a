import { expect, test } from 'vitest';
import { parseLocalDate } from '@/lib/platform/time';
import { planPatterns, type ServicePatterns } from '@/lib/schedule/csv.rules';
import { PATTERN_COLUMNS, patternCells, readPatternRow, type PatternColumn } from '@/lib/schedule/csv.schema';
import type { ScheduleFacts, TemplateNow } from '@/lib/schedule/schema';

const TODAY = parseLocalDate('2026-11-24') ?? expect.fail();
const FACTS: ScheduleFacts = { name: 'Minor injuries', channel: 'in-person', practitionerRole: 'Nurse practitioner', practitionerName: null, practitionerGender: null };
const MORNINGS: TemplateNow = {
  ...{ id: 'mornings', scheduleId: 'injuries', version: 1, weekdays: [1, 2, 3], opensMinute: 540, closesMinute: 720, breaks: [{ fromMinute: 600, toMinute: 615 }], slotMinutes: 15, places: 2 },
  ...{ keptBackPercent: 25, releaseMinutes: 60, noticeMinutes: 30, horizonDays: 28, worksHolidays: true, validFrom: TODAY, validTo: null },
};
const SERVICE: ServicePatterns = { serviceId: 'leeds', dosId: '2000081434', odsCode: 'RR8', schedules: [{ id: 'injuries', facts: FACTS, templates: [MORNINGS] }] };

function row(over: Partial<Record<PatternColumn, string>> = {}) {
  const cells = patternCells({ dosId: SERVICE.dosId, facts: FACTS, pattern: MORNINGS });
  return { ...Object.fromEntries(PATTERN_COLUMNS.map((column, index) => [column, cells[index] ?? ''])), ...over };
}

function plan(rows: Record<string, string>[], services: readonly ServicePatterns[] = [SERVICE]) {
  let minted = 0;
  return planPatterns(rows.map((cells, index) => readPatternRow({ row: index + 2, cells })), { services, today: TODAY, mint: () => `new ${(minted += 1)}` });
}

function faultsOf(...rows: Record<string, string>[]): string[] {
  const outcome = plan(rows);
  return outcome.ok ? [] : outcome.error.map(({ row: number, column, message }) => `Row ${number}, ${column}: ${message}`);
}

test('a pattern as it is exported changes nothing', () => {
  expect(plan([row()])).toEqual({ ok: true, value: { edits: [], same: 1 } });
});

test('two schedules that are the same in everything are still two', () => {
  const twins = [SERVICE.schedules[0], { id: 'twin', facts: FACTS, templates: [{ ...MORNINGS, id: 'other', scheduleId: 'twin' }] }].flatMap((schedule) => schedule ?? []);
  expect(plan([row(), row()], [{ ...SERVICE, schedules: twins }])).toEqual({ ok: true, value: { edits: [], same: 2 } });
});

test('an old pattern that would not be let in today is no fault while it stays as it is', () => {
  const uneven = { ...MORNINGS, closesMinute: 725 };
  const services = [{ ...SERVICE, schedules: [{ id: 'injuries', facts: FACTS, templates: [uneven] }] }];
  expect(plan([row({ to: '12:05' })], services)).toEqual({ ok: true, value: { edits: [], same: 1 } });
});

test('a row that crosses a pattern of its schedule changes that one, from today on', () => {
  const outcome = plan([row({ to: '13:00', places: '3' })]);
  expect(outcome.ok && outcome.value.edits).toEqual([
    expect.objectContaining({ kind: 'set-template', serviceId: 'leeds', templateId: 'mornings', schedule: { id: 'injuries', facts: null }, from: '2026-11-24' }),
  ]);
});

test('a row at other hours is a new pattern of the schedule, from its first day on', () => {
  const outcome = plan([row(), row({ from: '13:00', to: '17:00', breaks: '', valid_from: '01/12/2026' })]);
  expect(outcome.ok && outcome.value).toMatchObject({ same: 1, edits: [{ templateId: 'new 1', schedule: { id: 'injuries', facts: null }, from: '2026-12-01' }] });
});

test('rows of a name that the service does not have make one new schedule', () => {
  const outcome = plan([row({ schedule: 'Eyes', to: '12:00' }), row({ schedule: 'Eyes', from: '13:00', to: '14:00', breaks: '' })]);
  expect(outcome.ok && outcome.value.edits.map((edit) => edit.kind === 'set-template' && edit.schedule)).toEqual([
    { id: 'new 1', facts: { ...FACTS, name: 'Eyes' } },
    { id: 'new 1', facts: { ...FACTS, name: 'Eyes' } },
  ]);
});

test('another practitioner of a named schedule changes the schedule itself', () => {
  const outcome = plan([row({ practitioner_name: 'Ewa Testperson' })]);
  expect(outcome.ok && outcome.value.edits).toMatchObject([{ templateId: 'mornings', schedule: { id: 'injuries', facts: { practitionerName: 'Ewa Testperson' } } }]);
});

test.each<[string, Partial<Record<PatternColumn, string>>]>([
  ['service_dos_id: You run no service with this DoS id', { service_dos_id: '999' }],
  ['service_dos_id: Enter the DoS id of the service', { service_dos_id: '' }],
  ['service_dos_id: A spreadsheet has shortened this number: enter the whole DoS id, as text', { service_dos_id: '2.0E+09' }],
  ['channel: Enter in-person, telephone or video, or nothing', { channel: 'fax' }],
  ['weekdays: Enter days such as Mon;Tue;Fri', { weekdays: 'Mon;Xyz' }],
  ['weekdays: Enter days such as Mon;Tue;Fri', { weekdays: '' }],
  ['from: Enter a time such as 09:00', { from: 'nine' }],
  ['to: Enter a time', { to: '' }],
  ['breaks: Enter breaks such as 12:00-12:30;15:00-15:10, or nothing', { breaks: '10:00' }],
  ['slot_minutes: Slots last 5 to 120 minutes', { slot_minutes: '4' }],
  ['places: Enter at least 1 place', { places: '0' }],
  ['places: Enter a whole number', { places: 'two' }],
  ['places: Enter a number', { places: '' }],
  ['kept_back_percent: Enter a share from 0 to 100 %', { kept_back_percent: '101' }],
  ['horizon_days: Slots are made 56 days ahead: enter at most that', { horizon_days: '57' }],
  ['works_holidays: Enter yes or no', { works_holidays: 'perhaps' }],
  ['valid_from: Enter a date that exists, such as 2026-11-24', { valid_from: '2026-02-30' }],
  ['valid_to: Enter a date such as 2026-11-24, or nothing', { valid_to: 'never' }],
  ['valid_to: The last day must not be before the first', { valid_to: '2026-11-23' }],
])('a fault of one cell is named with its row and column: %s', (fault, cells) => {
  expect(faultsOf(row(cells))).toEqual([`Row 2, ${fault}`]);
});

test('every fault of a row and of the file is named at once', () => {
  expect(faultsOf(row({ weekdays: 'x', places: '0', from: '13:00' }), row({ service_dos_id: '999' }))).toEqual([
    'Row 2, weekdays: Enter days such as Mon;Tue;Fri',
    'Row 2, places: Enter at least 1 place',
    'Row 2, to: The end must be after the start',
    'Row 3, service_dos_id: You run no service with this DoS id',
  ]);
});

test('rows of one schedule that cross are a fault, and so is one that crosses a pattern that is not in the file', () => {
  expect(faultsOf(row({ to: '12:00', places: '3' }), row({ from: '11:00', to: '13:00', breaks: '' }))).toEqual(['Row 3, from: It crosses row 2, of the same schedule']);
  const afternoons = { ...MORNINGS, id: 'afternoons', opensMinute: 780, closesMinute: 1020, breaks: [] };
  const outcome = plan([row({ to: '14:00' })], [{ ...SERVICE, schedules: [{ id: 'injuries', facts: FACTS, templates: [MORNINGS, afternoons] }] }]);
  expect(!outcome.ok && outcome.error).toEqual([{ row: 2, column: 'from', message: 'It crosses the pattern from 13:00 to 17:00 of the same schedule, which is not in the file' }]);
});

test('one practitioner in two schedules at once is a fault', () => {
  const ewa = { practitioner_name: 'Ewa Testperson' };
  expect(faultsOf(row({ schedule: 'Eyes', ...ewa }), row({ schedule: 'Ears', practitioner_name: 'ewa testperson' }))).toEqual([
    'Row 3, practitioner_name: The same person is in row 2 then: nobody can be in two places',
  ]);
});

test('rows of one schedule with another channel are a fault', () => {
  expect(faultsOf(row({ schedule: 'Eyes' }), row({ schedule: 'Eyes', channel: 'video', from: '13:00', to: '14:00', breaks: '' }))).toEqual([
    'Row 3, schedule: Row 2 has the same schedule with another channel or practitioner',
  ]);
});
