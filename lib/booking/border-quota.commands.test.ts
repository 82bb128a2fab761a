import { describe, expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import { bookAppointment } from '@/lib/booking/book.commands';
import { bookDirectly } from '@/lib/booking/book-direct.commands';
import { cancelAppointment } from '@/lib/booking/cancel.commands';
import { guardOf } from '@/lib/booking/guard.queries';
import { holdSlot } from '@/lib/booking/hold.commands';
import { markEnteredInError } from '@/lib/booking/in-error.commands';
import { takePlace } from '@/lib/booking/keep-border.commands';
import { moveAppointment } from '@/lib/booking/move.commands';
import { shiftAppointment } from '@/lib/booking/shift.commands';
import type { AgreementContent } from '@/lib/crossborder/agreement.schema';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addMinutes, toDateColumn } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { anAgreement, GREATER_MANCHESTER, WEST_YORKSHIRE } from '@/prisma/factories/agreement';
import { aBookingRequest, aCall, aCancelRequest, aChangeRequest, aChoice } from '@/prisma/factories/call';
import { aSystem } from '@/prisma/factories/client';
import { aDirectBooking } from '@/prisma/factories/direct';
import { aPatient } from '@/prisma/factories/patient';
import { aService } from '@/prisma/factories/service';
import { aFreeSlot, freeSlotsInARow } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN, aHandler, later } from '@/prisma/factories/staff';

const TODAY = londonDate(A_TUESDAY_AT_TEN);

/** A service in Greater Manchester with an agreement of its own, at ten pounds, for so many bookings of West Yorkshire's patients a day. */
async function aLimitedService(dailyQuota: number, given: Partial<AgreementContent> = {}) {
  const service = await aService({ icbCode: GREATER_MANCHESTER });
  const agreement = await anAgreement({ serviceId: service.id, dailyQuota, pricePence: 1_000, noshowPence: 200, ...given });
  return { serviceId: service.id, agreementId: agreement.id };
}

/** Calls of different patients, each of which holds a slot of the service before the due time. */
async function heldSlots(ctx: Ctx, serviceId: string, count: number) {
  const slots = await freeSlotsInARow(count, { serviceId, minutes: 1 });
  const requests = [];
  for (const { id } of slots) {
    const call = await aCall(ctx);
    await db.slot.update({ where: { id }, data: { heldByCall: call.id, heldUntil: addMinutes(ctx.now, 5) } });
    requests.push(aBookingRequest(call.id, id));
  }
  return requests;
}

async function bookOne(ctx: Ctx, serviceId: string) {
  const [request] = await heldSlots(ctx, serviceId, 1);
  return book(ctx, request ?? expect.fail('no slot'));
}

async function book(ctx: Ctx, request: ReturnType<typeof aBookingRequest>) {
  const outcome = await bookAppointment(ctx, request);
  if (!outcome.ok) throw new Error(outcome.error.code);
  return db.appointment.findUniqueOrThrow({ where: { id: outcome.value.appointmentId }, include: { borderDecision: true } });
}

async function usedOf(agreementId: string, day = TODAY): Promise<number | null> {
  return (await db.agreementQuota.findUnique({ where: { agreementId_day: { agreementId, day: toDateColumn(day) } } }))?.used ?? null;
}

/** Bookings of this service that stand and have a place of the day: what `used` must always say. */
async function placesOf(serviceId: string): Promise<number> {
  return db.borderDecision.count({ where: { quotaDay: toDateColumn(TODAY), appointment: { serviceId, releasedAt: null } } });
}

async function rulesOf(serviceId: string): Promise<Record<string, number>> {
  const rows = await db.borderDecision.groupBy({ by: ['ruleKind'], where: { appointment: { serviceId } }, _count: true });
  return Object.fromEntries(rows.map(({ ruleKind, _count }) => [ruleKind, _count]));
}

