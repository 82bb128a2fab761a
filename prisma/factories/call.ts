import type { Ctx } from '@/lib/auth/actor';
import type { CancelRequest, ChangeRequest } from '@/lib/booking/appointment.schema';
import type { BookingRequest } from '@/lib/booking/schema';
import { db, type Prisma } from '@/lib/platform/db';
import type { GuardConflict } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import type { GuardChoiceInput } from '@/lib/registry/guard.schema';
import { aPatient } from './patient';
import { aFreeSlot } from './slot';

type CallOptions = Partial<Omit<Prisma.CallUncheckedCreateInput, 'organisationCode' | 'handlerId' | 'contacts'>>;

/** An open call of this handler: Dx05, two hours from now, for somebody at home in Leeds, whose own number is rung first. */
export async function aCall({ actor, now }: Ctx, given: CallOptions = {}) {
  return db.call.create({
    data: {
      id: newId(),
      dispositionCode: 'Dx05',
      dispositionAt: now,
      dueAt: addMinutes(now, 120),
      postcode: 'LS1 4AP',
      latitude: 53.7965,
      longitude: -1.5478,
      icbCode: 'QWO',
      country: 'E',
      placePrecision: 'postcode',
      isAtHome: true,
      openedAt: now,
      ...given,
      patientId: given.patientId ?? (await aPatient()).id,
      contacts: { create: { id: newId(), rank: 1, isPatient: true, phone: '07700 900153' } },
      organisationCode: actor.organisation.code,
      handlerId: actor.id,
    },
  });
}

/** A slot that a new call holds for five minutes, and the form that books it. */
export async function aHeldSlot(ctx: Ctx, { call: callOptions = {}, slot: slotOptions = {} }: { call?: CallOptions; slot?: Parameters<typeof aFreeSlot>[0] } = {}) {
  const call = await aCall(ctx, callOptions);
  const free = await aFreeSlot(slotOptions);
  const slot = await db.slot.update({ where: { id: free.id }, data: { heldByCall: call.id, heldUntil: addMinutes(ctx.now, 5) } });
  return { call, slot, request: aBookingRequest(call.id, slot.id) };
}

/** What the check-and-book form sends for a slot in time, with a request id of its own. */
export function aBookingRequest(callId: string, slotId: string): BookingRequest {
  return { callId, slotId, requestId: newId(), reason: 'Sore throat for three days', approvedBy: '', approvalReason: '', choices: [] };
}

/** What the same form sends about another appointment that the guard showed; kept ones for a reason. */
export function aChoice({ entryId, version }: Pick<GuardConflict, 'entryId' | 'version'>, choice: GuardChoiceInput['choice'] = 'keep'): GuardChoiceInput {
  return { entryId, version, choice, reason: choice === 'keep' ? 'A different problem' : '' };
}

/** What every form about the first version of an appointment sends, with a request id of its own. */
export function aChangeRequest({ id, patientId }: { id: string; patientId: string }): ChangeRequest {
  return { appointmentId: id, patientId, version: 1, requestId: newId() };
}

/** What the cancel form sends for the first version of an appointment. */
export function aCancelRequest(appointment: { id: string; patientId: string }): CancelRequest {
  return { ...aChangeRequest(appointment), reason: 'patient-better', text: '' };
}
