import type { ApiRefusal } from '@/components/layout/refusals/api-refusals';
import type { BorderRefusal } from '@/components/layout/refusals/border-refusals';
import type { RegistryRefusal } from '@/components/layout/refusals/registry-refusals';
import type { ScheduleRefusal } from '@/components/layout/refusals/schedule-refusals';
import type { RefusalCode } from '@/lib/platform/errors';

type StartRefusal =
  | `sign-in-${'wrong' | 'slowed'}`
  | `postcode-${'unknown' | 'not-covered'}`
  | `disposition-${'unknown' | 'ambiguous' | 'not-bookable'}`
  | `practice-${'unknown' | 'ambiguous'}`
  | 'patient-not-found';

/**
 * Why something was refused, for the record of a call, which keeps the code alone: what else the refusal said was true of that
 * moment only. Refusals from before a call is there never stand in one.
 */
const WORDS: Record<Exclude<RefusalCode, StartRefusal | ScheduleRefusal | Exclude<ApiRefusal, 'organisation-refused'> | Exclude<RegistryRefusal, `guard-${string}`> | Exclude<BorderRefusal, `border-${'refused' | 'approval-needed'}`>>, string> = {
  'patient-deceased': 'the register says that the patient has died',
  'call-not-found': 'the call could not be found',
  'call-with-colleague': 'a colleague had the call',
  'call-already-booked': 'the call had led to a booking already',
  'call-ended': 'the call had ended',
  'colleague-unknown': 'that colleague takes no calls here',
  'contacts-without-primary': 'there was no number to ring first',
  'skip-reason-needed': 'a service above was passed over without a reason',
  'skip-reason-invalid': 'a reason for passing a service over was not valid',
  'service-not-found': 'the service did not exist any more',
  'service-not-suitable': 'the service does not take this patient or this need',
  'service-booking-only': 'the service takes no referral without a booking',
  'slot-not-found': 'the slot did not exist any more',
  'slot-in-past': 'the slot had begun',
  'slot-withdrawn': 'the service had withdrawn the slot',
  'slot-kept-back': 'the service kept the slot for itself',
  'slot-not-open-yet': 'the service had not opened the slot for booking yet',
  'slot-notice-passed': 'it was too late to book the slot',
  'slot-taken': 'somebody else had booked the slot',
  'slot-held': 'another call held the slot',
  'hold-expired': 'the hold had run out',
  'hold-missing': 'the call held no slot',
  'hold-already-extended': 'the hold had been extended before',
  'organisation-refused': 'the service takes no bookings from this organisation',
  'service-not-bookable': 'the service takes no bookings here',
  'approval-needed': 'after the due time, and no clinician had approved it',
  'approver-not-clinician': 'the approver was no clinician of the organisation',
  'approver-is-self': 'the approver was the one who books',
  'notice-needed': 'after the due time, and the caller had not been told',
  'patient-overlap': 'the patient had an appointment at that time',
  'guard-choice-needed': 'the patient had another appointment, and nothing was chosen about it',
  'guard-two-moves': 'two appointments were to be moved to one slot',
  'border-refused': 'a rule of the commissioners refuses the booking across the border',
  'border-approval-needed': 'the booking across the border had not been approved',
  'appointment-not-found': 'the appointment could not be found',
  'appointment-sealed': 'the appointment was sealed, and had not been opened with a reason',
  'appointment-other-patient': 'the appointment belongs to another patient',
  'appointment-in-past': 'the appointment had begun',
  'appointment-not-begun': 'the appointment had not begun',
  'appointment-already-cancelled': 'the appointment had been cancelled before',
  'appointment-changed': 'the appointment had changed since it was looked at',
  'appointment-cannot-become': 'the appointment was not in a state for it',
  'cancel-restricted': 'the service lets only the booker cancel',
  'move-to-same-slot': 'the appointment was in that slot already',
  'attendance-not-recorded': 'there was no attendance to undo',
  'outcome-unknown': 'Onward did not answer in time',
};

/** The code of a refusal in words; the code itself when an older or newer version wrote it. */
export function refusedWords(code: string): string {
  return isKnown(code) ? WORDS[code] : code;
}

function isKnown(code: string): code is keyof typeof WORDS {
  return Object.hasOwn(WORDS, code);
}
