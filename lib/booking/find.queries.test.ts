import { describe, expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import { findAppointments, MAX_FOUND } from '@/lib/booking/find.queries';
import { appointmentSearch } from '@/lib/booking/find.schema';
import { nhsNumber } from '@/lib/patient/nhs-number.schema';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes, parseLocalDate } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { openEntry } from '@/lib/registry/access.commands';
import { anAppointment } from '@/prisma/factories/appointment';
import { aPatient } from '@/prisma/factories/patient';
import { aSealedAppointment, entryOf } from '@/prisma/factories/sealed';
import { aFreeSlot } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN, aHandler, later } from '@/prisma/factories/staff';

const DAY = 24 * 60;
const TODAY = londonDate(A_TUESDAY_AT_TEN);

type Patient = Awaited<ReturnType<typeof aPatient>>;

const search = (values: Record<string, string>) => appointmentSearch(values['by'], TODAY).parse(values);
const byNumber = (patient: Patient, past = '') => search({ by: 'nhs-number', nhsNumber: patient.nhsNumber ?? '', past });
const byName = (familyName: string, [birthYear = '', birthMonth = '', birthDay = '']: string[], past = '') => search({ by: 'name', familyName, birthYear, birthMonth, birthDay, past });

/** An appointment so many days from the tests' moment, booked an hour before it began. */
async function anAppointmentIn(days: number, ctx: Ctx, patient: Patient) {
  const now = addMinutes(ctx.now, days * DAY);
  return anAppointment({ ...ctx, now }, { call: { patientId: patient.id, dueAt: null }, slot: { startsAt: addMinutes(now, 60) } });
}

/** Rows as a report of years has them, without the way there. */
async function manyAppointments(count: number, like: Awaited<ReturnType<typeof anAppointment>>) {
  const slots = await Promise.all(Array.from({ length: count }, () => aFreeSlot({ serviceId: like.serviceId })));
  await db.appointment.createMany({
    data: slots.map(({ id: slotId }, index) => ({
      ...{ ...like, id: newId(), slotId, callId: null, reference: `ONW-MANY-${like.reference}-${index}`, status: 'cancelled', releasedAt: like.bookedAt },
      ...{ startsAt: addMinutes(like.startsAt, index), endsAt: addMinutes(like.endsAt, index), replacesId: null },
    })),
  });
}

describe('finding an appointment', () => {
  test('by its reference, whichever organisation booked it (U-103), with status, time, service and patient (U-102)', async () => {
    const booker = await aHandler();
    const appointment = await anAppointment(booker);
    const { name } = await db.service.findUniqueOrThrow({ where: { id: appointment.serviceId } });
    const patient = await db.patient.findUniqueOrThrow({ where: { id: appointment.patientId } });

    for (const role of ['call-handler', 'service-admin', 'auditor'] as const) {
      expect(await findAppointments(await aHandler({ role }), search({ by: 'reference', reference: appointment.reference.toLowerCase() }))).toEqual([
        {
          ...{ id: appointment.id, reference: appointment.reference, status: 'booked', startsAt: appointment.startsAt, serviceName: name, isOpen: true },
          patient: { givenName: patient.givenName, familyName: patient.familyName, birthDate: '1984-03-02', nhsNumber: patient.nhsNumber, isUnknown: false },
        },
      ]);
    }
  });

  test('by NHS number: 30 days back and all the future, newest first; all the past when it is asked for (U-100, U-101)', async () => {
    const ctx = await aHandler();
    const patient = await aPatient();
    const ids = [];
    for (const days of [-400, -31, -29, 50]) ids.unshift((await anAppointmentIn(days, ctx, patient)).id);

    expect((await findAppointments(ctx, byNumber(patient))).map(({ id }) => id)).toEqual(ids.slice(0, 2));
    expect((await findAppointments(ctx, byNumber(patient, 'all'))).map(({ id }) => id)).toEqual(ids);
    expect(await findAppointments(ctx, byNumber(await aPatient()))).toEqual([]);
  });

  test('by last name and date of birth, without regard to case, accents and signs, for somebody without an NHS number too', async () => {
    const ctx = await aHandler();
    const patient = await aPatient({ familyName: 'O’Notreal-Zoë', birthDate: '1931-07-08', nhsNumber: null });
    const appointment = await anAppointmentIn(0, ctx, patient);

    for (const typed of ['O’Notreal-Zoë', "o'notreal zoe", 'ONOTREALZOE']) {
      expect((await findAppointments(ctx, byName(typed, ['1931', '7', '8']))).map(({ id }) => id)).toEqual([appointment.id]);
    }
    for (const typed of ['Onotreal', '%', '_notreal-zoe']) expect(await findAppointments(ctx, byName(typed, ['1931', '7', '8']))).toEqual([]);
    expect(await findAppointments(ctx, byName('O’Notreal-Zoë', ['1931', '7', '9']))).toEqual([]);
  });

  test('shows no more than fifty, the newest', async () => {
    const ctx = await aHandler();
    const patient = await aPatient();
    const first = await anAppointmentIn(0, ctx, patient);
    await manyAppointments(MAX_FOUND + 1, first);

    const found = await findAppointments(ctx, byNumber(patient));
    expect(found).toHaveLength(MAX_FOUND);
    expect(found.map(({ startsAt }) => startsAt.getTime())).toEqual(found.map(({ startsAt }) => startsAt.getTime()).toSorted((one, other) => other - one));
    expect(found.some(({ id }) => id === first.id)).toBe(false);
  });
});

