import { describe, expect, test } from 'vitest';
import { bookAppointment } from '@/lib/booking/book.commands';
import { bookDirectly } from '@/lib/booking/book-direct.commands';
import { claimDirectly, type DirectClaim } from '@/lib/booking/claim-direct.commands';
import { directBorder } from '@/lib/booking/border-decision.queries';
import { directOfferFor } from '@/lib/booking/direct-offer.queries';
import type { DirectBooking } from '@/lib/booking/direct.schema';
import { holdSlot } from '@/lib/booking/hold.commands';
import { referenceFrom } from '@/lib/booking/reference.rules';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { aBookingRequest, aCall } from '@/prisma/factories/call';
import { aSystem } from '@/prisma/factories/client';
import { aDirectBooking } from '@/prisma/factories/direct';
import { aPatient, syntheticNhsNumber } from '@/prisma/factories/patient';
import { aFreeSlot, freeSlotsInARow } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';

const BEFORE = addMinutes(A_TUESDAY_AT_TEN, -1);
const AFTER = addMinutes(A_TUESDAY_AT_TEN, 1);

/** A claim as it is when its offer has been read and every rule has said yes, and the world may still change. */
async function aReadyClaim(request: DirectBooking): Promise<DirectClaim> {
  const offer = await directOfferFor(await aSystem(), request);
  if (!offer) throw new Error('no offer');
  const border = { decision: await directBorder(offer), approvalId: null };
  return { appointmentId: newId(), reference: referenceFrom(crypto.getRandomValues(new Uint8Array(6))), patientId: newId(), offer, border, request };
}

describe('what changed between the read and the claim', () => {
  test.each([
    ['was held by a call', { heldByCall: newId(), heldUntil: AFTER }],
    ['began', { startsAt: A_TUESDAY_AT_TEN }],
    ['became another', { endsAt: addMinutes(A_TUESDAY_AT_TEN, 600) }],
    ['was withdrawn', { status: 'withdrawn' }],
    ['was booked', { status: 'busy' }],
    ['was kept back', { keptBackUntil: AFTER }],
    ['is not open yet', { offeredFrom: AFTER }],
    ['ran out of notice', { offeredUntil: BEFORE }],
  ])('the slot %s: the claim is lost and nothing is written', async (_what, changed) => {
    const ctx = await aSystem();
    const claim = await aReadyClaim(await aDirectBooking(await aFreeSlot()));
    await db.slot.update({ where: { id: claim.offer.slot.id }, data: changed });
    expect(await claimDirectly(ctx, claim)).toBe('lost');
    expect(await db.auditEvent.count({ where: { requestId: ctx.requestId } })).toBe(0);
    expect(await db.patient.count({ where: { id: claim.patientId } })).toBe(0);
    expect(await db.bookingSubmission.count({ where: { appointmentId: claim.appointmentId } })).toBe(0);
  });

  test('the patient was marked as deceased: the claim is lost', async () => {
    const { id, nhsNumber } = await aPatient();
    const claim = await aReadyClaim(await aDirectBooking(await aFreeSlot(), { nhsNumber }));
    await db.patient.update({ where: { id }, data: { deceasedOn: A_TUESDAY_AT_TEN } });
    expect(await claimDirectly(await aSystem(), claim)).toBe('lost');
    expect(await db.slot.findUniqueOrThrow({ where: { id: claim.offer.slot.id } })).toMatchObject({ status: 'free' });
  });

  test('a hold ran out: the claim is won, and nothing of the hold is left', async () => {
    const slot = await aFreeSlot();
    await db.slot.update({ where: { id: slot.id }, data: { heldByCall: newId(), heldUntil: A_TUESDAY_AT_TEN } });
    expect(await claimDirectly(await aSystem(), await aReadyClaim(await aDirectBooking(slot)))).toBe('won');
    expect(await db.slot.findUniqueOrThrow({ where: { id: slot.id } })).toMatchObject({ status: 'busy', heldByCall: null, heldUntil: null });
  });

  test('somebody was quicker to book for a patient whom nobody knew: told as such, and the slot stays free', async () => {
    const nhsNumber = syntheticNhsNumber();
    const claim = await aReadyClaim(await aDirectBooking(await aFreeSlot(), { nhsNumber }));
    await aPatient({ nhsNumber });
    expect(await claimDirectly(await aSystem(), claim)).toBe('patient_nhs_number');
    expect(await db.slot.findUniqueOrThrow({ where: { id: claim.offer.slot.id } })).toMatchObject({ status: 'free' });
  });
});

