import { describe, expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import { applyProposal, type ApplyRequest } from '@/lib/booking/apply-change.commands';
import { markArrived } from '@/lib/booking/attend.commands';
import { bookAppointment } from '@/lib/booking/book.commands';
import { cancelAppointment } from '@/lib/booking/cancel.commands';
import { proposeEdit } from '@/lib/booking/proposal.commands';
import { proposalFor } from '@/lib/booking/proposal.queries';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import type { AffectedChoice, ScheduleEdit } from '@/lib/schedule/schema';
import { aBookingRequest, aCall, aCancelRequest, aChangeRequest } from '@/prisma/factories/call';
import { aService } from '@/prisma/factories/service';
import { freeSlotsInARow } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN, aHandler, later } from '@/prisma/factories/staff';

const NOON = addMinutes(A_TUESDAY_AT_TEN, 120);

/** A service with six slots from noon on in one session, its admin, and a call handler. */
async function aClinic({ slots = 6 } = {}) {
  const service = await aService();
  const row = await freeSlotsInARow(slots, { serviceId: service.id, startsAt: NOON });
  const [first] = row;
  if (!first) throw new Error('no slot was made');
  const [admin, handler] = await Promise.all([anAdminOf(service.id), aHandler()]);
  return { service, slots: row, first, sessionId: first.sessionId, admin, handler };
}

const anAdminOf = (serviceId: string, name?: string) => aHandler({ role: 'service-admin', scope: serviceId, name });

/** Books this slot in a call of its own. */
async function booked(ctx: Ctx, slotId: string, given: Parameters<typeof aCall>[1] = {}) {
  const call = await aCall(ctx, { dueAt: addMinutes(NOON, 240), ...given });
  await db.slot.update({ where: { id: slotId }, data: { heldByCall: call.id, heldUntil: addMinutes(ctx.now, 5) } });
  const outcome = await bookAppointment(ctx, aBookingRequest(call.id, slotId));
  if (!outcome.ok) throw new Error(outcome.error.code);
  return db.appointment.findUniqueOrThrow({ where: { id: outcome.value.appointmentId } });
}

/** A proposal that was looked at, ready to be applied with the same choice for all. */
async function looked(ctx: Ctx, serviceId: string, edit: ScheduleEdit, choice: AffectedChoice = 'keep'): Promise<ApplyRequest & { affected: readonly { appointmentId: string }[] }> {
  const proposed = await proposeEdit(ctx, { serviceId, edit });
  if (!proposed.ok) throw new Error(proposed.error.code);
  const proposal = await proposalFor(ctx, { serviceId, proposalId: proposed.value.proposalId });
  if (!proposal || proposal.applied || !proposal.look.ok) throw new Error('nothing to look at');
  const { fingerprint, affected } = proposal.look.value;
  return { proposalId: proposal.id, fingerprint, affected, choices: Object.fromEntries(affected.map(({ appointmentId }) => [appointmentId, choice])) };
}

const cancelSession = (serviceId: string, sessionId: string): ScheduleEdit => ({ kind: 'cancel-session', serviceId, sessionId });

/** The first half hour of the session is closed. */
const closeFirstHalf = (serviceId: string): ScheduleEdit => ({
  ...{ kind: 'close', serviceIds: [serviceId], closureId: newId(), closureKind: 'closure', startsAt: NOON, endsAt: addMinutes(NOON, 30), reason: 'Staff training' },
});

const statusesOf = async (serviceId: string) => (await db.slot.findMany({ where: { serviceId }, orderBy: [{ startsAt: 'asc' }, { id: 'asc' }] })).map(({ status, orphanedAt }) => (orphanedAt ? 'orphaned' : status));
const taskOf = (appointmentId: string) => db.contactTask.findFirst({ where: { appointmentId }, orderBy: { createdAt: 'desc' } });
const audited = (type: string, subject: string) => db.auditEvent.findMany({ where: { type, subject } });

