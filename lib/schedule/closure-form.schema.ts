import { z } from 'zod';
import { addDays, daysBetween, londonInstant, londonMinute, startOfLondonDay } from '@/lib/platform/time';
import { londonDate, type LocalDate } from '@/lib/platform/time-words';
import { dateValues, typedDate } from '@/lib/schedule/pattern-form.schema';
import { minuteWords, typedMinute } from '@/lib/schedule/typed.rules';

export const MAX_REASON = 200;
/** A longer one is a slip of the year. */
const MOST_DAYS = 366;

/** What a closure form says. Half-open `[startsAt, endsAt)`. */
export type TypedClosure = { serviceIds: string[]; startsAt: Date; endsAt: Date; reason: string };

type Typed = Record<string, string | undefined>;
type Faults = Record<string, string>;

/**
 * A closure from the flat texts of its form, every fault at its field at once: `services` (ids behind commas), `length` (`days` or `times`), the dates
 * `from` and `to` in three fields each, `fromTime` and `toTime`, `reason`. Whole days are London's, the last one included.
 */
export function closureForm(now: Date): z.ZodType<TypedClosure> {
  return z.record(z.string(), z.string()).transform((typed, context) => {
    const faults: Faults = {};
    const serviceIds = (typed['services'] ?? '').split(',').filter((id) => z.uuid().safeParse(id).success);
    if (serviceIds.length === 0) faults['services'] = 'Choose at least one service';
    const hours = typed['length'] === 'times' ? timesOf(typed, faults) : daysOf(typed, faults);
    if (hours && hours.startsAt >= hours.endsAt) faults[hours.endField] = typed['length'] === 'times' ? 'It must end after it starts' : 'The last day cannot be before the first';
    else if (hours && hours.endsAt <= now) faults[hours.endField] = 'This is over already: choose an end that is still to come';
    else if (hours && daysBetween(londonDate(hours.startsAt), londonDate(hours.endsAt)) > MOST_DAYS) faults['to'] = 'A closure lasts a year at most: check the year';
    const reason = (typed['reason'] ?? '').replace(/\s+/g, ' ').trim();
    if (!reason) faults['reason'] = 'Say why: call handlers are shown it';
    if (reason.length > MAX_REASON) faults['reason'] = `Enter at most ${MAX_REASON} characters`;
    if (hours && Object.keys(faults).length === 0) return { serviceIds, startsAt: hours.startsAt, endsAt: hours.endsAt, reason };

    for (const [field, message] of Object.entries(faults)) context.addIssue({ code: 'custom', path: [field], message });
    return z.NEVER;
  });
}

/** The fields that `closureForm` would read this closure from. */
export function closureValues({ serviceIds, startsAt, endsAt, reason }: Omit<TypedClosure, 'serviceIds'> & { serviceIds: readonly string[] }): Record<string, string> {
  const isDays = isWholeDays({ startsAt, endsAt });
  const lastDay = isDays ? addDays(londonDate(endsAt), -1) : londonDate(endsAt);
  return {
    services: serviceIds.join(','),
    length: isDays ? 'days' : 'times',
    ...dateValues('from', londonDate(startsAt)),
    ...dateValues('to', lastDay),
    ...(isDays ? {} : { fromTime: minuteWords(londonMinute(startsAt)), toTime: minuteWords(londonMinute(endsAt)) }),
    reason,
  };
}

/** Whether a closure begins and ends at midnight in London. */
export function isWholeDays({ startsAt, endsAt }: { startsAt: Date; endsAt: Date }): boolean {
  return [startsAt, endsAt].every((instant) => startOfLondonDay(londonDate(instant)).getTime() === instant.getTime());
}

type Hours = { startsAt: Date; endsAt: Date; endField: 'to' | 'toTime' };

function daysOf(typed: Typed, faults: Faults): Hours | null {
  const { from, to } = datesOf(typed, faults);
  return from && to ? { startsAt: startOfLondonDay(from), endsAt: startOfLondonDay(addDays(to, 1)), endField: 'to' } : null;
}

function timesOf(typed: Typed, faults: Faults): Hours | null {
  const { from, to } = datesOf(typed, faults);
  const startsAt = instantOf(typed, { name: 'fromTime', date: from, missing: 'Enter the time that it starts' }, faults);
  const endsAt = instantOf(typed, { name: 'toTime', date: to, missing: 'Enter the time that it ends' }, faults);
  return startsAt && endsAt ? { startsAt, endsAt, endField: 'toTime' } : null;
}

function datesOf(typed: Typed, faults: Faults): { from: LocalDate | null; to: LocalDate | null } {
  const from = typedDate(typed, { name: 'from', missing: 'Enter the first day' });
  const to = typedDate(typed, { name: 'to', missing: 'Enter the last day' });
  Object.assign(faults, from.faults, to.faults);
  return { from: from.value, to: to.value };
}

function instantOf(typed: Typed, { name, date, missing }: { name: 'fromTime' | 'toTime'; date: LocalDate | null; missing: string }, faults: Faults): Date | null {
  const text = (typed[name] ?? '').trim();
  const minute = typedMinute(text);
  if (minute === null) faults[name] = text === '' ? missing : 'Enter a time like 09:00 or 17:30; 24:00 is the end of the day';
  if (minute === null || !date) return null;
  const instant = londonInstant(date, minute);
  if (!instant) faults[name] = 'That time does not exist that night: the clocks go forward from 01:00 to 02:00';
  return instant;
}
