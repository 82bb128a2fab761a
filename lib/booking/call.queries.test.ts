import { describe, expect, test } from 'vitest';
import { bookAppointment } from '@/lib/booking/book.commands';
import { callDue, callFor, myCalls } from '@/lib/booking/call.queries';
import { cancelAppointment } from '@/lib/booking/cancel.commands';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { aCall, aCancelRequest, aHeldSlot } from '@/prisma/factories/call';
import { aHandler, later } from '@/prisma/factories/staff';

describe('a call', () => {
  test('is shown whole, with the slot it holds until the hold runs out; each look is audited', async () => {
    const ctx = await aHandler();
    const { call, slot } = await aHeldSlot(ctx, { call: { callerName: 'Ada Notreal', callerRelationship: 'Mother', discriminators: [4003] } });
    const shown = await callFor(ctx, call.id);
    expect(shown).toMatchObject({
      ...{ id: call.id, state: 'open', handlerName: ctx.actor.name, patient: { id: call.patientId, birthDate: '1984-03-02' }, caller: { name: 'Ada Notreal', relationship: 'Mother' } },
      ...{ disposition: { code: 'Dx05', timeframeMinutes: 120 }, dueAt: call.dueAt, place: { postcode: 'LS1 4AP', country: 'E', precision: 'postcode' }, practice: null },
      ...{ discriminators: [4003], held: { id: slot.id, state: 'mine', heldUntil: addMinutes(ctx.now, 5) }, appointment: null },
    });
    expect((await callFor(later(ctx, 5), call.id))?.held).toBeNull();
    expect(await db.auditEvent.findMany({ where: { type: 'call.viewed', subject: call.id } })).toMatchObject([{ patientId: call.patientId }, {}]);
  });

  test('a colleague of the same organisation sees it, another organisation does not, and a made-up id is nothing', async () => {
    const ctx = await aHandler();
    const { id } = await aCall(ctx);
    expect(await callFor(await aHandler({ organisationCode: ctx.actor.organisation.code }), id)).toMatchObject({ id });
    expect(await callFor(await aHandler(), id)).toBeNull();
    expect(await callFor(ctx, newId())).toBeNull();
    expect(await callFor(ctx, "1' OR '1'='1")).toBeNull();
  });

  test('it names the appointment it led to, also when that was cancelled', async () => {
    const ctx = await aHandler();
    const { call, request } = await aHeldSlot(ctx);
    const booked = await bookAppointment(ctx, request);
    const id = booked.ok ? booked.value.appointmentId : '';
    expect((await callFor(ctx, call.id))?.appointment).toEqual({ id, reference: booked.ok && booked.value.reference });
    await cancelAppointment(ctx, aCancelRequest(id));
    expect(await callFor(ctx, call.id)).toMatchObject({ state: 'booked', appointment: { id } });
  });
});

test('when a call is due can be read again and again without a look at its patient, inside the organisation alone', async () => {
  const ctx = await aHandler();
  const call = await aCall(ctx);
  expect(await callDue(ctx, call.id)).toEqual({ dueAt: call.dueAt });
  expect(await callDue(await aHandler(), call.id)).toBeNull();
  expect(await callDue(ctx, 'made-up')).toBeNull();
  expect(await db.auditEvent.count({ where: { type: 'call.viewed', subject: call.id } })).toBe(0);
});

test('my calls are my own, open ones first, then the latest, with what they led to; at most 50', async () => {
  const ctx = await aHandler();
  await Promise.all(Array.from({ length: 51 }, () => aCall(ctx, { state: 'closed', endedAt: ctx.now, openedAt: addMinutes(ctx.now, -600) })));
  const first = await aHeldSlot(ctx, { call: { openedAt: addMinutes(ctx.now, -30) } });
  const booked = await bookAppointment(ctx, first.request);
  const open = await aCall(ctx, { openedAt: addMinutes(ctx.now, -900) });
  await aCall(await aHandler({ organisationCode: ctx.actor.organisation.code }));

  const calls = await myCalls(ctx);
  expect(calls).toHaveLength(50);
  expect(calls.slice(0, 2)).toMatchObject([
    { id: open.id, state: 'open', patientName: 'Tomasz Notreal', dispositionCode: 'Dx05', appointment: null },
    { id: first.call.id, state: 'booked', appointment: { reference: booked.ok && booked.value.reference, startsAt: first.slot.startsAt } },
  ]);
  expect(await db.auditEvent.count({ where: { requestId: ctx.requestId, type: 'call.listed' } })).toBe(1);
});

test('an auditor sees neither', async () => {
  const ctx = await aHandler({ role: 'auditor' });
  await expect(callFor(ctx, newId())).rejects.toThrow(ForbiddenError);
  await expect(myCalls(ctx)).rejects.toThrow(ForbiddenError);
});
