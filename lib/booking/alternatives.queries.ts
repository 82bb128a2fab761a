import type { Ctx } from '@/lib/auth/actor';
import { genderOf, referralRoleOf } from '@/lib/booking/call.rules';
import type { Offer } from '@/lib/booking/offer.queries';
import type { SlotRefusal } from '@/lib/booking/rules';
import { freeFor } from '@/lib/booking/slots.queries';
import { db, Prisma } from '@/lib/platform/db';
import type { Alternatives, AlternativeSlot, Refusal } from '@/lib/platform/errors';
import { addMinutes, daysBetween } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';

const NEAREST = 3;
const METRES = 60_000;
const WEEK_MINUTES = 7 * 24 * 60;

type Asked = Offer & { slot: NonNullable<Offer['slot']> };

/** The refusal of a slot as it is told: with what is free instead, where that helps. */
export async function withAlternatives(ctx: Ctx, offer: Asked, refusal: SlotRefusal): Promise<Refusal> {
  if (refusal.code === 'slot-in-past' || refusal.code === 'slot-withdrawn') return refusal;
  return { ...refusal, alternatives: await alternativesTo(ctx, offer) };
}

/**
 * What is free instead of the slot of an offer, at `ctx.now`: the three slots in time at the same service that start nearest
 * to it (after the due time when none is in time), by start, the slot itself among them when only its hold has run out; and the nearest other service within 60 km, in a straight line
 * from where the patient is, that takes the disposition and the patient and has a slot in time.
 */
export async function alternativesTo(ctx: Ctx, offer: Asked): Promise<Alternatives> {
  const [inTime, elsewhere] = await Promise.all([nearestHere(ctx, offer, inTimeRange(ctx, offer)), nearestElsewhere(ctx, offer)]);
  const { dueAt } = offer.call;
  if (inTime.length > 0 || !dueAt) return { here: inTime, elsewhere };
  const afterDue = { gt: dueAt > ctx.now ? dueAt : ctx.now };
  return { here: await nearestHere(ctx, offer, afterDue), elsewhere };
}

function inTimeRange({ now }: Ctx, { call }: Offer): { gt: Date; lte: Date } {
  return { gt: now, lte: call.dueAt ?? addMinutes(now, WEEK_MINUTES) };
}

async function nearestHere(ctx: Ctx, { call, slot }: Asked, range: { gt: Date; lte?: Date }): Promise<AlternativeSlot[]> {
  const { startsAt, service } = slot;
  const among = (startsAtRange: Prisma.DateTimeFilter, direction: Prisma.SortOrder) =>
    db.slot.findMany({
      where: { AND: [freeFor(call.id, ctx.now), { serviceId: service.id }, { startsAt: range }, { startsAt: startsAtRange }] },
      orderBy: [{ startsAt: direction }, { id: 'asc' }],
      take: NEAREST,
      select: { id: true, startsAt: true, endsAt: true },
    });
  const found = await Promise.all([among({ lt: startsAt }, 'desc'), among({ gte: startsAt }, 'asc')]);
  const distance = (other: { startsAt: Date }) => Math.abs(other.startsAt.getTime() - startsAt.getTime());
  return found
    .flat()
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, NEAREST)
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
    .map(({ id, ...times }) => ({ slotId: id, serviceId: service.id, serviceName: service.name, ...times }));
}

async function nearestElsewhere(ctx: Ctx, offer: Asked): Promise<AlternativeSlot | null> {
  const { call, patient, slot } = offer;
  const range = inTimeRange(ctx, offer);
  if (range.lte <= ctx.now) return null;
  const ageDays = daysBetween(patient.birthDate, londonDate(ctx.now));
  const [gender, role] = [genderOf(patient.sex), referralRoleOf(ctx.actor)];
  const position = Prisma.sql`ll_to_earth(${call.latitude}::float8, ${call.longitude}::float8)`;
  // Raw: nearest first by the index of positions, and for each service its first free slot by theirs; it stops at the first hit.
  const [found] = await db.$queryRaw<AlternativeSlot[]>`
    SELECT first_slot.id AS "slotId", service.id AS "serviceId", service.name AS "serviceName",
      first_slot.starts_at AS "startsAt", first_slot.ends_at AS "endsAt"
    FROM service
    CROSS JOIN LATERAL (
      SELECT slot.id, slot.starts_at, slot.ends_at
      FROM slot
      WHERE slot.service_id = service.id AND slot.status = 'free'
        AND slot.starts_at > ${range.gt}::timestamptz AND slot.starts_at <= ${range.lte}::timestamptz
        AND (slot.held_until IS NULL OR slot.held_until <= ${ctx.now}::timestamptz OR slot.held_by_call = ${call.id}::uuid)
      ORDER BY slot.starts_at, slot.id
      LIMIT 1
    ) AS first_slot
    WHERE earth_box(${position}, ${METRES}::float8) @> ll_to_earth(service.latitude, service.longitude)
      AND earth_distance(${position}, ll_to_earth(service.latitude, service.longitude)) <= ${METRES}::float8
      AND service.id <> ${slot.service.id}::uuid AND service.is_bookable AND service.status = 'active' AND NOT service.is_restricted
      AND ${gender} = ANY (service.genders) AND ${role} = ANY (service.referral_roles)
      AND EXISTS (SELECT FROM service_disposition WHERE service_id = service.id AND code = ${call.dispositionCode})
      AND EXISTS (SELECT FROM service_age WHERE service_id = service.id AND ${ageDays}::int BETWEEN days_from AND days_to)
      AND (NOT EXISTS (SELECT FROM service_area WHERE service_id = service.id)
        OR EXISTS (SELECT FROM service_area WHERE service_id = service.id AND icb_code = ${call.icbCode}::text))
    ORDER BY ll_to_earth(service.latitude, service.longitude) <-> ${position}, service.id
    LIMIT 1`;
  return found ?? null;
}
