import { addMinutes } from '@/lib/platform/time';
import { clockTime, londonDate, shortDate } from '@/lib/platform/time-words';

/** `until 13:00`, `until the end of today`, `until Thu 26 Nov 13:00`: when amber or red ends. */
export function resetWords(resetsAt: Date, now: Date): string {
  const clock = clockTime(resetsAt);
  // A midnight belongs to the day that it ends.
  const day = londonDate(clock === '00:00' ? addMinutes(resetsAt, -1) : resetsAt);
  const isToday = day === londonDate(now);
  if (clock === '00:00') return `until the end of ${isToday ? 'today' : shortDate(day, now)}`;
  return isToday ? `until ${clock}` : `until ${shortDate(day, now)} ${clock}`;
}

/** `Capacity: green`, `Capacity: amber until 13:00`. */
export function capacityWords({ colour, resetsAt }: { colour: string; resetsAt: Date | null }, now: Date): string {
  return `Capacity: ${colour}${resetsAt ? ` ${resetWords(resetsAt, now)}` : ''}`;
}

type Query = { [name in 'done' | 'slots']?: string | string[] };

/** What a lever that acts at once has done, by the address that it leads to; null for any other. `slots`: how many were released. */
export function leverDoneWords({ done, slots }: Query): string | null {
  switch (done) {
    case 'released':
      return slots === '1' ? '1 kept-back slot is open to calls now' : `${/^\d{1,5}$/.test(String(slots)) ? `${String(slots)} kept-back` : 'Kept-back'} slots are open to calls now`;
    case 'stopped':
      return 'Bookings are off: no call can book here until you start them again';
    case 'started':
      return 'Bookings are on: calls can book here again';
    case 'capacity':
      return 'Capacity is set';
    default:
      return null;
  }
}
