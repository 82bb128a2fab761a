import { isStanding, type AppointmentNow } from './snapshot';
import { CALLS, SLOT_MINUTES, startOf, type Step, type TakenStep } from './steps';

/** The appointment of the patient's other call, while it is not over: all have one disposition, and are within hours. */
export function conflictOf(appointments: readonly AppointmentNow[], call: number, now: number): AppointmentNow | null {
  const isConflict = ({ status, slot }: AppointmentNow) => (status === 'booked' || status === 'arrived') && startOf(slot) + SLOT_MINUTES > now;
  return appointments.find((each) => each.call !== call && isSamePatient(each.call, call) && isConflict(each)) ?? null;
}

/** That appointment as whoever acts sees it before. */
export function seenOther(appointments: readonly AppointmentNow[], { call, isStale }: Step, now: number): TakenStep['other'] {
  const other = conflictOf(appointments, call, now);
  return other && { call: other.call, nth: ofCall(appointments, other.call).indexOf(other), version: other.version + (isStale ? 1 : 0) };
}

/** Chosen about this appointment in this version, and what may be: one that has begun, or whose patient is there, can only be kept. */
export function isChosen(appointments: readonly AppointmentNow[], { besides, other: seen }: TakenStep, { other, isMove, now }: { other: AppointmentNow; isMove: boolean; now: number }): boolean {
  if (besides === null || seen === null || ofCall(appointments, seen.call)[seen.nth] !== other || seen.version !== other.version) return false;
  if (besides === 'keep') return true;
  return other.status === 'booked' && startOf(other.slot) > now && !(isMove && besides === 'move');
}

/** Whether the patient has a standing appointment at that time, whatever the guard asks about. */
export function overlaps(appointments: readonly AppointmentNow[], { call, slot }: Step, except: readonly (AppointmentNow | null)[]): boolean {
  return appointments.some((other) => !except.includes(other) && isStanding(other) && isSamePatient(other.call, call) && startOf(other.slot) === startOf(slot));
}

function ofCall(appointments: readonly AppointmentNow[], call: number): AppointmentNow[] {
  return appointments.filter((each) => each.call === call);
}

function isSamePatient(one: number, other: number): boolean {
  return CALLS[one]?.patient === CALLS[other]?.patient;
}
