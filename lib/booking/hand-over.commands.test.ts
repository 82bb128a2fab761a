import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Ctx } from '@/lib/auth/actor';
import { closeCall } from '@/lib/booking/close.commands';
import { handOver, takeOver } from '@/lib/booking/hand-over.commands';
import { holdSlot } from '@/lib/booking/hold.commands';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { aCall, aHeldSlot } from '@/prisma/factories/call';
import { aFreeSlot } from '@/prisma/factories/slot';
import { aHandler, later } from '@/prisma/factories/staff';

const TRIES = 5;
const passed = z.object({ from: z.string(), to: z.string() });

const handlerOf = async (callId: string) => (await db.call.findUniqueOrThrow({ where: { id: callId } })).handlerId;
const events = (callId: string) => db.callEvent.findMany({ where: { callId }, orderBy: { seq: 'asc' } });
const colleagueOf = ({ actor }: Ctx, role: Parameters<typeof aHandler>[0] = {}) => aHandler({ ...role, organisationCode: actor.organisation.code });

describe('handing a call over', () => {
  test('gives it to a colleague with the slot that it holds, and the record says from whom, to whom and by whom', async () => {
    const ctx = await aHandler();
    const colleague = await colleagueOf(ctx, { role: 'clinician' });
    const { call, slot } = await aHeldSlot(ctx);
    expect(await handOver(ctx, { callId: call.id, staffId: colleague.actor.id })).toEqual({ ok: true, value: { callId: call.id } });

    expect(await handlerOf(call.id)).toBe(colleague.actor.id);
    expect(await db.slot.findUnique({ where: { id: slot.id } })).toMatchObject({ heldByCall: call.id, heldUntil: slot.heldUntil });
    const detail = { from: ctx.actor.id, to: colleague.actor.id, by: ctx.actor.id };
    expect(await events(call.id)).toMatchObject([{ kind: 'handed-over', body: detail }]);
    expect(await db.auditEvent.findMany({ where: { requestId: ctx.requestId } })).toMatchObject([{ type: 'call.handed-over', subject: call.id, patientId: call.patientId, detail }]);
  });

  test('sent twice it happens once; whoever gave it away has it no more', async () => {
    const ctx = await aHandler();
    const [colleague, another] = await Promise.all([colleagueOf(ctx), colleagueOf(ctx)]);
    const { id: callId } = await aCall(ctx);
    const request = { callId, staffId: colleague.actor.id };
    expect([await handOver(ctx, request), await handOver(ctx, request)]).toEqual(Array(2).fill({ ok: true, value: { callId } }));
    expect(await events(callId)).toHaveLength(1);

    const refused = { ok: false, error: { code: 'call-with-colleague', handlerName: colleague.actor.name } };
    expect(await handOver(later(ctx, 1), { callId, staffId: another.actor.id })).toEqual(refused);
    expect(await closeCall(later(ctx, 1), { callId, reason: 'caller-gone', text: '' })).toEqual(refused);
  });

  test('a supervisor may, for anybody of the organisation', async () => {
    const ctx = await aHandler();
    const [supervisor, colleague] = await Promise.all([colleagueOf(ctx, { role: 'supervisor' }), colleagueOf(ctx)]);
    const { id: callId } = await aCall(ctx);
    expect(await handOver(supervisor, { callId, staffId: colleague.actor.id })).toMatchObject({ ok: true });
    expect(await events(callId)).toMatchObject([{ body: { from: ctx.actor.id, to: colleague.actor.id, by: supervisor.actor.id } }]);
  });

  test('to oneself, to another organisation, to somebody who takes no calls, has left or never was, is refused and audited', async () => {
    const ctx = await aHandler();
    const [elsewhere, admin, gone] = await Promise.all([aHandler(), colleagueOf(ctx, { role: 'service-admin' }), colleagueOf(ctx)]);
    await db.staff.update({ where: { id: gone.actor.id }, data: { isActive: false } });
    const { id: callId } = await aCall(ctx);
    for (const staffId of [ctx.actor.id, elsewhere.actor.id, admin.actor.id, gone.actor.id, newId()]) {
      expect(await handOver(ctx, { callId, staffId })).toEqual({ ok: false, error: { code: 'colleague-unknown' } });
    }
    expect(await handlerOf(callId)).toBe(ctx.actor.id);
    const audit = await db.auditEvent.findMany({ where: { requestId: ctx.requestId, type: 'call.refused', subject: callId } });
    expect(audit.map(({ detail }) => detail)).toEqual(Array(5).fill({ code: 'colleague-unknown', change: 'hand-over' }));
  });

  test('an ended call and one of another organisation are refused; an auditor may not at all', async () => {
    const ctx = await aHandler();
    const { actor } = await colleagueOf(ctx);
    const ended = await aCall(ctx, { state: 'closed', closeReason: 'caller-gone', endedAt: ctx.now });
    const foreign = await aCall(await aHandler());
    const to = { staffId: actor.id };
    expect(await handOver(ctx, { callId: ended.id, ...to })).toEqual({ ok: false, error: { code: 'call-ended', state: 'closed', endedAt: ctx.now } });
    for (const callId of [foreign.id, newId(), 'made-up']) expect(await handOver(ctx, { callId, ...to })).toEqual({ ok: false, error: { code: 'call-not-found' } });
    await expect(handOver(await aHandler({ role: 'auditor' }), { callId: ended.id, ...to })).rejects.toThrow(ForbiddenError);
  });
});

