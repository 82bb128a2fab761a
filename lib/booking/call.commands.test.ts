import { beforeAll, describe, expect, test } from 'vitest';
import { bookAppointment } from '@/lib/booking/book.commands';
import { recordShown, startCall } from '@/lib/booking/call.commands';
import { startCall as callForm } from '@/lib/booking/call.schema';
import type { BorderDecision } from '@/lib/crossborder/schema';
import type { SearchAnswer } from '@/lib/directory/schema';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { aCall, aHeldSlot } from '@/prisma/factories/call';
import { aPatient } from '@/prisma/factories/patient';
import { A_TUESDAY_AT_TEN, aHandler, later } from '@/prisma/factories/staff';

const HOME = { postcode: 'LS1 4AP', latitude: 53.7965, longitude: -1.5478, country: 'E', icbCode: 'QWO', quality: 1 };
const AWAY = { ...HOME, postcode: 'NR1 3QQ', latitude: 52.62, longitude: 1.3, icbCode: 'QMM' };
const DETAILS = { givenName: 'Tomasz', familyName: 'Notreal', birthDay: '2', birthMonth: '3', birthYear: '1984', sex: 'male', homePostcode: 'ls14ap', phone: '' };

beforeAll(async () => {
  await db.postcode.createMany({ data: [HOME, AWAY], skipDuplicates: true });
});

const form = (values: Record<string, string>) => callForm(londonDate(A_TUESDAY_AT_TEN)).parse({ callerIs: 'patient', disposition: 'Dx05', ...values });
const callOf = (id: string) =>
  db.call.findUniqueOrThrow({
    where: { id },
    include: { patient: true, events: true, contacts: { select: { rank: true, isPatient: true, name: true, relationship: true, phone: true }, orderBy: { rank: 'asc' } } },
  });

async function started(values: Record<string, string>) {
  const ctx = await aHandler();
  const outcome = await startCall(ctx, form(values));
  if (!outcome.ok) throw new Error(outcome.error.code);
  return { ctx, call: await callOf(outcome.value.callId) };
}

