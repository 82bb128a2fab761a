import type { LocalDate } from '@/lib/platform/time';

export type Sex = 'female' | 'male' | 'indeterminate';

export type Patient = {
  id: string;
  /** Ten digits without spaces, or null when it is not known. */
  nhsNumber: string | null;
  givenName: string;
  familyName: string;
  birthDate: LocalDate;
  sex: Sex;
  addressLine: string | null;
  town: string | null;
  postcode: string;
  phone: string | null;
};
