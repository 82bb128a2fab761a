import { db } from '@/lib/platform/db';
import type { RefusalOf } from '@/lib/platform/errors';

type Wanted = { patient: { id: string }; slot: { startsAt: Date; endsAt: Date } };

/**
 * The refusal of a booking that overlaps another of the same patient: which one, and where; of a sealed one only when. `except`: ids of those
 * that it replaces, or is knowingly booked beside. Null when the other has gone since.
 */
export async function overlapOf({ patient, slot }: Wanted, except: readonly string[]): Promise<RefusalOf<'patient-overlap'> | null> {
  const found = await db.appointment.findFirst({
    where: { patientId: patient.id, releasedAt: null, startsAt: { lt: slot.endsAt }, endsAt: { gt: slot.startsAt }, id: { notIn: [...except] } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    select: { reference: true, startsAt: true, service: { select: { name: true } }, registryEntry: { select: { isSealed: true } } },
  });
  if (!found) return null;
  const { startsAt, reference, service, registryEntry } = found;
  const told = registryEntry?.isSealed ? { reference: null, serviceName: null } : { reference, serviceName: service.name };
  return { code: 'patient-overlap', startsAt, ...told };
}
