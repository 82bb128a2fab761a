import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import type { InErrorRequest } from '@/lib/booking/appointment.schema';
import { changeAppointment, type Changed } from '@/lib/booking/change.commands';
import { decideChange } from '@/lib/booking/rules';
import type { Refusal } from '@/lib/platform/errors';
import type { Result } from '@/lib/platform/result';

/**
 * Marks an appointment that should never have been, of any time and in any live state: its slot is free, and its referral no
 * longer counts. What was wrong is kept with it. The same request id gets the first answer again.
 *
 * Refuses with `appointment-not-found`, `appointment-sealed`, `appointment-other-patient`, `appointment-already-cancelled`, `appointment-changed` or
 * `appointment-cannot-become`. Every refusal is audited. Throws ForbiddenError without `appointment:mark-in-error`.
 */
export async function markEnteredInError(ctx: Ctx, request: InErrorRequest): Promise<Result<Changed, Refusal>> {
  requirePermission(ctx.actor, 'appointment:mark-in-error');

  return changeAppointment(ctx, {
    method: 'enter-in-error',
    request,
    columns: { cancelText: request.text },
    decide: async (appointment) => decideChange(appointment, { method: 'enter-in-error', ...request }, ctx.now),
  });
}
