import { auditSql } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import type { Replaced } from '@/lib/booking/booked.queries';
import { eventSql, messageSql, versionSql } from '@/lib/booking/records.commands';
import { versionBody } from '@/lib/booking/version.rules';
import { Prisma } from '@/lib/platform/db';
import { movedEntrySql } from '@/lib/registry/commands';
import { uncoupledReferralSql } from '@/lib/referral/commands';

/** A booking that replaces an appointment: what it is, and where. */
type Replacement = { replaced: Replaced; by: { appointmentId: string; callId: string | null; slotId: string; serviceId: string; startsAt: Date } };

/**
 * The table expression `ready` of a move: the call, while the appointment that is to be replaced still stands as it was read.
 * Call and patient are locked before it, and the slots after it: nobody waits in a circle.
 */
export function standingSql({ now }: Ctx, { id, version }: Replaced): Prisma.Sql {
  return Prisma.sql`
    ready AS (
      SELECT open_call.id
      FROM open_call
      JOIN appointment ON appointment.id = ${id}::uuid
      WHERE appointment.version = ${version}::int AND appointment.status = 'booked' AND appointment.starts_at > ${now}::timestamptz
      FOR NO KEY UPDATE OF appointment
    )`;
}

/**
 * The table expressions of a move after `taken`, the claim of the new slot: the old appointment becomes `moved` and keeps all its
 * versions (U-108), its slot is free again at once unless it was orphaned, its referral no longer counts, its entry in the registry says so; and last
 * `claimed`, which what is new is written from. The old one goes only when the new one comes, and the other way round (U-114).
 */
export function replacedSql(ctx: Ctx, replacement: Replacement): Prisma.Sql {
  const { now } = ctx;
  return Prisma.sql`
    replaced AS (
      UPDATE appointment
      SET status = 'moved', version = appointment.version + 1, released_at = ${now}::timestamptz
      FROM taken
      WHERE appointment.id = ${replacement.replaced.id}::uuid
      RETURNING appointment.id, appointment.slot_id
    ),
    ${uncoupledReferralSql(ctx)},
    claimed AS (
      -- Reading both makes PostgreSQL carry them out first: the constraints on one live appointment and referral look at once.
      SELECT taken.id, taken.service_id, taken.starts_at, taken.ends_at
      FROM taken
      CROSS JOIN replaced
      CROSS JOIN (SELECT count(*) FROM uncoupled) AS uncoupling
    ),
    freed AS (
      -- An orphan leaves no slot behind: the schedule has no place for it.
      UPDATE slot
      SET status = CASE WHEN slot.orphaned_at IS NULL THEN 'free' ELSE 'withdrawn' END, orphaned_at = NULL
      FROM replaced
      WHERE slot.id = replaced.slot_id AND slot.status = 'busy'
    ),
    ${movedEntrySql({ at: now })},
    ${recordsSql(ctx, replacement)}`;
}

function recordsSql(ctx: Ctx, { replaced, by }: Replacement): Prisma.Sql {
  const { id, patientId, callId } = replaced;
  const version = replaced.version + 1;
  const body = versionBody({ ...replaced, status: 'moved' });
  const place = ({ slotId, serviceId, startsAt }: { slotId: string; serviceId: string; startsAt: Date }) => ({ slotId, serviceId, startsAt: startsAt.toISOString() });
  const facts = { version, replacedBy: by.appointmentId, from: place(replaced), to: place(by) };
  const before = { status: 'booked', version: replaced.version, ...facts.from };
  const after = { status: 'moved', version, replacedBy: by.appointmentId, ...facts.to };
  const event = callId ? Prisma.sql`moved_event AS (${eventSql(ctx, { callId, kind: 'moved', body: { appointmentId: id, by: ctx.actor.id, ...facts } })} FROM replaced),` : Prisma.empty;
  return Prisma.sql`
    moved_version AS (${versionSql(ctx, { appointmentId: id, version, body })} FROM replaced),
    ${event}
    moved_message AS (${messageSql(ctx, { topic: 'appointment.moved', body: { appointmentId: id, version, replacedBy: by.appointmentId } })} FROM replaced),
    moved_audit AS (${auditSql(ctx, { type: 'appointment.moved', subject: id, patientId, detail: { before, after, callId: by.callId } })} FROM replaced)`;
}
