import { describe, expect, test } from 'vitest';
import type { Ctx, SystemActor } from '@/lib/auth/actor';
import { versionOf } from '@/lib/booking/api-appointment.queries';
import { bookDirectly } from '@/lib/booking/book-direct.commands';
import type { DirectBooking } from '@/lib/booking/direct.schema';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { aSystem } from '@/prisma/factories/client';
import { aDirectBooking } from '@/prisma/factories/direct';
import { aPatient, syntheticNhsNumber } from '@/prisma/factories/patient';
import { aService } from '@/prisma/factories/service';
import { aFreeSlot, freeSlotsInARow } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN } from '@/prisma/factories/staff';

const BEFORE = addMinutes(A_TUESDAY_AT_TEN, -1);
const AFTER = addMinutes(A_TUESDAY_AT_TEN, 1);

/** The same system with another request, which carries a correlation id of its own. */
const anew = (ctx: Ctx<SystemActor>): Ctx<SystemActor> => ({ ...ctx, requestId: newId(), correlationId: newId() });

/** All that a booking writes but the audit of its refusal, counted. */
async function written() {
  const counts = await Promise.all([db.appointment.count(), db.appointmentVersion.count(), db.patient.count(), db.bookingSubmission.count(), db.appointmentContact.count(), db.registryEntry.count(), db.outbox.count(), db.inboundRequest.count()]);
  return [...counts, await db.slot.count({ where: { status: 'busy' } })];
}

