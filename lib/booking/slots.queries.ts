import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { isHeldBy } from '@/lib/booking/rules';
import { channel, type HeldSlot, type SlotList, type SlotRow } from '@/lib/booking/schema';
import { minutesOver } from '@/lib/booking/timeframe.rules';
import { offeredSql } from '@/lib/directory/offered.queries';
import { db, Prisma, type Tx } from '@/lib/platform/db';
import { isId } from '@/lib/platform/id';
import { addDays, addMinutes, startOfLondonDay } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';

const MAX_IN_TIME = 60;
const MAX_AFTER = 20;
const AFTER_MINUTES = 48 * 60;
const DAYS = 7;

/** Slots that nobody has before this call: free, and not held by another whose hold has not run out. */
export function freeFor(callId: string, now: Date): Prisma.SlotWhereInput {
  return { status: 'free', OR: [{ heldUntil: null }, { heldUntil: { lte: now } }, { heldByCall: callId }] };
}

/**
 * The slots of one service as one call sees them, by start, then id: at most 60 from now to the due time, at most 20 within
 * 48 hours after it, and how many more are free on each day of the coming week. Without a due time the week counts as in time.
 * Slots held by others are listed as held, those that calls cannot have now are not. Throws ForbiddenError without `directory:search`.
 */
export async function slotsOf(ctx: Ctx, { serviceId, callId, dueAt }: { serviceId: string; callId: string; dueAt: Date | null }): Promise<SlotList> {
  requirePermission(ctx.actor, 'directory:search');
  if (!isId(serviceId)) return { inTime: [], after: [], laterDays: [] };

  const { now } = ctx;
  const wanted = { serviceId, callId, now };
  const midnights = Array.from({ length: DAYS + 1 }, (_, day) => startOfLondonDay(addDays(londonDate(now), day + 1)));
  const inTimeTo = inTimeUntil(now, dueAt);
  const afterFrom = inTimeTo > now ? inTimeTo : now;
  const [inTime, after, counts] = await Promise.all([
    slotRows(wanted, { after: now, to: inTimeTo, limit: MAX_IN_TIME }),
    dueAt ? slotRows(wanted, { after: afterFrom, to: addMinutes(afterFrom, AFTER_MINUTES), limit: MAX_AFTER }) : [],
    freeByDay({ serviceId, now, midnights }),
  ]);
  const asRow = (row: Row) => slotRow(row, { callId, dueAt, now });
  const list = { inTime: inTime.map(asRow), after: after.map(asRow) };
  return { ...list, laterDays: unlisted(counts, [...list.inTime, ...list.after], now) };
}

/** The last start that is in time: the due time, or without one the end of the coming week. */
export function inTimeUntil(now: Date, dueAt: Date | null): Date {
  return dueAt ?? startOfLondonDay(addDays(londonDate(now), DAYS + 1));
}

/** The slot that a call holds now, with what its screens say about the service; null when it holds none. */
export async function heldSlotOf(tx: Tx, { callId, now }: { callId: string; now: Date }): Promise<HeldSlot | null> {
  // Raw: one statement over seven tables, on every page of a call.
  const [row] = await tx.$queryRaw<HeldRow[]>`
    SELECT ${COLUMNS},
      o.service_id AS "serviceId", service.name AS "serviceName", service.address AS "serviceAddress", service.postcode AS "servicePostcode",
      service_type.name AS "serviceTypeName", service.handler_instructions AS "handlerInstructions",
      service.patient_information AS "patientInformation", call.due_at AS "dueAt", NOT o.hold_extended AS "canExtend"
    FROM slot o
    JOIN session ON session.id = o.session_id
    JOIN schedule ON schedule.id = session.schedule_id
    JOIN service ON service.id = o.service_id
    JOIN service_type ON service_type.id = service.type_id
    JOIN call ON call.id = o.held_by_call
    WHERE o.held_by_call = ${callId}::uuid AND o.status = 'free' AND o.held_until > ${now}::timestamptz
    ORDER BY o.held_until DESC
    LIMIT 1`;
  if (!row?.heldUntil) return null;
  const { serviceId, serviceName, serviceAddress, servicePostcode, serviceTypeName, handlerInstructions, patientInformation, heldUntil, canExtend } = row;
  const service = { serviceId, serviceName, serviceAddress, servicePostcode, serviceTypeName, handlerInstructions, patientInformation };
  return { ...slotRow(row, { callId, dueAt: row.dueAt, now }), ...service, heldUntil, canExtend };
}

