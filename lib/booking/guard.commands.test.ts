import { describe, expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import { bookAppointment } from '@/lib/booking/book.commands';
import { cancelAppointment } from '@/lib/booking/cancel.commands';
import { requireChoices } from '@/lib/booking/choices.queries';
import { guardOf } from '@/lib/booking/guard.queries';
import { moveAppointment } from '@/lib/booking/move.commands';
import type { BookingRequest } from '@/lib/booking/schema';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import type { GuardChoiceInput } from '@/lib/registry/guard.schema';
import { anAppointment } from '@/prisma/factories/appointment';
import { aCancelRequest, aChoice, aHeldSlot } from '@/prisma/factories/call';
import { aRegisteredEntry } from '@/prisma/factories/entry';
import { aPatient, syntheticNhsNumber } from '@/prisma/factories/patient';
import { aService } from '@/prisma/factories/service';
import { A_TUESDAY_AT_TEN, aHandler, later } from '@/prisma/factories/staff';

const STARTS = addMinutes(A_TUESDAY_AT_TEN, 60);

/** What the patient has, booked by another organisation, and a slot at the same time that a call of this handler holds for them. */
async function aMeeting({ minutesLater = 5 } = {}) {
  const other = await anAppointment(await aHandler());
  const ctx = later(await aHandler(), 1);
  const held = await aHeldSlot(ctx, { call: { patientId: other.patientId, dueAt: null }, slot: { startsAt: addMinutes(other.startsAt, minutesLater) } });
  const [conflict] = await guardOf(ctx, held.request);
  if (!conflict) throw new Error('no conflict');
  const choosing = (choice: GuardChoiceInput['choice']): BookingRequest => ({ ...held.request, choices: [aChoice(conflict, choice)] });
  return { ctx, other, ...held, conflict, choosing };
}

async function booked(outcome: ReturnType<typeof bookAppointment>) {
  const settled = await outcome;
  if (!settled.ok) throw new Error(settled.error.code);
  return settled.value;
}

/** Everything about an appointment that a refused booking must leave as it was. */
async function allOf(id: string) {
  const { slot, ...appointment } = await db.appointment.findUniqueOrThrow({
    where: { id },
    include: { slot: { select: { status: true } }, versions: true, referrals: true, registryEntry: { include: { versions: true } } },
  });
  return { ...appointment, slotStatus: slot.status };
}

const choicesOf = (appointmentId: string) => db.guardChoice.findMany({ where: { appointmentId } });
const auditOf = (subject: string, ctx: Ctx) => db.auditEvent.findMany({ where: { subject, requestId: ctx.requestId } });
const eventOf = (callId: string, kind: string) => db.callEvent.findMany({ where: { callId, kind } });

describe('keep both', () => {
  test('books beside it: both stand, and the new one names the other', async () => {
    const { ctx, other, choosing } = await aMeeting();
    const before = await allOf(other.id);
    const { appointmentId } = await booked(bookAppointment(ctx, choosing('keep')));
    expect(await allOf(appointmentId)).toMatchObject({ status: 'booked', overlapAccepted: true, keptBeside: [other.id], replacesId: null });
    expect(await allOf(other.id)).toEqual(before);
  });

  test('names nothing when the times do not meet', async () => {
    const { ctx, choosing } = await aMeeting({ minutesLater: 30 });
    const { appointmentId } = await booked(bookAppointment(ctx, choosing('keep')));
    expect(await allOf(appointmentId)).toMatchObject({ overlapAccepted: false, keptBeside: [] });
  });

  test('the choice and its reason are kept and in the record of the call; the audit has no word of why', async () => {
    const { ctx, call, conflict, choosing } = await aMeeting();
    const { appointmentId } = await booked(bookAppointment(ctx, choosing('keep')));
    const { entryId } = conflict;
    const kinds = ['overlap', 'same-family'];
    expect(await choicesOf(appointmentId)).toEqual([{ appointmentId, entryId, kinds, choice: 'keep', reason: 'A different problem', staffId: ctx.actor.id, at: ctx.now }]);
    expect(await eventOf(call.id, 'booked')).toMatchObject([{ body: { choices: [{ entryId, kinds, choice: 'keep', reason: 'A different problem' }] } }]);
    const [audit] = await auditOf(appointmentId, ctx);
    expect(audit).toMatchObject({ type: 'appointment.booked', detail: { choices: { [entryId]: { kinds, choice: 'keep' } } } });
    expect(JSON.stringify(audit?.detail)).not.toContain('different');
  });

  test('another booking at that time is asked about both', async () => {
    const { ctx, other, slot, choosing } = await aMeeting();
    const { appointmentId } = await booked(bookAppointment(ctx, choosing('keep')));
    const third = await aHeldSlot(ctx, { call: { patientId: other.patientId, dueAt: null }, slot: { startsAt: slot.startsAt } });
    const outcome = await bookAppointment(ctx, { ...third.request, choices: choosing('keep').choices });
    const conflicts = await guardOf(ctx, third.request);
    expect(conflicts.map(({ appointment }) => appointment?.id)).toEqual([appointmentId, other.id]);
    expect(outcome).toEqual({ ok: false, error: { code: 'guard-choice-needed', conflicts } });
    const all = await booked(bookAppointment(ctx, { ...third.request, choices: conflicts.map((conflict) => aChoice(conflict)) }));
    expect(new Set((await allOf(all.appointmentId)).keptBeside)).toEqual(new Set([appointmentId, other.id]));
  });

  test('one that another organisation registered, and one that may be somebody else’s, are kept and not touched', async () => {
    const ctx = await aHandler();
    const nhsNumber = syntheticNhsNumber();
    const patient = await aPatient({ nhsNumber, familyName: 'Keptone' });
    const registered = await aRegisteredEntry({ nhsNumber, startsAt: STARTS });
    const maybe = await anAppointment(ctx, { call: { patientId: (await aPatient({ nhsNumber: null, familyName: 'Keptone' })).id } });
    const { request } = await aHeldSlot(ctx, { call: { patientId: patient.id } });
    const conflicts = await guardOf(ctx, request);
    expect(conflicts).toHaveLength(2);
    for (const choice of ['move', 'cancel'] as const) {
      expect(await bookAppointment(ctx, { ...request, choices: conflicts.map((conflict) => aChoice(conflict, choice)) })).toMatchObject({ error: { code: 'guard-choice-needed' } });
    }
    const { appointmentId } = await booked(bookAppointment(ctx, { ...request, choices: conflicts.map((conflict) => aChoice(conflict)) }));
    expect(await allOf(appointmentId)).toMatchObject({ overlapAccepted: false, keptBeside: [] });
    expect(await db.registryEntry.findUniqueOrThrow({ where: { id: registered.id } })).toEqual(registered);
    expect(await allOf(maybe.id)).toMatchObject({ status: 'booked', version: 1 });
  });

  test('a sealed one of the same record is named, too, though its handler was told its times alone', async () => {
    const sensitive = await aService({ typeId: 142 });
    const sealed = await anAppointment(await aHandler(), { slot: { serviceId: sensitive.id } });
    const ctx = await aHandler();
    const { request } = await aHeldSlot(ctx, { call: { patientId: sealed.patientId } });
    const conflicts = await guardOf(ctx, request);
    const refused = await bookAppointment(ctx, { ...request, choices: conflicts.map((conflict) => aChoice(conflict, 'cancel')) });
    expect(refused).toEqual({ ok: false, error: { code: 'guard-choice-needed', conflicts } });
    expect(JSON.stringify(refused)).not.toContain(sealed.reference);
    const { appointmentId } = await booked(bookAppointment(ctx, { ...request, choices: conflicts.map((conflict) => aChoice(conflict)) }));
    expect(await allOf(appointmentId)).toMatchObject({ keptBeside: [sealed.id] });
    expect(await choicesOf(appointmentId)).toMatchObject([{ kinds: ['overlap'], choice: 'keep' }]);
  });
});

describe('move that one', () => {
  test('U-113, U-114: the old one ends as the new one is made, in one step, from the call of another organisation', async () => {
    const { ctx, other, call, slot, choosing } = await aMeeting();
    const { appointmentId } = await booked(bookAppointment(ctx, choosing('move')));
    expect(await allOf(other.id)).toMatchObject({ status: 'moved', version: 2, releasedAt: ctx.now, slotStatus: 'free', registryEntry: { status: 'moved', version: 2 }, referrals: [{ uncoupledAt: ctx.now }] });
    expect(await allOf(appointmentId)).toMatchObject({ status: 'booked', replacesId: other.id, callId: call.id, slotId: slot.id, overlapAccepted: false, keptBeside: [] });
    expect(await choicesOf(appointmentId)).toMatchObject([{ choice: 'move', reason: null }]);
    expect(await auditOf(other.id, ctx)).toMatchObject([{ type: 'appointment.moved', detail: { after: { replacedBy: appointmentId } } }]);
    expect(await eventOf(other.callId ?? '', 'moved')).toMatchObject([{ body: { replacedBy: appointmentId, by: ctx.actor.id } }]);
    expect(await db.outbox.count({ where: { dedupeKey: { in: [`appointment.moved:${other.id}:2`, `appointment.booked:${appointmentId}`] } } })).toBe(2);
    expect(await db.inboundRequest.findMany({ where: { answer: appointmentId } })).toMatchObject([{ method: 'book' }]);
  });

  test('guard-two-moves: of two appointments one can be moved to a slot, and both stand', async () => {
    const { ctx, other, request, conflict } = await aMeeting();
    const second = await anAppointment(ctx, { call: { patientId: other.patientId, dueAt: null }, slot: { startsAt: addMinutes(STARTS, 200) } });
    const conflicts = await guardOf(ctx, request);
    expect(conflicts.map(({ entryId }) => entryId)).toContain(conflict.entryId);
    expect(await bookAppointment(ctx, { ...request, choices: conflicts.map((each) => aChoice(each, 'move')) })).toEqual({ ok: false, error: { code: 'guard-two-moves' } });
    expect([await allOf(other.id), await allOf(second.id)]).toMatchObject([{ status: 'booked' }, { status: 'booked' }]);
  });

  test('one moved, one cancelled and one kept, all in one booking', async () => {
    const { ctx, other, request } = await aMeeting();
    const third = { call: { patientId: other.patientId, dueAt: null }, slot: { startsAt: addMinutes(STARTS, 120) } };
    const [toCancel, toKeep] = [await anAppointment(ctx, third), await anAppointment(ctx, { ...third, slot: { startsAt: addMinutes(STARTS, 240) } })];
    const chosen = new Map([[other.id, 'move' as const], [toCancel.id, 'cancel' as const], [toKeep.id, 'keep' as const]]);
    const conflicts = await guardOf(ctx, request);
    const { appointmentId } = await booked(bookAppointment(ctx, { ...request, choices: conflicts.map((each) => aChoice(each, chosen.get(each.appointment?.id ?? ''))) }));
    expect([await allOf(other.id), await allOf(toCancel.id), await allOf(toKeep.id)]).toMatchObject([{ status: 'moved' }, { status: 'cancelled' }, { status: 'booked' }]);
    expect(await allOf(appointmentId)).toMatchObject({ replacesId: other.id });
    expect(await choicesOf(appointmentId)).toHaveLength(3);
  });
});

describe('cancel that one', () => {
  test('it is cancelled with all that a cancellation writes, in the transaction of the booking', async () => {
    const { ctx, other, choosing } = await aMeeting();
    const { appointmentId } = await booked(bookAppointment(ctx, choosing('cancel')));
    expect(await allOf(other.id)).toMatchObject({
      ...{ status: 'cancelled', version: 2, cancelReason: 'booked-elsewhere', cancelText: null, releasedAt: ctx.now, slotStatus: 'free' },
      versions: [{ version: 1 }, { version: 2, body: { status: 'cancelled', cancelReason: 'booked-elsewhere' }, requestId: ctx.requestId }],
      ...{ referrals: [{ uncoupledAt: ctx.now }], registryEntry: { status: 'cancelled', version: 2, versions: [{ version: 1 }, { version: 2 }] } },
    });
    expect(await allOf(appointmentId)).toMatchObject({ status: 'booked', replacesId: null, overlapAccepted: false });
    expect(await choicesOf(appointmentId)).toMatchObject([{ choice: 'cancel', reason: null }]);
    expect(await auditOf(other.id, ctx)).toMatchObject([{ type: 'appointment.cancelled', detail: { reason: 'booked-elsewhere' } }]);
    expect(await eventOf(other.callId ?? '', 'cancelled')).toMatchObject([{ body: { by: ctx.actor.id } }]);
    expect(await db.outbox.count({ where: { dedupeKey: `appointment.cancelled:${other.id}:2` } })).toBe(1);
  });

  test('where the service lets only who booked cancel, it is asked again, and it stands', async () => {
    const { ctx, other, choosing } = await aMeeting();
    await db.service.update({ where: { id: other.serviceId }, data: { cancelBy: 'booker' } });
    expect(await bookAppointment(ctx, choosing('cancel'))).toMatchObject({ error: { code: 'guard-choice-needed', conflicts: [{ choices: ['keep', 'move'] }] } });
    expect(await allOf(other.id)).toMatchObject({ status: 'booked', version: 1 });
  });

  test('when the hold has run out nothing is booked, and what was to be cancelled stands', async () => {
    const { ctx, other, choosing } = await aMeeting();
    const before = await allOf(other.id);
    expect(await bookAppointment(later(ctx, 6), choosing('cancel'))).toMatchObject({ error: { code: 'hold-expired' } });
    expect(await allOf(other.id)).toEqual(before);
  });
});

describe('a call that moves an appointment', () => {
  /** The appointment to move, a third one of the patient, and the move to a time that meets the third one. */
  async function aMove() {
    const { ctx, other, call, slot, request } = await aMeeting({ minutesLater: 120 });
    const third = await anAppointment(ctx, { call: { patientId: other.patientId, dueAt: null }, slot: { startsAt: addMinutes(slot.startsAt, 5) } });
    await db.call.update({ where: { id: call.id }, data: { movesId: other.id } });
    return { ctx, other, third, request: { ...request, movesId: other.id, movesVersion: 1 } };
  }

  test('is asked about the others alone: kept or cancelled, not moved besides', async () => {
    const { ctx, other, third, request } = await aMove();
    const [conflict] = await guardOf(ctx, request);
    expect(conflict).toMatchObject({ appointment: { id: third.id }, choices: ['keep', 'cancel'] });
    if (!conflict) return;
    for (const choices of [[], [aChoice(conflict, 'move')]]) {
      expect(await moveAppointment(ctx, { ...request, choices })).toEqual({ ok: false, error: { code: 'guard-choice-needed', conflicts: [conflict] } });
    }
    expect(await allOf(other.id)).toMatchObject({ status: 'booked', version: 1 });
    const { appointmentId } = await booked(moveAppointment(ctx, { ...request, choices: [aChoice(conflict)] }));
    expect(await allOf(appointmentId)).toMatchObject({ replacesId: other.id, keptBeside: [third.id] });
  });

  test('cancels the other with the move: all three are as they were chosen', async () => {
    const { ctx, other, third, request } = await aMove();
    const choices = (await guardOf(ctx, request)).map((conflict) => aChoice(conflict, 'cancel'));
    const { appointmentId } = await booked(moveAppointment(ctx, { ...request, choices }));
    expect([await allOf(other.id), await allOf(third.id)]).toMatchObject([{ status: 'moved' }, { status: 'cancelled' }]);
    expect(await db.inboundRequest.findMany({ where: { answer: appointmentId } })).toMatchObject([{ method: 'move' }]);
  });
});

describe('without a choice that counts it is asked again, with what is there now, and audited', () => {
  test('none: nothing is changed', async () => {
    const { ctx, other, call, slot, request, conflict } = await aMeeting();
    const before = await allOf(other.id);
    expect(await bookAppointment(ctx, request)).toEqual({ ok: false, error: { code: 'guard-choice-needed', conflicts: [conflict] } });
    expect(await allOf(other.id)).toEqual(before);
    expect(await auditOf(slot.id, ctx)).toMatchObject([{ type: 'appointment.refused', detail: { code: 'guard-choice-needed' } }]);
    expect(await eventOf(call.id, 'booking-refused')).toMatchObject([{ body: { code: 'guard-choice-needed' } }]);
    expect(await db.slot.findUniqueOrThrow({ where: { id: slot.id } })).toMatchObject({ status: 'free', heldByCall: call.id });
  });

  test('about a version that has changed since', async () => {
    const { ctx, other, choosing } = await aMeeting();
    await db.appointment.update({ where: { id: other.id }, data: { version: 2 } });
    await db.registryEntry.update({ where: { appointmentId: other.id }, data: { version: 2 } });
    for (const choice of ['keep', 'move', 'cancel'] as const) {
      expect(await bookAppointment(ctx, choosing(choice))).toMatchObject({ error: { code: 'guard-choice-needed', conflicts: [{ version: 2 }] } });
    }
  });

  test('one that came in between the look and the booking', async () => {
    const { ctx, other, choosing } = await aMeeting();
    const third = await anAppointment(await aHandler(), { call: { patientId: other.patientId, dueAt: null }, slot: { startsAt: addMinutes(STARTS, 90) } });
    const outcome = await bookAppointment(ctx, choosing('move'));
    expect(outcome).toMatchObject({ error: { code: 'guard-choice-needed', conflicts: [{ appointment: { id: other.id } }, { appointment: { id: third.id } }] } });
  });

  test('what was cancelled since needs no choice, and the one about it means nothing', async () => {
    const { ctx, other, choosing } = await aMeeting();
    await cancelAppointment(ctx, aCancelRequest(other));
    const { appointmentId } = await booked(bookAppointment(ctx, choosing('move')));
    expect(await allOf(appointmentId)).toMatchObject({ replacesId: null });
    expect(await choicesOf(appointmentId)).toEqual([]);
  });

  test('one that has begun since can only be kept', async () => {
    const { ctx, other, choosing } = await aMeeting({ minutesLater: 30 });
    const at = later(ctx, 60);
    await db.slot.update({ where: { id: choosing('keep').slotId }, data: { heldUntil: addMinutes(at.now, 5) } });
    expect(await bookAppointment(at, choosing('move'))).toMatchObject({ error: { code: 'guard-choice-needed', conflicts: [{ appointment: { id: other.id }, choices: ['keep'] }] } });
    expect(await bookAppointment(at, choosing('keep'))).toMatchObject({ ok: true });
  });
});

test.each(['keep', 'move', 'cancel'] as const)('the same request again gives the first answer, even ten times at once: %s', async (choice) => {
  const { ctx, other, choosing } = await aMeeting();
  const request = choosing(choice);
  const answers = await Promise.all(Array.from({ length: 10 }, () => booked(bookAppointment(ctx, request))));
  expect(new Set(answers.map(({ appointmentId }) => appointmentId))).toHaveLength(1);
  expect(answers.filter(({ isRepeat }) => !isRepeat)).toHaveLength(1);
  expect(await booked(bookAppointment(later(ctx, 30), request))).toMatchObject({ isRepeat: true });
  expect(await db.appointment.count({ where: { patientId: other.patientId } })).toBe(2);
});

test('to move or to cancel besides needs the permission to do it alone', async () => {
  const { actor } = await aHandler({ role: 'auditor' });
  const entry = { entryId: newId(), version: 1 };
  for (const choice of ['keep', 'move', 'cancel'] as const) expect(() => requireChoices(actor, [aChoice(entry, choice)])).toThrow(ForbiddenError);
  expect(() => requireChoices(actor, [])).not.toThrow();
});
