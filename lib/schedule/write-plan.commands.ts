import type { Ctx } from '@/lib/auth/actor';
import { Prisma, violates, type Tx } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { clashWith } from '@/lib/schedule/clash.queries';
import type { ScheduleState, SlotNow, SlotPlan, Wanted, WantedSlot } from '@/lib/schedule/schema';
import { writeClosures, writeSchedules, writeSessions, writeTemplates } from '@/lib/schedule/write-state.commands';

type Change = { before: ScheduleState; after: ScheduleState; wanted: Wanted; plan: SlotPlan };

/** Rows of one INSERT: a statement of a whole year of slots would be tens of megabytes. */
const CHUNK_SLOTS = 10_000;

/**
 * Writes an edited state and its plan in the caller's transaction, which holds the locks of the services (`lockServices`). Days before
 * today stay as they are, and the horizon goes on after the last day of the state.
 *
 * What was free when planned and is not any more refuses with `proposal-stale`. A practitioner in two places, also of services outside the
 * state, refuses with `practitioner-elsewhere`, and a schedule that has another session then with `session-overlaps`. The caller rolls back
 * what it refuses. Orphaned slots are marked, nothing else happens to their appointments; holds of withdrawn slots end.
 */
export async function writePlan(tx: Tx, ctx: Ctx, { before, after, wanted, plan }: Change): Promise<Result<null, Refusal>> {
  await writeSchedules(tx, { before, after });
  await writeTemplates(tx, { before, after });
  await writeClosures(tx, ctx, { before, after });
  try {
    await writeSessions(tx, ctx, { before, after, wanted });
  } catch (error) {
    if (!violates(error, 'session_practitioner_once') && !violates(error, 'session_no_overlap')) throw error;
    // Read outside the transaction, which the violation has ended: whoever is in the way has committed.
    const clash = await clashWith(wanted.sessions, after);
    if (!clash) throw error;
    return refuse(clash);
  }
  return (await writeSlots(tx, ctx, plan)) ? ok(null) : refuse({ code: 'proposal-stale', change: null });
}

/** Locks services against other changes of their schedules until the transaction ends; bookings go on. Always in the order of ids. */
export async function lockServices(tx: Tx, serviceIds: readonly string[]): Promise<void> {
  // Raw: typed calls have no locks. A weaker lock than of an update: rows that refer to the service can still be written.
  await tx.$queryRaw`SELECT id FROM service WHERE id = ANY(${serviceIds}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
}

/** Whether every slot still was as planned. What leaves a place goes first: a place has one slot at a time. */
async function writeSlots(tx: Tx, { now }: Ctx, plan: SlotPlan): Promise<boolean> {
  const withdrawn = await tx.slot.updateMany({
    where: { id: { in: plan.withdrawn.map(({ id }) => id) }, status: 'free' },
    data: { status: 'withdrawn', heldByCall: null, heldUntil: null, holdExtended: false },
  });
  // The check and the write are one: a booking that was made since the plan is found here, and one made from now on finds the slot withdrawn.
  if (withdrawn.count < plan.withdrawn.length) return false;
  const orphaned = await tx.slot.updateMany({ where: { id: { in: plan.orphaned.map(({ id }) => id) }, status: 'busy', orphanedAt: null }, data: { orphanedAt: now } });
  if (orphaned.count < plan.orphaned.length) return false;

  const kept = await place(tx, plan.kept, { change: Prisma.empty, standing: Prisma.sql`slot.status <> 'withdrawn' AND slot.orphaned_at IS NULL` });
  const refitted = await place(tx, plan.refitted, { change: Prisma.sql`, orphaned_at = NULL`, standing: Prisma.sql`slot.status = 'busy' AND slot.orphaned_at IS NOT NULL` });
  const reopened = await place(tx, plan.reopened, { change: Prisma.sql`, status = 'free'`, standing: Prisma.sql`slot.status = 'withdrawn'` });
  if (!kept || !refitted || !reopened) return false;

  for (let from = 0; from < plan.added.length; from += CHUNK_SLOTS) await insertSlots(tx, plan.added.slice(from, from + CHUNK_SLOTS));
  return true;
}

type Placing = { change: Prisma.Sql; standing: Prisma.Sql };

/** Puts slots in the places that they should have; whether all of them still stood as planned. */
async function place(tx: Tx, pairs: readonly { slot: SlotNow; wanted: WantedSlot }[], { change, standing }: Placing): Promise<boolean> {
  for (let from = 0; from < pairs.length; from += CHUNK_SLOTS) {
    const chunk = pairs.slice(from, from + CHUNK_SLOTS);
    // Raw: one statement for what would be a typed call for each of thousands of slots.
    const count = await tx.$executeRaw`
      UPDATE slot
      SET session_id = wanted.session_id, place_no = wanted.place_no, kept_back_until = wanted.kept_back_until, offered_from = wanted.offered_from,
        offered_until = wanted.offered_until ${change}
      FROM ${slotRows(chunk.map(({ slot, wanted }) => ({ ...wanted, id: slot.id })))} AS wanted
      WHERE slot.id = wanted.id AND ${standing}`;
    if (count < chunk.length) return false;
  }
  return true;
}

async function insertSlots(tx: Tx, slots: readonly WantedSlot[]): Promise<void> {
  // Raw: a change of a template is tens of thousands of slots, which typed calls send as hundreds of thousands of parameters.
  await tx.$executeRaw`
    INSERT INTO slot (id, session_id, service_id, starts_at, ends_at, place_no, kept_back_until, offered_from, offered_until)
    SELECT id, session_id, service_id, starts_at, ends_at, place_no, kept_back_until, offered_from, offered_until
    FROM ${slotRows(slots.map((slot) => ({ ...slot, id: newId() })))} AS wanted`;
}

function slotRows(slots: readonly (WantedSlot & { id: string })[]): Prisma.Sql {
  const dates = (of: (slot: WantedSlot) => Date | null) => slots.map((slot) => of(slot)?.toISOString() ?? null);
  return Prisma.sql`(
    SELECT *
    FROM unnest(
      ${slots.map(({ id }) => id)}::uuid[], ${slots.map(({ sessionId }) => sessionId)}::uuid[], ${slots.map(({ serviceId }) => serviceId)}::uuid[],
      ${dates(({ startsAt }) => startsAt)}::timestamptz[], ${dates(({ endsAt }) => endsAt)}::timestamptz[], ${slots.map(({ placeNo }) => placeNo)}::smallint[],
      ${dates(({ keptBackUntil }) => keptBackUntil)}::timestamptz[], ${dates(({ offeredFrom }) => offeredFrom)}::timestamptz[],
      ${dates(({ offeredUntil }) => offeredUntil)}::timestamptz[]
    ) AS row (id, session_id, service_id, starts_at, ends_at, place_no, kept_back_until, offered_from, offered_until)
  )`;
}
