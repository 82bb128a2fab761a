import { addMinutes } from '@/lib/platform/time';

/** The longest that somebody is on duty at a stretch, and what is suggested. */
const MOST_DUTY_HOURS = 14;
const USUAL_DUTY_HOURS = 8;

const HOUR_MINUTES = 60;
const HOUR_MS = HOUR_MINUTES * 60_000;

/** The whole hours at which a duty that begins now may end: the next 14. */
export function dutyEnds(now: Date): Date[] {
  return Array.from({ length: MOST_DUTY_HOURS }, (_, index) => fullHour(now, index + 1));
}

/** The end that is suggested: about eight hours from now, at the full hour. */
export function usualDutyEnd(now: Date): Date {
  return fullHour(now, USUAL_DUTY_HOURS);
}

/** Whether a duty may end then: later than now, and at most 14 hours away. */
export function isDutyEnd(until: Date, now: Date): boolean {
  return until > now && until <= addMinutes(now, MOST_DUTY_HOURS * HOUR_MINUTES);
}

// London is whole hours away from UTC.
function fullHour(now: Date, hours: number): Date {
  return addMinutes(new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS), hours * HOUR_MINUTES);
}
