import type { Ctx } from '@/lib/auth/actor';
import { db } from '@/lib/platform/db';
import { anAppointment } from './appointment';
import { aService } from './service';

/** The directory's type of services for sexual health, whose appointments are sealed. */
export const SEXUAL_HEALTH = 29;

/** An appointment as `anAppointment` makes it, at a sexual health service unless said otherwise. */
export async function aSealedAppointment(ctx: Ctx, { slot, ...given }: Parameters<typeof anAppointment>[1] = {}) {
  const serviceId = slot?.serviceId ?? (await aService({ typeId: SEXUAL_HEALTH })).id;
  return anAppointment(ctx, { ...given, slot: { ...slot, serviceId } });
}

/** The entry of one of Onward's own appointments. */
export async function entryOf(appointment: { id: string }) {
  return db.registryEntry.findUniqueOrThrow({ where: { appointmentId: appointment.id } });
}
