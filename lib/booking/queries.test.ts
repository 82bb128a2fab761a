import { describe, expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import { amendReason } from '@/lib/booking/amend.commands';
import { cancelAppointment } from '@/lib/booking/cancel.commands';
import { takeOver } from '@/lib/booking/hand-over.commands';
import { markEnteredInError } from '@/lib/booking/in-error.commands';
import { appointmentFor } from '@/lib/booking/queries';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { openEntry } from '@/lib/registry/access.commands';
import { anAppointment } from '@/prisma/factories/appointment';
import { aCancelRequest, aChangeRequest } from '@/prisma/factories/call';
import { aSealedAppointment, entryOf } from '@/prisma/factories/sealed';
import { aHandler, later } from '@/prisma/factories/staff';

async function shownTo(ctx: Ctx, id: string) {
  const shown = await appointmentFor(ctx, id);
  return shown?.isOpen ? shown : expect.unreachable();
}

const looksAt = (subject: string) => db.auditEvent.findMany({ where: { type: 'appointment.viewed', subject } });

describe('an appointment', () => {
  test('is shown with its service, people, referral and versions to any organisation, and each look is audited (U-103)', async () => {
    const ctx = await aHandler();
    const { id, reference, slotId, serviceId, patientId, callId, startsAt, reason } = await anAppointment(ctx, { slot: { channel: null } });
    const other = await aHandler();

    const shown = await appointmentFor(other, id);
    expect(shown).toMatchObject({
      ...{ id, reference, status: 'booked', version: 1, startsAt, reason, channel: null },
      ...{ practitionerRole: 'Nurse practitioner', service: { id: serviceId, typeId: 135 }, patient: { id: patientId }, callId, dispositionCode: 'Dx05' },
      ...{ bookedAt: ctx.now, bookedBy: { name: ctx.actor.name, organisation: ctx.actor.organisation.name } },
      ...{ referral: { sentAt: ctx.now, uncoupledAt: null } },
      ...{ cancelled: null, inError: null, replaces: null, replacedBy: null, outsideTimeframe: null },
      versions: [{ version: 1, at: ctx.now, status: 'booked', actorName: ctx.actor.name, reason, startsAt, cancelReason: null, cancelText: null }],
    });
    expect(JSON.stringify(shown)).not.toContain(slotId);
    expect(await looksAt(id)).toMatchObject([{ actorId: other.actor.id, patientId }]);
  });

  test('has the contacts of its call by rank, a third party with name and relationship (U-148, U-149)', async () => {
    const ctx = await aHandler();
    const { id, callId } = await anAppointment(ctx);
    const daughter = { isPatient: false, name: 'Ewa Notreal', relationship: 'Daughter', phone: '07700 900271' };
    await db.callContact.createMany({
      data: [
        { id: newId(), callId: callId ?? '', rank: 3, isPatient: true, phone: '01632 960004' },
        { id: newId(), callId: callId ?? '', rank: 2, ...daughter },
      ],
    });
    expect((await shownTo(ctx, id)).contacts).toEqual([
      { rank: 1, isPatient: true, name: null, relationship: null, phone: '07700 900153' },
      { rank: 2, ...daughter },
      { rank: 3, isPatient: true, name: null, relationship: null, phone: '01632 960004' },
    ]);
  });

  test('booked outside the timeframe says by which rule, by how much, and who approved it and why (U-087)', async () => {
    const ctx = await aHandler();
    const { id } = await anAppointment(ctx);
    const clinician = await aHandler({ role: 'clinician', organisationCode: ctx.actor.organisation.code });
    const approved = { timeframeRule: 'TF-04', minutesOver: 25, callerInformed: true, approvedById: clinician.actor.id, approvalReason: 'Nothing sooner within reach' };
    await db.appointment.update({ where: { id }, data: approved });
    const outside = { ruleId: 'TF-04', minutesOver: 25, approvedBy: clinician.actor.name, approvalReason: 'Nothing sooner within reach' };
    expect((await shownTo(ctx, id)).outsideTimeframe).toEqual(outside);
  });

  test('that was moved names the one that replaced it, and that one names it', async () => {
    const ctx = await aHandler();
    const [old, next] = [await anAppointment(ctx), await anAppointment(ctx)];
    await db.appointment.update({ where: { id: old.id }, data: { status: 'moved', releasedAt: ctx.now } });
    await db.appointment.update({ where: { id: next.id }, data: { replacesId: old.id } });
    const names = await db.service.findMany({ where: { id: { in: [old.serviceId, next.serviceId] } }, select: { id: true, name: true } });
    const linkTo = ({ id, reference, startsAt, serviceId }: typeof old) => ({ id, reference, startsAt, isOpen: true, serviceName: names.find((service) => service.id === serviceId)?.name });
    expect(await appointmentFor(ctx, old.id)).toMatchObject({ replacedBy: linkTo(next), replaces: null });
    expect(await appointmentFor(ctx, next.id)).toMatchObject({ replacedBy: null, replaces: linkTo(old) });
  });

  test('that was amended and cancelled says when and why in words, and keeps every version with what it said and who made it (U-108)', async () => {
    const ctx = await aHandler();
    const appointment = await anAppointment(ctx);
    const { id, reason } = appointment;
    await amendReason(later(ctx, 1), { ...aChangeRequest(appointment), reason: 'Earache' });
    const other = later(await aHandler(), 3);
    await cancelAppointment(other, { ...aCancelRequest(appointment), version: 2, text: 'Feels fine' });

    const why = { cancelReason: 'Patient is better', cancelText: 'Feels fine' };
    expect(await appointmentFor(ctx, id)).toMatchObject({
      ...{ status: 'cancelled', version: 3, reason: 'Earache', cancelled: { at: other.now, reason: 'Patient is better', text: 'Feels fine' }, inError: null },
      referral: { uncoupledAt: other.now },
      versions: [
        { version: 1, status: 'booked', reason, actorName: ctx.actor.name },
        { version: 2, status: 'booked', reason: 'Earache', cancelReason: null },
        { version: 3, status: 'cancelled', reason: 'Earache', ...why, actorName: other.actor.name },
      ],
    });
  });

  test('that was entered in error says what was wrong', async () => {
    const ctx = await aHandler({ role: 'supervisor' });
    const appointment = await anAppointment(ctx);
    await markEnteredInError(later(ctx, 2), { ...aChangeRequest(appointment), text: 'Wrong patient' });
    expect(await appointmentFor(ctx, appointment.id)).toMatchObject({ status: 'entered-in-error', cancelled: null, inError: { at: later(ctx, 2).now, text: 'Wrong patient' } });
  });
});

describe('who may look', () => {
  test('a service admin at those of their own services only; nothing is said, or audited, of another', async () => {
    const appointment = await anAppointment(await aHandler());
    const [own, stranger] = [await aHandler({ role: 'service-admin', scope: appointment.serviceId }), await aHandler({ role: 'service-admin', scope: newId() })];
    expect(await appointmentFor(own, appointment.id)).toMatchObject({ id: appointment.id });
    expect(await appointmentFor(stranger, appointment.id)).toBeNull();
    expect(await looksAt(appointment.id)).toMatchObject([{ actorId: own.actor.id }]);
  });

  test('an auditor at any, a commissioner at none; a made-up id is nothing', async () => {
    const appointment = await anAppointment(await aHandler());
    const auditor = await aHandler({ role: 'auditor' });
    expect(await appointmentFor(auditor, appointment.id)).toMatchObject({ id: appointment.id });
    expect(await appointmentFor(auditor, newId())).toBeNull();
    expect(await appointmentFor(auditor, '<script>')).toBeNull();
    await expect(appointmentFor(await aHandler({ role: 'commissioner' }), appointment.id)).rejects.toThrow(ForbiddenError);
  });
});

describe('a sealed appointment', () => {
  const REASON = { why: 'direct-care', whyText: '' } as const;

  test.each(['call-handler', 'clinician', 'supervisor', 'auditor'] as const)('shows a %s times and status alone, and the look is audited as that', async (role) => {
    const appointment = await aSealedAppointment(await aHandler());
    const { id, status, startsAt, endsAt, patientId } = appointment;
    const ctx = await aHandler({ role });
    expect(await appointmentFor(ctx, id)).toEqual({ isOpen: false, id, status, startsAt, endsAt, entryId: (await entryOf(appointment)).id });
    expect(await looksAt(id)).toMatchObject([{ actorId: ctx.actor.id, patientId, detail: { isOpen: false } }]);
  });

  test('is whole to whoever booked it, and to admins of its service', async () => {
    const ctx = await aHandler();
    const { id, reference, serviceId } = await aSealedAppointment(ctx);
    expect(await appointmentFor(ctx, id)).toMatchObject({ isOpen: true, reference });
    expect(await appointmentFor(await aHandler({ role: 'service-admin', scope: serviceId }), id)).toMatchObject({ isOpen: true, reference });
  });

  test('is whole to whoever took over the call that booked it, who has to go on with it, and not to their colleagues', async () => {
    const ctx = await aHandler();
    const { id, callId } = await aSealedAppointment(ctx);
    const [taker, colleague] = [await aHandler({ organisationCode: ctx.actor.organisation.code }), await aHandler({ organisationCode: ctx.actor.organisation.code })];
    expect(await appointmentFor(taker, id)).toMatchObject({ isOpen: false });
    expect(await takeOver(taker, { callId: callId ?? '' })).toMatchObject({ ok: true });
    expect(await appointmentFor(taker, id)).toMatchObject({ isOpen: true });
    expect(await appointmentFor(colleague, id)).toMatchObject({ isOpen: false });
  });

  test('is whole for 30 minutes to whoever opened it with a reason, and to nobody else', async () => {
    const appointment = await aSealedAppointment(await aHandler());
    const [clinician, colleague] = [await aHandler({ role: 'clinician' }), await aHandler({ role: 'clinician' })];
    await openEntry(clinician, { entryId: (await entryOf(appointment)).id, ...REASON });
    expect(await appointmentFor(later(clinician, 29), appointment.id)).toMatchObject({ isOpen: true, reference: appointment.reference });
    expect(await appointmentFor(later(clinician, 30), appointment.id)).toMatchObject({ isOpen: false });
    expect(await appointmentFor(colleague, appointment.id)).toMatchObject({ isOpen: false });
  });

  test('that another one replaced, or was replaced by, is a time alone on the page of that one', async () => {
    const [booker, other] = [await aHandler(), await aHandler()];
    const [sealed, next, last] = [await aSealedAppointment(booker), await anAppointment(booker), await aSealedAppointment(booker)];
    await db.appointment.updateMany({ where: { id: { in: [sealed.id, next.id] } }, data: { status: 'moved', releasedAt: booker.now } });
    await db.appointment.update({ where: { id: next.id }, data: { replacesId: sealed.id } });
    await db.appointment.update({ where: { id: last.id }, data: { replacesId: next.id } });

    const linkTo = ({ id, startsAt }: typeof sealed) => ({ id, startsAt, isOpen: false });
    const shown = await shownTo(other, next.id);
    expect([shown.replaces, shown.replacedBy]).toEqual([linkTo(sealed), linkTo(last)]);
    expect(await shownTo(booker, next.id)).toMatchObject({ replaces: { reference: sealed.reference }, replacedBy: { reference: last.reference } });
  });
});
