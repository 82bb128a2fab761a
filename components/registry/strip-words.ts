import { SOON_HOURS, type Strip } from '@/lib/registry/entry.rules';

/** That nothing was found, and by what it was looked for. */
export function noneWords({ nhsNumber, isUnknown }: { nhsNumber: string | null; isUnknown: boolean }): string {
  if (isUnknown) return 'Not looked for: nobody knows who the patient is';
  return nhsNumber ? 'None in the past 7 days or to come' : 'None in the past 7 days or to come with this last name, date of birth and postcode. The NHS number would find more.';
}

/** `and 196 more, 6 of them within 48 h`. */
export function moreWords({ more, moreSoon }: Pick<Strip, 'more' | 'moreSoon'>): string {
  return `and ${more.length} more${moreSoon > 0 ? `, ${moreSoon} of them within ${SOON_HOURS} h` : ''}`;
}
