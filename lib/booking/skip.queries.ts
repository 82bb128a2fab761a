import { hasRole, type Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { passedOver, suggestedReason, type ShownService } from '@/lib/booking/skip.rules';
import type { RejectReason, SkipNeeded } from '@/lib/booking/skip.schema';
import { db, type Tx } from '@/lib/platform/db';
import { isId } from '@/lib/platform/id';

/**
 * The services above the chosen one, in the order that the call was last shown, that have no reason yet (D-052), each with
 * the reason that the facts suggest (D-054). None in a call that moves an appointment, that was shown nothing, or that is of
 * another organisation. Throws ForbiddenError without `directory:search`.
 */
export async function skipsNeeded(ctx: Ctx, { callId, serviceId }: { callId: string; serviceId: string }): Promise<SkipNeeded[]> {
  requirePermission(ctx.actor, 'directory:search');

  const shown = await shownServices(db, ctx, callId);
  const chosen = shown.find(({ id }) => id === serviceId) ?? null;
  return passedOver(shown, serviceId)
    .filter(({ reasonId }) => reasonId === null)
    .map((service) => ({ serviceId: service.id, serviceName: service.name, suggestedId: suggestedReason(service, chosen) }));
}

/**
 * The reject reasons that this person may give, by number: those for clinicians only are left out for others (D-053). Throws
 * ForbiddenError without `directory:search`.
 */
export async function rejectReasons(ctx: Ctx): Promise<RejectReason[]> {
  requirePermission(ctx.actor, 'directory:search');

  const isClinician = hasRole(ctx.actor, 'clinician');
  return (await everyRejectReason(db)).filter(({ clinicianOnly }) => isClinician || !clinicianOnly);
}

/** The twelve reject reasons, by number. */
export function everyRejectReason(tx: Tx): Promise<RejectReason[]> {
  return tx.rejectReason.findMany({ select: { id: true, text: true, requiresComment: true, clinicianOnly: true }, orderBy: { id: 'asc' } });
}

/**
 * What a call of the actor's own organisation was last shown, in that order, with the reasons given so far; nothing where no
 * reason is asked for, because nothing was shown or because an appointment that stands is moved.
 */
export async function shownServices(tx: Tx, { actor, now }: Ctx, callId: string): Promise<ShownService[]> {
  if (!isId(callId)) return [];
  // Raw: the order is inside the record of the call; one statement, on the path of every hold.
  return tx.$queryRaw<ShownService[]>`
    SELECT service.id, service.name, (shown.facts ->> 'freeInTime')::int AS "freeInTime", (shown.facts ->> 'distanceMiles')::float8 AS "distanceMiles",
      call_skip.reason_id AS "reasonId", call_skip.comment
    FROM call
    CROSS JOIN LATERAL (
      SELECT body
      FROM call_event
      WHERE call_event.call_id = call.id AND kind = 'services-shown'
      ORDER BY seq DESC
      LIMIT 1
    ) AS last_shown
    CROSS JOIN LATERAL jsonb_array_elements(last_shown.body -> 'services') WITH ORDINALITY AS shown (facts, position)
    JOIN service ON service.id = (shown.facts ->> 'id')::uuid
    LEFT JOIN call_skip ON call_skip.call_id = call.id AND call_skip.service_id = service.id
    WHERE call.id = ${callId}::uuid AND call.organisation_code = ${actor.organisation.code}
      AND NOT EXISTS (SELECT FROM appointment WHERE id = call.moves_id AND status = 'booked' AND starts_at > ${now}::timestamptz)
      AND NOT EXISTS (
        SELECT
        FROM appointment
        WHERE call_id = call.id AND released_at IS NULL AND status = 'booked' AND starts_at > ${now}::timestamptz)
    ORDER BY shown.position`;
}
