import { expect, test } from 'vitest';
import { anAppointment } from '@/prisma/factories/appointment';
import { aRegisteredEntry } from '@/prisma/factories/entry';
import { aHandler } from '@/prisma/factories/staff';
import type { Ctx } from '@/lib/auth/actor';
import { guardChoicesOf, guardChoicesOfAll } from '@/lib/booking/guard-choices.queries';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';

type Made = { appointmentId: string; entryId: string; choice?: 'keep' | 'move' | 'cancel'; reason?: string | null };

async function aChoice({ actor, now }: Ctx, { appointmentId, entryId, choice = 'keep', reason = 'Different problem' }: Made) {
  await db.guardChoice.create({ data: { appointmentId, entryId, kinds: ['overlap'], choice, reason, staffId: actor.id, at: now } });
}

test('what was chosen is told with the other appointment, by its start', async () => {
  const ctx = await aHandler();
  const appointment = await anAppointment(ctx);
  const other = await anAppointment(ctx);
  const ofOther = await db.registryEntry.findUniqueOrThrow({ where: { appointmentId: other.id } });
  const elsewhere = await aRegisteredEntry({ startsAt: addMinutes(ctx.now, 30), serviceName: 'Wharfedale Dental' });
  await aChoice(ctx, { appointmentId: appointment.id, entryId: ofOther.id, choice: 'cancel', reason: null });
  await aChoice(ctx, { appointmentId: appointment.id, entryId: elsewhere.id });

  const choices = await guardChoicesOf(ctx, appointment.id);

  expect(choices).toEqual([
    { choice: 'keep', reason: 'Different problem', kinds: ['overlap'], entry: { id: elsewhere.id, startsAt: elsewhere.startsAt, serviceName: 'Wharfedale Dental', isSealed: false, appointment: null } },
    { choice: 'cancel', reason: null, kinds: ['overlap'], entry: { id: ofOther.id, startsAt: other.startsAt, serviceName: ofOther.serviceName, isSealed: false, appointment: { id: other.id, reference: other.reference } } },
  ]);
});

test('of a sealed one only the time is told, unless whoever looks booked it', async () => {
  const ctx = await aHandler();
  const booker = await aHandler();
  const appointment = await anAppointment(ctx);
  const other = await anAppointment(booker);
  const sealed = await db.registryEntry.update({ where: { appointmentId: other.id }, data: { isSealed: true } });
  await aChoice(ctx, { appointmentId: appointment.id, entryId: sealed.id, reason: 'Tells what it is' });

  const told = { choice: 'keep', kinds: ['overlap'] };
  const times = { id: sealed.id, startsAt: sealed.startsAt, isSealed: true };
  expect(await guardChoicesOf(ctx, appointment.id)).toEqual([{ ...told, reason: null, entry: { ...times, serviceName: null, appointment: null } }]);
  expect(await guardChoicesOf(booker, appointment.id)).toEqual([
    { ...told, reason: 'Tells what it is', entry: { ...times, serviceName: sealed.serviceName, appointment: { id: other.id, reference: other.reference } } },
  ]);
});

test('choices of several appointments are never mixed up; where nothing was chosen nothing is told', async () => {
  const ctx = await aHandler();
  const [first, second, third] = [await anAppointment(ctx), await anAppointment(ctx), await anAppointment(ctx)];
  const entry = await aRegisteredEntry({});
  await aChoice(ctx, { appointmentId: first.id, entryId: entry.id, reason: 'First' });
  await aChoice(ctx, { appointmentId: second.id, entryId: entry.id, reason: 'Second' });

  const made = await guardChoicesOfAll(ctx, [first.id, second.id, third.id]);

  expect([first, second].map(({ id }) => made.get(id)?.map(({ reason }) => reason))).toEqual([['First'], ['Second']]);
  expect(made.has(third.id)).toBe(false);
  expect(await guardChoicesOf(ctx, 'not-an-id')).toEqual([]);
});

test('whoever may not read appointments is told nothing', async () => {
  await expect(guardChoicesOf(await aHandler({ role: 'commissioner' }), newId())).rejects.toThrow(ForbiddenError);
});
