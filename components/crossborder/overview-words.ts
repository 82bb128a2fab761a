import { countWords } from '@/components/reports/report-words';
import type { Figure, MonthFigures } from '@/lib/crossborder/overview.rules';
import { priceWords } from '@/lib/crossborder/words.rules';

/** One sentence for each way that something is owed; without anything, that. */
export function figureWords({ owes, isOwed, within }: MonthFigures): string[] {
  const sentences = [
    sentence(owes, 'of your patients booked elsewhere: you owe'),
    sentence(isOwed, 'of other areas’ patients booked here: you are owed'),
    sentence(within, 'booked across a border within your area, for'),
  ].filter(Boolean);
  return sentences.length > 0 ? sentences : ['No booking has crossed a border of yours.'];
}

/** `3 questions wait for an answer`. */
export function countedWords(count: number, [one, many]: readonly [string, string]): string {
  return count === 1 ? `1 ${one}` : `${countWords(count)} ${many}`;
}

function sentence({ bookings, pence }: Figure, words: string): string {
  if (bookings === 0 && pence === 0) return '';
  return `${countWords(bookings)} ${words} ${priceWords(pence)}.`;
}
