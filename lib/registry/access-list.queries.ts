import { record } from '@/lib/audit/record';
import { ROLES, type Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { fullName } from '@/lib/patient/rules';
import { db, type Prisma } from '@/lib/platform/db';
import { addDays, startOfLondonDay } from '@/lib/platform/time';
import { isAccessReason } from '@/lib/registry/access-reason.schema';
import { ACCESS_KINDS, type AccessLine, type AccessSearch } from '@/lib/registry/access-list.rules';

export const LOOKS_A_PAGE = 50;

const LOOK = {
  id: true,
  at: true,
  kind: true,
  reason: true,
  text: true,
  staff: { select: { name: true, organisation: { select: { name: true } }, roles: { select: { role: true } } } },
  patient: { select: { id: true, nhsNumber: true, givenName: true, familyName: true, isUnknown: true } },
  entry: { select: { nhsNumber: true, patientDisplay: true } },
} satisfies Prisma.RegistryAccessSelect;

type Row = Prisma.RegistryAccessGetPayload<{ select: typeof LOOK }>;

/**
 * The looks that needed a reason, latest first, 50 a page, and how many there are on all pages. They name patients: each look at the
 * list is audited, with whom it showed. Throws ForbiddenError without `access:review`.
 */
export async function accessList(ctx: Ctx, search: AccessSearch): Promise<{ lines: AccessLine[]; total: number }> {
  requirePermission(ctx.actor, 'access:review');

  const { kind, from, to, page } = search;
  const at = { ...(from ? { gte: startOfLondonDay(from) } : {}), ...(to ? { lt: startOfLondonDay(addDays(to, 1)) } : {}) };
  const where = { at, ...(kind ? { kind } : {}) };
  const [rows, total] = await Promise.all([
    db.registryAccess.findMany({ where, orderBy: [{ at: 'desc' }, { id: 'desc' }], skip: (page - 1) * LOOKS_A_PAGE, take: LOOKS_A_PAGE, select: LOOK }),
    db.registryAccess.count({ where }),
  ]);
  const patients = [...new Set(rows.flatMap(({ patient }) => patient?.id ?? []))];
  await record(db, ctx, { type: 'access.reviewed', detail: { kind, from, to, page, count: rows.length, patients } });
  return { lines: rows.map(lineOf), total };
}

function lineOf({ id, at, kind, reason, text, staff, patient, entry }: Row): AccessLine {
  const known = ACCESS_KINDS.find((each) => each === kind);
  if (!known || !isAccessReason(reason)) throw new Error('a look of an unknown kind or for an unknown reason');
  const roles = ROLES.filter((role) => staff.roles.some((grant) => grant.role === role));
  return {
    ...{ id, at, kind: known, reason, text },
    staff: { name: staff.name, organisation: staff.organisation.name, roles },
    patient: { nhsNumber: patient?.nhsNumber ?? entry?.nhsNumber ?? null, name: patient ? fullName(patient) : (entry?.patientDisplay ?? null) },
  };
}