type Row = {
  id: string;
  startsAt: Date;
  endsAt: Date;
  channel: string | null;
  practitionerRole: string | null;
  practitionerName: string | null;
  practitionerGender: string | null;
  heldByCall: string | null;
  heldUntil: Date | null;
};

type HeldRow = Row & Omit<HeldSlot, keyof SlotRow> & { dueAt: Date | null };

const COLUMNS = Prisma.sql`
  o.id, o.starts_at AS "startsAt", o.ends_at AS "endsAt", schedule.channel,
  schedule.practitioner_role AS "practitionerRole", schedule.practitioner_name AS "practitionerName",
  schedule.practitioner_gender AS "practitionerGender", o.held_by_call AS "heldByCall", o.held_until AS "heldUntil"`;

type Wanted = { serviceId: string; callId: string; now: Date };

// Raw: the hot path of the slot list, one index scan on the partial index of free slots. The range is (after, to]. What the call
// holds stays in its list to the end of the hold.
function slotRows({ serviceId, callId, now }: Wanted, { after, to, limit }: { after: Date; to: Date; limit: number }): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    SELECT ${COLUMNS}
    FROM slot o
    JOIN session ON session.id = o.session_id
    JOIN schedule ON schedule.id = session.schedule_id
    WHERE o.service_id = ${serviceId}::uuid AND o.status = 'free'
      AND o.starts_at > ${after}::timestamptz AND o.starts_at <= ${to}::timestamptz
      AND ((${offeredSql(now)}) OR (o.held_by_call = ${callId}::uuid AND o.held_until > ${now}::timestamptz))
    ORDER BY o.starts_at, o.id
    LIMIT ${limit}`;
}

// Raw: counted where the rows are. Day 0 is today; a midnight belongs to the day that it begins.
function freeByDay({ serviceId, now, midnights }: { serviceId: string; now: Date; midnights: Date[] }): Promise<{ day: number; free: number }[]> {
  return db.$queryRaw`
    SELECT width_bucket(o.starts_at, ${midnights}::timestamptz[]) AS day, count(*)::int AS free
    FROM slot o
    WHERE o.service_id = ${serviceId}::uuid AND o.status = 'free'
      AND o.starts_at > ${now}::timestamptz AND o.starts_at < ${midnights.at(-1)}::timestamptz
      AND (o.held_until IS NULL OR o.held_until <= ${now}::timestamptz) AND ${offeredSql(now)}
    GROUP BY day
    ORDER BY day`;
}

function unlisted(counts: readonly { day: number; free: number }[], listed: readonly SlotRow[], now: Date): SlotList['laterDays'] {
  const shown = new Map<string, number>();
  for (const slot of listed) {
    const date = londonDate(slot.startsAt);
    if (slot.state === 'free') shown.set(date, (shown.get(date) ?? 0) + 1);
  }
  return counts
    .map(({ day, free }) => ({ date: addDays(londonDate(now), day), free }))
    .map(({ date, free }) => ({ date, free: free - (shown.get(date) ?? 0) }))
    .filter(({ free }) => free > 0);
}

function slotRow({ heldByCall, ...row }: Row, { callId, dueAt, now }: { callId: string; dueAt: Date | null; now: Date }): SlotRow {
  const isHeld = row.heldUntil !== null && row.heldUntil > now;
  const isMine = isHeldBy({ status: 'free', heldByCall, heldUntil: row.heldUntil }, callId, now);
  return {
    id: row.id,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    channel: row.channel === null ? null : channel.parse(row.channel),
    practitionerRole: row.practitionerRole,
    practitionerName: row.practitionerName,
    practitionerGender: row.practitionerGender,
    state: isMine ? 'mine' : isHeld ? 'held' : 'free',
    heldUntil: isHeld ? row.heldUntil : null,
    minutesOver: minutesOver(row.startsAt, dueAt),
  };
}
