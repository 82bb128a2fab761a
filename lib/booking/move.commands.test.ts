import { describe, expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import { bookAppointment } from '@/lib/booking/book.commands';
import { cancelAppointment } from '@/lib/booking/cancel.commands';
import { holdSlot } from '@/lib/booking/hold.commands';
import { moveAppointment } from '@/lib/booking/move.commands';
import type { MoveRequest } from '@/lib/booking/schema';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { anAppointment } from '@/prisma/factories/appointment';
import { aBookingRequest, aCall, aCancelRequest } from '@/prisma/factories/call';
import { aService } from '@/prisma/factories/service';
import { aFreeSlot } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN, aHandler, later } from '@/prisma/factories/staff';

type Old = { id: string; patientId: string; callId: string | null };

/** A slot that a call holds, and the form that moves an appointment to it. */
async function aHeldMove(ctx: Ctx, { callId, old, slot = {} }: { callId: string; old: Old; slot?: Parameters<typeof aFreeSlot>[0] }) {
  const free = await aFreeSlot({ startsAt: addMinutes(A_TUESDAY_AT_TEN, 90), ...slot });
  const held = await db.slot.update({ where: { id: free.id }, data: { heldByCall: callId, heldUntil: addMinutes(ctx.now, 5) } });
  return { slot: held, request: aMoveRequest(callId, { old, slotId: held.id }) };
}

function aMoveRequest(callId: string, { old, slotId }: { old: Old; slotId: string }): MoveRequest {
  return { ...aBookingRequest(callId, slotId), movesId: old.id, movesVersion: 1 };
}

/** An appointment, and a move of it inside the call that booked it. */
async function aMoveInItsCall() {
  const ctx = await aHandler();
  const old = await anAppointment(ctx);
  const callId = old.callId ?? expect.unreachable();
  return { ctx, old, callId, ...(await aHeldMove(ctx, { callId, old })) };
}

/** An appointment, and a new call of the same patient that was opened to move it. */
async function aMoveInANewCall() {
  const ctx = await aHandler();
  const old = await anAppointment(ctx);
  const call = await aCall(ctx, { patientId: old.patientId, movesId: old.id });
  return { ctx, old, call, ...(await aHeldMove(ctx, { callId: call.id, old })) };
}

/** Everything about an appointment that a refused move must leave as it was. */
async function allOf(id: string) {
  const { slot, ...appointment } = await db.appointment.findUniqueOrThrow({
    where: { id },
    include: { slot: { select: { status: true } }, versions: true, referrals: true, registryEntry: { include: { versions: true } } },
  });
  return { ...appointment, slotStatus: slot.status };
}

async function moved(outcome: ReturnType<typeof moveAppointment>) {
  const settled = await outcome;
  if (!settled.ok) throw new Error(settled.error.code);
  return settled.value;
}

