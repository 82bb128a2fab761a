import { db } from '@/lib/platform/db';
import type { RefusalOf } from '@/lib/platform/errors';

type Wanted = { patient: { id: string }; slot: { startsAt: Date; endsAt: Date } };

/**
 * The refusal of a booking that overlaps another of the same patient: which one, and where. The appointment that it replaces
 * is no overlap. Null when the other has gone since.
 */
export async function overlapOf({ patient, slot }: Wanted, replaces: { id: string } | null): Promise<RefusalOf<'patient-overlap'> | null> {
  const found = await db.appointment.findFirst({
    where: {
      ...{ patientId: patient.id, releasedAt: null, overlapAccepted: false, startsAt: { lt: slot.endsAt }, endsAt: { gt: slot.startsAt } },
      ...(replaces ? { id: { not: replaces.id } } : {}),
    },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    select: { reference: true, startsAt: true, service: { select: { name: true } } },
  });
  return found && { code: 'patient-overlap', reference: found.reference, startsAt: found.startsAt, serviceName: found.service.name };
}
