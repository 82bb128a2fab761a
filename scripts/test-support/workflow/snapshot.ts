import type { AppointmentStatus, CallState } from '@/lib/booking/schema';
import type { ActorName } from './steps';

/** `replaces`: the slot of the one that was moved. */
export type AppointmentNow = { call: number; slot: number; status: AppointmentStatus; version: number; replaces: number | null };

/** What must be equal in the model and in the database after every step. Slots and calls by number; times in minutes. */
export type Snapshot = {
  slots: readonly { bookedBy: number | null; heldBy: number | null; heldUntil: number | null; isExtended: boolean }[];
  calls: readonly { state: CallState; handler: ActorName }[];
  /** In no order: of two made at once either may be the first. */
  appointments: readonly AppointmentSeen[];
};
export type AppointmentSeen = AppointmentNow & { hasReferral: boolean };

/** Appointments in one order, whatever the order in which they were made. */
export function inAnyOrder(appointments: readonly AppointmentSeen[]): AppointmentSeen[] {
  return appointments.toSorted((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}

/** Those that give their slot back. */
const ENDS: ReadonlySet<AppointmentStatus> = new Set(['cancelled', 'moved', 'entered-in-error']);

/** Whether an appointment has its slot. */
export function isStanding({ status }: AppointmentNow): boolean {
  return !ENDS.has(status);
}
