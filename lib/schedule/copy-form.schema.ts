import { z } from 'zod';
import { addDays, daysBetween, weekday } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';
import { mondayOf } from '@/lib/schedule/calendar.rules';
import { dateValues, typedDate } from '@/lib/schedule/pattern-form.schema';
import { typedNumber } from '@/lib/schedule/typed.rules';

/** The sessions of `from` again on `to`. */
export type CopiedDay = { from: LocalDate; to: LocalDate };

const MOST_DAYS = 62;
const MOST_WEEKS = 8;
const WEEK = 7;
const PAST = 'What is past stays as it was: choose today or a later day';

type Typed = Record<string, string>;
type Faults = Record<string, string>;

/**
 * Which day goes where, from the flat texts of the form; `what` says whether a day or a week is copied, `today` is the date in London.
 * A day goes to every day of a stretch, or to those of the weekdays chosen, never to itself; a week to up to 8 weeks in a row, Monday to
 * Sunday, without days that are past. At least one, and at most 62 days.
 */
export function copyForm(today: LocalDate): z.ZodType<CopiedDay[]> {
  return z.record(z.string(), z.string()).transform((typed, context) => {
    const faults: Faults = {};
    const days = typed['what'] === 'week' ? weekPairs(typed, { today, faults }) : dayPairs(typed, { today, faults });
    if (Object.keys(faults).length === 0) return days;
    for (const [field, message] of Object.entries(faults)) context.addIssue({ code: 'custom', path: [field], message });
    return z.NEVER;
  });
}

/** The fields that `copyForm` would read these days from, with `what` they are. */
export function copyValues(days: readonly CopiedDay[]): Record<string, string> {
  const sources = days.map(({ from }) => from).sort();
  const targets = days.map(({ to }) => to).sort();
  const [from = null, first = null, last = null] = [sources[0], targets[0], targets.at(-1)];
  if (!from || !first || !last || from === sources.at(-1)) {
    const weekdays = [...new Set(targets.map(weekday))].join(',');
    return { what: 'day', ...dateValues('from', from), ...dateValues('first', first), ...dateValues('last', last), weekdays };
  }
  const weeks = Math.ceil((daysBetween(mondayOf(first), last) + 1) / WEEK);
  return { what: 'week', ...dateValues('from', from), ...dateValues('first', first), weeks: String(weeks) };
}

function dayPairs(typed: Typed, { today, faults }: { today: LocalDate; faults: Faults }): CopiedDay[] {
  const from = dateIn(typed, { name: 'from', missing: 'Enter the day to copy', faults });
  const first = dateIn(typed, { name: 'first', missing: 'Enter the first day to copy it to', faults });
  const isOneDay = ['lastDay', 'lastMonth', 'lastYear'].every((name) => !typed[name]?.trim());
  const last = isOneDay ? first : dateIn(typed, { name: 'last', missing: 'Enter the last day', faults });
  if (first && first < today) faults['first'] = PAST;
  if (!from || !first || !last) return [];
  if (last < first) faults['last'] = 'The last day is before the first';
  const weekdays = (typed['weekdays'] ?? '').split(',').filter(Boolean).map(Number);
  const days: CopiedDay[] = [];
  for (let to = first; to <= last && days.length <= MOST_DAYS; to = addDays(to, 1)) {
    if (to !== from && (weekdays.length === 0 || weekdays.includes(weekday(to)))) days.push({ from, to });
  }
  if (days.length > MOST_DAYS) faults['last'] ??= `Copy to at most ${MOST_DAYS} days at once`;
  else if (days.length === 0 && last >= first) faults['first'] ??= 'No other day is among these: choose other dates or days of the week';
  return days;
}

function weekPairs(typed: Typed, { today, faults }: { today: LocalDate; faults: Faults }): CopiedDay[] {
  const from = dateIn(typed, { name: 'from', missing: 'Enter a day of the week to copy', faults });
  const first = dateIn(typed, { name: 'first', missing: 'Enter a day of the week to copy it to', faults });
  const weeks = typedNumber(typed['weeks'] ?? '');
  if (!weeks || weeks > MOST_WEEKS) faults['weeks'] = `Enter 1 to ${MOST_WEEKS} weeks`;
  if (!from || !first || !weeks || weeks > MOST_WEEKS) return [];
  const [monday, target] = [mondayOf(from), mondayOf(first)];
  const days = Array.from({ length: weeks * WEEK }, (_, index) => ({ from: addDays(monday, index % WEEK), to: addDays(target, index) })).filter(({ to }) => to >= today);
  if (days.some(({ from: source, to }) => source === to)) faults['first'] = 'That is the same week: choose another';
  else if (days.length === 0) faults['first'] = PAST;
  return days;
}

function dateIn(typed: Typed, { name, missing, faults }: { name: string; missing: string; faults: Faults }): LocalDate | null {
  const read = typedDate(typed, { name, missing });
  Object.assign(faults, read.faults);
  return read.value;
}
