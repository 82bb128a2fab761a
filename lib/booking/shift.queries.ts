import { appointmentStatus, slotStatus } from '@/lib/booking/schema';
import { STANDING } from '@/lib/booking/standing.queries';
import type { Tx } from '@/lib/platform/db';
import { fromDateColumn } from '@/lib/platform/time';

/** An appointment with all that goes on with it to another slot. */
export type Shiftable = NonNullable<Awaited<ReturnType<typeof shiftableFor>>>;

/** A slot that a service gives out itself. */
export type ShiftSlot = NonNullable<Awaited<ReturnType<typeof shiftSlotFor>>>;

/** The appointment with this id as it is given another slot, or null when there is none. Part of the caller's transaction. */
export async function shiftableFor(tx: Tx, id: string) {
  const row = await tx.appointment.findUnique({
    where: { id },
    select: {
      ...STANDING,
      bookedById: true,
      bookedThroughId: true,
      bookedByCode: true,
      approvedById: true,
      approvalReason: true,
      call: { select: { dueAt: true } },
      replacedBy: { select: { id: true } },
      borderDecision: true,
      patient: { select: { id: true, nhsNumber: true, familyName: true, birthDate: true, postcode: true, isUnknown: true } },
    },
  });
  if (!row) return null;
  const { replacedBy, patient, status, ...appointment } = row;
  return { ...appointment, status: appointmentStatus.parse(status), replacedById: replacedBy?.id ?? null, patient: { ...patient, birthDate: fromDateColumn(patient.birthDate) } };
}

/** The slot with this id, or null when there is none. Part of the caller's transaction. */
export async function shiftSlotFor(tx: Tx, id: string) {
  const row = await tx.slot.findUnique({
    where: { id },
    select: {
      ...{ id: true, serviceId: true, startsAt: true, endsAt: true, status: true, heldByCall: true, heldUntil: true },
      session: { select: { schedule: { select: { service: { select: { id: true, name: true, typeId: true, icbCode: true } } } } } },
    },
  });
  if (!row) return null;
  const { session, status, ...slot } = row;
  return { ...slot, service: session.schedule.service, status: slotStatus.parse(status) };
}
