import type { CallState } from '@/lib/booking/schema';

/** Where a call stands, in a word with its colour. */
export const CALL_STATES: Record<CallState, { words: string; tone: 'blue' | 'green' | 'grey' }> = {
  open: { words: 'Open', tone: 'blue' },
  booked: { words: 'Booked', tone: 'green' },
  referred: { words: 'Referred', tone: 'green' },
  closed: { words: 'Closed', tone: 'grey' },
};
