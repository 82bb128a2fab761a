import type { AppliedCounts, DayOfPlan } from '@/lib/booking/proposal.schema';
import { weekday } from '@/lib/platform/time';
import { shortDate } from '@/lib/platform/time-words';

const WEEKDAYS = ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'] as const;

/** What a plan does, in one sentence: `48 slots are added on 8 Mondays, 12 removed; 3 patients are affected.` */
export function planWords(days: readonly DayOfPlan[], now: Date): string {
  const sum = (of: (day: DayOfPlan) => number) => days.reduce((total, day) => total + of(day), 0);
  const [added, withdrawn, changed, affected] = [sum((day) => day.added), sum((day) => day.withdrawn), sum((day) => day.changed), sum((day) => day.affected)];
  const parts = [
    ...(added > 0 ? [`${slots(added)} ${are(added)} added`] : []),
    ...(withdrawn > 0 ? [`${added > 0 ? withdrawn : `${slots(withdrawn)} ${are(withdrawn)}`} removed`] : []),
  ];
  if (parts.length === 0 && affected === 0) return changed > 0 ? `No slot is added or removed; ${slots(changed)} ${changed === 1 ? 'changes its' : 'change their'} rules ${daysWords(days, now)}.` : 'No slot is added or removed. Nobody who is booked is affected.';
  const what = parts.length > 0 ? `${parts.join(', ')} ${daysWords(days, now)}` : 'No free slot is added or removed';
  return `${what}; ${affectedWords(affected)}.`;
}

/** What applying it did, in one sentence. */
export function appliedWords({ added, withdrawn, affected }: AppliedCounts): string {
  const people = affected === 0 ? 'Nobody who is booked was affected.' : `${affected === 1 ? '1 patient is' : `${affected} patients are`} on the list of people to contact.`;
  return `${slots(added)} added, ${withdrawn} removed. ${people}`;
}

function affectedWords(affected: number): string {
  if (affected === 0) return 'nobody who is booked is affected';
  return affected === 1 ? '1 patient is affected' : `${affected} patients are affected`;
}

function daysWords(days: readonly DayOfPlan[], now: Date): string {
  const dates = [...new Set(days.map(({ date }) => date))];
  const [first] = dates;
  if (first && dates.length === 1) return `on ${shortDate(first, now)}`;
  const weekdays = new Set(dates.map(weekday));
  const [only] = weekdays;
  return `on ${dates.length} ${only && weekdays.size === 1 ? WEEKDAYS[only - 1] : 'days'}`;
}

function slots(count: number): string {
  return count === 1 ? '1 slot' : `${count} slots`;
}

function are(count: number): string {
  return count === 1 ? 'is' : 'are';
}