describe('taking a call over', () => {
  test('any call handler of the organisation may; it is recorded; their own call stays as it is', async () => {
    const ctx = await aHandler();
    const colleague = await colleagueOf(ctx);
    const { id: callId } = await aCall(ctx);
    expect(await takeOver(ctx, { callId })).toEqual({ ok: true, value: { callId } });
    expect(await events(callId)).toEqual([]);

    expect(await takeOver(colleague, { callId })).toEqual({ ok: true, value: { callId } });
    expect(await handlerOf(callId)).toBe(colleague.actor.id);
    expect(await events(callId)).toMatchObject([{ kind: 'handed-over', body: { from: ctx.actor.id, to: colleague.actor.id, by: colleague.actor.id } }]);
  });

  test('an ended call and one of another organisation are refused, and audited', async () => {
    const ctx = await aHandler();
    const { id: ended } = await aCall(ctx, { state: 'referred', endedAt: ctx.now });
    const { id: callId } = await aCall(ctx);
    const [colleague, stranger] = await Promise.all([colleagueOf(ctx), aHandler()]);
    expect(await takeOver(colleague, { callId: ended })).toEqual({ ok: false, error: { code: 'call-ended', state: 'referred', endedAt: ctx.now } });
    expect(await takeOver(stranger, { callId })).toEqual({ ok: false, error: { code: 'call-not-found' } });
    expect(await db.auditEvent.count({ where: { requestId: { in: [colleague.requestId, stranger.requestId] }, type: 'call.refused' } })).toBe(2);
  });

  test('ten colleagues take one call over at once: the record is one chain, and ends with whoever has the call', async () => {
    const ctx = await aHandler();
    const colleagues = await Promise.all(Array.from({ length: 10 }, () => colleagueOf(ctx)));
    const { id: callId } = await aCall(ctx);
    const outcomes = await Promise.all(colleagues.map((colleague) => takeOver(colleague, { callId })));

    expect(outcomes.every(({ ok }) => ok)).toBe(true);
    // Without the lock several would take it from the first handler.
    const steps = (await events(callId)).map(({ body }) => passed.parse(body));
    const handlers = [ctx.actor.id, ...steps.map(({ to }) => to)];
    expect(steps.map(({ from }) => from)).toEqual(handlers.slice(0, -1));
    expect(new Set(handlers).size).toBe(11);
    expect(await handlerOf(callId)).toBe(handlers.at(-1));
  });
});

test('a call handed over while its handler holds a slot: held before it went and still its own, or refused, never half', async () => {
  for (let round = 0; round < TRIES; round += 1) {
    const ctx = await aHandler();
    const [colleague, call, slot] = await Promise.all([colleagueOf(ctx), aCall(ctx), aFreeSlot()]);
    const [held, given] = await Promise.all([holdSlot(later(ctx, 0), { callId: call.id, slotId: slot.id }), handOver(ctx, { callId: call.id, staffId: colleague.actor.id })]);

    expect(given.ok).toBe(true);
    const heldByCall = (await db.slot.findUniqueOrThrow({ where: { id: slot.id } })).heldByCall;
    const kinds = (await events(call.id)).map(({ kind }) => kind);
    if (held.ok) expect([kinds, heldByCall]).toEqual([['slot-held', 'handed-over'], call.id]);
    else expect([held.error, kinds[0], heldByCall]).toEqual([{ code: 'call-with-colleague', handlerName: colleague.actor.name }, 'handed-over', null]);
  }
});
