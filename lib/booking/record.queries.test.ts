import { expect, test } from 'vitest';
import { anAppointment } from '@/prisma/factories/appointment';
import { aBookingRequest, aCall, aHeldSlot } from '@/prisma/factories/call';
import { SEXUAL_HEALTH } from '@/prisma/factories/sealed';
import { aService } from '@/prisma/factories/service';
import { aFreeSlot, freeSlotsInARow } from '@/prisma/factories/slot';
import { aHandler, later } from '@/prisma/factories/staff';
import { bookAppointment } from '@/lib/booking/book.commands';
import { closeCall } from '@/lib/booking/close.commands';
import { setContacts } from '@/lib/booking/contacts.commands';
import { guardOf } from '@/lib/booking/guard.queries';
import { handOver, takeOver } from '@/lib/booking/hand-over.commands';
import { extendHold, holdSlot, letGo } from '@/lib/booking/hold.commands';
import { moveAppointment } from '@/lib/booking/move.commands';
import { recordReadBack } from '@/lib/booking/read-back.commands';
import { callRecordFor } from '@/lib/booking/record.queries';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { addMinutes } from '@/lib/platform/time';

async function anAuditor() {
  const ctx = await aHandler({ role: 'auditor' });
  return { ...ctx, actor: { ...ctx.actor, roles: [{ role: 'auditor', scope: 'national' } as const] } };
}

test('what commands wrote into a call is read back in its order, with every id named', async () => {
  const ctx = await aHandler();
  const call = await aCall(ctx);
  const service = await aService();
  const [first, second] = await freeSlotsInARow(2, { serviceId: service.id });
  if (!first || !second) throw new Error('no slots');
  await holdSlot(ctx, { callId: call.id, slotId: first.id });
  await extendHold(later(ctx, 1), { callId: call.id });
  await letGo(later(ctx, 2), { callId: call.id });
  await holdSlot(later(ctx, 3), { callId: call.id, slotId: first.id });
  await setContacts(later(ctx, 3), { callId: call.id, contacts: [{ isPatient: true, name: '', relationship: '', phone: '07700 900111', isFirst: true }] });
  const booked = await bookAppointment(later(ctx, 4), aBookingRequest(call.id, first.id));
  if (!booked.ok) throw new Error(booked.error.code);
  await holdSlot(later(ctx, 5), { callId: call.id, slotId: second.id });
  const moved = await moveAppointment(later(ctx, 6), { ...aBookingRequest(call.id, second.id), movesId: booked.value.appointmentId, movesVersion: 1 });
  if (!moved.ok) throw new Error(moved.error.code);
  await recordReadBack(later(ctx, 7), { callId: call.id, lines: ['when'] });

  const found = await callRecordFor(ctx, call.id);

  const kinds = found?.lines.map(({ kind }) => kind) ?? [];
  expect(kinds.slice(0, 5)).toEqual(['slot-held', 'slot-hold-extended', 'slot-let-go', 'slot-held', 'contacts-set']);
  expect(kinds.slice(5, 7)).toEqual(['booked', 'slot-held']);
  expect(kinds.slice(7, 9).sort()).toEqual(['booked', 'moved']);
  expect(kinds.at(-1)).toBe('read-back');
  expect(found?.lines.filter(({ event }) => event === null)).toEqual([]);
  expect(found?.named.slots.get(first.id)).toEqual({ startsAt: first.startsAt, serviceName: service.name });
  expect(found?.named.appointments.get(moved.value.appointmentId)).toMatchObject({ reference: moved.value.reference, serviceName: service.name });
});

test('an event before a hand-over is of whoever had the call then', async () => {
  const asha = await aHandler({ name: 'Asha Test' });
  const ben = await aHandler({ name: 'Ben Test', organisationCode: asha.actor.organisation.code });
  const call = await aCall(asha);
  const [slot] = await freeSlotsInARow(1);
  if (!slot) throw new Error('no slot');
  await holdSlot(asha, { callId: call.id, slotId: slot.id });
  await handOver(later(asha, 1), { callId: call.id, staffId: ben.actor.id });
  await closeCall(later(ben, 2), { callId: call.id, reason: 'caller-gone', text: '' });

  const found = await callRecordFor(asha, call.id);

  expect(found).toMatchObject({ state: 'closed', handlerName: 'Ben Test' });
  expect(found?.lines.map(({ kind, actorId }) => [kind, found.named.staff.get(actorId)])).toEqual([
    ['slot-held', 'Asha Test'],
    ['handed-over', 'Asha Test'],
    ['slot-let-go', 'Ben Test'],
    ['closed', 'Ben Test'],
  ]);
});

