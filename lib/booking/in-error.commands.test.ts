import { expect, test } from 'vitest';
import { markEnteredInError } from '@/lib/booking/in-error.commands';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { anAppointment } from '@/prisma/factories/appointment';
import { aChangeRequest } from '@/prisma/factories/call';
import { aHandler, later } from '@/prisma/factories/staff';

const asWrong = (of: { id: string; patientId: string }) => ({ ...aChangeRequest(of), text: 'Booked for the wrong person' });

test('a supervisor marks one as entered in error, also when it is over: its slot is free, its referral counts no more, what was wrong is kept', async () => {
  const appointment = await anAppointment(await aHandler());
  const supervisor = later(await aHandler({ role: 'supervisor' }), 24 * 60);
  expect(await markEnteredInError(supervisor, asWrong(appointment))).toMatchObject({ ok: true, value: { version: 2 } });

  const after = await db.appointment.findUniqueOrThrow({ where: { id: appointment.id }, include: { slot: true, referrals: true } });
  expect(after).toMatchObject({ status: 'entered-in-error', releasedAt: supervisor.now, cancelReason: null, cancelText: 'Booked for the wrong person' });
  expect(after).toMatchObject({ slot: { status: 'free' }, referrals: [{ uncoupledAt: supervisor.now }] });
  const audit = await db.auditEvent.findMany({ where: { type: 'appointment.entered-in-error', subject: appointment.id } });
  expect(audit).toMatchObject([{ detail: { before: 'booked', after: 'entered-in-error' } }]);
  expect(JSON.stringify(audit[0]?.detail)).not.toContain('wrong person');
});

test('its patient can be booked for the same time again', async () => {
  const supervisor = await aHandler({ role: 'supervisor' });
  const wrong = await anAppointment(supervisor);
  await markEnteredInError(supervisor, asWrong(wrong));
  const right = await anAppointment(supervisor, { call: { patientId: wrong.patientId } });
  expect([right.startsAt, right.status]).toEqual([wrong.startsAt, 'booked']);
});

test('one of another patient, a version that was not looked at, or none at all is refused and audited', async () => {
  const supervisor = await aHandler({ role: 'supervisor' });
  const appointment = await anAppointment(supervisor);
  const outcomes = [
    await markEnteredInError(supervisor, asWrong({ id: newId(), patientId: newId() })),
    await markEnteredInError(supervisor, { ...asWrong(appointment), patientId: newId() }),
    await markEnteredInError(supervisor, { ...asWrong(appointment), version: 2 }),
  ];
  expect(outcomes.map((outcome) => !outcome.ok && outcome.error.code)).toEqual(['appointment-not-found', 'appointment-other-patient', 'appointment-changed']);
  expect(await db.auditEvent.count({ where: { type: 'appointment.in-error-refused', actorId: supervisor.actor.id } })).toBe(3);
  expect(await db.appointment.findUniqueOrThrow({ where: { id: appointment.id } })).toEqual(appointment);
});

test.each(['call-handler', 'clinician', 'service-admin', 'commissioner', 'auditor', 'system-admin'] as const)('a %s may not', async (role) => {
  await expect(markEnteredInError(await aHandler({ role }), asWrong({ id: newId(), patientId: newId() }))).rejects.toThrow(ForbiddenError);
});
