import { clipped, dayAndTime, listWords, type WordsFor } from '@/components/layout/refusals/words';
import type { RefusalOf } from '@/lib/platform/errors';

type CallRefusal =
  | 'patient-not-found'
  | 'patient-deceased'
  | 'postcode-unknown'
  | 'postcode-not-covered'
  | 'disposition-unknown'
  | 'disposition-ambiguous'
  | 'practice-unknown'
  | 'practice-ambiguous'
  | 'call-not-found'
  | 'call-with-colleague'
  | 'call-already-booked'
  | 'call-ended'
  | 'colleague-unknown'
  | 'contacts-without-primary'
  | 'disposition-not-bookable'
  | 'skip-reason-needed'
  | 'skip-reason-invalid'
  | 'service-not-found'
  | 'service-not-suitable'
  | 'service-booking-only';

const SKIP_FAULTS: Record<RefusalOf<'skip-reason-invalid'>['why'], (reason: string) => string> = {
  'comment-needed': (reason) => `The reason “${reason}” needs a few words more`,
  'clinicians-only': (reason) => `Only a clinician may give the reason “${reason}”`,
  unknown: () => 'That is not one of the reasons',
};

const UNSUITABLE: Record<RefusalOf<'service-not-suitable'>['check'], string> = {
  disposition: 'this disposition',
  age: 'patients of this age',
  gender: 'patients of this sex',
  role: 'referrals from your role',
  area: 'patients from this area',
  practices: 'patients of this GP practice',
  symptoms: 'these symptoms',
};

/** Starting a call, and what happens in it besides slots. */
export const CALL_REFUSALS: WordsFor<CallRefusal> = {
  'patient-not-found': () => ({
    title: 'No patient has this NHS number',
    todo: 'Check the number with the caller, or type in the patient’s details without it.',
  }),
  'patient-deceased': () => ({
    title: 'The register says that this patient has died',
    todo: 'Check the NHS number with the caller. If it is right and the register is wrong, type in the details without the number, and tell your supervisor.',
  }),
  'postcode-unknown': ({ postcode }) => ({
    title: `There is no postcode ${clipped(postcode)}`,
    todo: 'Check it with the caller. The first half alone, such as LS1, also works; distances are then approximate.',
  }),
  'postcode-not-covered': ({ postcode, nation }) => ({
    title: `${clipped(postcode)} is in ${nation}, which Onward does not cover`,
    todo: 'If the patient is somewhere else now, use that postcode. If not, follow your local procedure for callers from there.',
  }),
  'disposition-unknown': ({ typed }) => ({
    title: `There is no disposition “${clipped(typed)}”`,
    todo: 'Type a code such as Dx05 or some of its words, and choose from the list.',
  }),
  'disposition-ambiguous': ({ typed }) => ({
    title: `“${clipped(typed)}” fits several dispositions`,
    todo: 'Choose the one that the triage ended with.',
  }),
  'practice-unknown': ({ typed }) => ({
    title: `There is no GP practice “${clipped(typed)}”`,
    todo: 'Type another part of its name, or leave it empty to go on without it.',
  }),
  'practice-ambiguous': ({ typed }) => ({
    title: `“${clipped(typed)}” fits several GP practices`,
    todo: 'Choose the patient’s practice, or leave it empty to go on without it.',
  }),
  'call-not-found': () => ({
    title: 'This call cannot be found',
    todo: 'Go to My calls and open it from there, or start a new call.',
  }),
  'call-with-colleague': ({ handlerName }) => ({
    title: `This call is now with ${handlerName}`,
    todo: 'Nothing was changed. If you should go on with it, take the call over first.',
  }),
  'call-already-booked': ({ reference, bookedAt }, now) => ({
    title: `This call already led to appointment ${reference}`,
    todo: `It was booked ${dayAndTime(bookedAt, now)}. Nothing was booked twice. Open that appointment to read it back or cancel it.`,
  }),
  'call-ended': ({ state, endedAt }, now) => ({
    title: state === 'referred' ? `This call ended with a referral ${dayAndTime(endedAt, now)}` : `This call was closed ${dayAndTime(endedAt, now)}`,
    todo: 'Nothing was changed. If the patient still needs care, start a new call.',
  }),
  'colleague-unknown': () => ({
    title: 'That colleague cannot take this call',
    todo: 'Choose somebody of your own organisation who takes calls.',
  }),
  'contacts-without-primary': () => ({
    title: 'There is no number to ring first',
    todo: 'Enter at least one telephone number, and choose exactly one to be rung first.',
  }),
  'disposition-not-bookable': ({ disposition }) => ({
    title: `${disposition} cannot lead to a booking`,
    todo: 'Follow the instructions of the triage for this disposition, or change it if it is not the right one.',
  }),
  'skip-reason-needed': ({ services }) => ({
    title: `Say why ${listWords(services.map(({ name }) => name))} ${services.length === 1 ? 'is' : 'are'} passed over`,
    todo: 'Choose a reason for each service above the one that you use, then try again.',
  }),
  'skip-reason-invalid': ({ serviceName, reason, why }) => ({
    title: SKIP_FAULTS[why](reason),
    todo: `Change the reason why ${serviceName} is passed over, then try again.`,
  }),
  'service-not-found': () => ({
    title: 'That service does not exist any more',
    todo: 'Go back to the services and choose another.',
  }),
  'service-not-suitable': ({ serviceName, check }) => ({
    title: `${serviceName} does not take ${UNSUITABLE[check]}`,
    todo: 'Choose another service. “Why is it not in my list?” on the services page says more.',
  }),
  'service-booking-only': ({ serviceName }) => ({
    title: `${serviceName} takes no referral without a booking`,
    todo: 'Book a slot there, or choose another service.',
  }),
};
