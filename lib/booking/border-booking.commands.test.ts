import { describe, expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import { bookAppointment } from '@/lib/booking/book.commands';
import { bookDirectly } from '@/lib/booking/book-direct.commands';
import { holdSlot } from '@/lib/booking/hold.commands';
import { moveAppointment } from '@/lib/booking/move.commands';
import type { AgreementContent } from '@/lib/crossborder/agreement.schema';
import { db } from '@/lib/platform/db';
import { anAgreement, GREATER_MANCHESTER, WEST_YORKSHIRE } from '@/prisma/factories/agreement';
import { anAppointment } from '@/prisma/factories/appointment';
import { aBookingRequest, aCall, aHeldSlot } from '@/prisma/factories/call';
import { aSystem } from '@/prisma/factories/client';
import { aDirectBooking } from '@/prisma/factories/direct';
import { aPatient } from '@/prisma/factories/patient';
import { aService } from '@/prisma/factories/service';
import { aFreeSlot } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';

/** Primary care within 12 hours: not urgent, so that the default asks for approval. */
const NOT_URGENT = { dispositionCode: 'Dx07', dueAt: new Date('2026-11-24T22:00:00Z') };

/** A service in Greater Manchester, with what was agreed about it alone, if anything. */
async function aHostService(agreed: Partial<AgreementContent> | null = null) {
  const service = await aService({ icbCode: GREATER_MANCHESTER });
  const agreement = agreed && (await anAgreement({ ...agreed, serviceId: service.id }));
  return { service, agreement };
}

async function heldAt(ctx: Ctx, serviceId: string, call: Parameters<typeof aCall>[1] = {}) {
  return aHeldSlot(ctx, { call, slot: { serviceId } });
}

async function decisionOf(appointmentId: string) {
  return db.borderDecision.findUniqueOrThrow({ where: { appointmentId } });
}

async function bookedIn(ctx: Ctx, request: ReturnType<typeof aBookingRequest>): Promise<string> {
  const outcome = await bookAppointment(ctx, request);
  if (!outcome.ok) throw new Error(outcome.error.code);
  return outcome.value.appointmentId;
}

async function auditsOf(ctx: { requestId: string }, type: string) {
  return db.auditEvent.findMany({ where: { requestId: ctx.requestId, type } });
}

describe('a booking in a call', () => {
  test('XB-01: at home no border is crossed, and that is kept with the appointment', async () => {
    const ctx = await aHandler();
    const { request } = await heldAt(ctx, (await aService({ icbCode: WEST_YORKSHIRE })).id);
    const kept = await decisionOf(await bookedIn(ctx, request));
    expect(kept).toMatchObject({ isCrossing: false, ruleKind: 'same', ruleId: 'XB-01', outcome: 'allow', responsibleCode: 'QWO', responsibleHow: 'home-postcode', hostCode: 'QWO', payerCode: null, at: ctx.now });
    expect(await db.callEvent.findFirst({ where: { callId: request.callId, kind: 'booked' } })).not.toHaveProperty('body.border');
  });

  test('XB-02: a service of an unknown commissioner crosses no border that is known, and is booked', async () => {
    const ctx = await aHandler();
    const { request } = await heldAt(ctx, (await aService()).id);
    expect(await decisionOf(await bookedIn(ctx, request))).toMatchObject({ isCrossing: false, ruleKind: 'unknown', ruleId: 'XB-02', hostCode: null });
  });

  test('XB-03: an agreement that allows is kept with its version, its words and its price, in the audit and in the record of the call', async () => {
    const ctx = await aHandler();
    const { service, agreement } = await aHostService({ pricePence: 1250, noshowPence: 300, title: 'Across the Pennines' });
    const { request } = await heldAt(ctx, service.id);
    const appointmentId = await bookedIn(ctx, request);

    const facts = { outcome: 'allow', ruleId: agreement?.id, ruleVersion: 1, isOverride: false, payer: 'QWO', pricePence: 1250, approvalId: null };
    expect(await decisionOf(appointmentId)).toMatchObject({
      ...{ isCrossing: true, ruleKind: 'agreement', ruleId: agreement?.id, ruleVersion: 1, outcome: 'allow', payerCode: 'QWO', hostCode: 'QOP', hostHow: 'service', contractCode: 'QWO' },
      ...{ pricePence: 1250, noshowPence: 300, failedContact: 'booker', followUp: 'host-service', quotaDay: null, approvalId: null, carriedFromId: null },
    });
    expect(JSON.stringify(await decisionOf(appointmentId))).toContain(`{"why":null,"title":"Across the Pennines","ruleId":"${agreement?.id}","version":1}`);
    expect(await auditsOf(ctx, 'appointment.booked')).toMatchObject([{ detail: { border: facts } }]);
    expect(await db.callEvent.findFirst({ where: { callId: request.callId, kind: 'booked' } })).toMatchObject({ body: { border: facts } });
    expect(await db.outbox.count({ where: { topic: 'border.notified', body: { path: ['appointmentId'], equals: appointmentId } } })).toBe(0);
  });

  test('allow and notify: it is booked, and the host is told with it, once', async () => {
    const ctx = await aHandler();
    const { service, agreement } = await aHostService({ outcome: 'notify' });
    const { request } = await heldAt(ctx, service.id);
    const appointmentId = await bookedIn(ctx, request);
    await bookAppointment(ctx, request);
    expect(await db.outbox.findMany({ where: { topic: 'border.notified', body: { path: ['appointmentId'], equals: appointmentId } } })).toMatchObject([
      { body: { appointmentId, hostCode: 'QOP', ruleId: agreement?.id, ruleVersion: 1 }, dedupeKey: `border.notified:${appointmentId}` },
    ]);
  });

  test('XB-04: where nothing is agreed the default decides by urgency: Dx05 is booked, Dx07 needs approval', async () => {
    const ctx = await aHandler();
    const { service } = await aHostService();
    const urgent = await heldAt(ctx, service.id);
    expect(await decisionOf(await bookedIn(ctx, urgent.request))).toMatchObject({ isCrossing: true, ruleKind: 'default', ruleId: 'default-E', payerCode: 'QWO', pricePence: null });
    const { request } = await heldAt(ctx, service.id, NOT_URGENT);
    expect(await bookAppointment(ctx, request)).toMatchObject({ ok: false, error: { code: 'border-approval-needed', serviceName: service.name, state: 'not-asked' } });
  });

  test('border-refused: nothing is booked, the slot stays held, and the refusal is audited and in the record', async () => {
    const ctx = await aHandler();
    const { service, agreement } = await aHostService({ outcome: 'refuse' });
    const { call, slot, request } = await heldAt(ctx, service.id);
    await aWayOut(call);
    const outcome = await bookAppointment(ctx, request);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'border-refused', serviceName: service.name } });
    expect(JSON.stringify(outcome)).toContain(agreement?.title);
    expect(await db.slot.findUniqueOrThrow({ where: { id: slot.id } })).toMatchObject({ status: 'free', heldByCall: call.id });
    expect(await auditsOf(ctx, 'appointment.refused')).toMatchObject([{ subject: slot.id, detail: { code: 'border-refused', callId: call.id } }]);
    expect(await db.callEvent.findFirst({ where: { callId: call.id, kind: 'booking-refused' } })).toMatchObject({ body: { code: 'border-refused' } });
  });

  test('the patient’s practice says who pays before the home does, and the home before where they are', async () => {
    const ctx = await aHandler();
    await db.postcode.createMany({ data: [{ postcode: 'NR1 3QQ', latitude: 52.62, longitude: 1.3, country: 'E', icbCode: 'QOP', quality: 1 }], skipDuplicates: true });
    await db.organisation.upsert({ where: { odsCode: 'Z99001' }, create: { odsCode: 'Z99001', name: 'Test practice', kind: 'practice', icbCode: 'QYG' }, update: {} });
    const { service } = await aHostService();
    const patientId = (await aPatient({ postcode: 'NR1 3QQ' })).id;

    const away = await heldAt(ctx, service.id, { patientId, isAtHome: false });
    expect(await decisionOf(await bookedIn(ctx, away.request))).toMatchObject({ isCrossing: false, responsibleCode: 'QOP', responsibleHow: 'home-postcode', contractCode: 'QWO', contractHow: 'current-location' });
    const registered = await heldAt(ctx, service.id, { isAtHome: false, practiceCode: 'Z99001' });
    expect(await decisionOf(await bookedIn(ctx, registered.request))).toMatchObject({ isCrossing: true, payerCode: 'QYG', responsibleHow: 'gp-practice' });
    const nobody = await aPatient({ postcode: '' });
    const unknown = await heldAt(ctx, service.id, { patientId: nobody.id, isAtHome: false });
    expect(await decisionOf(await bookedIn(ctx, unknown.request))).toMatchObject({ payerCode: 'QWO', responsibleHow: 'current-location' });
  });

  test('a patient from Wales is its nation’s, with its own default', async () => {
    const ctx = await aHandler();
    const { service } = await aHostService();
    const { request } = await heldAt(ctx, service.id, { icbCode: null, country: 'W' });
    expect(await decisionOf(await bookedIn(ctx, request))).toMatchObject({ ruleId: 'default-W', payerCode: 'W92000004', isCrossing: true });
  });

  test('a move is decided like a booking: refused, the old appointment stands; allowed, both keep their own decision', async () => {
    const ctx = await aHandler();
    const old = await anAppointment(ctx);
    const callId = old.callId ?? expect.fail('no call');
    const [refused, allowed] = [await aHostService({ outcome: 'refuse' }), await aHostService({ pricePence: 900, noshowPence: 0 })];
    const moveTo = async (serviceId: string) => {
      const slot = await aFreeSlot({ serviceId, startsAt: new Date('2026-11-24T11:30:00Z') });
      await db.slot.update({ where: { id: slot.id }, data: { heldByCall: callId, heldUntil: new Date('2026-11-24T10:05:00Z') } });
      return moveAppointment(ctx, { ...aBookingRequest(callId, slot.id), movesId: old.id, movesVersion: 1 });
    };
    await aWayOut(await db.call.findUniqueOrThrow({ where: { id: callId } }));
    expect(await moveTo(refused.service.id)).toMatchObject({ ok: false, error: { code: 'border-refused' } });
    expect(await db.appointment.findUniqueOrThrow({ where: { id: old.id } })).toMatchObject({ status: 'booked', version: 1 });
    const moved = await moveTo(allowed.service.id);
    expect(await decisionOf(moved.ok ? moved.value.appointmentId : expect.fail(moved.error.code))).toMatchObject({ payerCode: 'QWO', pricePence: 900 });
    expect(await decisionOf(old.id)).toMatchObject({ isCrossing: false, ruleId: 'XB-02' });
  });

  test('a decision is kept as it was: nobody changes or removes it, and it stands when its agreement has ended', async () => {
    const ctx = await aHandler();
    const { service, agreement } = await aHostService({ pricePence: 500, noshowPence: 100 });
    const { request } = await heldAt(ctx, service.id);
    const appointmentId = await bookedIn(ctx, request);
    await db.agreement.update({ where: { id_version: { id: agreement?.id ?? '', version: 1 } }, data: { state: 'superseded' } });
    expect(await decisionOf(appointmentId)).toMatchObject({ ruleId: agreement?.id, pricePence: 500 });
    await expect(db.borderDecision.update({ where: { appointmentId }, data: { pricePence: 0 } })).rejects.toThrow(/insert-only/);
    await expect(db.borderDecision.delete({ where: { appointmentId } })).rejects.toThrow(/insert-only/);
  });

  test('a handler of another organisation learns nothing of the border: call-not-found', async () => {
    const { service } = await aHostService({ outcome: 'refuse' });
    const { request } = await heldAt(await aHandler(), service.id);
    expect(await bookAppointment(await aHandler(), request)).toMatchObject({ ok: false, error: { code: 'call-not-found' } });
  });
});