describe('races', () => {
  test('sixty bookings at once with a quota of fifty: exactly fifty under the agreement, ten by the default', { timeout: 60_000 }, async () => {
    const ctx = await aHandler();
    const { serviceId, agreementId } = await aLimitedService(50);
    const requests = await heldSlots(ctx, serviceId, 60);
    const outcomes = await Promise.all(requests.map((request) => bookAppointment(later(ctx, 0), request)));
    expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
    expect(await rulesOf(serviceId)).toEqual({ agreement: 50, default: 10 });
    expect(await usedOf(agreementId)).toBe(50);
    expect(await db.borderDecision.count({ where: { ruleKind: 'default', appointment: { serviceId }, quotaDay: null, pricePence: null } })).toBe(10);
  });

  test('ten calls and ten other systems for three places at once: three have them, whoever they are', { timeout: 60_000 }, async () => {
    const ctx = await aHandler();
    await db.postcode.createMany({ data: [{ postcode: 'LS1 4AP', latitude: 53.79, longitude: -1.54, country: 'E', icbCode: WEST_YORKSHIRE, quality: 1 }], skipDuplicates: true });
    const { serviceId, agreementId } = await aLimitedService(3);
    const requests = await heldSlots(ctx, serviceId, 10);
    const slots = await freeSlotsInARow(10, { serviceId, minutes: 1 });
    const addresses = [{ use: null, lines: ['1 Test Road'], town: null, district: null, postcode: 'LS1 4AP' }];
    const direct = await Promise.all(slots.map(async (slot) => ({ system: await aSystem(), booking: await aDirectBooking(slot, { addresses }) })));
    const outcomes = await Promise.all([...requests.map((request) => bookAppointment(later(ctx, 0), request)), ...direct.map(({ system, booking }) => bookDirectly(system, booking))]);
    expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
    expect(await rulesOf(serviceId)).toEqual({ agreement: 3, default: 17 });
    expect([await usedOf(agreementId), await placesOf(serviceId)]).toEqual([3, 3]);
  });

  test('twenty transactions want the last place at once: one has it', async () => {
    const quota = { agreementId: newId(), day: TODAY, quota: 1 };
    const taken = await Promise.all(Array.from({ length: 20 }, () => db.$transaction((tx) => takePlace(tx, quota))));
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await usedOf(quota.agreementId)).toBe(1);
  });

  test('bookings and cancellations for two places, all at once, round after round: the count is always that of what stands', { timeout: 60_000 }, async () => {
    const ctx = await aHandler();
    const { serviceId, agreementId } = await aLimitedService(2);
    let standing = await Promise.all(Array.from({ length: 2 }, () => bookOne(ctx, serviceId)));
    for (let round = 0; round < 4; round += 1) {
      const requests = await heldSlots(ctx, serviceId, 4);
      const [booked] = await Promise.all([
        Promise.all(requests.map((request) => book(later(ctx, 0), request))),
        Promise.all(standing.map((each) => cancelAppointment(later(ctx, 0), aCancelRequest(each)))),
      ]);
      standing = booked;
      const used = await usedOf(agreementId);
      expect(used).toBe(await placesOf(serviceId));
      expect(used).toBeLessThanOrEqual(2);
    }
  });

  test('one request sent ten times at once takes one place, and gets one answer', async () => {
    const ctx = await aHandler();
    const { serviceId, agreementId } = await aLimitedService(1);
    const [request] = await heldSlots(ctx, serviceId, 1);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => bookAppointment(later(ctx, 0), request ?? expect.fail('no slot'))));
    expect(new Set(outcomes.map((outcome) => (outcome.ok ? outcome.value.appointmentId : outcome.error.code)))).toHaveLength(1);
    expect(outcomes[0]).toMatchObject({ ok: true });
    expect(await usedOf(agreementId)).toBe(1);
  });
});

