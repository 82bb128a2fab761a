import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import type { CancelRequest } from '@/lib/booking/appointment.schema';
import { decideBooker } from '@/lib/booking/booker.queries';
import { changeAppointment, type Changed } from '@/lib/booking/change.commands';
import { decideChange } from '@/lib/booking/rules';
import type { Refusal } from '@/lib/platform/errors';
import type { Result } from '@/lib/platform/result';

/**
 * Cancels the version of an appointment that was looked at, before it begins; its slot is free again at once. Any organisation
 * may, unless the service lets only the one that booked (U-104 to U-112). The same request id gets the first answer again.
 *
 * Refuses with `appointment-not-found`, `appointment-sealed`, `appointment-other-patient`, `appointment-already-cancelled`, `appointment-in-past`,
 * `appointment-changed`, `appointment-cannot-become` or `cancel-restricted`. Every refusal is audited. Throws ForbiddenError
 * without `appointment:cancel`.
 */
export async function cancelAppointment(ctx: Ctx, request: CancelRequest): Promise<Result<Changed, Refusal>> {
  requirePermission(ctx.actor, 'appointment:cancel');

  const { reason, text } = request;
  return changeAppointment(ctx, {
    method: 'cancel',
    request,
    columns: { cancelReason: reason, cancelText: text || null },
    detail: { reason },
    decide: async (appointment) => {
      const decided = decideChange(appointment, { method: 'cancel', ...request }, ctx.now);
      return decided.ok ? decideBooker(ctx, appointment) : decided;
    },
  });
}
