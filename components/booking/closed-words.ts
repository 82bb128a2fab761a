import { dayAndTime } from '@/components/layout/refusals/words';
import { STATUSES } from '@/components/booking/status-words';
import type { Appointment } from '@/lib/booking/appointment.schema';
import { canMove } from '@/lib/booking/transitions.rules';

/** Why an appointment can no longer be moved, changed or cancelled: it is not booked any more, or has begun; null while it can. */
export function closedWords({ status, startsAt }: Pick<Appointment, 'status' | 'startsAt'>, now: Date): string | null {
  if (status !== 'booked') return `The status of this appointment is “${STATUSES[status].words}”: it cannot be changed any more`;
  return startsAt > now ? null : `This appointment began ${dayAndTime(startsAt, now)}: it cannot be changed any more`;
}

/** Why an appointment can no longer be marked as entered in error; null while it can. */
export function endedWords({ status }: Pick<Appointment, 'status'>): string | null {
  return canMove('appointment', status, 'entered-in-error') ? null : `The status of this appointment is “${STATUSES[status].words}”: it cannot be marked any more`;
}
