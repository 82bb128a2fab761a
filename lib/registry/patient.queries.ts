import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { PATIENT_COLUMNS, patientOf } from '@/lib/patient/queries';
import { db } from '@/lib/platform/db';
import { fromDateColumn } from '@/lib/platform/time';
import { hasAccessTo } from '@/lib/registry/access.queries';
import { namesakes } from '@/lib/registry/namesakes.queries';
import type { OpenedPatient, PatientSearch, RegisteredPatient } from '@/lib/registry/patient.schema';

/** The most patients that one search offers to choose from: one without an NHS number is written anew for each call. */
export const MAX_PATIENTS = 20;

const COLUMNS = { ...PATIENT_COLUMNS, deceasedOn: true } as const;

/**
 * The patients that were looked for, those with an NHS number first, then the newest; at most 20. Name and postcode are compared as the registry
 * recognises patients, without regard to case, accents, spaces and signs; nobody finds an unknown patient. Somebody who died is found too: their
 * appointments may still be asked for. Every search is audited, by ids and never by what was typed.
 * Throws ForbiddenError without `patient:find` or `registry:view`.
 */
export async function findPatients(ctx: Ctx, search: PatientSearch): Promise<RegisteredPatient[]> {
  requirePermission(ctx.actor, 'patient:find');
  requirePermission(ctx.actor, 'registry:view');

  const found = await db.patient.findMany({
    where: search.by === 'nhs-number' ? { nhsNumber: search.nhsNumber } : { id: { in: await namesakes(search) }, isUnknown: false },
    orderBy: [{ nhsNumber: { sort: 'asc', nulls: 'last' } }, { id: 'desc' }],
    take: MAX_PATIENTS,
    select: COLUMNS,
  });
  const [only] = found.length === 1 ? found : [];
  await record(db, ctx, {
    ...(found.length === 0 ? { type: 'patient.not-found' } : { type: 'patient.found', subject: only?.id, patientId: only?.id }),
    detail: { by: search.by, count: found.length, patients: found.map(({ id }) => id) },
  });
  return found.map(registered);
}

/**
 * A patient at whom the actor may look outside a call, since they gave a reason that still holds; null when none does. The look is audited.
 * Throws ForbiddenError without `registry:view`.
 */
export async function openedPatient(ctx: Ctx, patientId: string): Promise<OpenedPatient | null> {
  requirePermission(ctx.actor, 'registry:view');
  if (!(await hasAccessTo(ctx, patientId))) return null;

  const row = await db.patient.findUniqueOrThrow({
    where: { id: patientId },
    select: { ...COLUMNS, accesses: { where: { kind: 'patient', staffId: ctx.actor.id, at: { lte: ctx.now } }, orderBy: { expiresAt: 'desc' }, take: 1, select: { at: true, expiresAt: true } } },
  });
  const [access] = row.accesses;
  if (!access) throw new Error('there is a reason to look at this patient');
  await record(db, ctx, { type: 'patient.found', subject: patientId, patientId, detail: { by: 'reason', count: 1 } });
  return { ...registered(row), reasonAt: access.at, holdsUntil: access.expiresAt };
}

function registered({ deceasedOn, ...row }: Parameters<typeof patientOf>[0] & { deceasedOn: Date | null }): RegisteredPatient {
  return { patient: patientOf(row), deceasedOn: deceasedOn && fromDateColumn(deceasedOn) };
}