describe('a move makes the new appointment and ends the old one, in one statement', () => {
  test('U-113, inside the encounter: all that belongs to both is written, and every version of the old one is kept (U-108)', async () => {
    const { ctx: then, old, callId, slot, request } = await aMoveInItsCall();
    const ctx = later(then, 1);
    const { appointmentId, reference } = await moved(moveAppointment(ctx, request));

    expect(await allOf(old.id)).toMatchObject({
      ...{ status: 'moved', version: 2, releasedAt: ctx.now, slotStatus: 'free' },
      versions: [{ version: 1, body: { status: 'booked' } }, { version: 2, body: { status: 'moved', startsAt: old.startsAt.toISOString() }, actorId: ctx.actor.id }],
      referrals: [{ uncoupledAt: ctx.now }],
      registryEntry: { status: 'moved', version: 2, versions: [{ version: 1 }, { version: 2, status: 'moved' }] },
    });
    expect(await allOf(appointmentId)).toMatchObject({
      ...{ status: 'booked', version: 1, reference, replacesId: old.id, callId, slotId: slot.id, startsAt: slot.startsAt, slotStatus: 'busy', patientId: old.patientId },
      versions: [{ version: 1, body: { status: 'booked' } }],
      referrals: [{ callId, serviceId: slot.serviceId, uncoupledAt: null }],
      registryEntry: { status: 'booked', version: 1 },
    });
    expect(reference).not.toBe(old.reference);
    expect(await db.call.findUniqueOrThrow({ where: { id: callId } })).toMatchObject({ state: 'booked', endedAt: then.now });
  });

  test('both halves are in the record of the call, the audit and the messages: before and after, and what replaced what (U-116)', async () => {
    const { ctx: then, old, callId, slot, request } = await aMoveInItsCall();
    const ctx = later(then, 1);
    const { appointmentId } = await moved(moveAppointment(ctx, request));

    const events = await db.callEvent.findMany({ where: { callId, at: ctx.now } });
    expect(Object.fromEntries(events.map(({ kind, body }) => [kind, body]))).toMatchObject({
      booked: { appointmentId, replaces: old.id, slotId: slot.id },
      moved: { appointmentId: old.id, replacedBy: appointmentId, from: { slotId: old.slotId }, to: { slotId: slot.id } },
    });
    expect(await db.auditEvent.findMany({ where: { subject: old.id, requestId: ctx.requestId } })).toMatchObject([
      {
        ...{ type: 'appointment.moved', patientId: old.patientId, actorId: ctx.actor.id },
        detail: { before: { status: 'booked', version: 1, slotId: old.slotId }, after: { status: 'moved', version: 2, slotId: slot.id, replacedBy: appointmentId } },
      },
    ]);
    expect(await db.auditEvent.findMany({ where: { subject: appointmentId } })).toMatchObject([{ type: 'appointment.booked', detail: { replaces: old.id } }]);
    expect(await db.outbox.findMany({ where: { dedupeKey: { in: [`appointment.moved:${old.id}:2`, `appointment.booked:${appointmentId}`] } } })).toHaveLength(2);
  });

  test('U-115, after the encounter: a new call ends booked, and the move is in the record of the old one too', async () => {
    const { ctx, old, call, request } = await aMoveInANewCall();
    const { appointmentId } = await moved(moveAppointment(ctx, request));
    expect(await db.call.findUniqueOrThrow({ where: { id: call.id } })).toMatchObject({ state: 'booked', endedAt: ctx.now });
    expect(await db.appointment.findUniqueOrThrow({ where: { id: appointmentId } })).toMatchObject({ callId: call.id, replacesId: old.id });
    const ofOldCall = await db.callEvent.findMany({ where: { callId: old.callId ?? '', kind: 'moved' } });
    expect(ofOldCall).toMatchObject([{ body: { appointmentId: old.id, replacedBy: appointmentId } }]);
  });

  test('an appointment of any organisation is moved by the call that assesses the patient again', async () => {
    const old = await anAppointment(await aHandler());
    const ctx = await aHandler();
    const call = await aCall(ctx, { patientId: old.patientId, movesId: old.id });
    const { request } = await aHeldMove(ctx, { callId: call.id, old });
    expect(await moveAppointment(ctx, request)).toMatchObject({ ok: true });
  });

  test('a move never conflicts with its own old slot: to a time that overlaps it, at the same service or another', async () => {
    const { ctx, old, callId } = await aMoveInItsCall();
    const first = await aHeldMove(ctx, { callId, old, slot: { startsAt: addMinutes(old.startsAt, 5), serviceId: old.serviceId } });
    const { appointmentId } = await moved(moveAppointment(ctx, first.request));
    const again = await aHeldMove(ctx, { callId, old: { ...old, id: appointmentId }, slot: { startsAt: addMinutes(old.startsAt, 7) } });
    expect(await moveAppointment(ctx, again.request)).toMatchObject({ ok: true });
  });

  test('the slot that it leaves can be held and booked by the next call at once', async () => {
    const { ctx, old, request } = await aMoveInItsCall();
    await moved(moveAppointment(ctx, request));
    const next = await aCall(ctx);
    expect(await holdSlot(ctx, { callId: next.id, slotId: old.slotId })).toMatchObject({ ok: true });
    expect(await bookAppointment(ctx, aBookingRequest(next.id, old.slotId))).toMatchObject({ ok: true });
  });

  test('the same request again gives the first answer, even ten times at once', async () => {
    const { ctx, old, request } = await aMoveInItsCall();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => moved(moveAppointment(ctx, request))));
    expect(new Set(outcomes.map(({ appointmentId }) => appointmentId))).toHaveLength(1);
    expect(outcomes.filter(({ isRepeat }) => !isRepeat)).toHaveLength(1);
    expect(await moved(moveAppointment(later(ctx, 30), request))).toMatchObject({ isRepeat: true });
    expect(await db.appointment.count({ where: { patientId: old.patientId } })).toBe(2);
  });

  test('an auditor may not move', async () => {
    const { request } = await aMoveInItsCall();
    await expect(moveAppointment(await aHandler({ role: 'auditor' }), request)).rejects.toThrow(ForbiddenError);
  });
});