describe('a sealed appointment', () => {
  test('is found with patient, time and status, and without reference and service, whichever way it is looked for', async () => {
    const patient = await aPatient({ familyName: 'Notreal-Lonely' });
    const { id, reference, status, startsAt } = await aSealedAppointment(await aHandler(), { call: { patientId: patient.id } });
    const { givenName, familyName, nhsNumber: number } = patient;
    const line = { id, status, startsAt, patient: { givenName, familyName, birthDate: '1984-03-02', nhsNumber: number, isUnknown: false }, isOpen: false };
    const ctx = await aHandler();
    for (const asked of [byNumber(patient), byName(familyName, ['1984', '3', '2']), search({ by: 'reference', reference })]) expect(await findAppointments(ctx, asked)).toEqual([line]);
  });

  test('is whole to whoever booked it or opened it with a reason, beside others of the same patient that stay shut', async () => {
    const patient = await aPatient();
    const [booker, clinician] = [await aHandler(), await aHandler({ role: 'clinician' })];
    const [one, other] = [
      await aSealedAppointment(booker, { call: { patientId: patient.id } }),
      await aSealedAppointment(booker, { call: { patientId: patient.id }, slot: { startsAt: addMinutes(booker.now, 90) } }),
    ];
    await openEntry(clinician, { entryId: (await entryOf(one)).id, why: 'patient-asks', whyText: '' });

    expect(await findAppointments(booker, byNumber(patient))).toMatchObject([{ isOpen: true, reference: other.reference }, { isOpen: true, reference: one.reference }]);
    expect(await findAppointments(clinician, byNumber(patient))).toMatchObject([{ id: other.id, isOpen: false }, { isOpen: true, reference: one.reference }]);
  });
});

describe('each search is audited with what it found, and never with what was typed', () => {
  test('of one patient: by whom, how many and which', async () => {
    const ctx = await aHandler();
    const appointment = await anAppointment(ctx);
    const patient = await db.patient.findUniqueOrThrow({ where: { id: appointment.patientId } });
    const other = later(await aHandler(), 5);
    await findAppointments(other, byNumber(patient));

    const audit = await db.auditEvent.findMany({ where: { type: 'appointment.found', actorId: other.actor.id } });
    expect(audit).toMatchObject([{ at: other.now, patientId: patient.id, detail: { by: 'nhs-number', count: 1, patients: [patient.id], appointments: [appointment.id] } }]);
    expect(JSON.stringify(audit[0]?.detail)).not.toContain(patient.nhsNumber);
  });

  test('of nobody: that somebody looked', async () => {
    const ctx = await aHandler();
    await findAppointments(ctx, search({ by: 'reference', reference: 'ONW-2222-22' }));
    expect(await db.auditEvent.findMany({ where: { type: 'appointment.found', actorId: ctx.actor.id } })).toMatchObject([{ patientId: null, detail: { by: 'reference', count: 0 } }]);
  });
});

describe('only those who may', () => {
  test('look by reference', async () => {
    await expect(findAppointments(await aHandler({ role: 'commissioner' }), search({ by: 'reference', reference: 'ONW-2222-22' }))).rejects.toThrow(ForbiddenError);
  });

  test('look by what tells of a patient', async () => {
    const admin = await aHandler({ role: 'service-admin' });
    await expect(findAppointments(admin, byNumber(await aPatient()))).rejects.toThrow(ForbiddenError);
    await expect(findAppointments(admin, byName('Notreal', ['1984', '3', '2']))).rejects.toThrow(ForbiddenError);
  });
});

describe('the forms', () => {
  const faults = (values: Record<string, string>) => appointmentSearch(values['by'], TODAY).safeParse(values).error?.issues.map(({ path, message }) => [path.join('.'), message]);

  test('say at their field what is missing or wrong', () => {
    expect(faults({ by: 'reference', reference: ' ' })).toEqual([['reference', 'Enter the reference']]);
    expect(faults({ by: 'reference', reference: 'ONW-7K3P' })).toEqual([['reference', 'A reference looks like ONW-7K3P-92: check each sign with the caller']]);
    expect(faults({ by: 'nhs-number', nhsNumber: '' })).toEqual([['nhsNumber', 'Enter the NHS number']]);
    expect(faults({ by: 'name' })).toEqual([['familyName', 'Enter the last name'], ['birthDay', 'Enter the date of birth']]);
  });

  test('begin thirty days back at midnight in London, or with the first appointment there is', () => {
    const number = nhsNumber.parse('999 000 0018');
    expect(search({ by: 'nhs-number', nhsNumber: '999 000 0018' })).toEqual({ by: 'nhs-number', nhsNumber: number, since: new Date('2026-10-24T23:00:00Z') });
    expect(byName(' Notreal ', ['1984', '3', '2'], 'all')).toEqual({ by: 'name', familyName: 'Notreal', birthDate: parseLocalDate('1984-03-02'), since: null });
  });
});
