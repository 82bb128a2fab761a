import { describe, expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import { guardOf } from '@/lib/booking/guard.queries';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes, fromDateColumn } from '@/lib/platform/time';
import { openEntry } from '@/lib/registry/access.commands';
import { matchKey } from '@/lib/registry/commands';
import { anAppointment } from '@/prisma/factories/appointment';
import { aCall, aHeldSlot } from '@/prisma/factories/call';
import { aRegisteredEntry } from '@/prisma/factories/entry';
import { aPatient, syntheticNhsNumber } from '@/prisma/factories/patient';
import { aService } from '@/prisma/factories/service';
import { aFreeSlot } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN, aHandler, later } from '@/prisma/factories/staff';

const STARTS = addMinutes(A_TUESDAY_AT_TEN, 60);
const DAY = 24 * 60;
/** A type of service that is sensitive: mental health. */
const SENSITIVE = 142;

/** A slot that a new call of this patient holds. */
const asking = (ctx: Ctx, patientId: string, slot: Parameters<typeof aFreeSlot>[0] = {}) => aHeldSlot(ctx, { call: { patientId, dueAt: null }, slot });

const entryOf = (appointmentId: string) => db.registryEntry.findUniqueOrThrow({ where: { appointmentId } });

/** What recognises a patient of `aPatient` without a number. */
const keyOf = ({ birthDate, ...patient }: Awaited<ReturnType<typeof aPatient>>) => matchKey({ ...patient, birthDate: fromDateColumn(birthDate) });

describe('whose appointments the guard sees', () => {
  test('Onward’s own of the very same record, wherever and by whomever it was booked, with what can be changed', async () => {
    const appointment = await anAppointment(await aHandler());
    const ctx = await aHandler();
    const { request } = await asking(ctx, appointment.patientId, { startsAt: addMinutes(STARTS, 5) });
    const entry = await entryOf(appointment.id);
    const { name: holderName } = await db.organisation.findUniqueOrThrow({ where: { odsCode: entry.organisationCode } });
    expect(await guardOf(ctx, request)).toEqual([
      {
        ...{ entryId: entry.id, version: 1, kinds: ['overlap', 'same-family'], startsAt: appointment.startsAt, endsAt: appointment.endsAt },
        ...{ serviceName: entry.serviceName, place: entry.place, holderName, isSealed: false, isMaybe: false },
        ...{ appointment: { id: appointment.id, reference: appointment.reference, version: 1 }, choices: ['keep', 'move', 'cancel'] },
      },
    ]);
  });

  test('another organisation’s, by NHS number: it can be kept alone', async () => {
    const ctx = await aHandler();
    const nhsNumber = syntheticNhsNumber();
    const patient = await aPatient({ nhsNumber });
    const entry = await aRegisteredEntry({ nhsNumber, startsAt: STARTS, serviceName: 'Other Clinic', place: 'LS2 9JT' });
    const { name: holderName } = await db.organisation.findUniqueOrThrow({ where: { odsCode: entry.organisationCode } });
    const { request } = await asking(ctx, patient.id);
    expect(await guardOf(ctx, request)).toMatchObject([
      { entryId: entry.id, kinds: ['overlap'], serviceName: 'Other Clinic', place: 'LS2 9JT', holderName, isMaybe: false, appointment: null, choices: ['keep'] },
    ]);
  });

  test('one with the same name, birth date and postcode where a number is missing: maybe, and kept alone', async () => {
    const ctx = await aHandler();
    const known = await aPatient({ familyName: 'Maybeone' });
    const own = await anAppointment(ctx, { call: { patientId: known.id } });
    const nameless = await aPatient({ familyName: 'Maybeone', nhsNumber: null });
    const registered = await aRegisteredEntry({ matchKey: keyOf(nameless), startsAt: STARTS });
    const { request } = await asking(ctx, nameless.id);
    expect(await guardOf(ctx, request)).toMatchObject(
      [(await entryOf(own.id)).id, registered.id].sort().map((entryId) => ({ entryId, isMaybe: true, choices: ['keep'] })),
    );
  });

  test('not one with the same name, birth date and postcode and another number', async () => {
    const ctx = await aHandler();
    const [one, other] = [await aPatient({ familyName: 'Twinone' }), await aPatient({ familyName: 'Twinone' })];
    await anAppointment(ctx, { call: { patientId: one.id } });
    const { request } = await asking(ctx, other.id);
    expect(await guardOf(ctx, request)).toEqual([]);
  });

  test('an unknown patient is nobody else', async () => {
    const ctx = await aHandler();
    const [one, other] = [await aPatient({ isUnknown: true, nhsNumber: null }), await aPatient({ isUnknown: true, nhsNumber: null })];
    const own = await anAppointment(ctx, { call: { patientId: one.id } });
    expect(await guardOf(ctx, (await asking(ctx, other.id)).request)).toEqual([]);
    expect(await guardOf(ctx, (await asking(ctx, one.id)).request)).toMatchObject([{ entryId: (await entryOf(own.id)).id, isMaybe: false }]);
  });

  test('Onward’s own of another record that a person linked: certain, and it can be moved or cancelled', async () => {
    const ctx = await aHandler();
    const own = await anAppointment(ctx, { call: { patientId: (await aPatient({ nhsNumber: null })).id } });
    const nhsNumber = syntheticNhsNumber();
    await db.registryEntry.update({ where: { appointmentId: own.id }, data: { nhsNumber, linkedAt: ctx.now, version: 2 } });
    const { request } = await asking(ctx, (await aPatient({ nhsNumber, familyName: 'Elseone' })).id);
    expect(await guardOf(ctx, request)).toMatchObject([{ version: 2, isMaybe: false, appointment: { id: own.id, version: 1 }, choices: ['keep', 'move', 'cancel'] }]);
  });
});

