import { describe, expect, test } from 'vitest';
import { apiAppointment } from '@/lib/booking/api-appointment.queries';
import { cancelAppointment } from '@/lib/booking/cancel.commands';
import { changeDirectly } from '@/lib/booking/change-direct.commands';
import { moveAppointment } from '@/lib/booking/move.commands';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { anApiAppointment } from '@/prisma/factories/api-appointment';
import { anAppointment } from '@/prisma/factories/appointment';
import { aCancelRequest, aHeldSlot } from '@/prisma/factories/call';
import { aSystem } from '@/prisma/factories/client';
import { aPatient } from '@/prisma/factories/patient';
import { aHandler, later } from '@/prisma/factories/staff';

describe('a booking of another system', () => {
  test('B-501, B-505: the newest version, with what was sent', async () => {
    const ctx = await aSystem();
    const { id, patientId, slotId, startsAt, endsAt, bookedAt } = await anApiAppointment(ctx, { patient: { gender: 'unknown' } });
    const stored = await db.bookingSubmission.findUniqueOrThrow({ where: { appointmentId: id } });
    const { session } = await db.slot.findUniqueOrThrow({ where: { id: slotId }, include: { session: true } });
    expect(await apiAppointment(await aSystem(), { id })).toEqual({
      ...{ id, version: 1, changedAt: bookedAt, isCurrent: true, status: 'booked', startsAt, endsAt, bookedAt, reason: 'Sore throat for three days', patientId },
      slot: { id: slotId, scheduleId: session.scheduleId, startsAt, endsAt },
      submission: stored.body,
    });
  });

  test('B-502: an earlier version exactly as it was, and the newest beside it', async () => {
    const ctx = await aSystem();
    const { id, bookedAt, reason } = await anApiAppointment(ctx);
    const steps = [{ method: 'amend', reason: 'Earache' }, { method: 'cancel' }] as const;
    for (const [index, wanted] of steps.entries()) {
      const at = { ...ctx, now: addMinutes(ctx.now, index + 1), requestId: newId(), correlationId: newId() };
      expect(await changeDirectly(at, { appointmentId: id, version: index + 1, wanted, differences: () => [] })).toMatchObject({ ok: true });
    }
    const read = await Promise.all([1, 2, 3, undefined].map((version) => apiAppointment(ctx, { id, version })));
    expect(read).toMatchObject([
      { version: 1, isCurrent: false, status: 'booked', reason, changedAt: bookedAt },
      { version: 2, isCurrent: false, status: 'booked', reason: 'Earache', changedAt: addMinutes(bookedAt, 1) },
      { version: 3, isCurrent: true, status: 'cancelled', reason: 'Earache', changedAt: addMinutes(bookedAt, 2) },
      { version: 3, isCurrent: true, status: 'cancelled' },
    ]);
  });

  test('B-508: every look is audited, with who looked for whom', async () => {
    const { id, patientId } = await anApiAppointment(await aSystem());
    const ctx = await aSystem();
    await apiAppointment(ctx, { id });
    const said = { correlationId: ctx.correlationId, organisationCode: ctx.actor.organisation.code, provenance: ctx.actor.provenance };
    expect(await db.auditEvent.findMany({ where: { requestId: ctx.requestId } })).toMatchObject([{ type: 'appointment.viewed', subject: id, patientId, detail: { version: 1 }, ...said }]);
  });
});

describe('a booking that was made on a screen is told in the same shape', () => {
  test('B-250 to B-274: the patient of the register, the numbers of the call, and the referral as the document', async () => {
    const handler = await aHandler();
    const patient = await aPatient({ postcode: 'YO1 7HH' });
    const appointment = await anAppointment(handler, { call: { patientId: patient.id } });
    await db.callContact.create({ data: { id: newId(), callId: appointment.callId ?? '', rank: 2, isPatient: false, name: 'Hanna Notreal', relationship: 'Mother', phone: '01632 960002' } });
    const referral = await db.referral.findFirstOrThrow({ where: { appointmentId: appointment.id } });

    const read = await apiAppointment(await aSystem(), { id: appointment.id });
    expect(read?.submission.patient).toEqual({
      nhsNumber: patient.nhsNumber,
      verification: { system: 'https://fhir.hl7.org.uk/STU3/CodeSystem/CareConnect-NHSNumberVerificationStatus-1', code: '01', display: 'Number present and verified' },
      name: { prefix: [], given: ['Tomasz'], family: 'Notreal' },
      ...{ gender: 'male', birthDate: '1984-03-02' },
      addresses: [{ use: 'home', lines: [], town: null, district: null, postcode: 'YO1 7HH' }],
      telecom: [{ system: 'phone', value: '07700 900153', use: null, rank: 1 }],
      thirdParties: [{ relationships: [{ coding: null, text: 'Mother' }], name: { prefix: [], given: [], family: 'Hanna Notreal' }, telecom: [{ system: 'phone', value: '01632 960002', use: null, rank: 2 }], address: null }],
    });
    expect(read?.submission).toMatchObject({
      document: { id: referral.id, type: { code: 'POCD_MT200001GB02' }, contentType: 'application/hl7-v3+xml', language: 'en', indexedAt: handler.now.toISOString() },
      ...{ language: null, incomingReferral: null },
    });
  });

  test('after a cancel the referral that was sent with it is still told', async () => {
    const handler = await aHandler();
    const appointment = await anAppointment(handler);
    await cancelAppointment(later(handler, 5), aCancelRequest(appointment));
    const read = await apiAppointment(await aSystem(), { id: appointment.id });
    expect(read).toMatchObject({ version: 2, status: 'cancelled' });
    expect(read?.submission.document).not.toBeNull();
  });

  test('one that was moved says so', async () => {
    const handler = await aHandler();
    const old = await anAppointment(handler);
    const { request } = await aHeldSlot(handler, { call: { patientId: old.patientId }, slot: { startsAt: addMinutes(handler.now, 90) } });
    await db.call.update({ where: { id: request.callId }, data: { movesId: old.id } });
    expect(await moveAppointment(later(handler, 1), { ...request, movesId: old.id, movesVersion: 1 })).toMatchObject({ ok: true });
    expect(await apiAppointment(await aSystem(), { id: old.id })).toMatchObject({ status: 'moved', version: 2, startsAt: old.startsAt });
  });
});

describe('B-503: what is not there', () => {
  test.each(['no-such-id', '', '9', "' OR 1=1", newId()])('no appointment for %o, and no look is audited', async (id) => {
    const ctx = await aSystem();
    expect(await apiAppointment(ctx, { id })).toBeNull();
    expect(await db.auditEvent.count({ where: { requestId: ctx.requestId } })).toBe(0);
  });

  test.each([0, -1, 2, 1.5, 1e12, Number.NaN])('no version %d of one that has one', async (version) => {
    const ctx = await aSystem();
    const { id } = await anApiAppointment(ctx);
    expect(await apiAppointment(ctx, { id, version })).toBeNull();
  });

  test('B-123: the scope of slots reads no appointment', async () => {
    await expect(apiAppointment(await aSystem({ scopes: ['organization/slot.read'] }), { id: newId() })).rejects.toThrow(ForbiddenError);
  });
});