describe('B-422: races', () => {
  test('fifty systems for one slot: one books, forty-nine are told that it is taken', async () => {
    const slot = await aFreeSlot();
    const systems = await Promise.all(Array.from({ length: 50 }, () => aSystem()));
    const requests = await Promise.all(systems.map(() => aDirectBooking(slot)));
    const outcomes = await Promise.all(systems.map((ctx, index) => bookDirectly(ctx, requests[index] ?? expect.fail())));
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(outcomes.filter((outcome) => !outcome.ok && outcome.error.code === 'slot-taken')).toHaveLength(49);
    expect(await db.appointment.count({ where: { slotId: slot.id } })).toBe(1);
    expect(await db.auditEvent.count({ where: { type: 'appointment.refused', subject: slot.id } })).toBe(49);
  });

  test('fifty claims that all found the slot free: one wins, forty-nine are lost before any constraint is hit', async () => {
    const ctx = { ...(await aSystem()), correlationId: null };
    const slot = await aFreeSlot();
    const claims = await Promise.all(Array.from({ length: 50 }, async () => aReadyClaim(await aDirectBooking(slot))));
    const outcomes = await Promise.all(claims.map((claim) => claimDirectly(ctx, claim)));
    expect(outcomes.filter((outcome) => outcome === 'won')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'lost')).toHaveLength(49);
  });

  test('a call handler who holds the slot keeps it against a system, and books it', async () => {
    const [handler, system] = [await aHandler(), await aSystem()];
    const slot = await aFreeSlot();
    const claim = await aReadyClaim(await aDirectBooking(slot));
    const call = await aCall(handler);
    expect(await holdSlot(handler, { callId: call.id, slotId: slot.id })).toMatchObject({ ok: true });
    expect(await claimDirectly(system, claim)).toBe('lost');
    expect(await bookAppointment(handler, aBookingRequest(call.id, slot.id))).toMatchObject({ ok: true });
  });

  test('a system that has booked keeps the slot against a call handler who saw it free', async () => {
    const handler = await aHandler();
    const slot = await aFreeSlot();
    const call = await aCall(handler);
    expect(await bookDirectly(await aSystem(), await aDirectBooking(slot))).toMatchObject({ ok: true });
    expect(await holdSlot(handler, { callId: call.id, slotId: slot.id })).toMatchObject({ error: { code: 'slot-taken' } });
  });

  test('ten handlers hold and ten systems book the same ten slots at once: every slot has one of them', async () => {
    // Of a service each: who loses a slot is given the nearest of its service, which is another race.
    const slots = await Promise.all(Array.from({ length: 10 }, () => aFreeSlot()));
    const handlers = await Promise.all(slots.map(async () => aHandler()));
    const calls = await Promise.all(handlers.map((handler) => aCall(handler)));
    const systems = await Promise.all(slots.map(() => aSystem()));
    const requests = await Promise.all(slots.map((slot) => aDirectBooking(slot)));
    const [held, booked] = await Promise.all([
      Promise.all(slots.map((slot, index) => holdSlot(handlers[index] ?? expect.fail(), { callId: calls[index]?.id ?? '', slotId: slot.id }))),
      Promise.all(requests.map((request, index) => bookDirectly(systems[index] ?? expect.fail(), request))),
    ]);
    expect(slots.map((_slot, index) => [held[index]?.ok, booked[index]?.ok].filter((isWon) => isWon).length)).toEqual(slots.map(() => 1));
  });

  test('two first bookings of one NHS number at once: one patient, and both appointments are theirs', async () => {
    const nhsNumber = syntheticNhsNumber();
    const pairs = await freeSlotsInARow(6);
    const requests = await Promise.all(pairs.map((slot) => aDirectBooking(slot, { nhsNumber })));
    const outcomes = await Promise.all(requests.map(async (request) => bookDirectly(await aSystem(), request)));
    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    const patients = await db.patient.findMany({ where: { nhsNumber }, include: { appointments: true } });
    expect(patients).toHaveLength(1);
    expect(patients[0]?.appointments).toHaveLength(6);
  });

  test('two bookings of one patient at one time, nobody knew them before: one is an overlap', async () => {
    const nhsNumber = syntheticNhsNumber();
    const requests = [await aDirectBooking(await aFreeSlot(), { nhsNumber }), await aDirectBooking(await aFreeSlot(), { nhsNumber })];
    const outcomes = await Promise.all(requests.map(async (request) => bookDirectly(await aSystem(), request)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({ error: { code: 'patient-overlap' } });
  });
});
