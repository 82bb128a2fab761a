import type { LocalDate } from '@/lib/platform/time-words';

/**
 * The text by which a patient without an NHS number is recognised: family name, birth date and home postcode, without
 * regard to case, accents, spaces or signs. Source: docs/rules.md#registry, from domain section 5.
 */
export function matchText({ familyName, birthDate, postcode }: { familyName: string; birthDate: LocalDate; postcode: string }): string {
  return [plain(familyName), birthDate, plain(postcode)].join('|');
}

function plain(text: string): string {
  return text.normalize('NFKD').toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
}