describe('a change is looked at, then applied', () => {
  test('nothing changes by proposing and looking; applied, free slots are withdrawn and each service has an audit row', async () => {
    const { service, sessionId, admin } = await aClinic();
    const request = await looked(admin, service.id, cancelSession(service.id, sessionId));
    expect(await statusesOf(service.id)).toEqual(Array.from({ length: 6 }, () => 'free'));

    expect(await applyProposal(later(admin, 1), request)).toEqual({ ok: true, value: { serviceId: service.id, added: 0, withdrawn: 6, affected: 0 } });
    expect(await statusesOf(service.id)).toEqual(Array.from({ length: 6 }, () => 'withdrawn'));
    expect(await audited('schedule.changed', service.id)).toMatchObject([{ detail: { edit: 'cancel-session', withdrawn: 6, affected: 0 } }]);
    const after = await proposalFor(later(admin, 2), { serviceId: service.id, proposalId: request.proposalId });
    expect(after).toMatchObject({ applied: { at: later(admin, 1).now, added: 0, withdrawn: 6, affected: 0 } });
  });

  test('whoever has arrived already is affected and is offered no other place, also when nobody else is', async () => {
    const { service, first, admin, handler } = await aClinic();
    const arrived = await booked(handler, first.id);
    await markArrived(admin, aChangeRequest(arrived));
    const { affected } = await looked(admin, service.id, closeFirstHalf(service.id));
    expect(affected).toMatchObject([{ appointmentId: arrived.id, fit: null }]);
  });

  test('the look tells days, affected patients, where each fits and whether that is in time; it is audited for each patient', async () => {
    const { service, slots, admin, handler } = await aClinic();
    const urgent = await booked(handler, slots[0]?.id ?? '', { dueAt: addMinutes(NOON, 30) });
    const late = await booked(handler, slots[1]?.id ?? '', { dueAt: addMinutes(NOON, 10) });
    const proposed = await proposeEdit(admin, { serviceId: service.id, edit: closeFirstHalf(service.id) });
    const proposal = await proposalFor(admin, { serviceId: service.id, proposalId: proposed.ok ? proposed.value.proposalId : '' });

    expect(proposal).toMatchObject({
      applied: null,
      look: {
        ok: true,
        value: {
          days: [{ date: '2026-11-24', added: 0, withdrawn: 1, affected: 2 }],
          affected: [
            { appointmentId: urgent.id, patient: { id: urgent.patientId }, fit: { isSameService: true, startsAt: addMinutes(NOON, 30), minutesOver: 0 } },
            { appointmentId: late.id, fit: { startsAt: addMinutes(NOON, 40), minutesOver: 30 } },
          ],
        },
      },
    });
    expect(await audited('appointment.viewed', urgent.id)).toMatchObject([{ actorId: admin.actor.id, patientId: urgent.patientId }]);
  });

  test('kept: an orphan that stays booked, on the list of people to contact', async () => {
    const { service, slots, sessionId, admin, handler } = await aClinic();
    const appointment = await booked(handler, slots[2]?.id ?? '');
    const request = await looked(admin, service.id, cancelSession(service.id, sessionId));
    expect(await applyProposal(later(admin, 1), request)).toMatchObject({ ok: true, value: { withdrawn: 5, affected: 1 } });

    expect(await statusesOf(service.id)).toEqual(['withdrawn', 'withdrawn', 'orphaned', 'withdrawn', 'withdrawn', 'withdrawn']);
    expect(await db.appointment.findUniqueOrThrow({ where: { id: appointment.id } })).toMatchObject({ status: 'booked', version: 1 });
    expect(await taskOf(appointment.id)).toMatchObject({ cause: 'orphaned', resolvedAt: null, serviceId: service.id });
    expect(await audited('appointment.orphaned', appointment.id)).toHaveLength(1);
  });

  test('moved: the new appointment has the place that was shown and replaces the old one, whose slot is no slot any more (U-114)', async () => {
    const { service, slots, admin, handler } = await aClinic();
    const old = await booked(handler, slots[0]?.id ?? '', { dueAt: NOON });
    const request = await looked(admin, service.id, closeFirstHalf(service.id), 'move');
    expect(await applyProposal(later(admin, 1), request)).toMatchObject({ ok: true });

    const now = await db.appointment.findFirstOrThrow({ where: { replacesId: old.id }, include: { versions: true, referrals: true, registryEntry: true } });
    expect(now).toMatchObject({ status: 'booked', startsAt: addMinutes(NOON, 30), callId: old.callId, patientId: old.patientId, reason: old.reason, bookedByCode: old.bookedByCode, timeframeRule: 'TF-03', minutesOver: 30 });
    expect(now).toMatchObject({ versions: [{ version: 1, body: { status: 'booked', slotId: slots[3]?.id } }], referrals: [{ uncoupledAt: null }], registryEntry: { status: 'booked' } });
    expect(await db.appointment.findUniqueOrThrow({ where: { id: old.id } })).toMatchObject({ status: 'moved', version: 2 });
    expect(await statusesOf(service.id)).toEqual(['withdrawn', 'withdrawn', 'withdrawn', 'busy', 'free', 'free']);
    expect(await taskOf(old.id)).toMatchObject({ cause: 'moved', reason: 'Staff training', newAppointmentId: now.id });
  });

  test('cancelled: by the service, with its slot withdrawn and the patient on the list', async () => {
    const { service, slots, admin, handler } = await aClinic();
    const old = await booked(handler, slots[0]?.id ?? '');
    expect(await applyProposal(later(admin, 1), await looked(admin, service.id, closeFirstHalf(service.id), 'cancel'))).toMatchObject({ ok: true });

    expect(await db.appointment.findUniqueOrThrow({ where: { id: old.id } })).toMatchObject({ status: 'cancelled', cancelReason: 'service-request', version: 2 });
    expect(await statusesOf(service.id)).toEqual(['withdrawn', 'withdrawn', 'withdrawn', 'free', 'free', 'free']);
    expect(await taskOf(old.id)).toMatchObject({ cause: 'cancelled' });
  });

  test('an orphan that is cancelled by its patient leaves no slot behind', async () => {
    const { service, slots, sessionId, admin, handler } = await aClinic({ slots: 1 });
    const appointment = await booked(handler, slots[0]?.id ?? '');
    await applyProposal(later(admin, 1), await looked(admin, service.id, cancelSession(service.id, sessionId)));
    expect(await cancelAppointment(handler, aCancelRequest(appointment))).toMatchObject({ ok: true });
    expect(await statusesOf(service.id)).toEqual(['withdrawn']);
  });
});

