import { describe, expect, test } from 'vitest';
import { bookAppointment } from '@/lib/booking/book.commands';
import { referWithoutBooking } from '@/lib/booking/refer.commands';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { aCall, aHeldSlot } from '@/prisma/factories/call';
import { aService } from '@/prisma/factories/service';
import { aHandler } from '@/prisma/factories/staff';

/** What the refer form sends. */
function aReferral(callId: string, serviceId: string) {
  return { callId, serviceId, reason: 'caller-declined', text: 'Wants to walk in', skips: [] } as const;
}

async function aReferable(profile: Parameters<typeof aService>[0] = {}) {
  const ctx = await aHandler();
  const [call, service] = [await aCall(ctx), await aService(profile)];
  return { ctx, call, service, request: aReferral(call.id, service.id) };
}

const refusalsOf = (callId: string) => db.auditEvent.findMany({ where: { type: 'call.refused', subject: callId } });

describe('U-091: a referral without a booking', () => {
  test('ends the call and writes all that belongs to it: referral with its reason, record, message, audit', async () => {
    const { ctx, call, service, request } = await aReferable();
    const outcome = await referWithoutBooking(ctx, request);
    if (!outcome.ok) throw new Error(outcome.error.code);

    const { referralId } = outcome.value;
    expect(await db.referral.findUniqueOrThrow({ where: { id: referralId } })).toMatchObject({
      ...{ callId: call.id, patientId: call.patientId, serviceId: service.id, dispositionCode: 'Dx05', appointmentId: null },
      ...{ reason: 'caller-declined', reasonText: 'Wants to walk in', sentAt: ctx.now, sentById: ctx.actor.id, sentByCode: ctx.actor.organisation.code, uncoupledAt: null },
    });
    expect(await db.call.findUniqueOrThrow({ where: { id: call.id } })).toMatchObject({ state: 'referred', endedAt: ctx.now });
    expect(await db.callEvent.findMany({ where: { callId: call.id } })).toMatchObject([{ kind: 'referred', body: { referralId, serviceId: service.id, reason: 'caller-declined' } }]);
    expect(await db.outbox.findUniqueOrThrow({ where: { dedupeKey: `referral.sent:${referralId}` } })).toMatchObject({ topic: 'referral.sent', body: { referralId } });
    const audit = await db.auditEvent.findMany({ where: { type: 'call.referred', subject: call.id } });
    expect(audit).toMatchObject([{ patientId: call.patientId, detail: { before: 'open', after: 'referred', referralId, reason: 'caller-declined' } }]);
    expect(JSON.stringify(audit[0]?.detail)).not.toContain('walk');
  });

  test('lets go of the slot that the call holds, at whatever service', async () => {
    const ctx = await aHandler();
    const { call, slot } = await aHeldSlot(ctx);
    const { id: serviceId } = await aService();
    expect(await referWithoutBooking(ctx, aReferral(call.id, serviceId))).toMatchObject({ ok: true });
    expect(await db.slot.findUniqueOrThrow({ where: { id: slot.id } })).toMatchObject({ status: 'free', heldByCall: null });
    expect(await db.callEvent.count({ where: { callId: call.id, kind: 'slot-let-go' } })).toBe(1);
  });

  test('a service without any bookings can be referred to (U-025)', async () => {
    const { ctx, request } = await aReferable({ isBookable: false });
    expect(await referWithoutBooking(ctx, request)).toMatchObject({ ok: true });
  });

  test('an auditor may not refer', async () => {
    const { request } = await aReferable();
    await expect(referWithoutBooking(await aHandler({ role: 'auditor' }), request)).rejects.toThrow(ForbiddenError);
  });
});