describe('on any refusal the old appointment stands, untouched (U-114), and the refusal is audited', () => {
  type Move = Awaited<ReturnType<typeof aMoveInItsCall>>;
  const update = {
    slot: (data: object) => ({ slot }: Move) => db.slot.update({ where: { id: slot.id }, data }),
    service: (data: object) => ({ slot }: Move) => db.service.update({ where: { id: slot.serviceId }, data }),
    patient: (data: object) => ({ old }: Move) => db.patient.update({ where: { id: old.patientId }, data }),
    contacts: (data: object) => ({ callId }: Move) => db.callContact.updateMany({ where: { callId }, data }),
    handler: () => async ({ callId }: Move) => db.call.update({ where: { id: callId }, data: { handlerId: (await aHandler()).actor.id } }),
    request: (given: Partial<MoveRequest>) => ({ request }: Move) => Object.assign(request, given),
  };
  const CASES: [string, (move: Move) => unknown][] = [
    ['call-with-colleague', update.handler()],
    ['appointment-not-found', update.request({ movesId: newId() })],
    ['appointment-changed', update.request({ movesVersion: 2 })],
    ['move-to-same-slot', ({ request, old }) => Object.assign(request, { slotId: old.slotId })],
    ['patient-deceased', update.patient({ deceasedOn: A_TUESDAY_AT_TEN })],
    ['contacts-without-primary', update.contacts({ rank: 2 })],
    ['slot-not-found', update.request({ slotId: newId() })],
    ['service-not-bookable', update.service({ isBookable: false })],
    ['service-not-suitable', update.service({ genders: ['F'] })],
    ['slot-in-past', update.slot({ startsAt: A_TUESDAY_AT_TEN })],
    ['slot-withdrawn', update.slot({ status: 'withdrawn', heldByCall: null, heldUntil: null })],
    ['slot-taken', update.slot({ status: 'busy', heldByCall: null, heldUntil: null })],
    ['slot-held', update.slot({ heldByCall: newId() })],
    ['hold-expired', update.slot({ heldUntil: A_TUESDAY_AT_TEN })],
    ['approval-needed', update.slot({ startsAt: addMinutes(A_TUESDAY_AT_TEN, 180), endsAt: addMinutes(A_TUESDAY_AT_TEN, 190) })],
  ];

  test.each(CASES)('%s', async (code, change) => {
    const move = await aMoveInItsCall();
    await change(move);
    const before = await allOf(move.old.id);
    const { ctx, request } = { ...move, ctx: later(move.ctx, 0) };

    expect(await moveAppointment(ctx, request)).toMatchObject({ ok: false, error: { code } });
    expect(await allOf(move.old.id)).toEqual(before);
    expect(await db.appointment.count({ where: { patientId: move.old.patientId } })).toBe(1);
    expect(await db.auditEvent.findMany({ where: { requestId: ctx.requestId, type: 'appointment.move-refused' } })).toMatchObject([{ subject: request.slotId, detail: { code, callId: move.callId } }]);
    expect(await db.callEvent.findMany({ where: { callId: move.callId, kind: 'move-refused' } })).toMatchObject([{ body: { code } }]);
    expect(await db.inboundRequest.count({ where: { requestId: request.requestId } })).toBe(0);
  });

  test('guard-choice-needed about a third appointment of the patient: which one', async () => {
    const { ctx, old, callId } = await aMoveInItsCall();
    const third = await anAppointment(ctx, { call: { patientId: old.patientId }, slot: { startsAt: addMinutes(old.startsAt, 60) } });
    const { request } = await aHeldMove(ctx, { callId, old, slot: { startsAt: addMinutes(third.startsAt, -5) } });
    const before = await allOf(old.id);
    expect(await moveAppointment(ctx, request)).toMatchObject({ error: { code: 'guard-choice-needed', conflicts: [{ appointment: { reference: third.reference }, choices: ['keep', 'cancel'] }] } });
    expect(await allOf(old.id)).toEqual(before);
  });

  test('appointment-other-patient when it is not of the patient of the call', async () => {
    const { ctx, request } = await aMoveInItsCall();
    const other = await anAppointment(ctx);
    expect(await moveAppointment(ctx, { ...request, movesId: other.id })).toEqual({ ok: false, error: { code: 'appointment-other-patient' } });
    expect(await allOf(other.id)).toMatchObject({ status: 'booked', version: 1 });
  });

  test('call-already-booked when the call led to another appointment of the patient: which one', async () => {
    const { ctx, old, request } = await aMoveInItsCall();
    const other = await anAppointment(ctx, { call: { patientId: old.patientId }, slot: { startsAt: addMinutes(old.startsAt, 60) } });
    expect(await moveAppointment(ctx, { ...request, movesId: other.id })).toMatchObject({ error: { code: 'call-already-booked', appointmentId: old.id } });
    expect(await allOf(other.id)).toMatchObject({ status: 'booked', version: 1 });
  });

  test('appointment-in-past once it has begun', async () => {
    const { ctx, old } = await aMoveInItsCall();
    const at = later(ctx, 60);
    const call = await aCall(at, { patientId: old.patientId, movesId: old.id });
    const { request } = await aHeldMove(at, { callId: call.id, old });
    expect(await moveAppointment(at, request)).toEqual({ ok: false, error: { code: 'appointment-in-past', startsAt: old.startsAt } });
  });

  test('appointment-already-cancelled, and appointment-cannot-become when the patient has arrived or it was moved', async () => {
    const cancelled = await aMoveInANewCall();
    await cancelAppointment(cancelled.ctx, aCancelRequest(cancelled.old));
    expect(await moveAppointment(cancelled.ctx, cancelled.request)).toEqual({ ok: false, error: { code: 'appointment-already-cancelled', at: cancelled.ctx.now } });

    const arrived = await aMoveInANewCall();
    await db.appointment.update({ where: { id: arrived.old.id }, data: { status: 'arrived' } });
    expect(await moveAppointment(arrived.ctx, arrived.request)).toEqual({ ok: false, error: { code: 'appointment-cannot-become', status: 'arrived', wanted: 'moved' } });

    const before = await aMoveInANewCall();
    await moved(moveAppointment(before.ctx, before.request));
    const next = await aCall(before.ctx, { patientId: before.old.patientId, movesId: before.old.id });
    const { request } = await aHeldMove(before.ctx, { callId: next.id, old: before.old, slot: { startsAt: addMinutes(A_TUESDAY_AT_TEN, 110) } });
    expect(await moveAppointment(before.ctx, { ...request, movesVersion: 2 })).toMatchObject({ error: { code: 'appointment-cannot-become', status: 'moved' } });
  });

  test.each(['referred', 'closed'] as const)('call-ended when the new call was %s', async (state) => {
    const { ctx, old, call, request } = await aMoveInANewCall();
    await db.call.update({ where: { id: call.id }, data: { state, endedAt: ctx.now, closeReason: state === 'closed' ? 'caller-gone' : null } });
    expect(await moveAppointment(ctx, request)).toEqual({ ok: false, error: { code: 'call-ended', state, endedAt: ctx.now } });
    expect(await allOf(old.id)).toMatchObject({ status: 'booked', version: 1 });
  });

  test('call-not-found for another organisation: audited, and nothing in the record of the call', async () => {
    const { callId, slot, request } = await aMoveInItsCall();
    expect(await moveAppointment(await aHandler(), request)).toEqual({ ok: false, error: { code: 'call-not-found' } });
    expect(await db.auditEvent.count({ where: { type: 'appointment.move-refused', subject: slot.id } })).toBe(1);
    expect(await db.callEvent.count({ where: { callId, kind: 'move-refused' } })).toBe(0);
  });

  test('D-061: outside the timeframe a move asks for what a booking asks for, and keeps it', async () => {
    const { ctx, old, callId } = await aMoveInItsCall();
    const { request } = await aHeldMove(ctx, { callId, old, slot: { startsAt: addMinutes(A_TUESDAY_AT_TEN, 150) } });
    const clinician = await aHandler({ role: 'clinician', organisationCode: ctx.actor.organisation.code });
    const given = { callerInformed: 'yes', approvedBy: clinician.actor.id, approvalReason: 'Agreed with the patient' } as const;
    expect(await moveAppointment(ctx, request)).toEqual({ ok: false, error: { code: 'approval-needed', minutesOver: 30 } });
    const { appointmentId } = await moved(moveAppointment(ctx, { ...request, ...given }));
    expect(await allOf(appointmentId)).toMatchObject({ timeframeRule: 'TF-04', minutesOver: 30, approvedById: clinician.actor.id });
  });
});