describe('an approval at booking', () => {
  async function anAskedSlot(given: { state?: string; ruleId?: string; ruleVersion?: number; isOverride?: boolean } = {}) {
    const ctx = await aHandler();
    const supervisor = await aHandler({ role: 'supervisor', organisationCode: ctx.actor.organisation.code });
    const { service } = await aHostService();
    const held = await heldAt(ctx, service.id, NOT_URGENT);
    const { state = 'approved' } = given;
    const answered = state === 'waiting' ? {} : { answeredAt: ctx.now, answeredById: supervisor.actor.id, answeredAs: 'supervisor', answerText: 'Seen' };
    const approval = await db.borderApproval.create({
      data: {
        ...{ callId: held.call.id, slotId: held.slot.id, serviceId: service.id, organisationCode: ctx.actor.organisation.code, responsibleCode: 'QWO', hostCode: 'QOP' },
        ...{ ruleId: 'default-E', ruleVersion: 1, ruleWords: 'National default', isOverride: false, approvers: ['supervisor'], askedAt: ctx.now, askedById: ctx.actor.id, askedText: 'Needs it' },
        ...{ ...given, state, ...answered },
      },
    });
    return { ctx, approval, service, ...held };
  }

  test('approved for this call, slot and rule: it is booked, and who approved goes with the decision', async () => {
    const { ctx, request, approval } = await anAskedSlot();
    expect(await decisionOf(await bookedIn(ctx, request))).toMatchObject({ outcome: 'approval', ruleId: 'default-E', approvalId: approval.id, payerCode: 'QWO' });
    expect(await auditsOf(ctx, 'appointment.booked')).toMatchObject([{ detail: { border: { outcome: 'approval', approvalId: approval.id } } }]);
  });

  test.each([
    ['nobody has answered yet', { state: 'waiting' }, 'waiting'],
    ['somebody declined', { state: 'declined' }, 'declined'],
    ['it was approved under another version of the rule', { ruleVersion: 2 }, 'lapsed'],
    ['it was approved under another rule', { ruleId: 'default-W' }, 'lapsed'],
    ['it was approved as an override, which it is not any more', { isOverride: true }, 'lapsed'],
    ['it was declined under another rule', { state: 'declined', ruleId: 'default-W' }, 'lapsed'],
  ])('border-approval-needed when %s', async (_what, given, state) => {
    const { ctx, request, slot } = await anAskedSlot(given);
    expect(await bookAppointment(ctx, request)).toMatchObject({ ok: false, error: { code: 'border-approval-needed', state } });
    expect(await db.appointment.count({ where: { slotId: slot.id } })).toBe(0);
  });

  test('border-approval-needed when it was approved for another slot of the service, or for another call', async () => {
    const { ctx, service, call, approval } = await anAskedSlot();
    const other = await aFreeSlot({ serviceId: service.id });
    expect(await holdSlot(ctx, { callId: call.id, slotId: other.id })).toMatchObject({ ok: true });
    expect(await bookAppointment(ctx, aBookingRequest(call.id, other.id))).toMatchObject({ ok: false, error: { code: 'border-approval-needed', state: 'not-asked' } });
    const { request } = await heldAt(ctx, service.id, NOT_URGENT);
    await db.slot.update({ where: { id: approval.slotId }, data: { heldByCall: request.callId, heldUntil: new Date('2026-11-24T10:05:00Z') } });
    expect(await bookAppointment(ctx, { ...request, slotId: approval.slotId })).toMatchObject({ ok: false, error: { code: 'border-approval-needed', state: 'not-asked' } });
  });

  test('when the hold has run out the approval books nothing: hold-expired', async () => {
    const { ctx, request, slot } = await anAskedSlot();
    await db.slot.update({ where: { id: slot.id }, data: { heldUntil: A_TUESDAY_AT_TEN } });
    expect(await bookAppointment(ctx, request)).toMatchObject({ ok: false, error: { code: 'hold-expired' } });
  });
});