describe('starting a call', () => {
  test('for a patient of the register who is at home: the clock runs from now, and it is audited', async () => {
    const { id, nhsNumber } = await aPatient();
    const { ctx, call } = await started({ nhsNumber: nhsNumber ?? '' });
    expect(call).toMatchObject({
      ...{ patientId: id, state: 'open', postcode: 'LS1 4AP', icbCode: 'QWO', placePrecision: 'postcode', isAtHome: true },
      ...{ dispositionCode: 'Dx05', dispositionAt: ctx.now, dueAt: addMinutes(ctx.now, 120), handlerId: ctx.actor.id, events: [{ kind: 'opened' }] },
    });
    const audit = await db.auditEvent.findMany({ where: { requestId: ctx.requestId }, orderBy: { seq: 'asc' } });
    expect(audit).toMatchObject([{ type: 'patient.found' }, { type: 'call.opened', subject: call.id, patientId: id }]);
  });

  test('for a patient typed in: a row of its own, the postcode spelt right, audited as made', async () => {
    const { ctx, call } = await started({ ...DETAILS, callerIs: 'other', callerName: 'Ada Notreal', callerRelationship: 'Mother', callbackPhone: '07700 900153' });
    expect(call.patient).toMatchObject({ nhsNumber: null, familyName: 'Notreal', birthDate: new Date('1984-03-02T00:00:00Z'), postcode: 'LS1 4AP' });
    expect(call).toMatchObject({ callerName: 'Ada Notreal', callerRelationship: 'Mother' });
    expect(await db.auditEvent.count({ where: { requestId: ctx.requestId, type: 'patient.created', subject: call.patientId } })).toBe(1);
  });

  test('U-140, U-144: the caller’s number is rung first, then the patient’s own; the record keeps how many, never a number', async () => {
    const { nhsNumber } = await aPatient({ phone: '01632 960001' });
    const { call } = await started({ nhsNumber: nhsNumber ?? '', callerIs: 'other', callerName: 'Ada Notreal', callerRelationship: 'Mother', callbackPhone: '07700 900153' });
    expect(call.contacts).toEqual([
      { rank: 1, isPatient: false, name: 'Ada Notreal', relationship: 'Mother', phone: '07700 900153' },
      { rank: 2, isPatient: true, name: null, relationship: null, phone: '01632 960001' },
    ]);
    expect(call.events).toMatchObject([{ kind: 'opened', body: { patientIs: 'known', contacts: 2, movesId: null } }]);
    expect(JSON.stringify(call.events, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).not.toMatch(/900153|960001|Notreal/);
  });

  test('without any number it starts too: bookings refuse until there is one', async () => {
    const { call } = await started(DETAILS);
    expect(call.contacts).toEqual([]);
  });

  test('for an unknown patient: about so old, where they are, and every record says unknown', async () => {
    const { ctx, call } = await started({ patientIs: 'unknown', ageYears: '40', sex: 'female', postcode: 'nr13qq', callbackPhone: '07700 900153' });
    expect(call.patient).toMatchObject({ isUnknown: true, givenName: 'Unknown', familyName: 'Unknown', sex: 'female', postcode: 'NR1 3QQ', nhsNumber: null });
    expect(call.patient.birthDate).toEqual(new Date('1986-11-24T00:00:00Z'));
    expect(call).toMatchObject({ postcode: 'NR1 3QQ', isAtHome: false, contacts: [{ rank: 1, isPatient: true, phone: '07700 900153' }] });
    expect(await db.auditEvent.findMany({ where: { requestId: ctx.requestId, type: 'patient.created' } })).toMatchObject([{ detail: { isUnknown: true } }]);
  });

  test('U-115: to move an appointment after its call: for the same patient row, and only while it can be moved', async () => {
    const handler = await aHandler();
    const { request, call: first, slot } = await aHeldSlot(handler);
    const booked = await bookAppointment(handler, request);
    const movesId = booked.ok ? booked.value.appointmentId : '';
    const { call } = await started({ movesId });
    expect(call).toMatchObject({ patientId: first.patientId, movesId, state: 'open', contacts: [{ rank: 1, phone: '07700 900153' }] });

    const tooLate = await startCall({ ...handler, now: slot.startsAt }, form({ movesId }));
    expect(tooLate).toEqual({ ok: false, error: { code: 'appointment-not-found' } });
    for (const madeUp of [newId(), 'no id']) expect(await startCall(handler, form({ movesId: madeUp }))).toEqual({ ok: false, error: { code: 'appointment-not-found' } });
    await db.appointment.update({ where: { id: movesId }, data: { status: 'cancelled', releasedAt: handler.now } });
    expect(await startCall(handler, form({ movesId }))).toEqual({ ok: false, error: { code: 'appointment-not-found' } });
  });

  test('a patient who is marked deceased is refused, by number and by appointment, and the refusal is audited', async () => {
    const ctx = await aHandler();
    const { request, call } = await aHeldSlot(ctx);
    const booked = await bookAppointment(ctx, request);
    const { nhsNumber } = await db.patient.update({ where: { id: call.patientId }, data: { deceasedOn: new Date('2026-11-20T00:00:00Z') } });
    const refused = { ok: false, error: { code: 'patient-deceased' } };
    const other = later(ctx, 1);
    expect(await startCall(other, form({ nhsNumber: nhsNumber ?? '' }))).toEqual(refused);
    expect(await startCall(other, form({ movesId: booked.ok ? booked.value.appointmentId : '' }))).toEqual(refused);
    const audit = await db.auditEvent.findMany({ where: { requestId: other.requestId, type: 'call.refused' } });
    expect(audit.map(({ detail }) => detail)).toEqual(Array(2).fill({ code: 'patient-deceased', change: 'open' }));
  });

  test('for somebody who is not at home: the place is where they are', async () => {
    const { nhsNumber } = await aPatient();
    expect((await started({ nhsNumber: nhsNumber ?? '', postcode: 'nr1 3qq' })).call).toMatchObject({ postcode: 'NR1 3QQ', icbCode: 'QMM', isAtHome: false });
    expect((await started({ ...DETAILS, homePostcode: 'BT1 1AA', postcode: 'NR13QQ' })).call).toMatchObject({ postcode: 'NR1 3QQ', isAtHome: false });
  });

  test('symptoms: a group with its valid discriminators is kept, the others are left out', async () => {
    const pair = await db.symptomPair.findFirstOrThrow();
    const { call } = await started({ ...DETAILS, symptomGroup: String(pair.groupId), discriminators: `${pair.discriminatorId},99999999` });
    expect(call).toMatchObject({ symptomGroup: pair.groupId, discriminators: [pair.discriminatorId] });
    expect((await started({ ...DETAILS, symptomGroup: '99999999', discriminators: String(pair.discriminatorId) })).call).toMatchObject({ symptomGroup: null, discriminators: [] });
  });

  test.each([
    [{ nhsNumber: '999 747 8347' }, 'patient-not-found'],
    [{ ...DETAILS, homePostcode: 'ZZ1 1ZZ' }, 'postcode-unknown'],
    [{ ...DETAILS, homePostcode: 'ZZ1 1ZZ', postcode: 'NR1 3QQ' }, 'postcode-unknown'],
    [{ ...DETAILS, homePostcode: 'BT1 1AA' }, 'postcode-not-covered'],
    [{ ...DETAILS, postcode: 'JE2 3QA' }, 'postcode-not-covered'],
    [{ ...DETAILS, disposition: 'Dx9999' }, 'disposition-unknown'],
    [{ ...DETAILS, disposition: 'primary care' }, 'disposition-ambiguous'],
    [{ ...DETAILS, disposition: 'Dx010' }, 'disposition-not-bookable'],
    [{ ...DETAILS, practice: 'No practice has such a name' }, 'practice-unknown'],
    [{ patientIs: 'unknown', ageYears: '40', sex: 'male', postcode: 'ZZ1 1ZZ' }, 'postcode-unknown'],
  ])('%o is refused with %s, and nothing is written', async (values, code) => {
    const ctx = await aHandler();
    expect(await startCall(ctx, form(values))).toMatchObject({ ok: false, error: { code } });
    expect(await db.call.count({ where: { handlerId: ctx.actor.id } })).toBe(0);
    expect(await db.auditEvent.count({ where: { requestId: ctx.requestId, type: { in: ['patient.created', 'call.opened'] } } })).toBe(0);
    expect(await db.auditEvent.findMany({ where: { requestId: ctx.requestId, type: 'call.refused' } })).toMatchObject([{ subject: null, detail: { code, change: 'open' } }]);
  });

  test('an auditor may not', async () => {
    await expect(startCall(await aHandler({ role: 'auditor' }), form(DETAILS))).rejects.toThrow(ForbiddenError);
  });
});

const NO_BORDERS = new Map<string, BorderDecision>();

test('what was shown is kept in order with its counts, once for the same answer, and not what a colleague sees who only looks', async () => {
  const ctx = await aHandler();
  const { id } = await aCall(ctx);
  const service = { dosId: '9990000001', name: 'A', typeId: 135, typeName: 'UTC', address: '', postcode: '', icbCode: null, distanceMiles: 1, mark: null } as const;
  const row = { ...service, open: { kind: 'unknown' }, capacity: 'High', capacityNote: null, isBookable: true, isBookingOnly: false, publicPhone: null, staffPhone: null } as const;
  const facts = { handlerInstructions: null, patientInformation: null, accessNeeds: null, earliestInTime: null, earliestAfter: null };
  const ids = [newId(), newId()];
  const services = ids.map((serviceId, index) => ({ ...row, ...facts, id: serviceId, freeInTime: index }));
  const answer: SearchAnswer = { services, isCatchAll: false, code: null, distanceKm: 60, distanceSource: 'National', matched: 2, gaps: {} };

  await recordShown(ctx, id, answer, NO_BORDERS);
  await recordShown(ctx, id, answer, NO_BORDERS);
  await recordShown(await aHandler({ organisationCode: ctx.actor.organisation.code }), id, { ...answer, matched: 3 }, NO_BORDERS);
  const events = await db.callEvent.findMany({ where: { callId: id } });
  expect(events).toMatchObject([{ kind: 'services-shown', body: { matched: 2, services: [{ id: ids[0], freeInTime: 0 }, { id: ids[1], freeInTime: 1 }] } }]);

  await recordShown(ctx, id, { ...answer, services: services.slice(1) }, NO_BORDERS);
  expect(await db.callEvent.count({ where: { callId: id } })).toBe(2);
});
