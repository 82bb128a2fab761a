import { describe, expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import { amendReason } from '@/lib/booking/amend.commands';
import { markArrived, markFulfilled, markNoShow } from '@/lib/booking/attend.commands';
import { cancelAppointment } from '@/lib/booking/cancel.commands';
import { markEnteredInError } from '@/lib/booking/in-error.commands';
import { CHANGES } from '@/lib/booking/rules';
import { appointmentStatus, type AppointmentStatus } from '@/lib/booking/schema';
import { canMove, WORKFLOW } from '@/lib/booking/transitions.rules';
import { db } from '@/lib/platform/db';
import { anAppointment } from '@/prisma/factories/appointment';
import { aCancelRequest, aChangeRequest } from '@/prisma/factories/call';
import { aHandler, later } from '@/prisma/factories/staff';

type Subject = { id: string; patientId: string };

const COMMANDS = {
  cancel: (ctx: Ctx, of: Subject) => cancelAppointment(ctx, aCancelRequest(of)),
  amend: (ctx: Ctx, of: Subject) => amendReason(ctx, { ...aChangeRequest(of), reason: 'Earache' }),
  'enter-in-error': (ctx: Ctx, of: Subject) => markEnteredInError(ctx, { ...aChangeRequest(of), text: 'Wrong patient' }),
  arrive: (ctx: Ctx, of: Subject) => markArrived(ctx, aChangeRequest(of)),
  fulfil: (ctx: Ctx, of: Subject) => markFulfilled(ctx, aChangeRequest(of)),
  'no-show': (ctx: Ctx, of: Subject) => markNoShow(ctx, aChangeRequest(of)),
};
const METHODS = ['cancel', 'amend', 'enter-in-error', 'arrive', 'fulfil', 'no-show'] as const;
type Method = (typeof METHODS)[number];

const RELEASED: readonly AppointmentStatus[] = ['cancelled', 'moved', 'entered-in-error'];

/** A booked appointment and somebody who may do anything to it. */
async function aBooking() {
  const handler = await aHandler({ role: 'supervisor' });
  const appointment = await anAppointment(handler);
  const roles = [...handler.actor.roles, { role: 'service-admin', scope: appointment.serviceId } as const];
  return { ctx: { ...handler, actor: { ...handler.actor, roles } }, appointment };
}

/** The same, brought to a status by the steps that lead there, still version 1. */
async function standing(status: AppointmentStatus) {
  const { ctx, appointment } = await aBooking();
  const steps: readonly AppointmentStatus[] = status === 'fulfilled' ? ['arrived', 'fulfilled'] : [status];
  for (const step of steps) {
    await db.appointment.update({ where: { id: appointment.id }, data: { status: step, releasedAt: RELEASED.includes(step) ? ctx.now : null } });
  }
  return { ctx, appointment };
}

const isAllowed = (status: AppointmentStatus, method: Method) => (method === 'amend' ? status === 'booked' : canMove('appointment', status, CHANGES[method].status));
const EVERY_CASE = appointmentStatus.options.flatMap((status) => METHODS.map((method) => [status, method] as const));

/** Nobody stays away from what has not begun. */
const atItsTime = (ctx: Ctx, method: Method) => later(ctx, method === 'no-show' ? 60 : 5);

function recordsOf(id: string) {
  return db.appointment.findUniqueOrThrow({
    where: { id },
    include: { slot: true, versions: { orderBy: { version: 'asc' } }, registryEntry: { include: { versions: { orderBy: { version: 'asc' } } } }, referrals: true },
  });
}

describe('what the table of transitions has is done, with everything that belongs to it', () => {
  test.each(EVERY_CASE.filter(([status, method]) => isAllowed(status, method)))('%s: %s', async (status, method) => {
    const { ctx, appointment } = await standing(status);
    const at = atItsTime(ctx, method);
    expect(await COMMANDS[method](at, appointment)).toEqual({ ok: true, value: { appointmentId: appointment.id, version: 2, at: at.now, isRepeat: false } });

    const { done, status: after } = CHANGES[method];
    const isOver = RELEASED.includes(after);
    const records = await recordsOf(appointment.id);
    expect(records).toMatchObject({ status: after, version: 2, releasedAt: isOver ? at.now : null, slot: { status: isOver ? 'free' : 'busy' } });
    expect(records.versions).toMatchObject([{ version: 1 }, { version: 2, at: at.now, actorId: ctx.actor.id, body: { status: after } }]);
    expect(records.registryEntry).toMatchObject({ status: after, version: 2, versions: [{ status: 'booked' }, { status: after }] });
    expect(records.referrals).toMatchObject([{ uncoupledAt: isOver ? at.now : null }]);
    expect(await db.outbox.count({ where: { topic: `appointment.${done}`, dedupeKey: `appointment.${done}:${appointment.id}:2` } })).toBe(1);
    expect(await db.auditEvent.findMany({ where: { type: `appointment.${done}`, subject: appointment.id } })).toMatchObject([{ detail: { before: status, after, version: 2 } }]);
    const events = await db.callEvent.findMany({ where: { callId: appointment.callId ?? '' }, orderBy: { seq: 'asc' } });
    expect(events.map(({ kind }) => kind)).toEqual(['cancel', 'amend', 'enter-in-error'].includes(method) ? ['booked', done] : ['booked']);
  });
});

describe('what it has not is refused, audited, and changes nothing', () => {
  test.each(EVERY_CASE.filter(([status, method]) => !isAllowed(status, method)))('%s: %s', async (status, method) => {
    const { ctx, appointment } = await standing(status);
    const before = await recordsOf(appointment.id);
    const at = atItsTime(ctx, method);
    const code = status === 'cancelled' ? 'appointment-already-cancelled' : 'appointment-cannot-become';
    expect(await COMMANDS[method](at, appointment)).toMatchObject({ ok: false, error: { code } });

    expect(await recordsOf(appointment.id)).toEqual(before);
    const audit = await db.auditEvent.findMany({ where: { requestId: at.requestId } });
    expect(audit).toMatchObject([{ subject: appointment.id, detail: { code, method } }]);
    expect(audit[0]?.type).toMatch(/-refused$/);
  });
});

describe('two changes of one version at once: one is made, the other is told what became of it', () => {
  const CODES = { cancel: 'appointment-already-cancelled', amend: 'appointment-changed', arrive: 'appointment-changed', 'enter-in-error': 'appointment-changed' };
  const RACES = [['cancel', 'cancel'], ['cancel', 'amend'], ['cancel', 'arrive'], ['cancel', 'enter-in-error'], ['amend', 'amend'], ['amend', 'arrive']] as const;
  test.each(RACES)('%s against %s', async (one, other) => {
    const bookings = await Promise.all(Array.from({ length: 3 }, aBooking));
    await Promise.all(
      bookings.map(async ({ ctx, appointment }) => {
        const outcomes = await Promise.all([COMMANDS[one](later(ctx, 1), appointment), COMMANDS[other](later(ctx, 1), appointment)]);
        const winner = outcomes[0].ok ? one : other;
        expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
        expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({ error: { code: CODES[winner] } });

        const records = await recordsOf(appointment.id);
        const { status } = CHANGES[winner];
        expect(records).toMatchObject({ status, version: 2, reason: winner === 'amend' ? 'Earache' : appointment.reason, slot: { status: RELEASED.includes(status) ? 'free' : 'busy' } });
        expect([records.versions.length, records.registryEntry?.version, records.registryEntry?.status]).toEqual([2, 2, status]);
      }),
    );
  });
});

test('changes one after another each make a version, and every earlier one is kept as it was (U-108)', async () => {
  const { ctx, appointment } = await aBooking();
  const { id, patientId, reason } = appointment;
  await amendReason(later(ctx, 1), { ...aChangeRequest(appointment), reason: 'Earache' });
  await markArrived(later(ctx, 50), { ...aChangeRequest(appointment), version: 2 });
  await markFulfilled(later(ctx, 80), { ...aChangeRequest(appointment), version: 3 });
  expect(await markEnteredInError(later(ctx, 90), { ...aChangeRequest({ id, patientId }), version: 4, text: 'Somebody else was seen' })).toMatchObject({ ok: true, value: { version: 5 } });

  const { versions, registryEntry } = await recordsOf(id);
  expect(versions.map(({ version, body }) => [version, body])).toMatchObject([
    [1, { status: 'booked', reason }],
    [2, { status: 'booked', reason: 'Earache' }],
    [3, { status: 'arrived', reason: 'Earache' }],
    [4, { status: 'fulfilled', reason: 'Earache', cancelText: null }],
    [5, { status: 'entered-in-error', cancelText: 'Somebody else was seen' }],
  ]);
  expect(registryEntry?.versions.map(({ status }) => status)).toEqual(['booked', 'booked', 'arrived', 'fulfilled', 'entered-in-error']);
});

test.each(METHODS.filter((method) => method !== 'fulfil'))('%s: ten times the same request is one change, and one answer', async (method) => {
  const { ctx, appointment } = await aBooking();
  const at = atItsTime(ctx, method);
  const same = { ...aCancelRequest(appointment), reason: 'other', text: 'Wrong patient' } as const;
  const sent = { cancel: () => cancelAppointment(at, same), amend: () => amendReason(at, same), 'enter-in-error': () => markEnteredInError(at, same), arrive: () => markArrived(at, same), 'no-show': () => markNoShow(at, same) };
  const outcomes = await Promise.all(Array.from({ length: 10 }, sent[method]));
  expect(outcomes.filter((outcome) => outcome.ok && !outcome.value.isRepeat)).toHaveLength(1);
  expect(outcomes).toMatchObject(outcomes.map(() => ({ ok: true, value: { appointmentId: appointment.id, version: 2, at: at.now } })));
});

describe('the database itself', () => {
  test.each(appointmentStatus.options)('lets an appointment go from %s nowhere but where the table says', async (from) => {
    const { appointment } = await standing(from);
    for (const to of appointmentStatus.options) {
      if (to === from || canMove('appointment', from, to)) continue;
      await expect(db.$executeRaw`UPDATE appointment SET status = ${to} WHERE id = ${appointment.id}::uuid`).rejects.toThrow(`appointment cannot go from ${from} to ${to}`);
    }
  });

  test('knows the transitions of the table and no others', async () => {
    const asStored = (state: string) => (state === 'held' ? 'free' : state);
    const expected = Object.entries(WORKFLOW).flatMap(([kind, steps]) => steps.map(({ from, to }) => `${kind}: ${asStored(from)} to ${asStored(to)}`));
    const stored = await db.stateTransition.findMany();
    expect(stored.map(({ kind, fromState, toState }) => `${kind}: ${fromState} to ${toState}`).toSorted()).toEqual([...new Set(expected)].filter((step) => step !== 'slot: free to free').toSorted());
  });
});
