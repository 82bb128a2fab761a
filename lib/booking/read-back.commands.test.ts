import { expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import { bookAppointment } from '@/lib/booking/book.commands';
import { cancelAppointment } from '@/lib/booking/cancel.commands';
import { recordReadBack } from '@/lib/booking/read-back.commands';
import { readBackOf } from '@/lib/booking/read-back.queries';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { aCall, aCancelRequest, aHeldSlot } from '@/prisma/factories/call';
import { aHandler, later } from '@/prisma/factories/staff';

async function booked(ctx: Ctx) {
  const { call, request } = await aHeldSlot(ctx);
  const outcome = await bookAppointment(ctx, request);
  if (!outcome.ok) throw new Error(outcome.error.code);
  return { callId: call.id, patientId: call.patientId, appointmentId: outcome.value.appointmentId };
}

test('what was read to the caller is kept with the time; the latest record counts, also when nothing is ticked any more', async () => {
  const ctx = await aHandler();
  const { callId, patientId, appointmentId } = await booked(ctx);
  expect(await readBackOf(ctx, { callId, appointmentId })).toBeNull();

  const first = later(ctx, 1);
  expect(await recordReadBack(first, { callId, lines: ['reference', 'when'] })).toEqual({ ok: true, value: { callId } });
  expect(await readBackOf(ctx, { callId, appointmentId })).toEqual({ at: first.now, lines: ['when', 'reference'] });
  expect(await db.auditEvent.findMany({ where: { requestId: first.requestId } })).toMatchObject([{ type: 'call.read-back', subject: callId, patientId }]);

  const second = later(ctx, 2);
  await recordReadBack(second, { callId, lines: [] });
  expect(await readBackOf(ctx, { callId, appointmentId })).toEqual({ at: second.now, lines: [] });
  expect(await db.callEvent.count({ where: { callId, kind: 'read-back' } })).toBe(2);
});

test('only lines that this appointment has are kept', async () => {
  const ctx = await aHandler();
  const { callId, appointmentId } = await booked(ctx);
  // The service of the tests says nothing about what to bring.
  await recordReadBack(ctx, { callId, lines: ['when', 'bring', 'made-up', 'when'] });
  expect((await readBackOf(ctx, { callId, appointmentId }))?.lines).toEqual(['when']);
  expect(await readBackOf(ctx, { callId, appointmentId: newId() })).toBeNull();
});

test('without a live appointment, or by somebody who has not got the call, it is refused and audited', async () => {
  const ctx = await aHandler();
  const { callId, patientId, appointmentId } = await booked(ctx);
  const colleague = await aHandler({ organisationCode: ctx.actor.organisation.code });
  expect(await recordReadBack(colleague, { callId, lines: [] })).toEqual({ ok: false, error: { code: 'call-with-colleague', handlerName: ctx.actor.name } });
  expect(await recordReadBack(await aHandler(), { callId, lines: [] })).toEqual({ ok: false, error: { code: 'call-not-found' } });
  const open = await aCall(ctx);
  expect(await recordReadBack(ctx, { callId: open.id, lines: ['when'] })).toEqual({ ok: false, error: { code: 'appointment-not-found' } });

  await cancelAppointment(ctx, aCancelRequest({ id: appointmentId, patientId }));
  expect(await recordReadBack(later(ctx, 1), { callId, lines: ['when'] })).toEqual({ ok: false, error: { code: 'appointment-already-cancelled', at: ctx.now } });
  expect(await db.callEvent.count({ where: { callId, kind: 'read-back' } })).toBe(0);
  expect(await db.auditEvent.findMany({ where: { requestId: colleague.requestId } })).toMatchObject([{ type: 'call.refused', detail: { code: 'call-with-colleague', change: 'read-back' } }]);
});

test('it is read inside the organisation alone, and an auditor neither reads nor records it', async () => {
  const ctx = await aHandler();
  const { callId, appointmentId } = await booked(ctx);
  await recordReadBack(ctx, { callId, lines: ['when'] });
  expect(await readBackOf(await aHandler(), { callId, appointmentId })).toBeNull();
  expect(await readBackOf(ctx, { callId: 'made-up', appointmentId })).toBeNull();
  const auditor = await aHandler({ role: 'auditor' });
  await expect(readBackOf(auditor, { callId, appointmentId })).rejects.toThrow(ForbiddenError);
  await expect(recordReadBack(auditor, { callId, lines: [] })).rejects.toThrow(ForbiddenError);
});