describe('a hold', () => {
  test('of what is refused is refused, audited, and lets go of nothing', async () => {
    const ctx = await aHandler();
    const { service } = await aHostService({ outcome: 'refuse' });
    const { call, slot } = await aHeldSlot(ctx);
    await aWayOut(call);
    const wanted = await aFreeSlot({ serviceId: service.id });
    expect(await holdSlot(ctx, { callId: call.id, slotId: wanted.id })).toMatchObject({ ok: false, error: { code: 'border-refused', serviceName: service.name } });
    expect(await db.slot.findUniqueOrThrow({ where: { id: slot.id } })).toMatchObject({ heldByCall: call.id });
    expect(await auditsOf(ctx, 'slot.hold-refused')).toMatchObject([{ subject: wanted.id, detail: { code: 'border-refused' } }]);
  });

  test('of what needs approval goes ahead: it is asked for meanwhile', async () => {
    const ctx = await aHandler();
    const { service } = await aHostService({ outcome: 'approval', approvers: ['host'] });
    const call = await aCall(ctx);
    expect(await holdSlot(ctx, { callId: call.id, slotId: (await aFreeSlot({ serviceId: service.id })).id })).toMatchObject({ ok: true });
  });

  test('the nearest slot is held for the loser of a race, but not at an hour for which it is refused', async () => {
    const ctx = await aHandler();
    const { service } = await aHostService({ outcome: 'refuse', fromMinute: 11 * 60 + 30, toMinute: 1440 });
    const taken = await aFreeSlot({ serviceId: service.id });
    await db.slot.update({ where: { id: taken.id }, data: { status: 'busy' } });
    const refused = await aFreeSlot({ serviceId: service.id, startsAt: new Date('2026-11-24T11:30:00Z') });
    const call = await aCall(ctx);
    expect(await holdSlot(ctx, { callId: call.id, slotId: taken.id })).toMatchObject({ ok: false, error: { code: 'slot-taken', alternatives: { held: null } } });
    expect(await db.slot.findUniqueOrThrow({ where: { id: refused.id } })).toMatchObject({ heldByCall: null });
    const allowed = await aFreeSlot({ serviceId: service.id, startsAt: new Date('2026-11-24T10:50:00Z') });
    expect(await holdSlot(ctx, { callId: call.id, slotId: taken.id })).toMatchObject({ ok: false, error: { alternatives: { held: { slotId: allowed.id } } } });
  });
});