describe('nothing is half-written, and every refusal is audited', () => {
  test('what was looked at is not so any more: a booking came in between', async () => {
    const { service, slots, sessionId, admin, handler } = await aClinic();
    const request = await looked(admin, service.id, cancelSession(service.id, sessionId));
    await booked(handler, slots[0]?.id ?? '');

    expect(await applyProposal(later(admin, 1), request)).toEqual({ ok: false, error: { code: 'proposal-stale', change: null } });
    expect(await statusesOf(service.id)).toEqual(['busy', 'free', 'free', 'free', 'free', 'free']);
    expect(await db.scheduleProposal.findUniqueOrThrow({ where: { id: request.proposalId } })).toMatchObject({ appliedAt: null });
    expect(await audited('schedule.change-refused', service.id)).toMatchObject([{ detail: { code: 'proposal-stale' } }]);
  });

  test('the place that was shown has gone: refused, and the appointment stands as it was', async () => {
    const { service, slots, admin, handler } = await aClinic();
    const old = await booked(handler, slots[0]?.id ?? '');
    const request = await looked(admin, service.id, closeFirstHalf(service.id), 'move');
    await booked(handler, slots[3]?.id ?? '');

    expect(await applyProposal(later(admin, 1), request)).toMatchObject({ ok: false, error: { code: 'proposal-stale', change: null } });
    expect(await db.appointment.findUniqueOrThrow({ where: { id: old.id } })).toMatchObject({ status: 'booked', version: 1 });
    expect(await taskOf(old.id)).toBeNull();
  });

  test('a slot that only began meanwhile does not make it stale', async () => {
    const { service, sessionId, admin } = await aClinic();
    const request = await looked({ ...admin, now: addMinutes(NOON, -1) }, service.id, cancelSession(service.id, sessionId));
    expect(await applyProposal({ ...admin, now: addMinutes(NOON, 1) }, request)).toMatchObject({ ok: true, value: { withdrawn: 5 } });
  });

  test('applied twice: the second is told when it was', async () => {
    const { service, sessionId, admin } = await aClinic();
    const request = await looked(admin, service.id, cancelSession(service.id, sessionId));
    await applyProposal(later(admin, 1), request);
    expect(await applyProposal(later(admin, 2), request)).toEqual({ ok: false, error: { code: 'proposal-applied', at: later(admin, 1).now } });
  });

  test("another service's: not found, and neither a day later", async () => {
    const { service, sessionId, admin } = await aClinic();
    const request = await looked(admin, service.id, cancelSession(service.id, sessionId));
    const stranger = await anAdminOf((await aService()).id);
    expect(await applyProposal(stranger, request)).toEqual({ ok: false, error: { code: 'proposal-not-found' } });
    expect(await proposalFor(stranger, { serviceId: service.id, proposalId: request.proposalId })).toBeNull();
    expect(await applyProposal(later(admin, 24 * 60), request)).toEqual({ ok: false, error: { code: 'proposal-not-found' } });
    expect(await proposeEdit(stranger, { serviceId: service.id, edit: cancelSession(service.id, sessionId) })).toEqual({ ok: false, error: { code: 'service-not-found' } });
    expect(await audited('service.access-refused', service.id)).toHaveLength(1);
  });

  test('only service admins propose and apply', async () => {
    const { service, sessionId, handler } = await aClinic();
    await expect(proposeEdit(handler, { serviceId: service.id, edit: cancelSession(service.id, sessionId) })).rejects.toThrow(ForbiddenError);
    await expect(applyProposal(handler, { proposalId: newId(), fingerprint: '', choices: {} })).rejects.toThrow(ForbiddenError);
  });
});

