import { describe, expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import { askApproval } from '@/lib/booking/ask-approval.commands';
import { bookAppointment } from '@/lib/booking/book.commands';
import { extendHold, holdSlot, letGo } from '@/lib/booking/hold.commands';
import { moveAppointment } from '@/lib/booking/move.commands';
import { answerApproval } from '@/lib/crossborder/approval.commands';
import type { AskRequest } from '@/lib/crossborder/approval.schema';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { aCommissioner, anAgreement, GREATER_MANCHESTER } from '@/prisma/factories/agreement';
import { anAppointment } from '@/prisma/factories/appointment';
import { onDuty } from '@/prisma/factories/approval';
import { aBookingRequest, aHeldSlot } from '@/prisma/factories/call';
import { aService } from '@/prisma/factories/service';
import { aFreeSlot } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN, aHandler, later } from '@/prisma/factories/staff';

const NOT_URGENT = { dispositionCode: 'Dx07', dueAt: addMinutes(A_TUESDAY_AT_TEN, 720) };

/** A call that holds a slot in Greater Manchester which is not urgent, so that the default asks for approval; the service holds for five minutes. */
async function aHold(ctx: Ctx) {
  const service = await aService({ icbCode: GREATER_MANCHESTER });
  const held = await aHeldSlot(ctx, { call: NOT_URGENT, slot: { serviceId: service.id } });
  return { ...held, service, ask: { callId: held.call.id, slotId: held.slot.id, text: 'Her mother can take her there' } };
}

async function asked(ctx: Ctx, request: AskRequest) {
  const outcome = await askApproval(ctx, request);
  if (!outcome.ok) throw new Error(outcome.error.code);
  return outcome.value;
}

async function questionsOf({ callId }: { callId: string }) {
  return db.borderApproval.findMany({ where: { callId }, orderBy: { askedAt: 'asc' } });
}

async function askedAtOf(id: string): Promise<Date> {
  return (await db.borderApproval.findUniqueOrThrow({ where: { id } })).askedAt;
}

async function answered(ctx: Ctx, approvalId: string, answer: 'approve' | 'decline') {
  const supervisor = await aHandler({ role: 'supervisor', organisationCode: ctx.actor.organisation.code, now: ctx.now, name: 'Sam Supervisor' });
  expect(await answerApproval(supervisor, { approvalId, askedAt: await askedAtOf(approvalId), answer, text: answer === 'decline' ? 'Ask Bradford first' : '' })).toMatchObject({ ok: true });
}