describe('a place of the day', () => {
  test('is that of the London day of the slot: another day has its own', async () => {
    const ctx = await aHandler();
    const { serviceId, agreementId } = await aLimitedService(1);
    await bookOne(ctx, serviceId);
    const slot = await aFreeSlot({ serviceId, startsAt: new Date('2026-11-25T00:00:00Z') });
    const call = await aCall(ctx, { dispositionCode: 'Dx08', dueAt: addMinutes(ctx.now, 1_440) });
    await holdSlot(ctx, { callId: call.id, slotId: slot.id });
    expect(await book(ctx, aBookingRequest(call.id, slot.id))).toMatchObject({ borderDecision: { ruleId: agreementId, quotaDay: new Date('2026-11-25T00:00:00Z') } });
    expect([await usedOf(agreementId), await usedOf(agreementId, londonDate(slot.startsAt))]).toEqual([1, 1]);
  });

  test.each([
    ['cancelled', (ctx: Ctx, appointment: { id: string; patientId: string }) => cancelAppointment(ctx, aCancelRequest(appointment))],
    ['entered in error', async (ctx: Ctx, appointment: { id: string; patientId: string }) => {
      const supervisor = await aHandler({ role: 'supervisor', organisationCode: ctx.actor.organisation.code });
      return markEnteredInError(supervisor, { ...aChangeRequest(appointment), text: 'Booked for the wrong person' });
    }],
  ])('is given back once when the appointment is %s, and the next booking has it', async (_what, end) => {
    const ctx = await aHandler();
    const { serviceId, agreementId } = await aLimitedService(1);
    const first = await bookOne(ctx, serviceId);
    expect(await bookOne(ctx, serviceId)).toMatchObject({ borderDecision: { ruleKind: 'default' } });
    expect(await end(ctx, first)).toMatchObject({ ok: true });
    await end(ctx, first);
    expect(await usedOf(agreementId)).toBe(0);
    expect(await bookOne(ctx, serviceId)).toMatchObject({ borderDecision: { ruleId: agreementId } });
    expect(await usedOf(agreementId)).toBe(1);
  });

  test('a move to another service gives it back', async () => {
    const ctx = await aHandler();
    const { serviceId, agreementId } = await aLimitedService(1);
    const old = await bookOne(ctx, serviceId);
    const slot = await aFreeSlot({ serviceId: (await aService()).id });
    const callId = old.callId ?? expect.fail('no call');
    await holdSlot(ctx, { callId, slotId: slot.id });
    expect(await moveAppointment(ctx, { ...aBookingRequest(callId, slot.id), movesId: old.id, movesVersion: 1 })).toMatchObject({ ok: true });
    expect(await usedOf(agreementId)).toBe(0);
  });

  test('a move within the day and the agreement keeps it, also the last one: an appointment never competes with itself', async () => {
    const ctx = await aHandler();
    const { serviceId, agreementId } = await aLimitedService(1);
    const old = await bookOne(ctx, serviceId);
    const slot = await aFreeSlot({ serviceId, startsAt: addMinutes(ctx.now, 90) });
    const callId = old.callId ?? expect.fail('no call');
    expect(await holdSlot(ctx, { callId, slotId: slot.id })).toMatchObject({ ok: true });
    const moved = await moveAppointment(ctx, { ...aBookingRequest(callId, slot.id), movesId: old.id, movesVersion: 1 });
    const id = moved.ok ? moved.value.appointmentId : expect.fail(moved.error.code);
    expect(await db.borderDecision.findUniqueOrThrow({ where: { appointmentId: id } })).toMatchObject({ ruleId: agreementId, quotaDay: toDateColumn(TODAY) });
    expect(await usedOf(agreementId)).toBe(1);
    expect(await bookOne(ctx, serviceId)).toMatchObject({ borderDecision: { ruleKind: 'default' } });
  });

  test('of an appointment that is cancelled in favour of the new one is free for it', async () => {
    const ctx = await aHandler();
    const { serviceId, agreementId } = await aLimitedService(1);
    const old = await bookOne(ctx, serviceId);
    const call = await aCall(ctx, { patientId: old.patientId });
    const slot = await aFreeSlot({ serviceId, startsAt: addMinutes(ctx.now, 100) });
    await holdSlot(ctx, { callId: call.id, slotId: slot.id });
    const request = aBookingRequest(call.id, slot.id);
    const choices = (await guardOf(ctx, request)).map((conflict) => aChoice(conflict, 'cancel'));
    expect(await book(ctx, { ...request, choices })).toMatchObject({ borderDecision: { ruleId: agreementId } });
    expect([await usedOf(agreementId), await placesOf(serviceId)]).toEqual([1, 1]);
  });

  test('is left alone by a booking that loses its slot, and by one for whom nothing is left but a refusal', async () => {
    const ctx = await aHandler();
    const { serviceId, agreementId } = await aLimitedService(5);
    const [request] = await heldSlots(ctx, serviceId, 1);
    await db.slot.updateMany({ where: { id: request?.slotId }, data: { heldByCall: newId() } });
    expect(await bookAppointment(ctx, request ?? expect.fail('no slot'))).toMatchObject({ ok: false, error: { code: 'slot-held' } });
    const system = await aSystem();
    const known = await aPatient();
    const slots = await freeSlotsInARow(1, { serviceId });
    const booking = await aDirectBooking(slots[0] ?? expect.fail('no slot'), { nhsNumber: known.nhsNumber });
    await db.patient.update({ where: { id: known.id }, data: { deceasedOn: A_TUESDAY_AT_TEN } });
    expect(await bookDirectly(system, booking)).toMatchObject({ ok: false, error: { code: 'patient-deceased' } });
    expect(await usedOf(agreementId)).toBeNull();
  });

  test('a later version of the agreement counts on, with its own number', async () => {
    const ctx = await aHandler();
    const { serviceId, agreementId } = await aLimitedService(1);
    await bookOne(ctx, serviceId);
    await db.agreement.update({ where: { id_version: { id: agreementId, version: 1 } }, data: { state: 'superseded' } });
    await anAgreement({ id: agreementId, version: 2, serviceId, dailyQuota: 2, pricePence: 1_000, noshowPence: 200 });
    expect(await bookOne(ctx, serviceId)).toMatchObject({ borderDecision: { ruleId: agreementId, ruleVersion: 2 } });
    expect(await bookOne(ctx, serviceId)).toMatchObject({ borderDecision: { ruleKind: 'default' } });
    expect(await usedOf(agreementId)).toBe(2);
  });
});

