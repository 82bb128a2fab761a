import { describe, expect, test } from 'vitest';
import { bookAppointment } from '@/lib/booking/book.commands';
import { callDue, callFor, myCalls } from '@/lib/booking/call.queries';
import { cancelAppointment } from '@/lib/booking/cancel.commands';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { aCall, aCancelRequest, aHeldSlot } from '@/prisma/factories/call';
import { aPatient } from '@/prisma/factories/patient';
import { aService } from '@/prisma/factories/service';
import { aHandler, later } from '@/prisma/factories/staff';

describe('a call', () => {
  test('is shown whole, with the slot it holds until the hold runs out; each look is audited', async () => {
    const ctx = await aHandler();
    const { call, slot } = await aHeldSlot(ctx, { call: { callerName: 'Ada Notreal', callerRelationship: 'Mother', discriminators: [4003] } });
    const shown = await callFor(ctx, call.id);
    expect(shown).toMatchObject({
      ...{ id: call.id, state: 'open', endedAt: null, handler: { id: ctx.actor.id, name: ctx.actor.name }, isMine: true, caller: { name: 'Ada Notreal', relationship: 'Mother' } },
      ...{ patient: { id: call.patientId, birthDate: '1984-03-02', postcode: 'LS1 4AP', isUnknown: false }, contacts: [{ rank: 1, isPatient: true, name: null, relationship: null, phone: '07700 900153' }] },
      ...{ disposition: { code: 'Dx05', timeframeMinutes: 120 }, dueAt: call.dueAt, place: { postcode: 'LS1 4AP', country: 'E', precision: 'postcode' }, practice: null },
      ...{ discriminators: [4003], held: { id: slot.id, state: 'mine', heldUntil: addMinutes(ctx.now, 5) } },
      ...{ appointment: null, moves: null, skips: [], referral: null, closed: null },
    });
    expect((await callFor(later(ctx, 5), call.id))?.held).toBeNull();
    expect(await db.auditEvent.findMany({ where: { type: 'call.viewed', subject: call.id } })).toMatchObject([{ patientId: call.patientId }, {}]);
  });

  test('a colleague of the same organisation sees it, another organisation does not, and a made-up id is nothing', async () => {
    const ctx = await aHandler();
    const { id } = await aCall(ctx);
    expect(await callFor(await aHandler({ organisationCode: ctx.actor.organisation.code }), id)).toMatchObject({ id, isMine: false, handler: { id: ctx.actor.id } });
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
    await cancelAppointment(ctx, aCancelRequest({ id, patientId: call.patientId }));
    expect(await callFor(ctx, call.id)).toMatchObject({ state: 'booked', appointment: { id }, moves: null });
  });

  test('U-113, U-115: what its next booking replaces: its own appointment, or the one it was opened to move, until that begins', async () => {
    const ctx = await aHandler();
    const { call, request, slot } = await aHeldSlot(ctx);
    const booked = await bookAppointment(ctx, request);
    const { appointmentId: id, reference } = booked.ok ? booked.value : { appointmentId: '', reference: '' };
    const again = await aCall(ctx, { patientId: call.patientId, movesId: id });
    const begun = { ...ctx, now: slot.startsAt };
    for (const { id: callId } of [call, again]) {
      expect((await callFor(ctx, callId))?.moves).toMatchObject({ id, version: 1, reference, startsAt: slot.startsAt, serviceId: slot.serviceId });
      expect((await callFor(begun, callId))?.moves).toBeNull();
    }
    await db.call.update({ where: { id: again.id }, data: { state: 'closed', closeReason: 'caller-gone', endedAt: ctx.now } });
    expect((await callFor(ctx, again.id))?.moves).toBeNull();
  });

  test('it says in words how it ended and which services were passed over, contacts by rank', async () => {
    const ctx = await aHandler();
    const closed = await aCall(ctx, { state: 'closed', endedAt: ctx.now, closeReason: 'other', closeText: 'Line went dead' });
    await db.callContact.create({ data: { id: newId(), callId: closed.id, rank: 2, isPatient: false, name: 'Ada Notreal', relationship: 'Mother', phone: '07700 900222' } });
    const [reason, service] = await Promise.all([db.rejectReason.findFirstOrThrow(), aService()]);
    await db.callSkip.create({ data: { callId: closed.id, serviceId: service.id, reasonId: reason.id, comment: 'No car', staffId: ctx.actor.id, at: ctx.now } });
    expect(await callFor(ctx, closed.id)).toMatchObject({
      ...{ state: 'closed', endedAt: ctx.now, closed: { reason: 'Another reason', text: 'Line went dead' }, referral: null },
      ...{ skips: [{ serviceId: service.id, serviceName: service.name, reason: reason.text, comment: 'No car' }], contacts: [{ rank: 1 }, { rank: 2, name: 'Ada Notreal' }] },
    });

    const referred = await aCall(ctx, { state: 'referred', endedAt: ctx.now });
    const { id, patientId, dispositionCode } = referred;
    const referral = { id: newId(), callId: id, patientId, serviceId: service.id, dispositionCode, reason: 'no-slots', sentAt: ctx.now, sentById: ctx.actor.id, sentByCode: ctx.actor.organisation.code };
    await db.referral.create({ data: referral });
    expect(await callFor(ctx, id)).toMatchObject({ state: 'referred', referral: { id: referral.id, serviceName: service.name, reason: 'No slot in time' }, closed: null });
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

test('my calls: every open one first, then those that ended today in London, with what they led to; none of a colleague', async () => {
  const ctx = await aHandler();
  const ended = (state: string, endedAt: Date, openedAt: Date) => aCall(ctx, { state, endedAt, openedAt, closeReason: state === 'closed' ? 'caller-gone' : null });
  const midnight = new Date('2026-11-24T00:00:00Z');
  const overnight = await ended('closed', midnight, addMinutes(midnight, -30));
  await ended('closed', addMinutes(midnight, -1), addMinutes(midnight, -30));
  const first = await aHeldSlot(ctx, { call: { openedAt: addMinutes(ctx.now, -30) } });
  const booked = await bookAppointment(ctx, first.request);
  const open = await aCall(ctx, { openedAt: addMinutes(ctx.now, -9_000) });
  await aCall(await aHandler({ organisationCode: ctx.actor.organisation.code }));

  expect(await myCalls(ctx)).toMatchObject([
    { id: open.id, state: 'open', patientName: 'Tomasz Notreal', dispositionCode: 'Dx05', appointment: null },
    { id: first.call.id, state: 'booked', appointment: { reference: booked.ok && booked.value.reference, startsAt: first.slot.startsAt } },
    { id: overnight.id, state: 'closed' },
  ]);
  expect(await db.auditEvent.count({ where: { requestId: ctx.requestId, type: 'call.listed' } })).toBe(1);
});

test('my calls name an unknown patient as such', async () => {
  const ctx = await aHandler();
  const patient = await aPatient({ nhsNumber: null, givenName: 'Unknown', familyName: 'Unknown', isUnknown: true });
  await aCall(ctx, { patientId: patient.id });
  expect(await myCalls(ctx)).toMatchObject([{ patientName: 'Unknown patient' }]);
});

test('an auditor sees neither', async () => {
  const ctx = await aHandler({ role: 'auditor' });
  await expect(callFor(ctx, newId())).rejects.toThrow(ForbiddenError);
  await expect(myCalls(ctx)).rejects.toThrow(ForbiddenError);
});
