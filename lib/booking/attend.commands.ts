import type { Ctx } from '@/lib/auth/actor';
import { isAdminOf, requirePermission } from '@/lib/auth/permissions';
import type { ChangeRequest } from '@/lib/booking/appointment.schema';
import { changeAppointment, type Changed } from '@/lib/booking/change.commands';
import { decideChange } from '@/lib/booking/rules';
import type { Refusal } from '@/lib/platform/errors';
import { refuse, type Result } from '@/lib/platform/result';

/**
 * Marks that the patient of a booked appointment is there, at any time: people come early.
 *
 * Refuses with `appointment-not-found`, also for a service that is not the actor's, `appointment-other-patient`,
 * `appointment-already-cancelled`, `appointment-changed` or `appointment-cannot-become`. Every refusal is audited. The same
 * request id gets the first answer again. Throws ForbiddenError without `appointment:attend`.
 */
export async function markArrived(ctx: Ctx, request: ChangeRequest): Promise<Result<Changed, Refusal>> {
  return attend(ctx, 'arrive', request);
}

/** Marks that a patient who arrived was seen, at any time. Refuses and throws as `markArrived`. */
export async function markFulfilled(ctx: Ctx, request: ChangeRequest): Promise<Result<Changed, Refusal>> {
  return attend(ctx, 'fulfil', request);
}

/**
 * Marks that nobody came to an appointment that has begun; its place stays used.
 * Refuses and throws as `markArrived`, and with `appointment-not-begun`.
 */
export async function markNoShow(ctx: Ctx, request: ChangeRequest): Promise<Result<Changed, Refusal>> {
  return attend(ctx, 'no-show', request);
}

/**
 * Takes back the last of these marks, one step at a time: seen becomes arrived, arrived and did not come become booked. Until the end of
 * the London day after the appointment's; what was marked stays in its versions and in the audit.
 *
 * Refuses and throws as `markArrived`, with `attendance-not-recorded` when there is nothing to undo, and with `appointment-in-past` later.
 */
export async function undoAttendance(ctx: Ctx, request: ChangeRequest): Promise<Result<Changed, Refusal>> {
  return attend(ctx, 'undo', request);
}

async function attend(ctx: Ctx, method: 'arrive' | 'fulfil' | 'no-show' | 'undo', request: ChangeRequest): Promise<Result<Changed, Refusal>> {
  requirePermission(ctx.actor, 'appointment:attend');

  return changeAppointment(ctx, {
    method,
    request,
    decide: async (appointment) => {
      // Whoever runs one service learns nothing about the appointments of another, not even that they are there.
      if (!isAdminOf(ctx.actor, appointment.serviceId)) return refuse({ code: 'appointment-not-found' });
      return decideChange(appointment, { method, ...request }, ctx.now);
    },
  });
}