describe('which of them it asks about', () => {
  test.each<[string, Parameters<typeof aRegisteredEntry>[0]]>([
    ['cancelled', { status: 'cancelled' }],
    ['not attended', { status: 'noshow' }],
    ['over at this moment', { startsAt: addMinutes(A_TUESDAY_AT_TEN, -15) }],
    ['at another time, of a service that was not said', { startsAt: addMinutes(STARTS, 30) }],
  ])('not one that is %s', async (_what, given) => {
    const ctx = await aHandler();
    const nhsNumber = syntheticNhsNumber();
    const patient = await aPatient({ nhsNumber });
    await aRegisteredEntry({ nhsNumber, startsAt: STARTS, ...given });
    const { request } = await asking(ctx, patient.id);
    expect(await guardOf(ctx, request)).toEqual([]);
  });

  test('one at the same DoS service, however far off, whoever holds it', async () => {
    const ctx = await aHandler();
    const nhsNumber = syntheticNhsNumber();
    const patient = await aPatient({ nhsNumber });
    const service = await aService();
    await aRegisteredEntry({ nhsNumber, startsAt: addMinutes(STARTS, 40 * DAY), serviceDosId: service.dosId });
    const { request } = await asking(ctx, patient.id, { serviceId: service.id });
    expect(await guardOf(ctx, request)).toMatchObject([{ kinds: ['same-service'] }]);
  });

  test.each([
    ['47 hours', 47 * 60, ['same-family']],
    ['48 hours', 48 * 60, ['same-family']],
    ['49 hours', 49 * 60, undefined],
  ])('one of the same disposition family, %s away', async (_what, minutes, kinds) => {
    const ctx = await aHandler();
    const own = await anAppointment(ctx);
    const { request } = await asking(ctx, own.patientId, { startsAt: addMinutes(own.startsAt, minutes) });
    expect((await guardOf(ctx, request))[0]?.kinds).toEqual(kinds);
  });

  test('not one of another family', async () => {
    const ctx = await aHandler();
    const dental = await aService({ dispositions: ['Dx18'] });
    const own = await anAppointment(ctx, { call: { dispositionCode: 'Dx18' }, slot: { serviceId: dental.id } });
    const { request } = await asking(ctx, own.patientId, { startsAt: addMinutes(own.startsAt, 60) });
    expect(await guardOf(ctx, request)).toEqual([]);
  });

  test('not the one that the call was opened to move: and no other can be moved then', async () => {
    const ctx = await aHandler();
    const moved = await anAppointment(ctx);
    const third = await anAppointment(ctx, { call: { patientId: moved.patientId, dueAt: null }, slot: { startsAt: addMinutes(STARTS, 120) } });
    const call = await aCall(ctx, { patientId: moved.patientId, movesId: moved.id });
    const slot = await aFreeSlot({ startsAt: addMinutes(STARTS, 30) });
    expect(await guardOf(ctx, { callId: call.id, slotId: slot.id })).toMatchObject([{ appointment: { id: third.id }, choices: ['keep', 'cancel'] }]);
  });

  test('not the call’s own appointment, which its next booking replaces', async () => {
    const ctx = await aHandler();
    const own = await anAppointment(ctx);
    const slot = await aFreeSlot({ startsAt: addMinutes(STARTS, 5) });
    expect(await guardOf(ctx, { callId: own.callId ?? '', slotId: slot.id })).toEqual([]);
  });

  test('those nearest in time come first', async () => {
    const ctx = await aHandler();
    const nhsNumber = syntheticNhsNumber();
    const patient = await aPatient({ nhsNumber });
    const service = await aService();
    const entries = await Promise.all([3 * DAY, 60, -30].map((minutes) => aRegisteredEntry({ nhsNumber, startsAt: addMinutes(STARTS, minutes), serviceDosId: service.dosId })));
    const { request } = await asking(ctx, patient.id, { serviceId: service.id });
    expect((await guardOf(ctx, request)).map(({ entryId }) => entryId)).toEqual(entries.reverse().map(({ id }) => id));
  });
});

