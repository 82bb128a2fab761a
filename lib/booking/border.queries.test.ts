import { describe, expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import { askApproval } from '@/lib/booking/ask-approval.commands';
import { bookAppointment } from '@/lib/booking/book.commands';
import { borderOf, bordersFor, isAnyTimeOpen } from '@/lib/booking/border.queries';
import { recordShown } from '@/lib/booking/call.commands';
import { callFor } from '@/lib/booking/call.queries';
import { searchOf } from '@/lib/booking/call.rules';
import { holdSlot } from '@/lib/booking/hold.commands';
import { answerApproval } from '@/lib/crossborder/approval.commands';
import { findServices } from '@/lib/directory/search.queries';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { anAgreement, GREATER_MANCHESTER, WEST_YORKSHIRE } from '@/prisma/factories/agreement';
import { anAppointment } from '@/prisma/factories/appointment';
import { aBookingRequest, aCall } from '@/prisma/factories/call';
import { aSpot, north, type Spot } from '@/prisma/factories/search';
import { aService } from '@/prisma/factories/service';
import { aFreeSlot } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';

/** A call at a place that nothing else is near, for somebody of West Yorkshire. */
async function aLonelyCall(ctx: Ctx) {
  const spot = aSpot();
  return { spot, call: await aCall(ctx, { ...spot, postcode: 'TT1 1TT' }) };
}

/** A service near the call in Greater Manchester, whose bookings are refused unless another outcome is said, with a slot in time. */
async function aNeighbour(spot: Spot, { outcome = 'refuse', startsAt = addMinutes(A_TUESDAY_AT_TEN, 60), ...given }: { outcome?: 'refuse' | 'allow'; startsAt?: Date; icbCode?: string; refusesFrom?: string[] } = {}) {
  const service = await aService({ ...north(spot, 1), icbCode: GREATER_MANCHESTER, ...given });
  const agreement = await anAgreement({ serviceId: service.id, outcome });
  return { service, agreement, slot: await aFreeSlot({ serviceId: service.id, startsAt }) };
}

async function shownIn(ctx: Ctx, callId: string) {
  const call = (await callFor(ctx, callId)) ?? expect.fail('no call');
  const answer = await findServices(ctx, searchOf(ctx, call));
  return { answer, borders: await bordersFor(ctx, call, answer.services) };
}

describe('XB-05: what is refused needs approval when no other service of the search has a slot in time that is not refused', () => {
  const AN_OVERRIDE = { outcome: 'approval', isOverride: true, pricePence: null, quota: null, approvers: ['host', 'responsible', 'supervisor', 'clinician'], rule: { kind: 'agreement' } };

  test('the only service: the list, the check page, the hold and the booking all say the same', async () => {
    const ctx = await aHandler();
    const { spot, call } = await aLonelyCall(ctx);
    const { service, slot } = await aNeighbour(spot);
    const ask = { callId: call.id, slotId: slot.id };
    expect((await shownIn(ctx, call.id)).borders.get(service.id)).toMatchObject(AN_OVERRIDE);
    expect(await borderOf(ctx, ask)).toMatchObject(AN_OVERRIDE);
    expect(await holdSlot(ctx, ask)).toMatchObject({ ok: true });
    const request = aBookingRequest(call.id, slot.id);
    expect(await bookAppointment(ctx, request)).toMatchObject({ ok: false, error: { code: 'border-approval-needed', state: 'not-asked' } });

    const asked = await askApproval(ctx, { ...ask, text: 'Nothing else is free' });
    const approvalId = asked.ok ? asked.value.approvalId : expect.fail(asked.error.code);
    const supervisor = await aHandler({ role: 'supervisor', organisationCode: ctx.actor.organisation.code });
    await answerApproval(supervisor, { approvalId, askedAt: ctx.now, answer: 'approve', text: '' });
    const booked = await bookAppointment(ctx, request);
    expect(await db.borderDecision.findUniqueOrThrow({ where: { appointmentId: booked.ok ? booked.value.appointmentId : expect.fail(booked.error.code) } })).toMatchObject({ outcome: 'approval', isOverride: true, approvalId });
  });

  test('all of several that are refused become questions; and none once another is free again, not even with an approval', async () => {
    const ctx = await aHandler();
    const { spot, call } = await aLonelyCall(ctx);
    const [one, other] = [await aNeighbour(spot), await aNeighbour(spot)];
    const { borders } = await shownIn(ctx, call.id);
    expect([borders.get(one.service.id), borders.get(other.service.id)]).toMatchObject([AN_OVERRIDE, AN_OVERRIDE]);

    const ask = { callId: call.id, slotId: one.slot.id };
    await holdSlot(ctx, ask);
    const asked = await askApproval(ctx, { ...ask, text: 'Nothing else is free' });
    const supervisor = await aHandler({ role: 'supervisor', organisationCode: ctx.actor.organisation.code });
    await answerApproval(supervisor, { approvalId: asked.ok ? asked.value.approvalId : expect.fail(asked.error.code), askedAt: ctx.now, answer: 'approve', text: '' });
    await aFreeSlot({ serviceId: (await aService({ ...spot, icbCode: WEST_YORKSHIRE, typeId: 136 })).id });
    expect(await bookAppointment(ctx, aBookingRequest(call.id, one.slot.id))).toMatchObject({ ok: false, error: { code: 'border-refused' } });
  });

  test.each([
    ['one at home', { icbCode: WEST_YORKSHIRE, outcome: 'refuse' as const }],
    ['one across the border that is allowed', { outcome: 'allow' as const }],
  ])('another with a slot in time leaves it refused: %s', async (_what, other) => {
    const ctx = await aHandler();
    const { spot, call } = await aLonelyCall(ctx);
    const { service, slot } = await aNeighbour(spot);
    await aNeighbour(spot, other);
    expect((await shownIn(ctx, call.id)).borders.get(service.id)).toMatchObject({ outcome: 'refuse', isOverride: false });
    expect(await borderOf(ctx, { callId: call.id, slotId: slot.id })).toMatchObject({ outcome: 'refuse', isOverride: false });
    expect(await holdSlot(ctx, { callId: call.id, slotId: slot.id })).toMatchObject({ ok: false, error: { code: 'border-refused' } });
  });

  test.each([
    ['has nothing before the due time', () => ({ startsAt: addMinutes(A_TUESDAY_AT_TEN, 150) })],
    ['takes no bookings of this organisation', ({ actor }: Ctx) => ({ refusesFrom: [actor.organisation.code] })],
  ])('another that %s is no way out', async (_what, given) => {
    const ctx = await aHandler();
    const { spot, call } = await aLonelyCall(ctx);
    const { service, slot } = await aNeighbour(spot);
    await aNeighbour(spot, { outcome: 'allow', ...given(ctx) });
    expect((await shownIn(ctx, call.id)).borders.get(service.id)).toMatchObject(AN_OVERRIDE);
    expect(await holdSlot(ctx, { callId: call.id, slotId: slot.id })).toMatchObject({ ok: true });
  });
});

describe('the borders of a list', () => {
  test('each service by its own rule, and the record keeps what was said where a border is crossed', async () => {
    const ctx = await aHandler();
    const { spot, call } = await aLonelyCall(ctx);
    const [home, away] = [await aService({ ...spot, icbCode: WEST_YORKSHIRE }), await aNeighbour(spot, { outcome: 'allow' })];
    await aFreeSlot({ serviceId: home.id });
    const { answer, borders } = await shownIn(ctx, call.id);
    expect(borders.get(home.id)).toMatchObject({ isCrossing: false, rule: { id: 'XB-01' } });
    expect(borders.get(away.service.id)).toMatchObject({ isCrossing: true, rule: { id: away.agreement.id }, payer: { code: 'QWO' } });

    await recordShown(ctx, call.id, answer, borders);
    await recordShown(ctx, call.id, answer, borders);
    const events = await db.callEvent.findMany({ where: { callId: call.id, kind: 'services-shown' } });
    expect(events).toHaveLength(1);
    expect(events[0]?.body).toMatchObject({ services: answer.services.map(({ id }) => (id === home.id ? { id } : { id, border: { outcome: 'allow', ruleId: away.agreement.id, ruleVersion: 1, isOverride: false } })) });
    expect(JSON.stringify(events[0]?.body)).not.toContain('XB-01');
  });

  test('decides for the earliest slot in time, else the first after the due time, else for now', async () => {
    const ctx = await aHandler();
    const { spot, call } = await aLonelyCall(ctx);
    const [inTime, after, none] = await Promise.all([0, 1, 2].map((index) => aService({ ...north(spot, index), icbCode: GREATER_MANCHESTER, typeId: [135, 136, 46][index] })));
    const hours = { fromMinute: 10 * 60, toMinute: 11 * 60, outcome: 'refuse' } as const;
    for (const service of [inTime, after, none]) await anAgreement({ serviceId: service?.id, ...hours });
    await aFreeSlot({ serviceId: inTime?.id, startsAt: addMinutes(ctx.now, 30) });
    await aFreeSlot({ serviceId: after?.id, startsAt: addMinutes(ctx.now, 180) });
    const call2 = (await callFor(ctx, call.id)) ?? expect.fail('no call');
    await aFreeSlot({ serviceId: (await aService({ ...spot, icbCode: WEST_YORKSHIRE, typeId: 25 })).id });
    const answer = await findServices(ctx, searchOf(ctx, call2));
    const borders = await bordersFor(ctx, call2, answer.services);
    expect([inTime, after, none].map((service) => borders.get(service?.id ?? '')?.outcome)).toEqual(['refuse', 'allow', 'refuse']);
  });

  test('a call that moves its appointment counts the place that comes back', async () => {
    const ctx = await aHandler();
    const service = await aService({ icbCode: GREATER_MANCHESTER });
    const agreement = await anAgreement({ serviceId: service.id, dailyQuota: 1, pricePence: 100, noshowPence: 0 });
    const appointment = await anAppointment(ctx, { slot: { serviceId: service.id } });
    const free = await aFreeSlot({ serviceId: service.id, startsAt: addMinutes(ctx.now, 90) });
    expect(await borderOf(ctx, { callId: appointment.callId ?? '', slotId: free.id })).toMatchObject({ rule: { id: agreement.id } });
    const other = await aCall(ctx);
    const theirs = await borderOf(ctx, { callId: other.id, slotId: free.id });
    expect(theirs?.rule.id).toBe('default-E');
    expect(theirs?.looked).toContainEqual({ ruleId: agreement.id, version: 1, title: agreement.title, why: 'quota' });
  });

  test('nothing is listed: nothing is decided', async () => {
    const ctx = await aHandler();
    const { call } = await aLonelyCall(ctx);
    expect(await bordersFor(ctx, (await callFor(ctx, call.id)) ?? expect.fail('no call'), [])).toEqual(new Map());
  });
});

test('borderOf is null for a call of another organisation, a slot that there is not, and ids that are none; and for nobody without a call to answer', async () => {
  const ctx = await aHandler();
  const { call } = await aLonelyCall(ctx);
  const { id: slotId } = await aFreeSlot();
  expect(await borderOf(ctx, { callId: call.id, slotId })).toMatchObject({ isCrossing: false });
  expect(await borderOf(await aHandler(), { callId: call.id, slotId })).toBeNull();
  expect(await borderOf(ctx, { callId: call.id, slotId: newId() })).toBeNull();
  expect(await borderOf(ctx, { callId: 'none', slotId: 'none' })).toBeNull();
  await expect(borderOf(await aHandler({ role: 'auditor' }), { callId: call.id, slotId })).rejects.toThrow(ForbiddenError);
});

test('an agreement that refuses until noon leaves the afternoon of its service open', async () => {
  const ctx = await aHandler();
  const { spot, call: { id } } = await aLonelyCall(ctx);
  const { id: serviceId } = await aService({ ...north(spot, 1), icbCode: GREATER_MANCHESTER });
  await anAgreement({ serviceId, outcome: 'refuse', fromMinute: 0, toMinute: 720 });
  await aFreeSlot({ serviceId });
  await aFreeSlot({ serviceId: (await aService({ ...north(spot, 2), icbCode: WEST_YORKSHIRE, typeId: 136 })).id });

  const { answer, borders } = await shownIn(ctx, id);
  const service = answer.services.find((one) => one.id === serviceId) ?? expect.fail('not found');
  expect(borders.get(serviceId)).toMatchObject({ outcome: 'refuse' });
  const call = (await callFor(ctx, id)) ?? expect.fail('no call');
  const [morning, afternoon] = [addMinutes(A_TUESDAY_AT_TEN, 60), addMinutes(A_TUESDAY_AT_TEN, 180)];
  expect(await isAnyTimeOpen(ctx, call, { service, starts: [morning] })).toBe(false);
  expect(await isAnyTimeOpen(ctx, call, { service, starts: [morning, afternoon] })).toBe(true);
  expect(await isAnyTimeOpen(ctx, call, { service, starts: [] })).toBe(false);
});
