import { addDays } from '@/lib/platform/time';
import { clockTime, dayWords, londonDate, shortDate } from '@/lib/platform/time-words';
import { isWholeDays } from '@/lib/schedule/closure-form.schema';
import type { ClosureLine } from '@/lib/schedule/closures.queries';

type Hours = { startsAt: Date; endsAt: Date };

/** `Wed 25 Nov, all day`, `Wed 25 Nov to Fri 27 Nov`, `today 10:00 to 12:30`, `today 10:00 to Wed 25 Nov 12:30`. */
export function closureHours({ startsAt, endsAt }: Hours, now: Date): string {
  const first = londonDate(startsAt);
  if (isWholeDays({ startsAt, endsAt })) {
    const last = addDays(londonDate(endsAt), -1);
    return first === last ? `${shortDate(first, now)}, all day` : `${shortDate(first, now)} to ${shortDate(last, now)}`;
  }
  const last = londonDate(endsAt);
  const from = `${dayWords(first, now)} ${clockTime(startsAt)}`;
  return first === last ? `${from} to ${clockTime(endsAt)}` : `${from} to ${dayWords(last, now)} ${clockTime(endsAt)}`;
}

/** The services that it shuts, of others only how many. */
export function shutWords({ services, otherServices }: Pick<ClosureLine, 'services' | 'otherServices'>): string {
  const others = otherServices > 0 ? [`${otherServices} more that ${otherServices === 1 ? 'is' : 'are'} not yours`] : [];
  return [...services.map(({ name }) => name), ...others].join(', ');
}