describe('B-420: a booking of another system is one step', () => {
  test('writes all that belongs to it: slot, patient, appointment, version, what was sent, numbers, registry, message, audit, request', async () => {
    const ctx = await aSystem();
    const slot = await aFreeSlot();
    const request = await aDirectBooking(slot);
    const outcome = await bookDirectly(ctx, request);
    expect(outcome).toMatchObject({ ok: true, value: { bookedAt: ctx.now, isRepeat: false } });

    const id = outcome.ok ? outcome.value.appointmentId : '';
    expect(outcome).toMatchObject({ value: { appointment: await versionOf({ id }) } });
    const found = await db.appointment.findUniqueOrThrow({ where: { id }, include: { slot: true, patient: true, versions: true, submission: true, contacts: true, registryEntry: { include: { versions: true } } } });
    expect(found).toMatchObject({
      ...{ status: 'booked', version: 1, startsAt: slot.startsAt, endsAt: slot.endsAt, reason: request.reason, serviceId: slot.serviceId },
      ...{ callId: null, bookedById: null, bookedThroughId: ctx.actor.id, bookedByCode: ctx.actor.organisation.code, bookedAt: ctx.now, slot: { status: 'busy' } },
      patient: { nhsNumber: request.submission.patient.nhsNumber, givenName: 'Tomasz', familyName: 'Notreal', sex: 'male', addressLine: '1 Example Street', town: 'Leeds', postcode: 'LS1 4AP', phone: '01632 960001' },
      versions: [{ version: 1, at: ctx.now, actorId: ctx.actor.id, requestId: ctx.requestId, body: { status: 'booked', startsAt: slot.startsAt.toISOString() } }],
      contacts: [{ rank: 1, isPatient: true, name: null, relationship: null, phone: '01632 960001' }],
      registryEntry: { source: 'onward', externalId: id, nhsNumber: request.submission.patient.nhsNumber, startsAt: slot.startsAt, status: 'booked', versions: [{ version: 1 }] },
    });
    expect(found.submission?.body).toEqual(request.submission);
    expect(await db.outbox.findUniqueOrThrow({ where: { dedupeKey: `appointment.booked:${id}` } })).toMatchObject({ topic: 'appointment.booked', body: { appointmentId: id, version: 1 } });
    expect(await db.inboundRequest.findMany({ where: { sender: ctx.actor.id } })).toMatchObject([{ door: 'stu3', method: 'POST', requestId: ctx.correlationId, answer: `${id}:1` }]);
  });

  test('U-160, U-161: who, which organisation, which system and which request are in the audit and in the version', async () => {
    const ctx = await aSystem();
    const outcome = await bookDirectly(ctx, await aDirectBooking(await aFreeSlot()));
    const id = outcome.ok ? outcome.value.appointmentId : '';
    const said = { requestId: ctx.requestId, correlationId: ctx.correlationId, actorId: ctx.actor.id, organisationCode: ctx.actor.organisation.code, provenance: ctx.actor.provenance };
    expect(await db.auditEvent.findMany({ where: { subject: id } })).toMatchObject([{ type: 'appointment.booked', at: ctx.now, ...said }]);
    expect(await db.auditEvent.findMany({ where: { requestId: ctx.requestId, type: 'patient.created' } })).toMatchObject([said]);
    expect(await db.appointmentVersion.findMany({ where: { appointmentId: id } })).toMatchObject([{ provenance: ctx.actor.provenance }]);
  });

  test('B-421: a patient without an NHS number gets a row of their own, every time', async () => {
    const ctx = await aSystem();
    const [first, second] = [await aDirectBooking(await aFreeSlot(), { nhsNumber: null }), await aDirectBooking(await aFreeSlot(), { nhsNumber: null, gender: 'unknown' })];
    const outcomes = [await bookDirectly(ctx, first), await bookDirectly(anew(ctx), second)];
    const found = await db.appointment.findMany({ where: { bookedThroughId: ctx.actor.id }, include: { patient: true }, orderBy: { id: 'asc' } });
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    expect(new Set(found.map(({ patientId }) => patientId))).toHaveLength(2);
    expect(found.map(({ patient }) => [patient.nhsNumber, patient.sex])).toEqual([[null, 'male'], [null, 'indeterminate']]);
  });

  test('a known patient keeps what the register says of them; what was sent is kept with the appointment', async () => {
    const known = await aPatient({ givenName: 'Ada', familyName: 'Known', birthDate: '1950-01-01', postcode: 'YO1 7HH' });
    const ctx = await aSystem();
    const outcome = await bookDirectly(ctx, await aDirectBooking(await aFreeSlot(), { nhsNumber: known.nhsNumber }));
    expect(outcome).toMatchObject({ ok: true });
    expect(await db.patient.findUniqueOrThrow({ where: { id: known.id } })).toEqual(known);
    expect(await db.appointment.findMany({ where: { patientId: known.id }, include: { submission: true } })).toMatchObject([{ submission: { body: { patient: { name: { family: 'Notreal' } } } } }]);
    expect(await db.auditEvent.count({ where: { requestId: ctx.requestId, type: 'patient.created' } })).toBe(0);
  });

  test('X-16: it may end before its slot does, and its entry in the registry ends with it', async () => {
    const slot = await aFreeSlot({ minutes: 30 });
    const endsAt = addMinutes(slot.startsAt, 10);
    const outcome = await bookDirectly(await aSystem(), { ...(await aDirectBooking(slot)), endsAt });
    const id = outcome.ok ? outcome.value.appointmentId : '';
    expect(await db.appointment.findUniqueOrThrow({ where: { id }, include: { registryEntry: true } })).toMatchObject({ endsAt, registryEntry: { endsAt } });
  });

  test('X-38: a slot that is named and not described is booked', async () => {
    const request = await aDirectBooking(await aFreeSlot());
    const slot = { id: request.slot.id.toUpperCase(), scheduleId: null, startsAt: null, endsAt: null };
    expect(await bookDirectly(await aSystem(), { ...request, slot })).toMatchObject({ ok: true });
  });

  test('B-042: without a correlation id it is booked, and nothing protects against repeats', async () => {
    const ctx = { ...(await aSystem()), correlationId: null };
    const [one, other] = [await aDirectBooking(await aFreeSlot()), await aDirectBooking(await aFreeSlot())];
    expect([await bookDirectly(ctx, one), await bookDirectly(ctx, other)]).toMatchObject([{ ok: true }, { ok: true }]);
    expect(await db.inboundRequest.count({ where: { sender: ctx.actor.id } })).toBe(0);
  });

  test('B-122: a token that may only read may not book', async () => {
    const ctx = await aSystem({ scopes: ['organization/slot.read', 'patient/appointment.read'] });
    await expect(bookDirectly(ctx, await aDirectBooking(await aFreeSlot()))).rejects.toThrow(ForbiddenError);
  });
});