describe('asking', () => {
  test('keeps the question with its rule, holds the slot for twice its minutes, and tells record and audit without the words', async () => {
    const ctx = await aHandler();
    const { ask, call, slot, service } = await aHold(ctx);
    const { approvalId, heldUntil } = await asked(ctx, ask);

    expect(heldUntil).toEqual(addMinutes(ctx.now, 10));
    expect(await questionsOf(ask)).toMatchObject([
      {
        ...{ id: approvalId, callId: call.id, slotId: slot.id, serviceId: service.id, organisationCode: ctx.actor.organisation.code, responsibleCode: 'QWO', hostCode: 'QOP' },
        ...{ ruleId: 'default-E', ruleVersion: 1, isOverride: false, approvers: ['host', 'responsible', 'supervisor', 'clinician'], pricePence: null, state: 'waiting' },
        ...{ askedAt: ctx.now, askedById: ctx.actor.id, askedText: 'Her mother can take her there' },
      },
    ]);
    expect(await db.slot.findUniqueOrThrow({ where: { id: slot.id } })).toMatchObject({ heldByCall: call.id, heldUntil, holdExtended: true });
    const facts = { slotId: slot.id, approvalId, heldUntil: heldUntil.toISOString() };
    expect(await db.callEvent.findFirst({ where: { callId: call.id, kind: 'approval-asked' } })).toMatchObject({ at: ctx.now, body: { ...facts, by: ctx.actor.id } });
    expect(await db.auditEvent.findFirst({ where: { requestId: ctx.requestId, type: 'approval.asked' } })).toMatchObject({ subject: approvalId, patientId: call.patientId, detail: { ...facts, ruleId: 'default-E', callId: call.id } });
  });

  test('the one extension is used up by it; a hold that lasts longer already is not cut short', async () => {
    const ctx = await aHandler();
    const { ask, slot } = await aHold(ctx);
    await db.slot.update({ where: { id: slot.id }, data: { heldUntil: addMinutes(ctx.now, 25), holdExtended: true } });
    expect(await asked(ctx, ask)).toMatchObject({ heldUntil: addMinutes(ctx.now, 25) });
    expect(await extendHold(ctx, { callId: ask.callId })).toMatchObject({ ok: false, error: { code: 'hold-already-extended' } });
  });

  test('a hold that was extended before lasts at least twice its minutes from the question on', async () => {
    const ctx = await aHandler();
    const { ask } = await aHold(ctx);
    await extendHold(ctx, { callId: ask.callId });
    expect(await asked(later(ctx, 9), ask)).toMatchObject({ heldUntil: addMinutes(ctx.now, 19) });
  });

  test('again, the same question is given back and the hold is no longer for it', async () => {
    const ctx = await aHandler();
    const { ask } = await aHold(ctx);
    const first = await asked(ctx, ask);
    expect(await asked(later(ctx, 3), { ...ask, text: 'Please' })).toEqual(first);
    expect(await questionsOf(ask)).toMatchObject([{ askedText: 'Her mother can take her there', askedAt: ctx.now }]);
    expect(await db.callEvent.count({ where: { callId: ask.callId, kind: 'approval-asked' } })).toBe(1);
  });

  test('ten times at once makes one question', async () => {
    const ctx = await aHandler();
    const { ask } = await aHold(ctx);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => asked(later(ctx, 0), ask)));
    expect(new Set(outcomes.map(({ approvalId }) => approvalId))).toHaveLength(1);
    expect(await questionsOf(ask)).toHaveLength(1);
  });

  test('approved by a commissioner on duty it is booked; approved already, asking gives the answer back', async () => {
    const ctx = await aHandler();
    const { ask, request } = await aHold(ctx);
    const { approvalId } = await asked(ctx, ask);
    expect(await bookAppointment(ctx, request)).toMatchObject({ ok: false, error: { code: 'border-approval-needed', state: 'waiting' } });
    const commissioner = await onDuty(await aCommissioner(GREATER_MANCHESTER));
    expect(await answerApproval(commissioner, { approvalId, askedAt: await askedAtOf(approvalId), answer: 'approve', text: '' })).toMatchObject({ ok: true });
    expect(await asked(ctx, ask)).toMatchObject({ approvalId });
    const booked = await bookAppointment(later(ctx, 8), request);
    expect(await db.borderDecision.findUniqueOrThrow({ where: { appointmentId: booked.ok ? booked.value.appointmentId : expect.fail(booked.error.code) } })).toMatchObject({ approvalId });
  });

  test('let go of and held again, the question lives on, and the hold is longer for it once more', async () => {
    const ctx = await aHandler();
    const { ask } = await aHold(ctx);
    const { approvalId } = await asked(ctx, ask);
    await letGo(ctx, ask);
    const back = later(ctx, 15);
    await holdSlot(back, ask);
    expect(await asked(back, ask)).toEqual({ approvalId, heldUntil: addMinutes(ctx.now, 25) });
  });

  test('under another rule meanwhile, the question is asked anew in its place, without the former answer', async () => {
    const ctx = await aHandler();
    const { ask, service } = await aHold(ctx);
    const { approvalId } = await asked(ctx, ask);
    await answered(ctx, approvalId, 'approve');
    const agreement = await anAgreement({ serviceId: service.id, outcome: 'approval', approvers: ['host'], pricePence: 900, noshowPence: 0 });
    const again = later(ctx, 2);
    expect(await asked(again, { ...ask, text: 'Still wanted' })).toMatchObject({ approvalId, heldUntil: addMinutes(ctx.now, 12) });
    expect(await questionsOf(ask)).toMatchObject([{ id: approvalId, state: 'waiting', ruleId: agreement.id, approvers: ['host'], pricePence: 900, answeredAt: null, answeredById: null, askedAt: again.now, askedText: 'Still wanted' }]);
  });

  test('declined under another rule, it is another question', async () => {
    const ctx = await aHandler();
    const { ask, service } = await aHold(ctx);
    await answered(ctx, (await asked(ctx, ask)).approvalId, 'decline');
    await anAgreement({ serviceId: service.id, outcome: 'approval', approvers: ['host'] });
    await asked(later(ctx, 1), ask);
    expect(await questionsOf(ask)).toMatchObject([{ state: 'declined' }, { state: 'waiting', approvers: ['host'] }]);
  });
});

