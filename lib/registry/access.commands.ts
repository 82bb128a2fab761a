import { record } from '@/lib/audit/record';
import type { AuditType } from '@/lib/audit/events';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { db } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { addMinutes } from '@/lib/platform/time';
import { transact } from '@/lib/platform/transact';
import { ACCESS_MINUTES, type AccessReasonInput } from '@/lib/registry/access.schema';

/** A look to be let in: at a sealed entry, or at what a patient has. */
type Look = { kind: 'sealed' | 'patient'; patientId: string | null; entryId: string | null };

/**
 * Opens a sealed entry to the actor alone, for 30 minutes from now, for a reason that the auditor reads. One that is not sealed needs
 * no reason, and none is kept.
 *
 * Refuses with `entry-not-found`, which is audited. Throws ForbiddenError without `registry:open-sealed`.
 */
export async function openEntry(ctx: Ctx, { entryId, ...reason }: { entryId: string } & AccessReasonInput): Promise<Result<null, Refusal>> {
  requirePermission(ctx.actor, 'registry:open-sealed');

  const entry = await entryOf(entryId);
  if (!entry) return refuseLook(ctx, { type: 'registry.open-refused', subject: entryId, refusal: { code: 'entry-not-found' } });
  if (!entry.isSealed) return ok(null);
  return letIn(ctx, { type: 'registry.opened', look: { kind: 'sealed', patientId: entry.patientId, entryId }, reason });
}

/**
 * Lets the actor look at what a patient has, outside a call, for 30 minutes from now, for a reason that the auditor reads. What is
 * sealed stays so.
 *
 * Refuses with `patient-not-found`, which is audited. Throws ForbiddenError without `registry:view`.
 */
export async function openPatient(ctx: Ctx, { patientId, ...reason }: { patientId: string } & AccessReasonInput): Promise<Result<null, Refusal>> {
  requirePermission(ctx.actor, 'registry:view');

  const patient = await db.patient.findUnique({ where: { id: patientId }, select: { id: true } });
  if (!patient) return refuseLook(ctx, { type: 'patient.view-refused', subject: patientId, refusal: { code: 'patient-not-found' } });
  return letIn(ctx, { type: 'patient.viewed', look: { kind: 'patient', patientId, entryId: null }, reason });
}

// The patient of an entry that another organisation registered is known here when its NHS number is.
async function entryOf(entryId: string): Promise<{ isSealed: boolean; patientId: string | null } | null> {
  const entry = await db.registryEntry.findUnique({ where: { id: entryId }, select: { isSealed: true, nhsNumber: true, appointment: { select: { patientId: true } } } });
  if (!entry) return null;
  const { isSealed, nhsNumber, appointment } = entry;
  if (appointment) return { isSealed, patientId: appointment.patientId };
  const patient = nhsNumber ? await db.patient.findUnique({ where: { nhsNumber }, select: { id: true } }) : null;
  return { isSealed, patientId: patient?.id ?? null };
}

async function letIn(ctx: Ctx, { type, look, reason: { why, whyText } }: { type: AuditType; look: Look; reason: AccessReasonInput }): Promise<Result<null, Refusal>> {
  const id = newId();
  return transact(async (tx) => {
    await tx.registryAccess.create({
      data: { id, ...look, staffId: ctx.actor.id, reason: why, text: whyText || null, at: ctx.now, expiresAt: addMinutes(ctx.now, ACCESS_MINUTES) },
    });
    await record(tx, ctx, { type, subject: look.entryId ?? id, patientId: look.patientId ?? undefined, detail: { access: id, reason: why } });
    return ok(null);
  });
}

async function refuseLook(ctx: Ctx, { type, subject, refusal }: { type: AuditType; subject: string; refusal: Refusal }): Promise<Result<null, Refusal>> {
  await record(db, ctx, { type, subject, detail: { code: refusal.code } });
  return refuse(refusal);
}
