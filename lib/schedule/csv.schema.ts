import { z } from 'zod';
import type { CsvRecord } from '@/lib/platform/csv';
import type { CsvFault } from '@/lib/platform/errors';
import { DAY_MINUTES, localDateFrom, parseLocalDate, type MinuteOfDay } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';
import { checkTemplate } from '@/lib/schedule/pattern.rules';
import { HORIZON_DAYS, templatePattern, type Break, type ScheduleFacts, type TemplatePattern } from '@/lib/schedule/schema';
import { minuteWords, typedMinute, typedNumber } from '@/lib/schedule/typed.rules';

/** The columns of a file of weekly patterns, in the order in which they are exported. */
export const PATTERN_COLUMNS = [
  ...(['service_dos_id', 'schedule', 'channel', 'practitioner_role', 'practitioner_name', 'practitioner_gender'] as const),
  ...(['weekdays', 'from', 'to', 'breaks', 'slot_minutes', 'places', 'kept_back_percent', 'release_minutes', 'notice_minutes'] as const),
  ...(['horizon_days', 'works_holidays', 'valid_from', 'valid_to'] as const),
] as const;
export type PatternColumn = (typeof PATTERN_COLUMNS)[number];

/** Those that every file of patterns must have. */
export const NEEDED_PATTERN_COLUMNS: readonly PatternColumn[] = ['service_dos_id', 'weekdays', 'from', 'to', 'slot_minutes', 'places', 'valid_from'];

/** The most patterns of one file: as many as one change may hold. */
export const MAX_PATTERN_ROWS = 500;

/** One row of a file of patterns with what is wrong in it. `isRead`: every cell says something, though what they say may still be wrong. */
export type PatternRow = { row: number; dosId: string; facts: ScheduleFacts; pattern: TemplatePattern; isRead: boolean; faults: readonly CsvFault[] };

/** Reads one row; every fault of it at its column, in words. Empty cells of columns that may be left out take the usual: nothing kept back, no notice, 56 days, no bank holidays. */
export function readPatternRow(record: CsvRecord): PatternRow {
  const faults: CsvFault[] = [];
  const { cell, number } = readers(record, faults);
  const pattern: TemplatePattern = {
    weekdays: cell('weekdays', weekdays, [1]),
    opensMinute: cell('from', time, 0),
    closesMinute: cell('to', time, DAY_MINUTES),
    breaks: cell('breaks', breaks, []),
    slotMinutes: number('slot_minutes', 10),
    places: number('places', 1),
    keptBackPercent: number('kept_back_percent', 0, 0),
    releaseMinutes: number('release_minutes', 0, 0),
    noticeMinutes: number('notice_minutes', 0, 0),
    horizonDays: number('horizon_days', HORIZON_DAYS, HORIZON_DAYS),
    worksHolidays: cell('works_holidays', yesOrNo, false),
    validFrom: cell('valid_from', date, SOME_DAY),
    validTo: cell('valid_to', z.union([z.literal('').transform(() => null), date], 'Enter a date such as 2026-11-24, or nothing'), null),
  };
  const facts: ScheduleFacts = {
    name: cell('schedule', stated, null),
    channel: cell('channel', channel, null),
    practitionerRole: cell('practitioner_role', stated, null),
    practitionerName: cell('practitioner_name', stated, null),
    practitionerGender: cell('practitioner_gender', stated, null),
  };
  const dosId = cell('service_dos_id', dosIdCell, '');
  return { row: record.row, dosId, facts, pattern, isRead: faults.length === 0, faults: [...faults, ...patternFaults(record.row, pattern, faults)] };
}

