import type { RefusalCode, RefusalOf } from '@/lib/platform/errors';
import { clockTime, dayWords, londonDate } from '@/lib/platform/time-words';

/** What happened, and what to do now. Times are London's. */
export type RefusalWords = { title: string; todo: string };

/** A table of words for these refusals: one that is missing does not compile. */
export type WordsFor<Code extends RefusalCode> = { [Each in Code]: (refusal: RefusalOf<Each>, now: Date) => RefusalWords };

/** `today at 13:50`, `on Tue 24 Nov at 09:40`. */
export function dayAndTime(instant: Date, now: Date): string {
  const day = dayWords(londonDate(instant), now);
  return `${/\d/.test(day) ? `on ${day}` : day} at ${clockTime(instant)}`;
}

/** `A`, `A and B`, `A, B and 3 others`. */
export function listWords(names: readonly string[]): string {
  const [first = '', second] = names;
  if (second === undefined) return first;
  return names.length === 2 ? `${first} and ${second}` : `${first}, ${second} and ${names.length - 2} other${names.length === 3 ? '' : 's'}`;
}

/** Whatever somebody typed, short enough for a title. */
export function clipped(typed: string): string {
  return typed.length > 40 ? `${typed.slice(0, 40)}…` : typed;
}
