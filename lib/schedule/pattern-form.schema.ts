import { z } from 'zod';
import { addDays, localDateFrom, type MinuteOfDay } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';
import { checkPattern, checkTemplate } from '@/lib/schedule/pattern.rules';
import { HORIZON_DAYS, scheduleFacts, sessionPattern, templatePattern, type ScheduleFacts, type SessionPattern, type TemplatePattern } from '@/lib/schedule/schema';
import { minuteWords, typedMinute, typedNumber } from '@/lib/schedule/typed.rules';

/** So many rows for breaks has a form, unless there are more breaks already. */
export const BREAK_ROWS = 3;
const MOST_BREAKS = 10;
/** What the choice of schedule says for one that is still to be made. */
export const NEW_SCHEDULE = 'new';

/** The schedule that was chosen, with what it is from now on if that was typed; without an id a new one. */
export type TypedSchedule = { id: string; facts: ScheduleFacts | null } | { id: null; facts: ScheduleFacts };
export type TypedTemplate = { schedule: TypedSchedule; pattern: TemplatePattern };
export type TypedSession = { schedule: TypedSchedule; pattern: SessionPattern; date: LocalDate };

type Typed = Record<string, string | undefined>;
type Faults = Record<string, string>;
/** What a part of a form says, with what could not be read of it by field name. */
type Read<Value> = { value: Value; faults: Faults };

const A_DATE = 'a real date with a year of 4 digits, like 24 11 2026';

/**
 * A weekly pattern from the flat texts of its form, every fault at its field at once; `today` is the date in London, before which
 * nothing is changed. Fields have the names of `TemplatePattern`; breaks are `break1From`, `break1To`, `break2From` …
 * with faults between them at `breaks`, dates three fields each.
 */
export function templateForm(today: LocalDate): z.ZodType<TypedTemplate> {
  return z.record(z.string(), z.string()).transform((typed, context) => {
    const schedule = scheduleOf(typed);
    const read = weeklyOf(typed);
    const parsed = templatePattern.safeParse(read.value);
    const faults = { ...schedule.faults, ...read.faults };
    if (parsed.success) add(faults, { ...notBefore(today, { validFrom: parsed.data.validFrom }), ...checkTemplate(parsed.data) });
    else add(faults, faultsOf(parsed.error));
    if (parsed.success && schedule.value && Object.keys(faults).length === 0) return { schedule: schedule.value, pattern: parsed.data };
    return failed(context, faults);
  });
}

/** One session from the same fields without days of the week, and with the date of its day. */
export function sessionForm(today: LocalDate): z.ZodType<TypedSession> {
  return z.record(z.string(), z.string()).transform((typed, context) => {
    const schedule = scheduleOf(typed);
    const read = hoursOf(typed);
    const { value: date, faults: dateFaults } = typedDate(typed, { name: 'date', missing: 'Enter the date of the session' });
    const parsed = sessionPattern.safeParse(read.value);
    const faults = { ...schedule.faults, ...dateFaults, ...read.faults };
    add(faults, parsed.success ? checkPattern(parsed.data) : faultsOf(parsed.error));
    if (date) add(faults, notBefore(today, { date }));
    if (parsed.success && date && schedule.value && Object.keys(faults).length === 0) return { schedule: schedule.value, pattern: parsed.data, date };
    return failed(context, faults);
  });
}

/** The last day of a weekly pattern: yesterday ends it at once, and nothing earlier is changed. */
export function endForm(today: LocalDate): z.ZodType<{ lastDate: LocalDate }> {
  return z.record(z.string(), z.string()).transform((typed, context) => {
    const { value: lastDate, faults } = typedDate(typed, { name: 'lastDate', missing: 'Enter the last day that it has sessions' });
    if (lastDate && lastDate >= addDays(today, -1)) return { lastDate };
    return failed(context, lastDate ? { lastDate: 'What is past stays as it was: choose yesterday, today or a later day' } : faults);
  });
}

