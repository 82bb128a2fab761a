import { dayAndTime, type WordsFor } from '@/components/layout/refusals/words';
import { clockTime, dayWords } from '@/lib/platform/time-words';

/** What only those who run services are refused with. */
export type ScheduleRefusal =
  | 'service-changed'
  | 'place-unknown'
  | 'capacity-reset-in-past'
  | 'nothing-kept-back'
  | 'proposal-not-found'
  | 'proposal-applied'
  | 'proposal-stale'
  | 'session-not-found'
  | 'template-not-found'
  | 'schedule-not-found'
  | 'closure-not-found'
  | 'session-in-past'
  | 'closure-in-past'
  | 'nothing-to-copy'
  | 'session-skipped-hour'
  | 'session-overlaps'
  | 'practitioner-elsewhere'
  | 'places-below-booked'
  | 'csv-invalid'
  | 'contact-task-not-found'
  | 'contact-task-changed'
  | 'contact-task-resolved';

/** Running a service: its profile, its schedules, the people to contact. */
export const SCHEDULE_REFUSALS: WordsFor<ScheduleRefusal> = {
  'service-changed': ({ by, at }, now) => ({
    title: `${by} changed this service ${dayAndTime(at, now)}`,
    todo: 'Nothing was saved, and what you entered is still here. Look at what stands now, then save again.',
  }),
  'place-unknown': ({ postcode }) => ({
    title: `No place is known for ${postcode}`,
    todo: 'Check the postcode: patients are sent there. It must be one of England, Wales or Scotland.',
  }),
  'capacity-reset-in-past': () => ({
    title: 'That time has passed',
    todo: 'Choose when capacity goes back to green: a time from now on.',
  }),
  'nothing-kept-back': () => ({
    title: 'No slot is kept back any more today',
    todo: 'They were released, booked, or have begun. Go back to the schedule to see what is free.',
  }),
  'proposal-not-found': () => ({
    title: 'This change was not found',
    todo: 'It may be a day old, or of another service. Go back to the schedule and make it again.',
  }),
  'proposal-applied': ({ at }, now) => ({
    title: `This change was already applied ${dayAndTime(at, now)}`,
    todo: 'Nothing was done twice. Go back to the schedule to see what stands now.',
  }),
  'proposal-stale': ({ change }, now) => ({
    title: change ? `The schedule was changed by ${change.by} ${dayAndTime(change.at, now)}` : 'Bookings have changed since you looked',
    todo: 'Nothing was applied. What follows is what your change would do now: look at it, then apply it.',
  }),
  'session-not-found': () => ({ title: 'That session does not exist any more', todo: 'Go back to the week to see what stands now.' }),
  'template-not-found': () => ({ title: 'That weekly pattern does not exist any more', todo: 'Go back to the list of patterns to see what stands now.' }),
  'schedule-not-found': () => ({ title: 'That schedule does not exist any more', todo: 'Go back and choose another, or make a new one.' }),
  'closure-not-found': () => ({ title: 'That closure no longer stands', todo: 'Somebody lifted it, or it has ended. Go back to the closures.' }),
  'session-in-past': ({ date }, now) => ({
    title: `The session ${onDay(dayWords(date, now))} is over`,
    todo: 'What is past stays as it was. Choose today or a later day.',
  }),
  'closure-in-past': () => ({ title: 'A closure cannot end in the past', todo: 'Choose an end that is still to come.' }),
  'nothing-to-copy': ({ date }, now) => ({
    title: `There is no session ${onDay(dayWords(date, now))} to copy`,
    todo: 'Choose a day that has sessions.',
  }),
  'session-skipped-hour': ({ date }, now) => ({
    title: `That hour does not exist ${onDay(dayWords(date, now))}`,
    todo: 'The clocks go forward from 01:00 to 02:00 that night. Choose hours outside it.',
  }),
  'session-overlaps': ({ date, scheduleName, opensAt, closesAt }, now) => ({
    title: `${scheduleName} already has a session then, ${onDay(dayWords(date, now))} from ${clockTime(opensAt)} to ${clockTime(closesAt)}`,
    todo: 'Choose other hours, change that session instead, or use another schedule.',
  }),
  'practitioner-elsewhere': ({ practitionerName, serviceName, opensAt, closesAt }, now) => ({
    title: `${practitionerName} is at ${serviceName} ${dayAndTime(opensAt, now)}, until ${clockTime(closesAt)}`,
    todo: 'Nobody can be in two places. Choose other hours or somebody else.',
  }),
  'places-below-booked': ({ startsAt, places, booked }, now) => ({
    title: `More patients are booked ${dayAndTime(startsAt, now)} than that leaves places: ${booked}, and ${places}`,
    todo: `Keep at least ${booked} places, or move or cancel bookings first.`,
  }),
  'csv-invalid': ({ faults }) => ({
    title: `Nothing was imported: the file has ${faults.length === 1 ? '1 fault' : `${faults.length} faults`}`,
    todo: 'Each is listed with its row. Mend them in the file and upload it again.',
  }),
  'contact-task-not-found': () => ({ title: 'That person is not on the list', todo: 'Go back to the list: it shows who is still to be contacted.' }),
  'contact-task-changed': ({ by }) => ({
    title: by ? `${by} has just worked on this one` : 'A colleague has just worked on this one',
    todo: 'What you entered is still here. Look at what they did first, so that nobody is rung twice.',
  }),
  'contact-task-resolved': ({ at }, now) => ({
    title: `This was settled ${dayAndTime(at, now)}`,
    todo: 'There is nothing left to do for this person.',
  }),
};

function onDay(day: string): string {
  return /\d/.test(day) ? `on ${day}` : day;
}
