import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import type { AmendRequest } from '@/lib/booking/appointment.schema';
import { changeAppointment, type Changed } from '@/lib/booking/change.commands';
import { decideChange } from '@/lib/booking/rules';
import type { Refusal } from '@/lib/platform/errors';
import type { Result } from '@/lib/platform/result';

/**
 * Gives a booked appointment that has not begun another reason text, as a new version (U-118). The text that it has already
 * changes nothing and makes no version. The same request id gets the first answer again.
 *
 * Refuses with `appointment-not-found`, `appointment-sealed`, `appointment-other-patient`, `appointment-already-cancelled`, `appointment-in-past`,
 * `appointment-changed` or `appointment-cannot-become`. Every refusal is audited. Throws ForbiddenError without
 * `appointment:amend`.
 */
export async function amendReason(ctx: Ctx, request: AmendRequest): Promise<Result<Changed, Refusal>> {
  requirePermission(ctx.actor, 'appointment:amend');

  return changeAppointment(ctx, {
    method: 'amend',
    request,
    columns: { reason: request.reason },
    decide: async (appointment) => decideChange(appointment, { method: 'amend', ...request }, ctx.now),
  });
}