describe('a booking of another system', () => {
  async function direct(agreed: Partial<AgreementContent> | null, sentPostcode = 'LS1 4AP') {
    await db.postcode.createMany({ data: [{ postcode: 'LS1 4AP', latitude: 53.79, longitude: -1.54, country: 'E', icbCode: 'QWO', quality: 1 }], skipDuplicates: true });
    const ctx = await aSystem();
    await db.organisation.update({ where: { odsCode: ctx.actor.organisation.code }, data: { icbCode: 'QYG' } });
    const { service, agreement } = await aHostService(agreed);
    const slot = await aFreeSlot({ serviceId: service.id });
    const request = await aDirectBooking(slot, { addresses: [{ use: 'home', lines: ['1 Test Road'], town: null, district: null, postcode: sentPostcode }] });
    return { ctx, service, agreement, slot, request, outcome: await bookDirectly(ctx, request) };
  }

  test('is decided by the home that it sends, as urgent by default: it tells no disposition', async () => {
    const { outcome } = await direct(null, 'ls14ap');
    expect(await decisionOf(outcome.ok ? outcome.value.appointmentId : expect.fail(outcome.error.code))).toMatchObject({
      ...{ isCrossing: true, ruleId: 'default-E', outcome: 'allow', responsibleCode: 'QWO', responsibleHow: 'home-postcode', hostCode: 'QOP', contractCode: 'QYG', contractHow: 'booking-organisation' },
    });
  });

  test('of somebody whose home nobody knows crosses no border: the host pays', async () => {
    const { outcome } = await direct(null, 'ZZ99 9ZZ');
    expect(await decisionOf(outcome.ok ? outcome.value.appointmentId : expect.fail(outcome.error.code))).toMatchObject({ isCrossing: false, responsibleCode: 'QOP', responsibleHow: 'host' });
  });

  test('an agreement for a disposition is none for it, and one without decides, with its price', async () => {
    const narrowed = await direct({ outcome: 'refuse', dispositions: ['Dx05'] });
    expect(narrowed.outcome).toMatchObject({ ok: true });
    const { outcome, agreement } = await direct({ outcome: 'notify', pricePence: 700, noshowPence: 700 });
    const id = outcome.ok ? outcome.value.appointmentId : expect.fail(outcome.error.code);
    expect(await decisionOf(id)).toMatchObject({ ruleId: agreement?.id, pricePence: 700, outcome: 'notify' });
    expect(await db.outbox.count({ where: { dedupeKey: `border.notified:${id}` } })).toBe(1);
  });

  test.each([
    ['border-refused', { outcome: 'refuse' } as const],
    ['border-approval-needed', { outcome: 'approval', approvers: ['host', 'responsible', 'supervisor', 'clinician'] } as const],
  ])('%s: nothing is booked, not even when nothing else would be free, and the refusal is audited', async (code, agreed) => {
    const { ctx, slot, service, outcome } = await direct(agreed);
    expect(outcome).toMatchObject({ ok: false, error: { code, serviceName: service.name } });
    expect(await db.slot.findUniqueOrThrow({ where: { id: slot.id } })).toMatchObject({ status: 'free' });
    expect(await auditsOf(ctx, 'appointment.refused')).toMatchObject([{ subject: slot.id, detail: { code } }]);
  });
});

/** A service near the call that crosses no border, with a slot in time: nothing that is refused elsewhere leaves nothing. */
async function aWayOut({ latitude, longitude }: { latitude: number; longitude: number }): Promise<void> {
  const { id } = await aService({ latitude, longitude, icbCode: WEST_YORKSHIRE });
  await aFreeSlot({ serviceId: id });
}
