import { beforeEach, describe, expect, test } from 'vitest';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes, fromDateColumn } from '@/lib/platform/time';
import { matchKey } from '@/lib/registry/commands';
import { entryOfPatient, patientEntries } from '@/lib/registry/queries';
import type { Sought } from '@/lib/registry/schema';
import { anAppointment } from '@/prisma/factories/appointment';
import { aRegisteredEntry } from '@/prisma/factories/entry';
import { aPatient } from '@/prisma/factories/patient';
import { aService } from '@/prisma/factories/service';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';

const DAY = 24 * 60;
const CALL = newId();
const inMinutes = (minutes: number) => addMinutes(A_TUESDAY_AT_TEN, minutes);
const soughtOf = (patient: Awaited<ReturnType<typeof aPatient>>): Sought => ({ ...patient, birthDate: fromDateColumn(patient.birthDate) });

async function somebody(given: Parameters<typeof aPatient>[0] = {}) {
  const row = await aPatient({ familyName: `Notreal ${newId()}`, ...given });
  return { patient: soughtOf(row), row };
}

let ctx: Awaited<ReturnType<typeof aHandler>>;
beforeEach(async () => {
  ctx = await aHandler();
});

const entriesOf = (patient: Sought, since: Date | null = null) => patientEntries(ctx, { patient, since, callId: CALL });
const idsOf = async (patient: Sought, since: Date | null = null) => (await entriesOf(patient, since)).map(({ id }) => id);

describe('the entries of a patient', () => {
  test('nobody’s appointments are an empty list', async () => {
    expect(await entriesOf((await somebody()).patient)).toEqual([]);
  });

  test('one of another organisation tells time, service, place, status, who holds and registered it, and how fresh it is', async () => {
    const { patient } = await somebody();
    const { id, organisationCode } = await aRegisteredEntry({ nhsNumber: patient.nhsNumber, serviceName: 'Leeds Dental Access', place: 'LS1 3EX' });
    const { name } = await db.organisation.findUniqueOrThrow({ where: { odsCode: organisationCode } });
    expect(await entriesOf(patient)).toEqual([
      {
        ...{ id, version: 1, source: 'registered', appointment: null, startsAt: inMinutes(DAY), endsAt: inMinutes(DAY + 15), status: 'booked' },
        ...{ serviceName: 'Leeds Dental Access', place: 'LS1 3EX', holder: { code: organisationCode, name }, bookedBy: { code: organisationCode, name } },
        ...{ isSealed: false, isOpen: true, match: 'certain', isLinked: false, freshness: { state: 'confirmed', at: A_TUESDAY_AT_TEN } },
      },
    ]);
  });

  test('one of Onward’s own names its appointment, the service’s provider as holder and who booked it, and is live', async () => {
    const service = await aService();
    const appointment = await anAppointment(await aHandler(), { slot: { serviceId: service.id } });
    const patient = soughtOf(await db.patient.findUniqueOrThrow({ where: { id: appointment.patientId } }));
    expect(await entriesOf(patient)).toMatchObject([
      {
        ...{ source: 'onward', appointment: { id: appointment.id, reference: appointment.reference, version: 1 }, status: 'booked' },
        ...{ serviceName: service.name, place: service.postcode, holder: { code: service.odsCode }, bookedBy: { code: appointment.bookedByCode } },
        ...{ match: 'certain', freshness: { state: 'live' } },
      },
    ]);
  });

  test('those to come are in the order of their start, then those past, the latest first', async () => {
    const { patient } = await somebody();
    const startsAt = [-3 * DAY, 2 * DAY, -5, 60, -2 * DAY];
    for (const minutes of startsAt) await aRegisteredEntry({ nhsNumber: patient.nhsNumber, startsAt: inMinutes(minutes) });
    expect((await entriesOf(patient)).map((entry) => entry.startsAt)).toEqual([-5, 60, 2 * DAY, -2 * DAY, -3 * DAY].map(inMinutes));
  });

  test('those that began before `since` are left out, without it there is no bound', async () => {
    const { patient } = await somebody();
    const old = await aRegisteredEntry({ nhsNumber: patient.nhsNumber, startsAt: inMinutes(-400 * DAY) });
    const recent = await aRegisteredEntry({ nhsNumber: patient.nhsNumber, startsAt: inMinutes(-7 * DAY) });
    expect(await idsOf(patient, inMinutes(-7 * DAY))).toEqual([recent.id]);
    expect(await idsOf(patient)).toEqual([recent.id, old.id]);
  });

  test('of more than 500 the first 500 are read', async () => {
    const { patient } = await somebody();
    const { organisationCode } = await aRegisteredEntry({ nhsNumber: patient.nhsNumber });
    await db.registryEntry.createMany({
      data: Array.from({ length: 520 }, (_, index) => ({
        ...{ source: 'registered', externalId: `https://other.example.nhs.uk/STU3/Appointment/${newId()}`, nhsNumber: patient.nhsNumber, organisationCode, registeredByCode: organisationCode },
        ...{ startsAt: inMinutes(index), endsAt: inMinutes(index + 15), status: 'booked', createdAt: ctx.now, confirmedAt: ctx.now },
      })),
    });
    expect(await entriesOf(patient)).toHaveLength(500);
  });

  test('the look is audited with the patient, how many there were, and the call; never the number', async () => {
    const { patient } = await somebody();
    await aRegisteredEntry({ nhsNumber: patient.nhsNumber });
    await entriesOf(patient);
    const rows = await db.auditEvent.findMany({ where: { type: 'registry.viewed', patientId: patient.id } });
    expect(rows).toMatchObject([{ actorId: ctx.actor.id, detail: { count: 1, callId: CALL } }]);
    expect(JSON.stringify(rows.map(({ detail, subject }) => [detail, subject]))).not.toContain(patient.nhsNumber);
  });

  test('nobody without the permission may look', async () => {
    const { patient } = await somebody();
    ctx = await aHandler({ role: 'service-admin' });
    await expect(entriesOf(patient)).rejects.toThrow(ForbiddenError);
    await expect(entryOfPatient(ctx, { patient, entryId: newId(), callId: CALL })).rejects.toThrow(ForbiddenError);
  });
});