/** A date from the fields `${name}Day`, `${name}Month` and `${name}Year`; null with the fault `missing` at `name` when all are empty. */
export function typedDate(typed: Typed, { name, missing }: { name: string; missing: string }): Read<LocalDate | null> {
  const [day, month, year] = ['Day', 'Month', 'Year'].map((part) => (typed[name + part] ?? '').trim());
  if (!day && !month && !year) return { value: null, faults: { [name]: missing } };
  const isWritten = /^\d{1,2}$/.test(day ?? '') && /^\d{1,2}$/.test(month ?? '') && /^\d{4}$/.test(year ?? '');
  const value = isWritten ? localDateFrom(Number(year), Number(month), Number(day)) : null;
  return { value, faults: value ? {} : { [name]: `Enter ${A_DATE}` } };
}

/** The fields of a date. */
export function dateValues(name: string, date: LocalDate | null): Record<string, string> {
  const [year = '', month = '', day = ''] = date?.split('-') ?? [];
  return { [`${name}Day`]: day && String(Number(day)), [`${name}Month`]: month && String(Number(month)), [`${name}Year`]: year };
}

/** The fields that `templateForm` would read this weekly pattern from. */
export function templateValues(pattern: TemplatePattern): Record<string, string> {
  return {
    ...sessionValues(pattern),
    ...dateValues('validFrom', pattern.validFrom),
    ...dateValues('validTo', pattern.validTo),
    weekdays: pattern.weekdays.join(','),
    worksHolidays: pattern.worksHolidays ? 'yes' : '',
  };
}

/** The fields that `sessionForm` would read this pattern from. */
export function sessionValues(pattern: SessionPattern): Record<string, string> {
  const breaks = pattern.breaks.flatMap(({ fromMinute, toMinute }, row) => [
    [`break${row + 1}From`, minuteWords(fromMinute)] as const,
    [`break${row + 1}To`, minuteWords(toMinute)] as const,
  ]);
  const { slotMinutes, places, keptBackPercent, releaseMinutes, noticeMinutes, horizonDays } = pattern;
  const numbers = Object.entries({ slotMinutes, places, keptBackPercent, releaseMinutes, noticeMinutes, horizonDays });
  return {
    opensMinute: minuteWords(pattern.opensMinute),
    closesMinute: minuteWords(pattern.closesMinute),
    ...Object.fromEntries(breaks),
    ...Object.fromEntries(numbers.map(([name, number]) => [name, String(number)])),
  };
}

/** The fields of what a schedule is. */
export function factsValues({ name, channel, practitionerRole, practitionerName, practitionerGender }: ScheduleFacts): Record<string, string> {
  return {
    scheduleName: name ?? '',
    channel: channel ?? '',
    practitionerRole: practitionerRole ?? '',
    practitionerName: practitionerName ?? '',
    practitionerGender: practitionerGender ?? '',
  };
}

function scheduleOf(typed: Typed): Read<TypedSchedule | null> {
  const chosen = typed['scheduleId'] ?? '';
  const id = z.uuid().safeParse(chosen);
  if (chosen !== NEW_SCHEDULE && !id.success) return { value: null, faults: { scheduleId: 'Choose a schedule, or a new one' } };
  // The fields of a new one are sent, too, while another is chosen: they only count for it, and where a form has them for its one schedule.
  if (id.success && typed['hasFacts'] !== 'yes') return { value: { id: id.data, facts: null }, faults: {} };
  const { value: facts, faults } = factsOf(typed);
  return { value: facts && { id: id.data ?? null, facts }, faults };
}

function factsOf(typed: Typed): Read<ScheduleFacts | null> {
  const text = (field: string) => (typed[field] ?? '').trim();
  const [name, practitionerRole, practitionerName] = [text('scheduleName'), text('practitionerRole'), text('practitionerName')];
  const facts = scheduleFacts.safeParse({ name, channel: text('channel') || null, practitionerRole, practitionerName, practitionerGender: text('practitionerGender') });
  if (!facts.success) {
    const { name: nameFault, ...faults } = faultsOf(facts.error);
    return { value: null, faults: nameFault ? { scheduleName: nameFault, ...faults } : faults };
  }
  if (!name && !practitionerRole && !practitionerName) return { value: null, faults: { scheduleName: 'Enter a name, a role or who it is, to tell this schedule from the others' } };
  return { value: facts.data, faults: {} };
}

