import type { Ctx } from '@/lib/auth/actor';
import { bookAppointment } from '@/lib/booking/book.commands';
import { guardOf } from '@/lib/booking/guard.queries';
import { db } from '@/lib/platform/db';
import { aChoice, aHeldSlot } from './call';

/**
 * A live appointment that this handler booked in a call of its own: version 1, an hour from the tests' moment unless said otherwise. Whatever
 * else the patient has is kept beside it.
 */
export async function anAppointment(ctx: Ctx, given: Parameters<typeof aHeldSlot>[1] = {}) {
  const { request } = await aHeldSlot(ctx, given);
  const conflicts = await guardOf(ctx, request);
  const booked = await bookAppointment(ctx, { ...request, choices: conflicts.map((conflict) => aChoice(conflict)) });
  if (!booked.ok) throw new Error(booked.error.code);
  return db.appointment.findUniqueOrThrow({ where: { id: booked.value.appointmentId } });
}