describe('a slot that the service gives the patient instead', () => {
  async function shifted(appointmentId: string, toServiceId: string) {
    const ctx = await aHandler({ role: 'service-admin' });
    const slot = await aFreeSlot({ serviceId: toServiceId, startsAt: addMinutes(ctx.now, 120) });
    const given = await db.$transaction((tx) => shiftAppointment(tx, ctx, { appointmentId, version: 1, toSlotId: slot.id }));
    return db.borderDecision.findUniqueOrThrow({ where: { appointmentId: given?.appointmentId ?? expect.fail('not shifted') } });
  }

  test('goes on under the same decision, and no quota counts it', async () => {
    const ctx = await aHandler();
    const { serviceId, agreementId } = await aLimitedService(1);
    const old = await bookOne(ctx, serviceId);
    expect(await shifted(old.id, serviceId)).toMatchObject({
      ...{ carriedFromId: old.id, ruleKind: 'agreement', ruleId: agreementId, ruleVersion: 1, ruleWords: old.borderDecision?.ruleWords, outcome: 'allow', pricePence: 1_000, payerCode: 'QWO', hostCode: 'QOP' },
      ...{ quotaDay: null, isCrossing: true, startsAt: addMinutes(ctx.now, 120), looked: old.borderDecision?.looked },
    });
    expect(await usedOf(agreementId)).toBe(0);
  });

  test('at a service of another commissioner that one is the host; at one of the patient’s own no border is crossed any more', async () => {
    const ctx = await aHandler();
    const { serviceId } = await aLimitedService(5);
    const [one, other] = [await bookOne(ctx, serviceId), await bookOne(ctx, serviceId)];
    expect(await shifted(one.id, (await aService({ icbCode: 'QYG' })).id)).toMatchObject({ hostCode: 'QYG', hostHow: 'service', payerCode: 'QWO', pricePence: 1_000, isCrossing: true });
    expect(await shifted(other.id, (await aService({ icbCode: WEST_YORKSHIRE })).id)).toMatchObject({
      ...{ isCrossing: false, ruleKind: 'same', ruleId: 'XB-01', hostCode: 'QWO', responsibleCode: 'QWO', responsibleHow: 'home-postcode', payerCode: null, pricePence: null, carriedFromId: other.id },
    });
  });
});