describe('whose an entry is', () => {
  test('without a number on the entry the same name, birth date and postcode may be the same person', async () => {
    const { patient } = await somebody();
    const { id } = await aRegisteredEntry({ matchKey: matchKey(patient) });
    expect(await entriesOf(patient)).toMatchObject([{ id, match: 'maybe' }]);
  });

  test('without a number of the patient any entry with the same name, birth date and postcode may be theirs', async () => {
    const { patient } = await somebody({ nhsNumber: null });
    const numbered = await aRegisteredEntry({ matchKey: matchKey(patient), nhsNumber: '9990000018' });
    expect(await entriesOf(patient)).toMatchObject([{ id: numbered.id, match: 'maybe' }]);
  });

  test('two different NHS numbers are no match, whatever else is the same', async () => {
    const { patient } = await somebody();
    await aRegisteredEntry({ matchKey: matchKey(patient), nhsNumber: '9990000018' });
    expect(await entriesOf(patient)).toEqual([]);
  });

  test('an appointment of the very same record is certainly theirs, without any number', async () => {
    const { patient, row } = await somebody({ nhsNumber: null });
    const appointment = await anAppointment(ctx, { call: { patientId: row.id } });
    expect(await entriesOf(patient)).toMatchObject([{ appointment: { id: appointment.id }, match: 'certain' }]);
    const twin = await somebody({ nhsNumber: null, familyName: patient.familyName });
    expect(await entriesOf(twin.patient)).toMatchObject([{ appointment: { id: appointment.id }, match: 'maybe' }]);
  });

  test('an unknown patient is nobody but themselves', async () => {
    const one = await somebody({ nhsNumber: null, isUnknown: true, familyName: 'Unknown' });
    const other = await somebody({ nhsNumber: null, isUnknown: true, familyName: 'Unknown' });
    await anAppointment(ctx, { call: { patientId: one.row.id } });
    expect(await entriesOf(other.patient)).toEqual([]);
    expect(await entriesOf(one.patient)).toMatchObject([{ match: 'certain' }]);
  });
});

