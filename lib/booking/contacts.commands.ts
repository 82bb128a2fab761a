import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { changeCall, lockOwnCall } from '@/lib/booking/call-lock.commands';
import { rankContacts } from '@/lib/patient/contacts.rules';
import type { TypedContact } from '@/lib/patient/contacts.schema';
import type { Refusal } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { ok, type Result } from '@/lib/platform/result';

/**
 * Replaces the numbers to ring of a call, open or booked, by rank (U-140 to U-144). The records keep how many there are,
 * never a number or a name.
 *
 * Refuses with `contacts-without-primary`, `call-not-found`, `call-with-colleague` or `call-ended`; the former contacts then
 * stand. Every refusal is audited. Throws ForbiddenError without `call:open`.
 */
export async function setContacts(ctx: Ctx, { callId, contacts }: { callId: string; contacts: readonly TypedContact[] }): Promise<Result<{ callId: string }, Refusal>> {
  requirePermission(ctx.actor, 'call:open');

  const ranked = rankContacts(contacts);
  return changeCall(ctx, { callId, change: 'contacts' }, async (tx) => {
    const locked = await lockOwnCall(tx, ctx, callId);
    if (!locked.ok) return locked;
    if (!ranked.ok) return ranked;
    const detail = { contacts: ranked.value.length, thirdParties: ranked.value.filter(({ isPatient }) => !isPatient).length };
    await tx.callContact.deleteMany({ where: { callId } });
    await tx.callContact.createMany({ data: ranked.value.map((contact) => ({ id: newId(), callId, ...contact })) });
    await tx.callEvent.create({ data: { callId, at: ctx.now, kind: 'contacts-set', body: detail } });
    await record(tx, ctx, { type: 'call.contacts-set', subject: callId, patientId: locked.value.patientId, detail });
    return ok(null);
  });
}
