import type { Ctx } from '@/lib/auth/actor';
import { isAdminOf, requirePermission } from '@/lib/auth/permissions';
import { capacityAt } from '@/lib/directory/capacity.rules';
import type { Colour } from '@/lib/directory/capacity.schema';
import type { Capacity } from '@/lib/directory/schema';
import { db, type Prisma } from '@/lib/platform/db';
import { toDateColumn, type MinuteOfDay } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import type { ScheduleNow } from '@/lib/schedule/schema';
import { scheduleNow } from '@/lib/schedule/templates.queries';

/** What was last said of a service's capacity; `colour` is the one in force, with the note and the end of amber and red. */
export type CapacityNow = { colour: Colour; note: string | null; resetsAt: Date | null };

/** How the same-day levers of a service stand. `keptBack`: slots of today that release would open to calls. */
export type LeversNow = { isBookable: boolean; version: number; keptBack: number; capacity: CapacityNow };

/** A session of today that is not over. */
export type SessionToday = { id: string; opensMinute: MinuteOfDay; closesMinute: MinuteOfDay; schedule: ScheduleNow };

const COLOUR_OF: Record<Capacity, Colour> = { High: 'green', Low: 'amber', None: 'red' };

/** How the levers of one of the actor's services stand at `ctx.now`; null when it is none of theirs. Throws ForbiddenError without `schedule:read`. */
export async function leversOf(ctx: Ctx, serviceId: string): Promise<LeversNow | null> {
  requirePermission(ctx.actor, 'schedule:read');
  if (!isAdminOf(ctx.actor, serviceId)) return null;

  const [service, latest, keptBack] = await Promise.all([
    db.service.findUnique({ where: { id: serviceId }, select: { isBookable: true, version: true } }),
    db.capacityState.findFirst({
      where: { serviceId, at: { lte: ctx.now } },
      orderBy: [{ at: 'desc' }, { id: 'desc' }],
      select: { colour: true, note: true, resetsAt: true },
    }),
    db.slot.count({ where: { ...keptBackAt(ctx.now), session: sessionsOfToday(ctx.now, serviceId) } }),
  ]);
  return service && { ...service, keptBack, capacity: capacityNow(latest, ctx.now) };
}

/** The sessions of today of one of the actor's services that are not over, by opening, then id. Throws ForbiddenError without `schedule:read`. */
export async function sessionsToday(ctx: Ctx, serviceId: string): Promise<SessionToday[]> {
  requirePermission(ctx.actor, 'schedule:read');
  if (!isAdminOf(ctx.actor, serviceId)) return [];

  const rows = await db.session.findMany({
    where: { ...sessionsOfToday(ctx.now, serviceId), closesAt: { gt: ctx.now } },
    orderBy: [{ opensAt: 'asc' }, { id: 'asc' }],
    select: {
      ...{ id: true, opensMinute: true, closesMinute: true },
      schedule: { select: { id: true, serviceId: true, name: true, channel: true, practitionerRole: true, practitionerName: true, practitionerGender: true } },
    },
  });
  return rows.map(({ schedule, ...session }) => ({ ...session, schedule: scheduleNow(schedule) }));
}

/** The sessions that a service has on the London day of `now`. */
export function sessionsOfToday(now: Date, serviceId: string): Prisma.SessionWhereInput {
  return { status: 'open', date: toDateColumn(londonDate(now)), schedule: { serviceId } };
}

/** Slots that calls could have but that are kept back at `now`. */
export function keptBackAt(now: Date): Prisma.SlotWhereInput {
  return { status: 'free', startsAt: { gt: now }, keptBackUntil: { gt: now } };
}

function capacityNow(latest: { colour: string; note: string | null; resetsAt: Date | null } | null, now: Date): CapacityNow {
  const colour = COLOUR_OF[capacityAt(latest, now)];
  return colour === 'green' || !latest ? { colour: 'green', note: null, resetsAt: null } : { ...latest, colour };
}
