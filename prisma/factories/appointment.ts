import type { Ctx } from '@/lib/auth/actor';
import { bookAppointment } from '@/lib/booking/book.commands';
import { db } from '@/lib/platform/db';
import { aHeldSlot } from './call';

/** A live appointment that this handler booked in a call of its own: version 1, an hour from the tests' moment unless said otherwise. */
export async function anAppointment(ctx: Ctx, given: Parameters<typeof aHeldSlot>[1] = {}) {
  const { request } = await aHeldSlot(ctx, given);
  const booked = await bookAppointment(ctx, request);
  if (!booked.ok) throw new Error(booked.error.code);
  return db.appointment.findUniqueOrThrow({ where: { id: booked.value.appointmentId } });
}
