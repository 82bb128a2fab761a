import { dayAndTime, type WordsFor } from '@/components/layout/refusals/words';
import type { Alternatives } from '@/lib/platform/errors';
import { clockTime, durationWords, whenWords } from '@/lib/platform/time-words';

type SlotRefusal =
  | 'slot-not-found'
  | 'slot-in-past'
  | 'slot-withdrawn'
  | 'slot-kept-back'
  | 'slot-not-open-yet'
  | 'slot-notice-passed'
  | 'slot-taken'
  | 'slot-held'
  | 'hold-expired'
  | 'hold-missing'
  | 'hold-already-extended'
  | 'service-not-bookable'
  | 'approval-needed'
  | 'approver-not-clinician'
  | 'approver-is-self'
  | 'notice-needed'
  | 'patient-overlap';

/** Holding and booking. */
export const SLOT_REFUSALS: WordsFor<SlotRefusal> = {
  'slot-not-found': () => ({
    title: 'That slot does not exist any more',
    todo: 'Go back to the services and choose another slot.',
  }),
  'slot-in-past': ({ startsAt }, now) => ({
    title: `The slot ${dayAndTime(startsAt, now)} has already begun`,
    todo: 'Go back to the services and choose a later slot.',
  }),
  'slot-withdrawn': ({ startsAt }, now) => ({
    title: `The service has withdrawn the slot ${dayAndTime(startsAt, now)}`,
    todo: 'Go back to the services and choose another slot.',
  }),
  'slot-kept-back': ({ startsAt, releasedAt }, now) => ({
    title: `The service keeps the slot ${dayAndTime(startsAt, now)} for itself`,
    todo: `${releasedAt < startsAt ? `Calls can have it ${dayAndTime(releasedAt, now)} if it is still free then. ` : ''}Go back to the services and choose another slot.`,
  }),
  'slot-not-open-yet': ({ startsAt, opensAt }, now) => ({
    title: `The slot ${dayAndTime(startsAt, now)} cannot be booked yet`,
    todo: `The service opens it ${dayAndTime(opensAt, now)}. Go back to the services and choose an earlier slot.`,
  }),
  'slot-notice-passed': ({ startsAt, lastBookableAt }, now) => ({
    title: `It is too late to book the slot ${dayAndTime(startsAt, now)}`,
    todo: `The service takes bookings until ${clockTime(lastBookableAt)} for it. Go back to the services and choose a later slot.`,
  }),
  'slot-taken': ({ startsAt, alternatives }, now) => ({
    title: `The slot ${dayAndTime(startsAt, now)} has just gone`,
    todo: alternatives.held ? offerWords(alternatives, now) : `Nothing was booked. ${offerWords(alternatives, now)}`,
  }),
  'slot-held': ({ startsAt, freeAgainAt, alternatives }, now) => ({
    title: `Another call holds the slot ${dayAndTime(startsAt, now)}`,
    todo: `It is free again at ${clockTime(freeAgainAt)} unless they book it. ${offerWords(alternatives, now)}`,
  }),
  'hold-expired': ({ startsAt, alternatives }, now) => ({
    title: `Your hold of the slot ${dayAndTime(startsAt, now)} ran out`,
    todo: `Nothing was booked, and what you typed is still here. ${offerWords(alternatives, now)}`,
  }),
  'hold-missing': () => ({
    title: 'This call holds no slot now',
    todo: 'The hold ran out or was let go. Choose a slot again: it may still be free.',
  }),
  'hold-already-extended': ({ heldUntil }) => ({
    title: 'This hold was already extended once',
    todo: `It ends at ${clockTime(heldUntil)}. Book before then, or hold another slot.`,
  }),
  'service-not-bookable': ({ serviceName }) => ({
    title: `${serviceName} takes no bookings through Onward`,
    todo: 'Choose another service.',
  }),
  'approval-needed': ({ minutesOver }) => ({
    title: `This slot is ${durationWords(minutesOver)} after the due time`,
    todo: 'A clinician must approve it: choose who approved it, and enter why. Or choose an earlier slot.',
  }),
  'approver-not-clinician': () => ({
    title: 'Only a clinician of your organisation can approve this booking',
    todo: 'Nothing was booked. Choose the clinician who approved it, or choose an earlier slot.',
  }),
  'approver-is-self': () => ({
    title: 'Nobody can approve their own booking',
    todo: 'Nothing was booked. Ask a clinician, and choose their name.',
  }),
  'notice-needed': ({ minutesOver }) => ({
    title: `This slot is ${durationWords(minutesOver)} after the due time`,
    todo: 'Tell the caller, and tick that they know and agree. Or choose an earlier slot.',
  }),
  'patient-overlap': ({ reference, startsAt, serviceName }, now) => ({
    title: 'The patient already has an appointment at that time',
    todo: `It is ${reference && serviceName ? `${reference}, ${dayAndTime(startsAt, now)}, at ${serviceName}` : `a sealed one, ${dayAndTime(startsAt, now)}`}. Choose a slot at another time, or cancel that appointment first.`,
  }),
};

function offerWords({ here, elsewhere, held }: Alternatives, now: Date): string {
  if (here.length === 0 && !elsewhere && !held) return 'No other slot is free in time: go back to the services for what is free later.';
  const offers = [
    held ? `${whenWords(held.startsAt, now)} is held for you instead.` : '',
    here.length > 0 ? `${held ? 'Also free' : 'Free'} here: ${here.map((slot) => whenWords(slot.startsAt, now)).join(', ')}.` : '',
    here.length === 0 && !held ? 'Nothing else is free in time here.' : '',
    elsewhere ? `Nearest elsewhere: ${whenWords(elsewhere.startsAt, now)} at ${elsewhere.serviceName}.` : '',
  ];
  return offers.filter(Boolean).join(' ');
}
