import type { Ctx } from '@/lib/auth/actor';
import type { SlotOffer } from '@/lib/booking/offer.queries';
import { suitabilitySql } from '@/lib/booking/suitability.queries';
import { offeredAt, offeredSql } from '@/lib/directory/offered.queries';
import { db, Prisma } from '@/lib/platform/db';
import type { Alternatives, AlternativeSlot } from '@/lib/platform/errors';
import { addMinutes } from '@/lib/platform/time';

const NEAREST = 3;
const METRES = 60_000;
const WEEK_MINUTES = 7 * 24 * 60;

/**
 * What is free for anybody instead of the slot of an offer, at `ctx.now`: with the one that was held for the call meanwhile, the
 * three slots in time at the same service that start nearest to it (after the due time when none is in time), by start, the
 * slot itself among them when only its hold has run out; and the nearest other service within 60 km, in a straight line from
 * where the patient is, that takes the disposition and the patient and has a slot in time.
 */
export async function alternativesTo(ctx: Ctx, offer: SlotOffer, held: AlternativeSlot | null): Promise<Alternatives> {
  const wanted = held ? NEAREST - 1 : NEAREST;
  const [inTime, elsewhere] = await Promise.all([nearestHere(ctx, offer, { range: inTimeRange(ctx, offer), wanted }), nearestElsewhere(ctx, offer)]);
  const { dueAt } = offer.call;
  if (inTime.length > 0 || !dueAt || (held && held.startsAt <= dueAt)) return { here: inTime, elsewhere, held };
  const range = { gt: dueAt > ctx.now ? dueAt : ctx.now };
  return { here: await nearestHere(ctx, offer, { range, wanted }), elsewhere, held };
}

function inTimeRange({ now }: Ctx, { call }: SlotOffer): { gt: Date; lte: Date } {
  return { gt: now, lte: call.dueAt ?? addMinutes(now, WEEK_MINUTES) };
}

async function nearestHere({ now }: Ctx, { slot }: SlotOffer, { range, wanted }: { range: { gt: Date; lte?: Date }; wanted: number }): Promise<AlternativeSlot[]> {
  const { startsAt, service } = slot;
  const isFree: Prisma.SlotWhereInput = { status: 'free', OR: [{ heldUntil: null }, { heldUntil: { lte: now } }], ...offeredAt(now) };
  const among = (startsAtRange: Prisma.DateTimeFilter, direction: Prisma.SortOrder) =>
    db.slot.findMany({
      where: { AND: [isFree, { serviceId: service.id }, { startsAt: range }, { startsAt: startsAtRange }] },
      orderBy: [{ startsAt: direction }, { id: 'asc' }],
      take: wanted,
      select: { id: true, startsAt: true, endsAt: true },
    });
  const found = await Promise.all([among({ lt: startsAt }, 'desc'), among({ gte: startsAt }, 'asc')]);
  const distance = (other: { startsAt: Date }) => Math.abs(other.startsAt.getTime() - startsAt.getTime());
  return found
    .flat()
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, wanted)
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
    .map(({ id, ...times }) => ({ slotId: id, serviceId: service.id, serviceName: service.name, ...times }));
}

async function nearestElsewhere(ctx: Ctx, offer: SlotOffer): Promise<AlternativeSlot | null> {
  const { call, slot } = offer;
  const range = inTimeRange(ctx, offer);
  if (range.lte <= ctx.now) return null;
  const position = Prisma.sql`ll_to_earth(${call.latitude}::float8, ${call.longitude}::float8)`;
  // Raw: nearest first by the index of positions, and for each service its first free slot by theirs; it stops at the first hit.
  const [found] = await db.$queryRaw<AlternativeSlot[]>`
    SELECT first_slot.id AS "slotId", service.id AS "serviceId", service.name AS "serviceName",
      first_slot.starts_at AS "startsAt", first_slot.ends_at AS "endsAt"
    FROM service
    CROSS JOIN LATERAL (
      SELECT o.id, o.starts_at, o.ends_at
      FROM slot o
      WHERE o.service_id = service.id AND o.status = 'free'
        AND o.starts_at > ${range.gt}::timestamptz AND o.starts_at <= ${range.lte}::timestamptz
        AND (o.held_until IS NULL OR o.held_until <= ${ctx.now}::timestamptz) AND ${offeredSql(ctx.now)}
      ORDER BY o.starts_at, o.id
      LIMIT 1
    ) AS first_slot
    WHERE earth_box(${position}, ${METRES}::float8) @> ll_to_earth(service.latitude, service.longitude)
      AND earth_distance(${position}, ll_to_earth(service.latitude, service.longitude)) <= ${METRES}::float8
      AND service.id <> ${slot.service.id}::uuid AND service.is_bookable AND service.status = 'active'
      AND NOT ${ctx.actor.organisation.code} = ANY(service.refuses_from)
      -- An emergency department suits everybody, but is no alternative unless it is profiled for the disposition.
      AND EXISTS (SELECT FROM service_disposition WHERE service_id = service.id AND code = ${call.dispositionCode})
      AND EXISTS (SELECT FROM call JOIN patient ON patient.id = call.patient_id WHERE call.id = ${call.id}::uuid AND ${suitabilitySql(ctx)} IS NULL)
    ORDER BY ll_to_earth(service.latitude, service.longitude) <-> ${position}, service.id
    LIMIT 1`;
  return found ?? null;
}