/** The cells of a pattern in the order of `PATTERN_COLUMNS`: read again, they are the same pattern. */
export function patternCells({ dosId, facts, pattern }: Pick<PatternRow, 'dosId' | 'facts' | 'pattern'>): string[] {
  const cells: Record<PatternColumn, string> = {
    service_dos_id: dosId,
    weekdays: [...pattern.weekdays].sort((one, other) => one - other).map((day) => WEEKDAYS[day - 1]).join(';'),
    from: minuteWords(pattern.opensMinute),
    to: minuteWords(pattern.closesMinute),
    slot_minutes: String(pattern.slotMinutes),
    places: String(pattern.places),
    valid_from: pattern.validFrom,
    schedule: facts.name ?? '',
    channel: facts.channel ?? '',
    practitioner_role: facts.practitionerRole ?? '',
    practitioner_name: facts.practitionerName ?? '',
    practitioner_gender: facts.practitionerGender ?? '',
    breaks: pattern.breaks.map(({ fromMinute, toMinute }) => `${minuteWords(fromMinute)}-${minuteWords(toMinute)}`).join(';'),
    kept_back_percent: String(pattern.keptBackPercent),
    release_minutes: String(pattern.releaseMinutes),
    notice_minutes: String(pattern.noticeMinutes),
    horizon_days: String(pattern.horizonDays),
    works_holidays: pattern.worksHolidays ? 'yes' : 'no',
    valid_to: pattern.validTo ?? '',
  };
  return PATTERN_COLUMNS.map((column) => cells[column]);
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

// Stands in for a date that could not be read, so that the other columns can still be judged.
const SOME_DAY = '2000-01-01' as LocalDate;

const COLUMN_OF: Partial<Record<string, PatternColumn>> = {
  weekdays: 'weekdays',
  opensMinute: 'from',
  closesMinute: 'to',
  breaks: 'breaks',
  slotMinutes: 'slot_minutes',
  places: 'places',
  keptBackPercent: 'kept_back_percent',
  releaseMinutes: 'release_minutes',
  noticeMinutes: 'notice_minutes',
  horizonDays: 'horizon_days',
  validFrom: 'valid_from',
  validTo: 'valid_to',
};

/** What is judged together: one of them that could not be read would make the others look wrong. */
const TOGETHER: readonly (string | null)[] = ['from', 'to', 'breaks', 'slot_minutes', 'release_minutes', 'notice_minutes', 'valid_from', 'valid_to'];

/** What is wrong with numbers and between columns, besides what was already found. */
function patternFaults(row: number, pattern: TemplatePattern, found: readonly CsvFault[]): CsvFault[] {
  const alone = templatePattern.safeParse(pattern).error?.issues ?? [];
  const faults = alone.map(({ path: [field], message }) => ({ row, column: COLUMN_OF[String(field)] ?? null, message }));
  if ([...found, ...faults].some(({ column }) => TOGETHER.includes(column))) return faults;
  const between = Object.entries(checkTemplate(pattern)).map(([field, message]) => ({ row, column: COLUMN_OF[field.split('.')[0] ?? ''] ?? null, message }));
  return [...faults, ...between];
}

/** Each reads one cell, or notes what is wrong with it and goes on with `instead`. */
function readers({ row, cells }: CsvRecord, faults: CsvFault[]) {
  function cell<Value>(column: PatternColumn, schema: z.ZodType<Value>, instead: Value): Value {
    const read = schema.safeParse(cells[column] ?? '');
    if (read.success) return read.data;
    faults.push({ row, column, message: read.error.issues[0]?.message ?? 'This cannot be read' });
    return instead;
  }
  function number(column: PatternColumn, instead: number, usual?: number): number {
    return usual !== undefined && !cells[column] ? usual : cell(column, whole, instead);
  }
  return { cell, number };
}

const whole = z.string().transform((text, ctx) => typedNumber(text) ?? fault(ctx, text ? 'Enter a whole number' : 'Enter a number'));
const stated = z.string().max(80, 'Enter at most 80 characters').transform((text) => text || null);
// Spreadsheets turn long numbers into 9.99E+11, and the digits are lost.
const dosIdCell = z.string().min(1, 'Enter the DoS id of the service').refine((text) => !/^\d+([.,]\d+)?E\+?\d+$/i.test(text), 'A spreadsheet has shortened this number: enter the whole DoS id, as text');

const channel = z
  .string()
  .transform((text) => text.toLowerCase().replace(/\s+/g, '-') || null)
  .pipe(z.enum(['in-person', 'telephone', 'video'], 'Enter in-person, telephone or video, or nothing').nullable());

const yesOrNo = z
  .string()
  .toLowerCase()
  .pipe(z.enum(['yes', 'no', 'true', 'false', ''], 'Enter yes or no'))
  .transform((text) => text === 'yes' || text === 'true');

const time = z.string().transform((text, ctx) => minuteOf(text) ?? fault(ctx, text ? 'Enter a time such as 09:00' : 'Enter a time'));

const date = z.string().transform((text, ctx) => dateOf(text) ?? fault(ctx, text ? 'Enter a date that exists, such as 2026-11-24' : 'Enter a date'));

const weekdays = z.string().transform((text, ctx) => {
  const days = partsOf(text).map((part) => WEEKDAYS.findIndex((name) => part.slice(0, 3).toLowerCase() === name.toLowerCase()) + 1);
  if (days.length > 0 && days.every((day) => day > 0)) return [...new Set(days)].sort((one, other) => one - other);
  return fault(ctx, 'Enter days such as Mon;Tue;Fri');
});

const breaks = z.string().transform((text, ctx): readonly Break[] => {
  const read = partsOf(text).flatMap((part) => {
    const [fromMinute, toMinute, ...rest] = part.split(/[-–]/).map((end) => minuteOf(end.trim()));
    return typeof fromMinute === 'number' && typeof toMinute === 'number' && rest.length === 0 ? [{ fromMinute, toMinute }] : [];
  });
  return read.length === partsOf(text).length ? read : fault(ctx, 'Enter breaks such as 12:00-12:30;15:00-15:10, or nothing');
});

function fault(ctx: z.RefinementCtx, message: string): never {
  ctx.addIssue({ code: 'custom', message });
  return z.NEVER;
}

function partsOf(text: string): string[] {
  return text.split(/[;,]/).map((part) => part.trim()).filter(Boolean);
}

// Some spreadsheets add the seconds.
function minuteOf(text: string): MinuteOfDay | null {
  return typedMinute(text.replace(/^(\d{1,2}:\d{2}):00$/, '$1'));
}

// As it is exported, or as a spreadsheet in Britain writes it.
function dateOf(text: string): LocalDate | null {
  const [, day, month, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
  return day ? localDateFrom(Number(year), Number(month), Number(day)) : parseLocalDate(text);
}
