import { describe, expect, test } from 'vitest';
import { bookAppointment } from '@/lib/booking/book.commands';
import { closeCall } from '@/lib/booking/close.commands';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { aCall, aHeldSlot } from '@/prisma/factories/call';
import { aHandler, later } from '@/prisma/factories/staff';

const GONE = { reason: 'caller-gone', text: '' } as const;
const callNow = (id: string) => db.call.findUniqueOrThrow({ where: { id }, include: { events: { orderBy: { seq: 'asc' } } } });

describe('closing a call without a service', () => {
  test('keeps why, lets go of the slot that it holds, and says so in the record without the words typed', async () => {
    const ctx = await aHandler();
    const { call, slot } = await aHeldSlot(ctx);
    expect(await closeCall(ctx, { callId: call.id, reason: 'other', text: 'Line went dead' })).toEqual({ ok: true, value: { callId: call.id } });

    const closed = await callNow(call.id);
    expect(closed).toMatchObject({ state: 'closed', endedAt: ctx.now, closeReason: 'other', closeText: 'Line went dead' });
    expect(closed.events).toMatchObject([{ kind: 'slot-let-go', body: { slotId: slot.id } }, { kind: 'closed', body: { reason: 'other', hasText: true } }]);
    expect(await db.slot.findUnique({ where: { id: slot.id } })).toMatchObject({ status: 'free', heldByCall: null, heldUntil: null });
    const audit = await db.auditEvent.findMany({ where: { requestId: ctx.requestId }, orderBy: { seq: 'asc' } });
    expect(audit).toMatchObject([{ type: 'slot.let-go' }, { type: 'call.closed', subject: call.id, patientId: call.patientId, detail: { before: 'open', after: 'closed', reason: 'other' } }]);
  });

  test('a second time it is told that it was closed, and when; the first reason stands', async () => {
    const ctx = await aHandler();
    const { id: callId } = await aCall(ctx);
    await closeCall(ctx, { callId, ...GONE });
    const again = later(ctx, 3);
    expect(await closeCall(again, { callId, reason: 'no-service', text: '' })).toEqual({ ok: false, error: { code: 'call-ended', state: 'closed', endedAt: ctx.now } });
    expect(await callNow(callId)).toMatchObject({ closeReason: 'caller-gone', endedAt: ctx.now });
    expect(await db.auditEvent.findMany({ where: { requestId: again.requestId } })).toMatchObject([{ type: 'call.refused', subject: callId, detail: { code: 'call-ended', change: 'close' } }]);
  });

  test('a call that led to a booking, one of a colleague, of another organisation or of nobody is refused', async () => {
    const ctx = await aHandler();
    const { call, request } = await aHeldSlot(ctx);
    const booked = await bookAppointment(ctx, request);
    expect(await closeCall(ctx, { callId: call.id, ...GONE })).toMatchObject({ ok: false, error: { code: 'call-already-booked', reference: booked.ok && booked.value.reference } });

    const { id: callId } = await aCall(ctx);
    const colleague = await aHandler({ organisationCode: ctx.actor.organisation.code });
    expect(await closeCall(colleague, { callId, ...GONE })).toEqual({ ok: false, error: { code: 'call-with-colleague', handlerName: ctx.actor.name } });
    expect(await closeCall(await aHandler(), { callId, ...GONE })).toEqual({ ok: false, error: { code: 'call-not-found' } });
    expect(await closeCall(ctx, { callId: newId(), ...GONE })).toEqual({ ok: false, error: { code: 'call-not-found' } });
    expect(await callNow(callId)).toMatchObject({ state: 'open', events: [] });
    await expect(closeCall(await aHandler({ role: 'commissioner' }), { callId, ...GONE })).rejects.toThrow(ForbiddenError);
  });
});

test('closed and booked at once: exactly one happens, the other is told which, and the slot is busy or free accordingly', async () => {
  for (let round = 0; round < 6; round += 1) {
    const ctx = await aHandler();
    const { call, request, slot } = await aHeldSlot(ctx);
    const close = () => closeCall(later(ctx, 0), { callId: call.id, ...GONE });
    const book = () => bookAppointment(ctx, request);
    const [closed, booked] = await (round % 2 === 0 ? Promise.all([close(), book()]) : Promise.all([book(), close()]).then(([second, first]) => [first, second] as const));

    const now = await callNow(call.id);
    const { status } = await db.slot.findUniqueOrThrow({ where: { id: slot.id } });
    if (closed.ok) expect([booked.ok, booked.ok || booked.error.code, now.state, status]).toEqual([false, 'call-ended', 'closed', 'free']);
    else expect([booked.ok, closed.error.code, now.state, status]).toEqual([true, 'call-already-booked', 'booked', 'busy']);
  }
});