function weeklyOf(typed: Typed): Read<object> {
  const hours = hoursOf(typed);
  const validFrom = typedDate(typed, { name: 'validFrom', missing: 'Enter the first day' });
  const validTo = typedDate(typed, { name: 'validTo', missing: '' });
  const weekdays = (typed['weekdays'] ?? '').split(',').filter(Boolean).map(Number);
  return {
    value: { ...hours.value, weekdays, worksHolidays: typed['worksHolidays'] === 'yes', validFrom: validFrom.value, validTo: validTo.value },
    // An empty last day is no fault: it goes on without end.
    faults: { ...hours.faults, ...validFrom.faults, ...Object.fromEntries(Object.entries(validTo.faults).filter(([, fault]) => fault !== '')) },
  };
}

function hoursOf(typed: Typed): Read<object> {
  const faults: Faults = {};
  const time = (name: string, missing: string) => {
    const minute = typedMinute(typed[name] ?? '');
    if (minute === null) faults[name] = timeFault(typed[name], missing);
    return minute;
  };
  const number = (name: string, whenEmpty: number | null, what: string) => {
    const text = (typed[name] ?? '').trim();
    const read = text === '' ? whenEmpty : typedNumber(text);
    if (read === null) faults[name] = `Enter ${what} as a whole number`;
    return read;
  };
  const value = {
    opensMinute: time('opensMinute', 'Enter when it starts'),
    closesMinute: time('closesMinute', 'Enter when it ends'),
    breaks: breaksOf(typed, faults),
    slotMinutes: number('slotMinutes', null, 'how many minutes a slot lasts'),
    places: number('places', null, 'how many patients are seen at once'),
    keptBackPercent: number('keptBackPercent', 0, 'the share in %'),
    releaseMinutes: number('releaseMinutes', 0, 'the minutes before the start'),
    noticeMinutes: number('noticeMinutes', 0, 'the minutes of notice'),
    horizonDays: number('horizonDays', HORIZON_DAYS, 'the days ahead'),
  };
  return { value, faults };
}

function breaksOf(typed: Typed, faults: Faults): { fromMinute: MinuteOfDay; toMinute: MinuteOfDay }[] {
  return Array.from({ length: MOST_BREAKS }, (_, row) => row + 1).flatMap((row) => {
    const [from = '', to = ''] = [typed[`break${row}From`]?.trim(), typed[`break${row}To`]?.trim()];
    if (from === '' && to === '') return [];
    const [fromMinute, toMinute] = [typedMinute(from), typedMinute(to)];
    if (fromMinute === null) faults[`break${row}From`] = timeFault(from, `Enter when break ${row} starts`);
    if (toMinute === null) faults[`break${row}To`] = timeFault(to, `Enter when break ${row} ends`);
    return fromMinute === null || toMinute === null ? [] : [{ fromMinute, toMinute }];
  });
}

function timeFault(typed: string | undefined, missing: string): string {
  return (typed ?? '').trim() === '' ? missing : 'Enter a time like 09:00 or 17:30; 24:00 is the end of the day';
}

function notBefore(today: LocalDate, dates: Record<string, LocalDate>): Faults {
  const past = Object.entries(dates).filter(([, date]) => date < today);
  return Object.fromEntries(past.map(([name]) => [name, 'What is past stays as it was: choose today or a later day']));
}

function faultsOf(error: z.ZodError): Faults {
  return Object.fromEntries(error.issues.toReversed().map(({ path, message }) => [String(path[0]), message]));
}

/** Adds faults at fields that have none yet. */
function add(faults: Faults, more: Faults): void {
  for (const [field, fault] of Object.entries(more)) faults[field] ??= fault;
}

function failed(context: z.core.$RefinementCtx, faults: Faults): never {
  for (const [field, message] of Object.entries(faults)) context.addIssue({ code: 'custom', path: [field], message });
  return z.NEVER;
}