describe('a sealed entry', () => {
  async function aSealedAppointment() {
    const service = await aService({ typeId: 142 });
    const booker = await aHandler();
    const appointment = await anAppointment(booker, { slot: { serviceId: service.id } });
    const patient = soughtOf(await db.patient.findUniqueOrThrow({ where: { id: appointment.patientId } }));
    return { service, booker, appointment, patient };
  }

  test('tells times and status alone: no service, place, holder, booker or pointer', async () => {
    const { patient, appointment, service } = await aSealedAppointment();
    const [entry] = await entriesOf(patient);
    expect(entry).toMatchObject({ startsAt: appointment.startsAt, status: 'booked', isSealed: true, isOpen: false, serviceName: null, place: null, holder: null, bookedBy: null, appointment: null });
    const text = JSON.stringify(entry);
    for (const told of [service.name, service.odsCode, service.postcode, appointment.reference, appointment.id]) expect(text).not.toContain(told);
  });

  test('is open to whoever booked it', async () => {
    const { patient, booker, service } = await aSealedAppointment();
    ctx = booker;
    expect(await entriesOf(patient)).toMatchObject([{ isSealed: true, isOpen: true, serviceName: service.name }]);
  });

  test('is open for half an hour to a clinician who gave a reason, and to no colleague', async () => {
    const { patient } = await aSealedAppointment();
    const clinician = await aHandler({ role: 'clinician' });
    const [entry] = await patientEntries(clinician, { patient, since: null, callId: CALL });
    expect(entry?.isOpen).toBe(false);
    await db.registryAccess.create({
      data: { kind: 'sealed', staffId: clinician.actor.id, entryId: entry?.id, reason: 'direct-care', at: ctx.now, expiresAt: inMinutes(30) },
    });
    const isOpenAt = async (who: typeof clinician, minutes: number) => (await patientEntries({ ...who, now: inMinutes(minutes) }, { patient, since: null, callId: CALL }))[0]?.isOpen;
    expect([await isOpenAt(clinician, 29), await isOpenAt(clinician, 30), await isOpenAt(await aHandler({ role: 'clinician' }), 1)]).toEqual([true, false, false]);
  });
});

describe('one entry, to say whose it is', () => {
  const look = (patient: Sought, entryId: string) => entryOfPatient(ctx, { patient, entryId, callId: CALL });

  test('comes with the name that its holder knows the patient by, and the look at it is audited', async () => {
    const { patient } = await somebody();
    const { id } = await aRegisteredEntry({ matchKey: matchKey(patient) });
    expect(await look(patient, id)).toMatchObject({ entry: { id, match: 'maybe' }, person: 'T. Notreal' });
    expect(await db.auditEvent.findMany({ where: { type: 'registry.viewed', subject: id } })).toMatchObject([{ patientId: patient.id, detail: { count: 1, callId: CALL } }]);
  });

  test('of Onward’s own it is the name that it was booked for', async () => {
    const unnumbered = await somebody({ nhsNumber: null, givenName: 'Tomek' });
    const appointment = await anAppointment(ctx, { call: { patientId: unnumbered.row.id } });
    const { id } = await db.registryEntry.findUniqueOrThrow({ where: { appointmentId: appointment.id } });
    const { patient } = await somebody({ familyName: unnumbered.patient.familyName });
    expect(await look(patient, id)).toMatchObject({ entry: { match: 'maybe' }, person: `Tomek ${patient.familyName}` });
  });

  test('of a sealed one the name is not told', async () => {
    const { patient } = await somebody();
    const { id } = await aRegisteredEntry({ matchKey: matchKey(patient), isSealed: true });
    expect(await look(patient, id)).toMatchObject({ entry: { isOpen: false }, person: null });
  });

  test('somebody else’s, none at all and what is no id are not found', async () => {
    const { patient } = await somebody();
    const { id } = await aRegisteredEntry({ nhsNumber: '9990000018' });
    expect(await Promise.all([id, newId(), 'no id'].map((entryId) => look(patient, entryId)))).toEqual([null, null, null]);
  });
});
