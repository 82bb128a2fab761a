import { addMinutes } from '@/lib/platform/time';
import type { Registration } from '@/lib/registry/api-entry.schema';
import { syntheticNhsNumber } from './patient';
import { A_TUESDAY_AT_TEN } from './staff';
import { unique } from './unique';

/** What another system registers: a quarter of an hour, a day from the tests' moment, of somebody whom nobody knows, with the least data unless said otherwise. */
export function aRegistration(given: Partial<Registration> = {}): Registration {
  const startsAt = addMinutes(A_TUESDAY_AT_TEN, 24 * 60);
  return {
    ...{ url: `https://other.example.nhs.uk/STU3/Appointment/${unique()}`, startsAt, endsAt: addMinutes(startsAt, 15), createdAt: addMinutes(A_TUESDAY_AT_TEN, -30) },
    ...{ patient: { by: 'nhs-number', nhsNumber: syntheticNhsNumber() }, traits: null, service: null, place: null, holderCode: null, isSealed: false },
    ...given,
  };
}