describe('refused, with an audit row and nothing written', () => {
  async function refused(ctx: Ctx, request: AskRequest) {
    const before = await db.borderApproval.count({ where: { callId: request.callId } });
    const outcome = await askApproval(ctx, request);
    expect(await db.borderApproval.count({ where: { callId: request.callId } })).toBe(before);
    const code = outcome.ok ? 'asked' : outcome.error.code;
    expect(await db.auditEvent.findMany({ where: { requestId: ctx.requestId, type: 'approval.ask-refused' }, select: { detail: true } })).toEqual([{ detail: { code, slotId: request.slotId } }]);
    return outcome.ok ? outcome : outcome.error;
  }

  test('call-not-found, call-with-colleague, call-ended', async () => {
    const ctx = await aHandler();
    const { ask } = await aHold(ctx);
    expect(await refused(await aHandler(), ask)).toMatchObject({ code: 'call-not-found' });
    expect(await refused(await aHandler({ organisationCode: ctx.actor.organisation.code }), ask)).toMatchObject({ code: 'call-with-colleague' });
    await db.call.update({ where: { id: ask.callId }, data: { state: 'closed', endedAt: ctx.now, closeReason: 'caller-gone' } });
    expect(await refused(ctx, ask)).toMatchObject({ code: 'call-ended' });
  });

  test('slot-not-found, hold-expired, slot-held, slot-in-past', async () => {
    const { ask, slot } = await aHold(await aHandler());
    const { handlerId } = await db.call.findUniqueOrThrow({ where: { id: ask.callId } });
    const ctx = await ofStaff(handlerId);
    expect(await refused(ctx(), { ...ask, slotId: newId() })).toMatchObject({ code: 'slot-not-found' });
    await db.slot.update({ where: { id: slot.id }, data: { heldUntil: A_TUESDAY_AT_TEN } });
    expect(await refused(ctx(), ask)).toMatchObject({ code: 'hold-expired' });
    await db.slot.update({ where: { id: slot.id }, data: { heldByCall: newId(), heldUntil: addMinutes(A_TUESDAY_AT_TEN, 5) } });
    expect(await refused(ctx(), ask)).toMatchObject({ code: 'slot-held' });
    await db.slot.update({ where: { id: slot.id }, data: { startsAt: A_TUESDAY_AT_TEN } });
    expect(await refused(ctx(), ask)).toMatchObject({ code: 'slot-in-past' });
  });

  test('patient-deceased, organisation-refused, service-not-bookable, service-not-suitable', async () => {
    const { ask, call, service } = await aHold(await aHandler());
    const ctx = await ofStaff(call.handlerId);
    const change = (data: Parameters<typeof db.service.update>[0]['data']) => db.service.update({ where: { id: service.id }, data });
    await change({ genders: ['F'] });
    expect(await refused(ctx(), ask)).toMatchObject({ code: 'service-not-suitable', check: 'gender' });
    await change({ isBookable: false });
    expect(await refused(ctx(), ask)).toMatchObject({ code: 'service-not-bookable' });
    await change({ refusesFrom: [call.organisationCode] });
    expect(await refused(ctx(), ask)).toMatchObject({ code: 'organisation-refused' });
    await db.patient.update({ where: { id: call.patientId }, data: { deceasedOn: A_TUESDAY_AT_TEN } });
    expect(await refused(ctx(), ask)).toMatchObject({ code: 'patient-deceased' });
  });

  test('call-already-booked, when the appointment of the call cannot be moved any more', async () => {
    const ctx = await aHandler();
    const { id, callId } = await anAppointment(ctx);
    await db.appointment.update({ where: { id }, data: { status: 'arrived' } });
    const { slot } = await aHold(ctx);
    expect(await refused(later(ctx, 0), { callId: callId ?? '', slotId: slot.id, text: 'Please' })).toMatchObject({ code: 'call-already-booked', appointmentId: id });
  });

  test('approval-not-needed where the rule allows', async () => {
    const ctx = await aHandler();
    const { ask, service } = await aHold(ctx);
    await anAgreement({ serviceId: service.id });
    expect(await refused(ctx, ask)).toEqual({ code: 'approval-not-needed' });
  });

  test('border-refused where it refuses', async () => {
    const ctx = await aHandler();
    const { ask, service, call } = await aHold(ctx);
    const wayOut = await aService({ latitude: call.latitude, longitude: call.longitude });
    await aFreeSlot({ serviceId: wayOut.id });
    await anAgreement({ serviceId: service.id, outcome: 'refuse' });
    expect(await refused(ctx, ask)).toMatchObject({ code: 'border-refused', serviceName: service.name });
  });

  test('approval-declined-before: by whom; what was declined is not asked again', async () => {
    const ctx = await aHandler();
    const { ask, request } = await aHold(ctx);
    await answered(ctx, (await asked(ctx, ask)).approvalId, 'decline');
    expect(await refused(later(ctx, 1), ask)).toEqual({ code: 'approval-declined-before', by: 'Sam Supervisor' });
    expect(await bookAppointment(later(ctx, 1), request)).toMatchObject({ ok: false, error: { code: 'border-approval-needed', state: 'declined' } });
  });

  test('border-approval-needed: an answer with which an appointment was booked is not asked anew in its place', async () => {
    const ctx = await aHandler();
    const { ask, request, service } = await aHold(ctx);
    const { approvalId } = await asked(ctx, ask);
    await answered(ctx, approvalId, 'approve');
    const booked = await bookAppointment(ctx, request);
    const movesId = booked.ok ? booked.value.appointmentId : expect.fail(booked.error.code);
    const away = await aFreeSlot();
    await holdSlot(ctx, { callId: ask.callId, slotId: away.id });
    expect(await moveAppointment(ctx, { ...aBookingRequest(ask.callId, away.id), movesId, movesVersion: 1 })).toMatchObject({ ok: true });
    await holdSlot(ctx, ask);
    await anAgreement({ serviceId: service.id, outcome: 'approval', approvers: ['host'] });
    expect(await refused(later(ctx, 0), ask)).toMatchObject({ code: 'border-approval-needed', state: 'lapsed' });
    expect(await questionsOf(ask)).toMatchObject([{ id: approvalId, state: 'approved', ruleId: 'default-E' }]);
  });

  test('an auditor may not', async () => {
    const { ask } = await aHold(await aHandler());
    await expect(askApproval(await aHandler({ role: 'auditor' }), ask)).rejects.toThrow(ForbiddenError);
  });

  /** The same person in requests of their own. */
  async function ofStaff(id: string): Promise<() => Ctx> {
    const { name, organisationCode, organisation } = await db.staff.findUniqueOrThrow({ where: { id }, include: { organisation: true } });
    const actor = { kind: 'staff', id, name, organisation: { code: organisationCode, name: organisation.name }, roles: [{ role: 'call-handler', scope: organisationCode }] } as const;
    return () => ({ actor, now: A_TUESDAY_AT_TEN, requestId: newId() });
  }
});
