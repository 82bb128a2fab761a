import { STATUSES } from '@/components/booking/status-words';
import { minutesBetween, clockTime, dayWords, durationWords, londonDate } from '@/lib/platform/time-words';
import type { Freshness, PatientEntry } from '@/lib/registry/schema';

/** `today 13:50`, `Tue 24 Nov 09:40`. */
export function whenOf({ startsAt }: Pick<PatientEntry, 'startsAt' | 'endsAt'>, now: Date): string {
  return instantWords(startsAt, now);
}

/** Service and place as far as they are known: `Leeds Dental Access, LS1 3EX`, `Service not stated`, `Sealed appointment`. */
export function whatOf({ serviceName, place, isSealed, isOpen }: Pick<PatientEntry, 'serviceName' | 'place' | 'isSealed' | 'isOpen'>): string {
  if (isSealed && !isOpen) return 'Sealed appointment';
  return [serviceName ?? 'Service not stated', place].filter(Boolean).join(', ');
}

/** `booked by West Yorkshire 111`, `attended`. */
export function statusOf({ status, bookedBy }: Pick<PatientEntry, 'status' | 'bookedBy'>): string {
  const words = STATUSES[status].words.toLowerCase();
  return status === 'booked' && bookedBy ? `${words} by ${bookedBy.name}` : words;
}

/** Who holds the appointment, where its service or `statusOf` do not say it: `held by Leeds Dental Trust`; empty when they do, or when it is not known. */
export function holderOf({ status, serviceName, holder, bookedBy }: Pick<PatientEntry, 'status' | 'serviceName' | 'holder' | 'bookedBy'>): string {
  if (!holder || holder.name === serviceName || (status === 'booked' && holder.code === bookedBy?.code)) return '';
  return `held by ${holder.name}`;
}

/** `live`, `confirmed 3 h ago`, `not confirmed since Sat 21 Nov 18:20`. */
export function freshnessWords(freshness: Freshness, now: Date): string {
  switch (freshness.state) {
    case 'live':
      return 'live';
    case 'confirmed':
      return agoWords(freshness.at, now);
    case 'unconfirmed':
      return `not confirmed since ${instantWords(freshness.since, now)}`;
  }
}

/** How long it is until an appointment begins: `in 20 h 10 min`, or `now` from its start on. */
export function untilWords({ startsAt }: Pick<PatientEntry, 'startsAt'>, now: Date): string {
  return startsAt > now ? `in ${durationWords(minutesBetween(now, startsAt))}` : 'now';
}

// Elapsed minutes in hours or days alone: nobody needs to know that it was 3 h 12 min ago.
function agoWords(at: Date, now: Date): string {
  const minutes = Math.max(0, minutesBetween(at, now));
  if (minutes < 1) return 'confirmed just now';
  const whole = minutes < 60 ? minutes : minutes - (minutes % 60);
  return whole < 48 * 60 ? `confirmed ${whole < 60 ? `${whole} min` : `${whole / 60} h`} ago` : `confirmed ${instantWords(at, now)}`;
}

function instantWords(instant: Date, now: Date): string {
  return `${dayWords(londonDate(instant), now)} ${clockTime(instant)}`;
}
