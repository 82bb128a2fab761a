import type { Ctx } from '@/lib/auth/actor';
import type { Approver } from '@/lib/booking/timeframe.rules';
import { db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/id';

/** Who is said to have approved a booking, by staff id, as the rules ask about them; null when nobody is named. */
export async function approverOf({ actor }: Ctx, staffId: string): Promise<Approver | null> {
  if (staffId === '') return null;
  if (staffId === actor.id) return { isSelf: true, isClinician: false };
  const found = isId(staffId)
    ? await db.staff.findFirst({
        where: { id: staffId, organisationCode: actor.organisation.code, isActive: true, roles: { some: { role: 'clinician' } } },
        select: { id: true },
      })
    : null;
  return { isSelf: false, isClinician: found !== null };
}