describe('a booking is refused in words of its own, audited with its provenance, and leaves nothing behind', () => {
  test.each([
    ['B-411', 'slot-in-past', { startsAt: A_TUESDAY_AT_TEN }],
    ['B-412', 'slot-taken', { status: 'busy' }],
    ['B-412: a slot that is held by a call handler is not free', 'slot-held', { heldByCall: newId(), heldUntil: AFTER }],
    ['B-413', 'slot-withdrawn', { status: 'withdrawn' }],
    ['B-413', 'slot-notice-passed', { offeredUntil: BEFORE }],
    ['B-413', 'slot-kept-back', { keptBackUntil: AFTER }],
    ['B-413', 'slot-not-open-yet', { offeredFrom: AFTER }],
  ])('%s: %s when the slot is %o', async (_rule, code, changed) => {
    const ctx = await aSystem();
    const free = await aFreeSlot();
    const slot = await db.slot.update({ where: { id: free.id }, data: changed });
    const before = await written();
    expect(await bookDirectly(ctx, await aDirectBooking(slot))).toMatchObject({ ok: false, error: { code } });
    expect(await written()).toEqual(before);
    expect(await db.slot.findUniqueOrThrow({ where: { id: slot.id } })).toEqual(slot);
    const said = { requestId: ctx.requestId, correlationId: ctx.correlationId, organisationCode: ctx.actor.organisation.code, provenance: ctx.actor.provenance };
    expect(await db.auditEvent.findMany({ where: { requestId: ctx.requestId } })).toMatchObject([{ type: 'appointment.refused', subject: slot.id, detail: { code }, ...said }]);
  });

  test.each([newId(), 'no-such-id', "'; DROP TABLE slot; --"])('B-409: slot-not-found for %s', async (id) => {
    const ctx = await aSystem();
    const request = await aDirectBooking(await aFreeSlot());
    expect(await bookDirectly(ctx, { ...request, slot: { ...request.slot, id } })).toEqual({ ok: false, error: { code: 'slot-not-found' } });
    expect(await db.auditEvent.count({ where: { requestId: ctx.requestId, type: 'appointment.refused' } })).toBe(1);
  });

  test('B-138, B-409: organisation-refused by the service, and by the registration of the client', async () => {
    const ctx = await aSystem();
    const { code } = ctx.actor.organisation;
    const service = await aService();
    await db.service.update({ where: { id: service.id }, data: { refusesFrom: [code] } });
    const refusal = { ok: false, error: { code: 'organisation-refused', serviceName: service.name, organisation: code, what: 'book' } };
    expect(await bookDirectly(ctx, await aDirectBooking(await aFreeSlot({ serviceId: service.id })))).toEqual(refusal);

    const other = await aSystem({ book: [service.dosId] });
    expect(await bookDirectly(other, await aDirectBooking(await aFreeSlot()))).toMatchObject({ error: { code: 'organisation-refused' } });
    expect(await bookDirectly(other, await aDirectBooking(await aFreeSlot({ serviceId: service.id })))).toMatchObject({ ok: true });
  });

  test.each([['is not bookable', { isBookable: false }], ['is closed', { status: 'closed' }]])('B-413: service-not-bookable when it %s', async (_why, changed) => {
    const slot = await aFreeSlot();
    await db.service.update({ where: { id: slot.serviceId }, data: changed });
    expect(await bookDirectly(await aSystem(), await aDirectBooking(slot))).toMatchObject({ error: { code: 'service-not-bookable' } });
  });

  test('B-413: patient-deceased, and nothing is booked', async () => {
    const { nhsNumber } = await aPatient({ deceasedOn: BEFORE });
    expect(await bookDirectly(await aSystem(), await aDirectBooking(await aFreeSlot(), { nhsNumber }))).toEqual({ ok: false, error: { code: 'patient-deceased' } });
  });

  test('B-413: patient-overlap for a second appointment at that time, and the slot is free as before', async () => {
    const ctx = await aSystem();
    const nhsNumber = syntheticNhsNumber();
    const first = await bookDirectly(ctx, await aDirectBooking(await aFreeSlot(), { nhsNumber }));
    const slot = await aFreeSlot();
    const before = await written();
    expect(await bookDirectly(anew(ctx), await aDirectBooking(slot, { nhsNumber }))).toMatchObject({ error: { code: 'patient-overlap', reference: first.ok ? first.value.reference : '' } });
    expect(await written()).toEqual(before);
  });

  test('U-019: neither age, sex nor disposition is looked at: the directory decided', async () => {
    const service = await aService({ dispositions: [], ages: [{ daysFrom: 0, daysTo: 1 }], genders: ['F'] });
    expect(await bookDirectly(await aSystem(), await aDirectBooking(await aFreeSlot({ serviceId: service.id })))).toMatchObject({ ok: true });
  });

  test('a crash in the middle of the statement leaves nothing behind', async () => {
    const before = await written();
    const request = await aDirectBooking(await aFreeSlot());
    const telecom = [1, 1].map((rank) => ({ system: 'phone', value: '01632 960001', use: null, rank }));
    const twice: DirectBooking = { ...request, submission: { ...request.submission, patient: { ...request.submission.patient, telecom } } };
    await expect(bookDirectly(await aSystem(), twice)).rejects.toThrow(/appointment_contact_one_primary/);
    expect(await written()).toEqual(before);
  });
});

