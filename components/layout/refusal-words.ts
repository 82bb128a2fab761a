import type { Alternatives, Refusal, RefusalCode, RefusalOf } from '@/lib/platform/errors';
import type { Refused } from '@/lib/platform/form';
import { clockTime, dayWords, durationWords, londonDate, whenWords } from '@/lib/platform/time-words';

/** What happened, and what to do now. Times are London's. */
export type RefusalWords = { title: string; todo: string };

type Translations = { [Code in RefusalCode]: (refusal: RefusalOf<Code>, now: Date) => RefusalWords };

/** A refusal for a form to show. Its words are made on the server: all of them would be 3 kB for every browser. */
export function refused(refusal: Refusal, { now }: { now: Date }): Refused {
  return { refusal, ...refusalWords(refusal, now) };
}

/** Every refusal in plain words for the person at the screen. Never an id. */
export function refusalWords(refusal: Refusal, now: Date): RefusalWords {
  return translate(refusal.code, refusal, now);
}

// The code is a parameter of its own so that the compiler follows it from the refusal to its translation.
function translate<Code extends RefusalCode>(code: Code, refusal: RefusalOf<Code>, now: Date): RefusalWords {
  const words: Translations[Code] = TRANSLATIONS[code];
  return words(refusal, now);
}

const TRANSLATIONS: Translations = {
  'sign-in-wrong': () => ({
    title: 'The email address or the password is wrong',
    todo: 'Check both and try again. If it still does not work, ask your system admin.',
  }),
  'sign-in-slowed': ({ retrySeconds }) => ({
    title: 'Too many tries to sign in',
    todo: `Wait ${waitWords(retrySeconds)}, then try again.`,
  }),
  'patient-not-found': () => ({
    title: 'No patient has this NHS number',
    todo: 'Check the number with the caller, or type in the patient’s details without it.',
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
  'call-already-booked': ({ reference, bookedAt }, now) => ({
    title: `This call already led to appointment ${reference}`,
    todo: `It was booked ${dayAndTime(bookedAt, now)}. Nothing was booked twice. Open that appointment to read it back or cancel it.`,
  }),
  'disposition-not-bookable': ({ disposition }) => ({
    title: `${disposition} cannot lead to a booking`,
    todo: 'Follow the instructions of the triage for this disposition, or change it if it is not the right one.',
  }),
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
  'slot-taken': ({ startsAt, alternatives }, now) => ({
    title: `The slot ${dayAndTime(startsAt, now)} has just gone`,
    todo: `Nothing was booked. ${offerWords(alternatives, now)}`,
  }),
  'slot-held': ({ startsAt, freeAgainAt, alternatives }, now) => ({
    title: `Another call holds the slot ${dayAndTime(startsAt, now)}`,
    todo: `It is free again at ${clockTime(freeAgainAt)} unless they book it. ${offerWords(alternatives, now)}`,
  }),
  'hold-expired': ({ startsAt, alternatives }, now) => ({
    title: `Your hold of the slot ${dayAndTime(startsAt, now)} ran out`,
    todo: `Nothing was booked, and what you typed is still here. ${offerWords(alternatives, now)}`,
  }),
  'service-not-bookable': ({ serviceName }) => ({
    title: `${serviceName} takes no bookings through Onward`,
    todo: 'Choose another service.',
  }),
  'approval-needed': ({ minutesOver }) => ({
    title: `This slot is ${durationWords(minutesOver)} after the due time`,
    todo: 'A clinician must approve it: enter who approved it and why. Or choose an earlier slot.',
  }),
  'notice-needed': ({ minutesOver }) => ({
    title: `This slot is ${durationWords(minutesOver)} after the due time`,
    todo: 'Tell the caller, and tick that they know and agree. Or choose an earlier slot.',
  }),
  'patient-overlap': ({ reference, startsAt, serviceName }, now) => ({
    title: 'The patient already has an appointment at that time',
    todo: `It is ${reference}, ${dayAndTime(startsAt, now)}, at ${serviceName}. Choose a slot at another time, or cancel that appointment first.`,
  }),
  'appointment-not-found': () => ({
    title: 'This appointment cannot be found',
    todo: 'Check the reference with the caller, or find the appointment from the call that booked it.',
  }),
  'appointment-in-past': ({ startsAt }, now) => ({
    title: `The appointment began ${dayAndTime(startsAt, now)} and cannot be cancelled any more`,
    todo: 'Nothing was changed. If the patient did not go, tell the service.',
  }),
  'appointment-already-cancelled': ({ at }, now) => ({
    title: `The appointment was already cancelled ${dayAndTime(at, now)}`,
    todo: 'There is nothing more to do. If the patient needs care, start a new call.',
  }),
  'appointment-changed': () => ({
    title: 'The appointment has changed since you looked',
    todo: 'Nothing was cancelled. Read it again as it is now, then decide.',
  }),
};

/** `today at 13:50`, `on Tue 24 Nov at 09:40`. */
function dayAndTime(instant: Date, now: Date): string {
  const day = dayWords(londonDate(instant), now);
  return `${/\d/.test(day) ? `on ${day}` : day} at ${clockTime(instant)}`;
}

function offerWords({ here, elsewhere }: Alternatives, now: Date): string {
  if (here.length === 0 && !elsewhere) return 'No other slot is free in time: go back to the services for what is free later.';
  const offers = [
    here.length > 0 ? `Free here: ${here.map((slot) => whenWords(slot.startsAt, now)).join(', ')}.` : 'Nothing else is free in time here.',
    elsewhere ? `Nearest elsewhere: ${whenWords(elsewhere.startsAt, now)} at ${elsewhere.serviceName}.` : '',
  ];
  return offers.filter(Boolean).join(' ');
}

function waitWords(seconds: number): string {
  const whole = Math.max(1, Math.ceil(seconds));
  if (whole >= 60) return durationWords(Math.ceil(whole / 60));
  return whole === 1 ? '1 second' : `${whole} seconds`;
}

/** Whatever somebody typed, short enough for a title. */
function clipped(typed: string): string {
  return typed.length > 40 ? `${typed.slice(0, 40)}…` : typed;
}
