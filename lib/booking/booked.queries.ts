import type { Ctx, SystemActor } from '@/lib/auth/actor';
import { appointmentStatus } from '@/lib/booking/schema';
import { STANDING } from '@/lib/booking/standing.queries';
import { db, type Tx } from '@/lib/platform/db';
import type { RefusalOf } from '@/lib/platform/errors';
import { isId } from '@/lib/platform/id';

/** What a booking led to. `isRepeat`: the same request had been carried out before, and this is its first answer. */
export type Booked = { appointmentId: string; reference: string; bookedAt: Date; isRepeat: boolean };

/** How another system asks for a booking, and for a change. */
export type DirectMethod = 'POST' | 'PUT';

/** The appointment that a move is to replace, as it was when the move was decided. */
export type Replaced = NonNullable<Awaited<ReturnType<typeof replacedFor>>>;

/** The refusal of a second booking in a call that has led to one, or null when it has not. */
export async function bookedAlready(tx: Tx, callId: string): Promise<RefusalOf<'call-already-booked'> | null> {
  const found = await tx.appointment.findFirst({
    where: { callId },
    orderBy: [{ releasedAt: { sort: 'desc', nulls: 'first' } }, { bookedAt: 'desc' }],
    select: { id: true, reference: true, bookedAt: true },
  });
  return found && { code: 'call-already-booked', appointmentId: found.id, reference: found.reference, bookedAt: found.bookedAt };
}

/** What this request of the same person led to when it was first carried out, or null. */
export async function earlierBooking({ actor }: Ctx, { method, requestId }: { method: 'book' | 'move' | 'rebook'; requestId: string }): Promise<Booked | null> {
  const inbound = await db.inboundRequest.findUnique({
    where: { door_sender_method_requestId: { door: 'screen', sender: actor.id, method, requestId } },
    select: { answer: true },
  });
  if (!inbound) return null;
  const appointment = await db.appointment.findUniqueOrThrow({ where: { id: inbound.answer }, select: { id: true, reference: true, bookedAt: true } });
  return { appointmentId: appointment.id, reference: appointment.reference, bookedAt: appointment.bookedAt, isRepeat: true };
}

/**
 * What the request of another system that carried this correlation id led to when it was first carried out, in the version that it made; null
 * when there was none, when it failed, or when the request carries no id. Ids are kept for each client and method (B-043 to B-046).
 */
export async function earlierDirect({ actor, correlationId = null }: Ctx<SystemActor>, method: DirectMethod): Promise<{ appointmentId: string; version: number } | null> {
  if (correlationId === null) return null;
  const inbound = await db.inboundRequest.findUnique({
    where: { door_sender_method_requestId: { door: 'stu3', sender: actor.id, method, requestId: correlationId } },
    select: { answer: true },
  });
  return inbound && versionAnswered(inbound.answer);
}

/** The version of an appointment that a request led to, as `inbound_request` keeps it. */
export function versionAnswered(answer: string): { appointmentId: string; version: number } {
  const [appointmentId = '', version] = answer.split(':');
  return { appointmentId, version: Number(version) };
}

/** The appointment with this id as a move is decided on it, or null when there is none. */
export async function replacedFor(id: string) {
  if (!isId(id)) return null;
  const row = await db.appointment.findUnique({
    where: { id },
    select: STANDING,
  });
  return row && { ...row, status: appointmentStatus.parse(row.status) };
}
