import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import type { EntryStatus } from '@/lib/registry/schema';
import { A_TUESDAY_AT_TEN } from './staff';
import { unique } from './unique';

type EntryOptions = Partial<{
  nhsNumber: string | null;
  matchKey: string | null;
  /** The sender's own identifier of a patient without NHS number. */
  patientValue: string;
  startsAt: Date;
  minutes: number;
  status: EntryStatus;
  url: string;
  serviceName: string | null;
  serviceDosId: string | null;
  place: string | null;
  organisationCode: string;
  isSealed: boolean;
  confirmedAt: Date;
  checkDueAt: Date | null;
  checkFailures: number;
}>;

/** An appointment that another organisation registered, with its version 1: a quarter of an hour, a day from the tests' moment, unless said otherwise. */
export async function aRegisteredEntry({ nhsNumber = null, matchKey = null, startsAt = addMinutes(A_TUESDAY_AT_TEN, 24 * 60), minutes = 15, status = 'booked', ...given }: EntryOptions) {
  const number = unique();
  const organisationCode = given.organisationCode ?? `R${number}`;
  await db.organisation.upsert({ where: { odsCode: organisationCode }, create: { odsCode: organisationCode, name: `Test registrar ${number}`, kind: 'provider' }, update: {} });
  const endsAt = addMinutes(startsAt, minutes);
  const at = given.confirmedAt ?? A_TUESDAY_AT_TEN;
  return db.registryEntry.create({
    data: {
      ...{ id: newId(), source: 'registered', externalId: given.url ?? `https://other.example.nhs.uk/STU3/Appointment/${number}`, nhsNumber, matchKey },
      ...(nhsNumber ? {} : { patientSystem: 'https://other.example.nhs.uk/Id/patient', patientValue: given.patientValue ?? `p-${number}`, patientDisplay: 'T. Notreal' }),
      ...{ startsAt, endsAt, status, serviceName: given.serviceName ?? null, serviceDosId: given.serviceDosId ?? null, place: given.place ?? null },
      ...{ organisationCode, registeredByCode: organisationCode, isSealed: given.isSealed ?? false, createdAt: at, confirmedAt: at },
      ...{ checkDueAt: given.checkDueAt ?? null, checkFailures: given.checkFailures ?? 0 },
      versions: { create: { version: 1, status, startsAt, endsAt, nhsNumber, at } },
    },
  });
}
