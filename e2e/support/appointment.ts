import type { Ctx } from '@/lib/auth/actor';
import { addMinutes, readClock } from '@/lib/platform/time';
import { anAppointment } from '@/prisma/factories/appointment';
import { aServiceNearby, wholeMinute } from './world';

/** An appointment in an hour, booked just now by this person at a service of the test's own, which has later slots too. */
export async function bookedByHand(ctx: Ctx, { startsInMinutes = 60, ...service }: { startsInMinutes?: number; name?: string } = {}) {
  const now = readClock();
  const world = await aServiceNearby({ startsInMinutes: startsInMinutes + 60, ...service });
  const appointment = await anAppointment(
    { ...ctx, now },
    { call: { dispositionAt: now, dueAt: addMinutes(now, 600), openedAt: now }, slot: { serviceId: world.service.id, startsAt: addMinutes(wholeMinute(), startsInMinutes) } },
  );
  return { ...world, appointment };
}