test('a take-over is of the colleague who took it', async () => {
  const asha = await aHandler();
  const ben = await aHandler({ organisationCode: asha.actor.organisation.code });
  const call = await aCall(asha);
  await takeOver(ben, { callId: call.id });

  const found = await callRecordFor(ben, call.id);
  expect(found?.lines).toMatchObject([{ kind: 'handed-over', actorId: ben.actor.id, isHandler: false }]);
});

test('a refusal is in the record with its code', async () => {
  const ctx = await aHandler();
  const call = await aCall(ctx);
  const [slot] = await freeSlotsInARow(1, { startsAt: ctx.now });
  if (!slot) throw new Error('no slot');
  await holdSlot(ctx, { callId: call.id, slotId: slot.id });

  const found = await callRecordFor(ctx, call.id);
  expect(found?.lines).toMatchObject([{ kind: 'hold-refused', event: { code: 'slot-in-past', slotId: slot.id } }]);
});

test('of a sealed booking a colleague reads when, and nothing that tells where; whoever booked it reads all', async () => {
  const ctx = await aHandler();
  const { id: serviceId, name } = await aService({ typeId: SEXUAL_HEALTH });
  const call = await aCall(ctx);
  const slot = await aFreeSlot({ serviceId });
  await holdSlot(ctx, { callId: call.id, slotId: slot.id });
  const booked = await bookAppointment(later(ctx, 1), aBookingRequest(call.id, slot.id));
  if (!booked.ok) throw new Error(booked.error.code);
  const { appointmentId, reference } = booked.value;

  const told = await callRecordFor(await aHandler({ organisationCode: ctx.actor.organisation.code }), call.id);
  expect(told?.named.appointments.get(appointmentId)).toEqual({ startsAt: slot.startsAt, isOpen: false });
  expect(told?.named.slots.get(slot.id)).toEqual({ startsAt: slot.startsAt, serviceName: 'a sealed service' });
  expect(told?.borders).toBeNull();
  expect((await callRecordFor(ctx, call.id))?.named.appointments.get(appointmentId)).toEqual({ startsAt: slot.startsAt, isOpen: true, reference, serviceName: name });
});

test('what was chosen about the patient’s other appointments is read with the booking', async () => {
  const ctx = await aHandler();
  const other = await anAppointment(await aHandler());
  const { call, request } = await aHeldSlot(ctx, { call: { patientId: other.patientId }, slot: { startsAt: addMinutes(other.startsAt, 60) } });
  const choices = (await guardOf(ctx, request)).map(({ entryId, version }) => ({ entryId, version, choice: 'keep' as const, reason: 'Different problem' }));
  const booked = await bookAppointment(ctx, { ...request, choices });
  if (!booked.ok) throw new Error(booked.error.code);

  const found = await callRecordFor(ctx, call.id);
  expect(found?.choices.get(booked.value.appointmentId)).toMatchObject([{ choice: 'keep', reason: 'Different problem', entry: { appointment: { reference: other.reference } } }]);
});

test('an event that this version does not know stays in the record', async () => {
  const ctx = await aHandler();
  const call = await aCall(ctx);
  await db.callEvent.create({ data: { callId: call.id, at: ctx.now, kind: 'teleported', body: { to: 'the moon' } } });

  expect((await callRecordFor(ctx, call.id))?.lines).toMatchObject([{ kind: 'teleported', event: null }]);
});

test('colleagues and auditors may read it, another organisation may not, and every look is audited', async () => {
  const ctx = await aHandler();
  const call = await aCall(ctx);
  const colleague = await aHandler({ role: 'supervisor', organisationCode: ctx.actor.organisation.code });
  const auditor = await anAuditor();

  expect(await callRecordFor(colleague, call.id)).not.toBeNull();
  expect(await callRecordFor(auditor, call.id)).not.toBeNull();
  expect(await callRecordFor(await aHandler(), call.id)).toBeNull();
  expect(await callRecordFor(ctx, 'not-an-id')).toBeNull();
  const looks = await db.auditEvent.findMany({ where: { subject: call.id, type: 'call.record-viewed' }, orderBy: { seq: 'asc' }, select: { actorId: true, patientId: true } });
  expect(looks).toEqual([
    { actorId: colleague.actor.id, patientId: call.patientId },
    { actorId: auditor.actor.id, patientId: call.patientId },
  ]);
});

test('a service admin may not', async () => {
  const ctx = await aHandler({ role: 'service-admin' });
  await expect(callRecordFor(ctx, 'not-an-id')).rejects.toThrow(ForbiddenError);
});
