import { countWords } from '@/components/reports/report-words';
import type { Outcome } from '@/lib/crossborder/schema';
import type { Shift, WhatIfResult } from '@/lib/crossborder/what-if.schema';
import { priceWords } from '@/lib/crossborder/words.rules';

const OUTCOMES: Readonly<Record<Outcome, string>> = { allow: 'allowed', notify: 'allowed with notice to the host', approval: 'needing approval', refuse: 'refused' };

/** `412 of 12,345 bookings would change`. */
export function changedWords({ bookings, changed }: Pick<WhatIfResult, 'bookings' | 'changed'>): string {
  if (bookings === 0) return 'No booking crossed a border in this month';
  const whole = bookings === 1 ? '1 booking' : `${countWords(bookings)} bookings`;
  return changed === 0 ? `None of ${whole} would change` : `${countWords(changed)} of ${whole} would change`;
}

/** `300 from allowed to needing approval`, `12 stay allowed, at another price or under another rule`. */
export function shiftWords({ before, after, count }: Shift): string {
  if (before !== after) return `${countWords(count)} from ${OUTCOMES[before]} to ${OUTCOMES[after]}`;
  return `${countWords(count)} ${count === 1 ? 'stays' : 'stay'} ${OUTCOMES[after]}, at another price or under another rule`;
}

/** `It would cost £1,234.00 more`. */
export function costWords({ before, after }: Pick<WhatIfResult, 'before' | 'after'>): string {
  const pence = after.pence - before.pence;
  if (pence === 0) return 'It would cost the same';
  return `It would cost ${priceWords(Math.abs(pence))} ${pence > 0 ? 'more' : 'less'}`;
}

/** `+£12.50`, `-£3.00`, `no change`. */
export function differenceWords(pence: number): string {
  if (pence === 0) return 'no change';
  return pence > 0 ? `+${priceWords(pence)}` : priceWords(pence);
}

/** `25,000 of 100,000 bookings replayed`. */
export function progressWords({ done, total }: { done: number; total: number }): string {
  return total === 0 ? 'Beginning' : `${countWords(done)} of ${countWords(total)} bookings replayed`;
}