describe('a referral is refused in words of its own, and audited; the call then stays open', () => {
  test.each([
    ['service-booking-only', { isBookingOnly: true }],
    ['service-not-suitable', { dispositions: ['Dx07'] }],
    ['service-not-found', { status: 'closed' }],
  ] as const)('%s when the profile is %o (U-091 to U-093)', async (code, profile) => {
    const { ctx, call, request } = await aReferable({ ...profile });
    expect(await referWithoutBooking(ctx, request)).toMatchObject({ ok: false, error: { code } });
    expect(await db.call.findUniqueOrThrow({ where: { id: call.id } })).toMatchObject({ state: 'open', endedAt: null });
    expect(await db.referral.count({ where: { callId: call.id } })).toBe(0);
    expect(await refusalsOf(call.id)).toMatchObject([{ detail: { code, change: 'refer', serviceId: request.serviceId } }]);
  });

  test('U-094: once booked, the referral of the booking-only service is sent with the booking', async () => {
    const ctx = await aHandler();
    const { id: serviceId } = await aService({ isBookingOnly: true });
    const { call, request } = await aHeldSlot(ctx, { slot: { serviceId } });
    expect(await referWithoutBooking(ctx, aReferral(call.id, serviceId))).toMatchObject({ error: { code: 'service-booking-only' } });
    const booked = await bookAppointment(ctx, request);
    expect(await db.referral.findMany({ where: { callId: call.id } })).toMatchObject([{ appointmentId: booked.ok && booked.value.appointmentId, reason: null }]);
  });

  test('D-052: a service below the first needs a reason for each above it, and nothing is kept of a referral that lacks one', async () => {
    const { ctx, call, service, request } = await aReferable();
    const above = await aService();
    const services = [above, service].map(({ id }) => ({ id, freeInTime: 1 }));
    await db.callEvent.create({ data: { callId: call.id, at: ctx.now, kind: 'services-shown', body: { services } } });
    expect(await referWithoutBooking(ctx, request)).toEqual({ ok: false, error: { code: 'skip-reason-needed', services: [{ id: above.id, name: above.name }] } });
    expect(await referWithoutBooking(ctx, { ...request, skips: [{ serviceId: above.id, reasonId: 31, comment: '' }] })).toMatchObject({ ok: true });
    expect(await db.callSkip.findMany({ where: { callId: call.id } })).toMatchObject([{ serviceId: above.id, reasonId: 31 }]);
  });

  test('call-ended for a second one, call-already-booked after a booking, call-with-colleague, call-not-found', async () => {
    const { ctx, call, request } = await aReferable();
    const colleague = await aHandler({ organisationCode: ctx.actor.organisation.code });
    expect(await referWithoutBooking(colleague, request)).toEqual({ ok: false, error: { code: 'call-with-colleague', handlerName: ctx.actor.name } });
    expect(await referWithoutBooking(await aHandler(), request)).toEqual({ ok: false, error: { code: 'call-not-found' } });
    expect(await referWithoutBooking(ctx, { ...request, serviceId: newId() })).toEqual({ ok: false, error: { code: 'service-not-found' } });
    await referWithoutBooking(ctx, request);
    expect(await referWithoutBooking(ctx, request)).toEqual({ ok: false, error: { code: 'call-ended', state: 'referred', endedAt: ctx.now } });
    expect(await refusalsOf(call.id)).toHaveLength(4);

    const held = await aHeldSlot(ctx);
    await bookAppointment(ctx, held.request);
    expect(await referWithoutBooking(ctx, aReferral(held.call.id, request.serviceId))).toMatchObject({ error: { code: 'call-already-booked' } });
  });
});

test.each([1, 2, 3, 4, 5])('a booking and a referral of one call at once (%d): the call ends one way, the other is told how', async () => {
  const ctx = await aHandler();
  const { call, slot, request } = await aHeldSlot(ctx);
  const [booking, referral] = await Promise.all([bookAppointment(ctx, request), referWithoutBooking(ctx, aReferral(call.id, slot.serviceId))]);
  expect([booking.ok, referral.ok].filter(Boolean)).toHaveLength(1);
  if (!booking.ok) expect(booking.error.code).toBe('call-ended');
  if (!referral.ok) expect(referral.error.code).toBe('call-already-booked');
  expect(await db.call.findUniqueOrThrow({ where: { id: call.id } })).toMatchObject({ state: booking.ok ? 'booked' : 'referred' });
  expect(await db.slot.findUniqueOrThrow({ where: { id: slot.id } })).toMatchObject({ status: booking.ok ? 'busy' : 'free', heldByCall: null });
  expect(await db.referral.count({ where: { callId: call.id, uncoupledAt: null } })).toBe(1);
});