describe('what may be chosen', () => {
  test('no cancelling where the service lets only who booked cancel; who booked may', async () => {
    const booker = await aHandler();
    const own = await anAppointment(booker);
    await db.service.update({ where: { id: own.serviceId }, data: { cancelBy: 'booker' } });
    const choicesFor = async (ctx: Ctx) => (await guardOf(ctx, (await asking(ctx, own.patientId)).request))[0]?.choices;
    expect(await choicesFor(await aHandler())).toEqual(['keep', 'move']);
    expect(await choicesFor(booker)).toEqual(['keep', 'move', 'cancel']);
  });

  test('keep alone once it has begun, or the patient is there', async () => {
    const ctx = await aHandler();
    const begun = await anAppointment(ctx, { slot: { startsAt: addMinutes(A_TUESDAY_AT_TEN, 1), minutes: 60 } });
    const { request } = await asking(later(ctx, 1), begun.patientId);
    expect(await guardOf(later(ctx, 1), request)).toMatchObject([{ choices: ['keep'] }]);

    const arrived = await anAppointment(ctx);
    await db.appointment.update({ where: { id: arrived.id }, data: { status: 'arrived' } });
    await db.registryEntry.update({ where: { appointmentId: arrived.id }, data: { status: 'arrived' } });
    expect(await guardOf(ctx, (await asking(ctx, arrived.patientId)).request)).toMatchObject([{ choices: ['keep'] }]);
  });
});

describe('a sealed appointment', () => {
  /** At a sensitive service, and what its patient asks for at the same service now. */
  async function aSealed(minutesLater: number) {
    const service = await aService({ typeId: SENSITIVE });
    const booker = await aHandler();
    const own = await anAppointment(booker, { slot: { serviceId: service.id } });
    const guardFor = async (ctx: Ctx) => guardOf(ctx, (await asking(ctx, own.patientId, { serviceId: service.id, startsAt: addMinutes(own.startsAt, minutesLater) })).request);
    return { booker, own, entryId: (await entryOf(own.id)).id, guardFor };
  }

  test('meets by its times alone: no service, holder or reference is told, and it can be kept alone', async () => {
    const { own, entryId, guardFor } = await aSealed(5);
    expect(await guardFor(await aHandler())).toEqual([
      {
        ...{ entryId, version: 1, kinds: ['overlap'], startsAt: own.startsAt, endsAt: own.endsAt, serviceName: null, place: null, holderName: null },
        ...{ isSealed: true, isMaybe: false, appointment: null, choices: ['keep'] },
      },
    ]);
  });

  test('at another time it is not told of at all, though service and family are the same', async () => {
    const { guardFor } = await aSealed(60);
    expect(await guardFor(await aHandler())).toEqual([]);
  });

  test('whoever booked it, or opened it with a reason, sees it as any other', async () => {
    const { booker, own, entryId, guardFor } = await aSealed(60);
    const seen = [{ entryId, kinds: ['same-service', 'same-family'], isSealed: true, appointment: { id: own.id }, choices: ['keep', 'move', 'cancel'] }];
    expect(await guardFor(booker)).toMatchObject(seen);
    const clinician = await aHandler({ role: 'clinician' });
    expect(await guardFor(clinician)).toEqual([]);
    await openEntry(clinician, { entryId, why: 'direct-care', whyText: '' });
    expect(await guardFor(clinician)).toMatchObject(seen);
  });
});

test('none for a slot or a call that does not exist, or a call of another organisation', async () => {
  const ctx = await aHandler();
  const own = await anAppointment(ctx);
  const { request } = await asking(ctx, own.patientId);
  expect(await guardOf(ctx, { ...request, slotId: newId() })).toEqual([]);
  expect(await guardOf(ctx, { ...request, callId: newId() })).toEqual([]);
  expect(await guardOf(await aHandler(), request)).toEqual([]);
});

test('nobody without `registry:view` looks', async () => {
  const ctx = await aHandler();
  const { request } = await asking(ctx, (await aPatient()).id);
  await expect(guardOf(await aHandler({ role: 'auditor' }), request)).rejects.toThrow(ForbiddenError);
});
