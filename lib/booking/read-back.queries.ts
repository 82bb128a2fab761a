import { z } from 'zod';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/id';

/** Which lines of the read-back of an appointment were ticked, and when; null when none was recorded. */
export type ReadBackDone = { at: Date; lines: readonly string[] };

const readBackBody = z.object({ lines: z.array(z.string()) });

/**
 * The lines of an appointment that were last recorded as read to the caller, by their labels, in a call of the actor's own
 * organisation; null when none were. Nothing of the patient is read, so it is not audited. Throws ForbiddenError without
 * `call:open`.
 */
export async function readBackOf(ctx: Ctx, { callId, appointmentId }: { callId: string; appointmentId: string }): Promise<ReadBackDone | null> {
  requirePermission(ctx.actor, 'call:open');
  if (!isId(callId)) return null;

  // An appointment that replaced another in the same call has its own read-back.
  const event = await db.callEvent.findFirst({
    where: { callId, kind: 'read-back', body: { path: ['appointmentId'], equals: appointmentId }, call: { organisationCode: ctx.actor.organisation.code } },
    orderBy: { seq: 'desc' },
    select: { at: true, body: true },
  });
  return event && { at: event.at, lines: readBackBody.parse(event.body).lines };
}
