import type { LocalDate } from '@/lib/platform/time-words';

/** A patient as far as recognising them goes. */
export type Recognised = { id: string; isUnknown: boolean; familyName: string; birthDate: LocalDate; postcode: string };

/**
 * The text by which a patient without an NHS number is recognised: family name, birth date and home postcode, without
 * regard to case, accents, spaces or signs. Of an unknown patient nothing is known: they are recognised as nobody else.
 * Source: docs/rules.md#registry, from domain section 5.
 */
export function matchText({ id, isUnknown, familyName, birthDate, postcode }: Recognised): string {
  return isUnknown ? `unknown|${id}` : [plainText(familyName), birthDate, plainText(postcode)].join('|');
}

/** The letters and digits of a text in capitals, without accents: two names that are written differently but said alike. */
export function plainText(text: string): string {
  return text.normalize('NFKD').toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
}