describe('B-043 to B-047: the same request again', () => {
  test('is not carried out, for another slot neither, and is told what it led to', async () => {
    const ctx = await aSystem();
    const first = await bookDirectly(ctx, await aDirectBooking(await aFreeSlot()));
    const refusal = { ok: false, error: { code: 'request-repeated', appointmentId: first.ok ? first.value.appointmentId : '', version: 1 } };
    const slot = await aFreeSlot();
    expect(await bookDirectly({ ...ctx, requestId: newId() }, await aDirectBooking(slot))).toEqual(refusal);
    expect(await db.slot.findUniqueOrThrow({ where: { id: slot.id } })).toMatchObject({ status: 'free' });
  });

  test('B-046: a refused attempt does not use its id up', async () => {
    const ctx = await aSystem();
    const slot = await aFreeSlot();
    await db.slot.update({ where: { id: slot.id }, data: { keptBackUntil: AFTER } });
    const request = await aDirectBooking(slot);
    expect(await bookDirectly(ctx, request)).toMatchObject({ error: { code: 'slot-kept-back' } });
    await db.slot.update({ where: { id: slot.id }, data: { keptBackUntil: null } });
    expect(await bookDirectly(ctx, request)).toMatchObject({ ok: true });
  });

  test('B-045: the id of one client is free for another', async () => {
    const [one, other] = [await aSystem(), await aSystem()];
    const bookings = [await aDirectBooking(await aFreeSlot()), await aDirectBooking(await aFreeSlot())] as const;
    expect([await bookDirectly(one, bookings[0]), await bookDirectly({ ...other, correlationId: one.correlationId }, bookings[1])]).toMatchObject([{ ok: true }, { ok: true }]);
  });

  test('B-047: ten times at once makes one appointment, and nine are told which', async () => {
    const ctx = await aSystem();
    const slots = await freeSlotsInARow(2);
    const requests = await Promise.all(Array.from({ length: 10 }, (_, index) => aDirectBooking(slots[index % 2] ?? expect.fail())));
    const outcomes = await Promise.all(requests.map((request) => bookDirectly({ ...ctx, requestId: newId() }, request)));
    const won = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.value.appointmentId] : []));
    expect(won).toHaveLength(1);
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.error.code === 'request-repeated' && outcome.error.appointmentId === won[0])).toHaveLength(9);
    expect(await db.appointment.count({ where: { bookedThroughId: ctx.actor.id } })).toBe(1);
  });
});
