import { describe, expect, test } from 'vitest';
import { amendReason } from '@/lib/booking/amend.commands';
import { cancelAppointment } from '@/lib/booking/cancel.commands';
import { markEnteredInError } from '@/lib/booking/in-error.commands';
import { appointmentFor } from '@/lib/booking/queries';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { anAppointment } from '@/prisma/factories/appointment';
import { aCancelRequest, aChangeRequest } from '@/prisma/factories/call';
import { aHandler, later } from '@/prisma/factories/staff';

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
    expect((await appointmentFor(ctx, id))?.contacts).toEqual([
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
    expect((await appointmentFor(ctx, id))?.outsideTimeframe).toEqual(outside);
  });

  test('that was moved names the one that replaced it, and that one names it', async () => {
    const ctx = await aHandler();
    const [old, next] = [await anAppointment(ctx), await anAppointment(ctx)];
    await db.appointment.update({ where: { id: old.id }, data: { status: 'moved', releasedAt: ctx.now } });
    await db.appointment.update({ where: { id: next.id }, data: { replacesId: old.id } });
    const linkTo = ({ id, reference, startsAt }: typeof old) => ({ id, reference, startsAt });
    expect(await appointmentFor(ctx, old.id)).toMatchObject({ replacedBy: linkTo(next), replaces: null });
    const shown = await appointmentFor(ctx, next.id);
    expect(shown).toMatchObject({ replacedBy: null, replaces: linkTo(old) });
    expect(shown?.replaces?.serviceName).toMatch(/^Test Urgent Treatment Centre/);
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
