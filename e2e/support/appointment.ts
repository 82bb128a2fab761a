import type { Ctx } from '@/lib/auth/actor';
import { addMinutes, readClock } from '@/lib/platform/time';
import { anAppointment } from '@/prisma/factories/appointment';
import { aServiceNearby, wholeMinute, within } from './world';

/** Near midnight this much of one day is left for what is done about the appointment. */
const ROOM_MINUTES = 40;

/** An appointment in an hour, booked just now by this person at a service of the test's own, which has slots an hour after it too. */
export async function bookedByHand(ctx: Ctx, { startsInMinutes = 60, ...service }: { startsInMinutes?: number; name?: string } = {}) {
  const now = readClock();
  const soon = wholeMinute();
  const startsAt = within(addMinutes(soon, startsInMinutes), ROOM_MINUTES);
  const minutesAhead = Math.round((startsAt.getTime() - soon.getTime()) / 60_000);
  const world = await aServiceNearby({ startsInMinutes: minutesAhead + 60, ...service });
  const appointment = await anAppointment(
    { ...ctx, now },
    { call: { dispositionAt: now, dueAt: addMinutes(now, 600), openedAt: now }, slot: { serviceId: world.service.id, startsAt } },
  );
  return { ...world, appointment };
}
