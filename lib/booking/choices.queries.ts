import type { Ctx, StaffActor } from '@/lib/auth/actor';
import { requirePermission, type Permission } from '@/lib/auth/permissions';
import { replacedFor, type Replaced } from '@/lib/booking/booked.queries';
import { decideBooker } from '@/lib/booking/booker.queries';
import type { Guarded, OwnConflict } from '@/lib/booking/guard.queries';
import { decideChange } from '@/lib/booking/rules';
import { standingAppointment, type StandingAppointment } from '@/lib/booking/write-change.commands';
import { db } from '@/lib/platform/db';
import type { Choice, Chosen } from '@/lib/registry/guard.rules';
import type { GuardChoiceInput } from '@/lib/registry/guard.schema';

/** What a booking does about the patient's other appointments. */
export type Others = {
  chosen: readonly Chosen[];
  /** The appointment in whose place it comes: by a choice, or because the call was opened to move it. */
  replaces: Replaced | null;
  /** Cancelled together with the booking, in the order of their ids: of several, all wait for each other in one order. */
  cancels: readonly StandingAppointment[];
  /** Ids of the patient's appointments at the same time that it is knowingly booked beside. */
  keptBeside: readonly string[];
};

const PERMISSIONS: Record<Choice, Permission> = { keep: 'appointment:book', move: 'appointment:move', cancel: 'appointment:cancel' };

/** Throws ForbiddenError without the permission that each of the choices needs: what is done to an appointment besides is the same as doing it alone. */
export function requireChoices(actor: StaffActor, choices: readonly GuardChoiceInput[]): void {
  for (const { choice } of choices) requirePermission(actor, PERMISSIONS[choice]);
}

/**
 * What the choices about the conflicts of a booking come to, with the appointments to move and to cancel as they are now. `replaces`: the
 * one that the call was opened to move. Null when one of them changed since the guard looked.
 */
export async function othersOf(ctx: Ctx, { guarded, chosen, replaces }: { guarded: Guarded; chosen: readonly Chosen[]; replaces: Replaced | null }): Promise<Others | null> {
  const [toMove] = ownOf(guarded, chosen, 'move');
  const moved = toMove ? await movedOf(ctx, toMove) : null;
  if (toMove && !moved) return null;

  const cancels: StandingAppointment[] = [];
  for (const toCancel of ownOf(guarded, chosen, 'cancel')) {
    const cancelled = await cancelledOf(ctx, toCancel);
    if (!cancelled) return null;
    cancels.push(cancelled);
  }
  const kept = ownOf(guarded, chosen.filter(({ kinds }) => kinds.includes('overlap')), 'keep');
  return {
    chosen,
    replaces: moved ?? replaces,
    cancels: cancels.sort((a, b) => a.id.localeCompare(b.id)),
    keptBeside: kept.filter(({ isSamePatient }) => isSamePatient).map(({ appointmentId }) => appointmentId),
  };
}

function ownOf({ own }: Guarded, chosen: readonly Chosen[], wanted: Choice): OwnConflict[] {
  return chosen.filter(({ choice }) => choice === wanted).flatMap(({ entryId }) => own.get(entryId) ?? []);
}

// The patient is whoever the appointment is of: that it is the caller is the match's to say, by number, record, or a person who linked it.
async function movedOf({ now }: Ctx, { appointmentId, version }: OwnConflict): Promise<Replaced | null> {
  const replaced = await replacedFor(appointmentId);
  return replaced && decideChange(replaced, { method: 'move', patientId: replaced.patientId, version }, now).ok ? replaced : null;
}

async function cancelledOf(ctx: Ctx, { appointmentId, version }: OwnConflict): Promise<StandingAppointment | null> {
  const standing = await standingAppointment(db, appointmentId);
  if (!standing || !decideChange(standing, { method: 'cancel', patientId: standing.patientId, version }, ctx.now).ok) return null;
  return (await decideBooker(ctx, standing)).ok ? standing : null;
}