describe('races of a move: the patient always has exactly one of the two', () => {
  const ROUNDS = [1, 2, 3, 4, 5];
  const live = (patientId: string) => db.appointment.findMany({ where: { patientId, releasedAt: null } });
  const busy = (ids: string[]) => db.slot.count({ where: { id: { in: ids }, status: 'busy' } });

  test.each(ROUNDS)('against a cancellation of the old one (%d): one of them happens, the other is told', async () => {
    const { ctx, old, slot, request } = await aMoveInANewCall();
    const [move, cancel] = await Promise.all([moveAppointment(ctx, request), cancelAppointment(ctx, aCancelRequest(old))]);
    expect([move.ok, cancel.ok].filter(Boolean)).toHaveLength(1);
    if (!move.ok) expect(move.error.code).toBe('appointment-already-cancelled');
    if (!cancel.ok) expect(cancel.error.code).toBe('appointment-changed');
    expect(await live(old.patientId)).toHaveLength(move.ok ? 1 : 0);
    expect(await busy([old.slotId, slot.id])).toBe(move.ok ? 1 : 0);
  });

  test.each(ROUNDS)('two moves of the same appointment at once from two calls (%d): one happens, the other is told that it changed', async () => {
    const { ctx, old, slot, request } = await aMoveInItsCall();
    const call = await aCall(ctx, { patientId: old.patientId, movesId: old.id });
    const other = await aHeldMove(ctx, { callId: call.id, old, slot: { startsAt: addMinutes(A_TUESDAY_AT_TEN, 100) } });
    const outcomes = await Promise.all([moveAppointment(ctx, request), moveAppointment(ctx, other.request)]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.error.code]))).toEqual(['appointment-changed']);
    expect(await live(old.patientId)).toMatchObject([{ replacesId: old.id }]);
    expect(await busy([old.slotId, slot.id, other.slot.id])).toBe(1);
    expect(await db.referral.count({ where: { patientId: old.patientId, uncoupledAt: null } })).toBe(1);
  });

  test.each(ROUNDS)('against a booking of the new slot by a call that took it over (%d): one has it, and the loser keeps the old one', async () => {
    const { ctx, old, slot, request } = await aMoveInItsCall();
    const rival = await aCall(ctx, { dueAt: null });
    const at = later(ctx, 6);
    const takeOver = async () => {
      const held = await holdSlot(at, { callId: rival.id, slotId: slot.id });
      return held.ok ? bookAppointment(at, aBookingRequest(rival.id, slot.id)) : held;
    };
    const [move, booking] = await Promise.all([moveAppointment(ctx, request), takeOver()]);
    expect([move.ok, booking.ok].filter(Boolean)).toHaveLength(1);
    expect(await live(old.patientId)).toMatchObject([move.ok ? { slotId: slot.id } : { id: old.id, version: 1 }]);
    expect(await db.appointment.count({ where: { slotId: slot.id, releasedAt: null } })).toBe(1);
  });

  test('ten calls move ten appointments to one slot at once: the holder wins, nine keep theirs', async () => {
    const ctx = await aHandler();
    const slot = await aFreeSlot({ startsAt: addMinutes(A_TUESDAY_AT_TEN, 600) });
    const service = await aService();
    const moves = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => {
        const old = await anAppointment(ctx, { call: { dueAt: null }, slot: { startsAt: addMinutes(A_TUESDAY_AT_TEN, 700 + index), serviceId: service.id } });
        return { old, callId: old.callId ?? expect.unreachable(), at: later(ctx, index * 6) };
      }),
    );
    for (const { at, callId } of moves) await holdSlot(at, { callId, slotId: slot.id });

    const outcomes = await Promise.all(moves.map(({ at, callId, old }) => moveAppointment(at, aMoveRequest(callId, { old, slotId: slot.id }))));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await db.appointment.findMany({ where: { slotId: slot.id } })).toMatchObject([{ replacesId: moves.at(-1)?.old.id }]);
    const standing = await db.appointment.count({ where: { id: { in: moves.map(({ old }) => old.id) }, status: 'booked', releasedAt: null } });
    expect(standing).toBe(9);
  });
});

test('a fault in the middle of a move leaves both as they were, and the same request succeeds once it is gone', async () => {
  const { ctx, old, slot, request } = await aMoveInItsCall();
  const before = await allOf(old.id);
  await db.$executeRaw`CREATE FUNCTION fail_move() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'injected'; END $$`;
  await db.$executeRaw`CREATE TRIGGER fail_move BEFORE INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION fail_move()`;
  await expect(moveAppointment(ctx, request)).rejects.toThrow(/injected/);
  await db.$executeRaw`DROP TRIGGER fail_move ON outbox`;

  expect(await allOf(old.id)).toEqual(before);
  expect(await db.slot.findUniqueOrThrow({ where: { id: slot.id } })).toMatchObject({ status: 'free', heldByCall: request.callId });
  expect(await moveAppointment(ctx, request)).toMatchObject({ ok: true, value: { isRepeat: false } });
});
