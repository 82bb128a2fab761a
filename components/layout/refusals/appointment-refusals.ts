import { dayAndTime, type WordsFor } from '@/components/layout/refusals/words';

type AppointmentRefusal =
  | 'appointment-not-found'
  | 'appointment-other-patient'
  | 'appointment-sealed'
  | 'appointment-in-past'
  | 'appointment-not-begun'
  | 'appointment-already-cancelled'
  | 'appointment-changed'
  | 'appointment-cannot-become'
  | 'attendance-not-recorded'
  | 'cancel-restricted'
  | 'move-to-same-slot'
  | 'outcome-unknown';

const STATE_WORDS: Readonly<Record<string, string>> = {
  booked: 'is booked',
  arrived: 'has arrived',
  fulfilled: 'was attended',
  noshow: 'was not attended',
  cancelled: 'was cancelled',
  moved: 'was moved',
  'entered-in-error': 'was entered in error',
};

const WANTED_WORDS: Readonly<Record<string, string>> = {
  amended: 'changed',
  arrived: 'arrived',
  fulfilled: 'attended',
  noshow: 'not attended',
  cancelled: 'cancelled',
  moved: 'moved',
  'entered-in-error': 'entered in error',
};

/** Changing an appointment that is booked. */
export const APPOINTMENT_REFUSALS: WordsFor<AppointmentRefusal> = {
  'appointment-not-found': () => ({
    title: 'This appointment cannot be found',
    todo: 'Check the reference with the caller, or find the appointment from the call that booked it.',
  }),
  'appointment-sealed': () => ({
    title: 'This appointment is sealed',
    todo: 'Nothing was changed. Open it with a reason first, or ask a clinician or supervisor to.',
  }),
  'appointment-other-patient': () => ({
    title: 'This appointment belongs to another patient',
    todo: 'Nothing was changed. Check the reference with the caller, and find the appointment again.',
  }),
  'appointment-in-past': ({ startsAt }, now) => ({
    title: `The appointment began ${dayAndTime(startsAt, now)} and cannot be changed any more`,
    todo: 'Nothing was changed. If the patient did not go, tell the service.',
  }),
  'appointment-not-begun': ({ startsAt }, now) => ({
    title: `The appointment only begins ${dayAndTime(startsAt, now)}`,
    todo: 'Nothing was changed. Wait until it has begun to mark that nobody came.',
  }),
  'appointment-already-cancelled': ({ at }, now) => ({
    title: `The appointment was already cancelled ${dayAndTime(at, now)}`,
    todo: 'There is nothing more to do. If the patient needs care, start a new call.',
  }),
  'appointment-changed': () => ({
    title: 'The appointment has changed since you looked',
    todo: 'Nothing was changed by you. Read it again as it is now, then decide.',
  }),
  'appointment-cannot-become': ({ status, wanted }) => ({
    title: `An appointment that ${STATE_WORDS[status] ?? 'has ended'} cannot be marked as ${WANTED_WORDS[wanted] ?? 'changed'}`,
    todo: 'Nothing was changed. Look at the appointment as it is now.',
  }),
  'attendance-not-recorded': ({ status }) => ({
    title: `There is nothing to undo: the appointment ${STATE_WORDS[status] ?? 'has ended'}`,
    todo: 'Nothing was changed. Look at the list as it is now.',
  }),
  'cancel-restricted': ({ serviceName, bookedBy }) => ({
    title: `${serviceName} lets only ${bookedBy}, who booked it, cancel`,
    todo: `Nothing was cancelled. Ring ${bookedBy} or the service, or tell the caller to.`,
  }),
  'move-to-same-slot': ({ startsAt }, now) => ({
    title: `The appointment is already ${dayAndTime(startsAt, now)} in that slot`,
    todo: 'Nothing was changed. Choose another slot, or keep the appointment as it is.',
  }),
  'outcome-unknown': () => ({
    title: 'Onward did not answer in time',
    todo: 'It is not known whether it was done. Send it again: it is never done twice, and you will see what is true.',
  }),
};
