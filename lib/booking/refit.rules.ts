import { minutesOver } from '@/lib/booking/timeframe.rules';

/** A booked appointment that would lose its place. */
export type Displaced = {
  appointmentId: string;
  patientId: string;
  serviceId: string;
  startsAt: Date;
  dueAt: Date | null;
  channel: string | null;
  /** Services besides its own that take this patient and need. */
  otherServiceIds: readonly string[];
};

/** A slot that is free now, or would be once the change is made; each entry is one place. Half-open `[startsAt, endsAt)`. */
export type FreeSlot = { scheduleId: string; serviceId: string; channel: string | null; startsAt: Date; endsAt: Date };

/** When a patient is somewhere else already; half-open. */
export type Engagement = { patientId: string; startsAt: Date; endsAt: Date };

/**
 * Where each appointment would fit best, by its id; those that fit nowhere are not in it. Of the same channel, for a patient who is
 * nowhere else then: first what is in time for the call, then the same service, then the nearest start, then the earlier. Whoever is
 * seen first chooses first, and no slot is chosen twice. Source: docs/rules.md#refit.
 */
export function bestFits(displaced: readonly Displaced[], free: readonly FreeSlot[], engagements: readonly Engagement[]): Map<string, FreeSlot> {
  const left = new Set(free);
  const engaged = [...engagements];
  const fits = new Map<string, FreeSlot>();
  for (const appointment of [...displaced].sort(bySeenFirst)) {
    const fit = bestOf([...left].filter((slot) => suits(appointment, slot, engaged)), appointment);
    if (!fit) continue;
    fits.set(appointment.appointmentId, fit);
    left.delete(fit);
    engaged.push({ patientId: appointment.patientId, startsAt: fit.startsAt, endsAt: fit.endsAt });
  }
  return fits;
}

function bySeenFirst(one: Displaced, other: Displaced): number {
  return one.startsAt.getTime() - other.startsAt.getTime() || one.appointmentId.localeCompare(other.appointmentId);
}

function suits({ patientId, serviceId, otherServiceIds, channel }: Displaced, slot: FreeSlot, engaged: readonly Engagement[]): boolean {
  if (slot.channel !== channel || (slot.serviceId !== serviceId && !otherServiceIds.includes(slot.serviceId))) return false;
  return !engaged.some((other) => other.patientId === patientId && other.startsAt < slot.endsAt && slot.startsAt < other.endsAt);
}

function bestOf(slots: readonly FreeSlot[], appointment: Displaced): FreeSlot | null {
  return slots.reduce<FreeSlot | null>((best, slot) => (best === null || isBetter(costOf(slot, appointment), costOf(best, appointment)) ? slot : best), null);
}

function costOf(slot: FreeSlot, { serviceId, startsAt, dueAt }: Displaced): readonly number[] {
  const isLate = minutesOver(slot.startsAt, dueAt) > 0;
  return [isLate ? 1 : 0, slot.serviceId === serviceId ? 0 : 1, Math.abs(slot.startsAt.getTime() - startsAt.getTime()), slot.startsAt.getTime()];
}

function isBetter(one: readonly number[], other: readonly number[]): boolean {
  const index = one.findIndex((cost, at) => cost !== other[at]);
  return index >= 0 && (one[index] ?? 0) < (other[index] ?? 0);
}