describe('races', () => {
  test('two admins apply at once what meets: one does, the other is told who and when', async () => {
    const { service, sessionId, admin: one } = await aClinic();
    const other = await anAdminOf(service.id);
    const edit = cancelSession(service.id, sessionId);
    const [first, second] = [await looked(one, service.id, edit), await looked(other, service.id, closeFirstHalf(service.id))];
    const outcomes = await Promise.all([applyProposal(later(one, 1), first), applyProposal(later(other, 1), second)]);

    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    const winner = outcomes[0].ok ? one : other;
    expect(outcomes.find(({ ok }) => !ok)).toEqual({ ok: false, error: { code: 'proposal-stale', change: { by: winner.actor.name, at: later(winner, 1).now } } });
    expect(await audited('schedule.changed', service.id)).toHaveLength(1);
  });

  test('one proposal applied at once by two: once', async () => {
    const { service, sessionId, admin } = await aClinic();
    const request = await looked(admin, service.id, cancelSession(service.id, sessionId));
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => applyProposal(later(admin, 1), request)));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await audited('schedule.changed', service.id)).toHaveLength(1);
  });

  test('closing a session against booking into it, at once: never a booking in a withdrawn slot, and the loser is told', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { service, slots, sessionId, admin, handler } = await aClinic({ slots: 2 });
      const slotId = slots[0]?.id ?? '';
      const call = await aCall(handler);
      await db.slot.update({ where: { id: slotId }, data: { heldByCall: call.id, heldUntil: addMinutes(handler.now, 5) } });
      const request = await looked(admin, service.id, cancelSession(service.id, sessionId));
      const book = () => bookAppointment(handler, aBookingRequest(call.id, slotId));
      const close = () => applyProposal(later(admin, 1), request);
      const [booking, closing] = round % 2 === 0 ? await Promise.all([book(), close()]) : (await Promise.all([close(), book()])).reverse();

      expect([booking?.ok, closing?.ok].filter(Boolean)).toHaveLength(1);
      expect(await statusesOf(service.id)).toEqual(booking?.ok ? ['busy', 'free'] : ['withdrawn', 'withdrawn']);
      expect(booking?.ok ? closing : booking).toMatchObject({ error: { code: booking?.ok ? 'proposal-stale' : 'slot-withdrawn' } });
    }
  });

  test('closing against the patient who cancels, at once: the appointment ends once and its slot is withdrawn or free', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { service, slots, sessionId, admin, handler } = await aClinic({ slots: 1 });
      const appointment = await booked(handler, slots[0]?.id ?? '');
      const request = await looked(admin, service.id, cancelSession(service.id, sessionId), 'cancel');
      const [closing, cancelling] = await Promise.all([applyProposal(later(admin, 1), request), cancelAppointment(handler, aCancelRequest(appointment))]);

      expect([closing.ok, cancelling.ok].filter(Boolean)).toHaveLength(1);
      expect(await db.appointmentVersion.count({ where: { appointmentId: appointment.id } })).toBe(2);
      expect(await statusesOf(service.id)).toEqual([closing.ok ? 'withdrawn' : 'free']);
    }
  });
});

test('an edit that brings the place back refits the orphan: its contact task is settled', async () => {
  const { service, slots, admin, handler } = await aClinic();
  const appointment = await booked(handler, slots[0]?.id ?? '');
  const close = closeFirstHalf(service.id);
  await applyProposal(later(admin, 1), await looked(admin, service.id, close));
  expect((await statusesOf(service.id))[0]).toBe('orphaned');

  const lift: ScheduleEdit = { kind: 'lift', serviceIds: [service.id], closureId: close.kind === 'close' ? close.closureId : '' };
  expect(await applyProposal(later(admin, 3), await looked(later(admin, 2), service.id, lift))).toMatchObject({ ok: true });
  expect((await statusesOf(service.id)).filter((status) => status !== 'withdrawn')).toEqual(['busy', 'free', 'free', 'free', 'free', 'free']);
  expect(await taskOf(appointment.id)).toMatchObject({ outcome: 'refitted' });
  expect(await audited('appointment.refitted', appointment.id)).toHaveLength(1);
});
