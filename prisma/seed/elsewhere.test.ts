import { beforeAll, describe, expect, test } from 'vitest';
import { db } from '@/lib/platform/db';
import { env } from '@/lib/platform/env';
import { fromDateColumn } from '@/lib/platform/time';
import { patientEntries } from '@/lib/registry/queries';
import { aPatient } from '@/prisma/factories/patient';
import { aService } from '@/prisma/factories/service';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';
import { loadElsewhere } from './demonstration';
import { NOTED } from './demonstration/elsewhere';

const NOW = A_TUESDAY_AT_TEN;

async function entriesOf(nhsNumber: string) {
  const patient = await db.patient.findFirstOrThrow({ where: { nhsNumber } });
  return patientEntries(await aHandler(), { patient: { ...patient, birthDate: fromDateColumn(patient.birthDate) }, since: null, callId: null });
}

beforeAll(async () => {
  await aService({ isDemonstration: true, name: 'Wharfedale UTC' });
  await aService({ isDemonstration: true, name: 'Bury Primary Care Hub' });
  for (const [index, nhsNumber] of Object.values(NOTED).entries()) await aPatient({ nhsNumber, familyName: `Notreal ${index}` });
  for (let made = 0; made < 70; made += 1) await aPatient({ familyName: `Placeholder ${made}` });
  await loadElsewhere(env().DATABASE_URL, { now: NOW });
});

describe('appointments elsewhere in the demonstration', () => {
  test('the patient of the README has one tomorrow at 09:40 at a dentist, and was at a treatment centre two days ago', async () => {
    expect(await entriesOf(NOTED.both)).toMatchObject([
      { startsAt: new Date('2026-11-25T09:40:00Z'), serviceName: 'Leeds Dental Access', status: 'booked', bookedBy: { name: 'Pennine 111' }, holder: { name: 'Demonstration Dental Access' } },
      { startsAt: new Date('2026-11-22T18:20:00Z'), serviceName: 'Wharfedale UTC', status: 'fulfilled', match: 'certain', version: 2 },
    ]);
  });

  test('one may be the same person, one is sealed, one was not confirmed for three days', async () => {
    expect(await entriesOf(NOTED.maybe)).toMatchObject([{ match: 'maybe', status: 'booked' }]);
    expect(await entriesOf(NOTED.sealed)).toMatchObject([{ isSealed: true, isOpen: false, serviceName: null }]);
    expect(await entriesOf(NOTED.unconfirmed)).toMatchObject([{ freshness: { state: 'unconfirmed', since: new Date('2026-11-21T10:00:00Z') } }]);
  });

  test('thirty patients have some, each with all its versions, pointing to where nothing is ever fetched', async () => {
    const entries = await db.registryEntry.findMany({ where: { source: 'registered' }, include: { versions: true } });
    expect(new Set(entries.map(({ nhsNumber, patientValue }) => nhsNumber ?? patientValue)).size).toBe(30);
    expect(entries.every(({ externalId, checkDueAt }) => externalId.startsWith('https://elsewhere.example.nhs.uk/STU3/Appointment/') && checkDueAt === null)).toBe(true);
    expect(entries.filter(({ version, versions, status }) => versions.length !== version || !versions.some((one) => one.version === version && one.status === status))).toEqual([]);
    expect(entries.filter(({ startsAt, status, createdAt, confirmedAt }) => (status === 'fulfilled' && startsAt > NOW) || createdAt > confirmedAt)).toEqual([]);
  });

  test('loading again changes nothing', async () => {
    const before = await db.registryEntry.count();
    await loadElsewhere(env().DATABASE_URL, { now: NOW });
    expect(await db.registryEntry.count()).toBe(before);
  });
});
