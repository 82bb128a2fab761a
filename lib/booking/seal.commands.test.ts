import { describe, expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import { amendReason } from '@/lib/booking/amend.commands';
import { markArrived } from '@/lib/booking/attend.commands';
import { cancelAppointment } from '@/lib/booking/cancel.commands';
import { markEnteredInError } from '@/lib/booking/in-error.commands';
import { moveAppointment } from '@/lib/booking/move.commands';
import { db } from '@/lib/platform/db';
import { openEntry } from '@/lib/registry/access.commands';
import { aBookingRequest, aCancelRequest, aChangeRequest, aHeldSlot } from '@/prisma/factories/call';
import { aSealedAppointment, entryOf } from '@/prisma/factories/sealed';
import { aHandler, later } from '@/prisma/factories/staff';

type Sealed = Awaited<ReturnType<typeof aSealedAppointment>>;

const SHUT = { ok: false, error: { code: 'appointment-sealed' } };

/** Every way in which a person at a screen changes an appointment, as it was booked. */
const CHANGES: [string, string, (ctx: Ctx, of: Sealed) => Promise<unknown>][] = [
  ['cancel', 'appointment.cancel-refused', async (ctx, of) => cancelAppointment(ctx, aCancelRequest(of))],
  ['amend', 'appointment.amend-refused', async (ctx, of) => amendReason(ctx, { ...aChangeRequest(of), reason: 'Earache since Sunday' })],
  ['mark as entered in error', 'appointment.in-error-refused', async (ctx, of) => markEnteredInError(ctx, { ...aChangeRequest(of), text: 'Booked for the wrong person' })],
  [
    'move',
    'appointment.move-refused',
    async (ctx, of) => {
      const { call, slot } = await aHeldSlot(ctx, { call: { patientId: of.patientId, movesId: of.id } });
      return moveAppointment(ctx, { ...aBookingRequest(call.id, slot.id), movesId: of.id, movesVersion: of.version });
    },
  ],
];

describe.each(CHANGES)('to %s a sealed appointment', (_what, refused, change) => {
  test('is refused and audited as long as it is shut, and nothing is changed', async () => {
    const sealed = await aSealedAppointment(await aHandler());
    const supervisor = await aHandler({ role: 'supervisor' });
    expect(await change(supervisor, sealed)).toEqual(SHUT);
    expect(await db.appointment.findUniqueOrThrow({ where: { id: sealed.id } })).toEqual(sealed);
    const audit = await db.auditEvent.findMany({ where: { type: refused, actorId: supervisor.actor.id } });
    expect(audit).toMatchObject([{ detail: { code: 'appointment-sealed' } }]);
  });

  test('is possible for whoever opened it with a reason, and for half an hour', async () => {
    const sealed = await aSealedAppointment(await aHandler());
    const supervisor = await aHandler({ role: 'supervisor' });
    await openEntry(supervisor, { entryId: (await entryOf(sealed)).id, why: 'direct-care', whyText: '' });
    expect(await change(later(supervisor, 30), sealed)).toEqual(SHUT);
    expect(await change(later(supervisor, 1), sealed)).toMatchObject({ ok: true });
  });
});

test('whoever booked it cancels it without another reason', async () => {
  const ctx = await aHandler();
  expect(await cancelAppointment(later(ctx, 5), aCancelRequest(await aSealedAppointment(ctx)))).toMatchObject({ ok: true });
});

test('its service records who arrived', async () => {
  const sealed = await aSealedAppointment(await aHandler());
  const admin = await aHandler({ role: 'service-admin', scope: sealed.serviceId });
  expect(await markArrived(admin, aChangeRequest(sealed))).toMatchObject({ ok: true });
});
