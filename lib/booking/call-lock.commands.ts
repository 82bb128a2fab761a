import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { bookedAlready } from '@/lib/booking/booked.queries';
import { callState, type CallState } from '@/lib/booking/schema';
import { db, type Tx } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { isId } from '@/lib/platform/id';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { transact } from '@/lib/platform/transact';

/** A call as it is while its row is locked. */
export type LockedCall = { id: string; state: CallState; handlerId: string; handlerName: string; patientId: string; endedAt: Date | null };

type Locked = Result<LockedCall, Refusal>;

/** Which change of a call is tried, for the audit of a refusal. */
type CallChange = { callId: string; change: 'contacts' | 'hand-over' | 'take-over' | 'close' | 'read-back' };

/**
 * Changes a call in one transaction, under the lock that `work` takes. A refusal rolls everything back, is audited and
 * returned.
 */
export async function changeCall(ctx: Ctx, { callId, change }: CallChange, work: (tx: Tx) => Promise<Result<unknown, Refusal>>): Promise<Result<{ callId: string }, Refusal>> {
  const outcome = await transact(work);
  if (outcome.ok) return ok({ callId });
  await record(db, ctx, { type: 'call.refused', subject: callId, detail: { code: outcome.error.code, change } });
  return outcome;
}

/**
 * Locks a call that its handler may still decide: of the actor, and open. The lock lasts until the transaction ends, and
 * whoever books, holds, closes or hands over the call takes the same one.
 *
 * Refuses with `call-not-found`, `call-with-colleague`, `call-already-booked` or `call-ended`.
 */
export async function lockOpenCall(tx: Tx, ctx: Ctx, callId: string): Promise<Locked> {
  const locked = await lockOwnCall(tx, ctx, callId);
  if (!locked.ok || locked.value.state !== 'booked') return locked;
  const booked = await bookedAlready(tx, callId);
  if (!booked) throw new Error('a booked call has no appointment');
  return refuse(booked);
}

/** Locks a call of the actor that is open or booked. Refuses with `call-not-found`, `call-with-colleague` or `call-ended`. */
export async function lockOwnCall(tx: Tx, ctx: Ctx, callId: string): Promise<Locked> {
  const locked = await lockLiveCall(tx, ctx, callId);
  if (!locked.ok || locked.value.handlerId === ctx.actor.id) return locked;
  return refuse({ code: 'call-with-colleague', handlerName: locked.value.handlerName });
}

/** Locks a call of the actor's organisation that is open or booked, whoever has it. Refuses with `call-not-found` or `call-ended`. */
export async function lockLiveCall(tx: Tx, { actor }: Ctx, callId: string): Promise<Locked> {
  if (!isId(callId)) return refuse({ code: 'call-not-found' });
  // Raw: the typed interface has no row locks. The name is no join: whoever waits here while the call is handed over would
  // join the new handler with the former one's row, and find no call at all.
  const [row] = await tx.$queryRaw<(Omit<LockedCall, 'state'> & { state: string })[]>`
    SELECT id, state, handler_id AS "handlerId", (SELECT name FROM staff WHERE staff.id = call.handler_id) AS "handlerName",
      patient_id AS "patientId", ended_at AS "endedAt"
    FROM call
    WHERE id = ${callId}::uuid AND organisation_code = ${actor.organisation.code}
    FOR NO KEY UPDATE`;
  if (!row) return refuse({ code: 'call-not-found' });

  const call = { ...row, state: callState.parse(row.state) };
  if ((call.state === 'referred' || call.state === 'closed') && call.endedAt) return refuse({ code: 'call-ended', state: call.state, endedAt: call.endedAt });
  return ok(call);
}
