import { localDateFrom } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';
import { ok, refuse, type Result } from '@/lib/platform/result';

/** What a form sent, by field name. */
export type Typed = Readonly<Record<string, string | undefined>>;

const MOST_PENCE = 1_000_000;

/**
 * Whole pence from pounds as they are typed: `12.50`, `£12.5`, `1,200`. Refuses with what is wrong, in words: no amount, below 0, parts of a penny, more
 * than £10,000.
 */
export function typedPence(typed: string): Result<number, string> {
  const found = /^(-?)£?(-?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?$/.exec(typed.replace(/\s/g, ''));
  if (!found) return refuse('Enter an amount in pounds, like 12.50');
  const [, before, behind, pounds = '', pence = ''] = found;
  if (before || behind) return refuse('Enter 0 or more: nobody is paid for taking a patient');
  if (pence.length > 2) return refuse('Enter pounds and whole pence, like 12.50');
  const total = Number(pounds.replaceAll(',', '')) * 100 + Number(pence.padEnd(2, '0'));
  return total > MOST_PENCE ? refuse('Enter at most £10,000: check the decimal point') : ok(total);
}

/** Pounds as `typedPence` reads them back: `12.50`. */
export function poundsText(pence: number): string {
  return `${Math.floor(pence / 100)}.${String(pence % 100).padStart(2, '0')}`;
}

/** A date from the fields `${name}Day`, `${name}Month` and `${name}Year`: null when all are empty. Refuses what is no day. */
export function typedDate(typed: Typed, name: string): Result<LocalDate | null, string> {
  const [day = '', month = '', year = ''] = ['Day', 'Month', 'Year'].map((part) => (typed[name + part] ?? '').trim());
  if (day + month + year === '') return ok(null);
  const isWritten = /^\d{1,2}$/.test(day) && /^\d{1,2}$/.test(month) && /^\d{4}$/.test(year);
  const date = isWritten ? localDateFrom(Number(year), Number(month), Number(day)) : null;
  return date ? ok(date) : refuse('Enter a real date with a year of 4 digits, like 24 11 2026');
}

/** The fields of a date. */
export function dateFields(name: string, date: LocalDate | null): Record<string, string> {
  const [year = '', month = '', day = ''] = date?.split('-') ?? [];
  return { [`${name}Day`]: day && String(Number(day)), [`${name}Month`]: month && String(Number(month)), [`${name}Year`]: year };
}

/** The codes of a list, however they are set apart. */
export function typedList(typed: string | undefined): string[] {
  return [...new Set((typed ?? '').split(/[\s,;]+/).filter(Boolean))];
}
