import { dayAndTime, type WordsFor } from '@/components/layout/refusals/words';

export type RegistryRefusal =
  | 'guard-choice-needed'
  | 'guard-two-moves'
  | 'entry-not-found'
  | 'entry-changed'
  | 'entry-not-linkable'
  | 'registration-repeated'
  | 'pointer-taken'
  | 'pointer-own'
  | 'entry-other-organisation'
  | 'entry-ended'
  | 'entry-differs'
  | 'entry-unchanged'
  | 'source-not-found'
  | 'source-changed'
  | 'source-taken';

const NOT_LINKABLE = {
  linked: { title: 'This appointment is already taken as the same person’s', todo: 'Nothing was changed. Go on with the call.' },
  'not-linked': { title: 'This appointment was not taken as the same person’s by anybody', todo: 'Nothing was changed. Go on with the call.' },
  'other-person': { title: 'This appointment is of another person', todo: 'Nothing was changed. Check NHS number, last name, date of birth and postcode with the caller.' },
  'no-nhs-number': { title: 'The NHS number of this call’s patient is not known', todo: 'Nothing was changed. Start a call with the NHS number when the caller has it.' },
  sealed: { title: 'This appointment is sealed', todo: 'Nothing was changed. A clinician or a supervisor can open it, with a reason, and say whose it is.' },
} as const;

/** What the registry refuses: the guard when booking, entries, and where they are re-read. */
export const REGISTRY_REFUSALS: WordsFor<RegistryRefusal> = {
  'guard-choice-needed': ({ conflicts }) => ({
    title: conflicts.length === 1 ? 'The patient already has an appointment' : `The patient already has ${conflicts.length} appointments`,
    todo: 'Nothing was booked. Choose what becomes of what is there, then book.',
  }),
  'guard-two-moves': () => ({
    title: 'Only one appointment can be moved to this slot',
    todo: 'Nothing was booked. Choose one to move, and keep or cancel the others.',
  }),
  'entry-not-found': () => ({
    title: 'This appointment is not in the registry',
    todo: 'Nothing was changed. Open the page again to see what is there now.',
  }),
  'entry-changed': () => ({
    title: 'This appointment changed since you looked',
    todo: 'Nothing was changed by you. Look at it as it is now, then choose again.',
  }),
  'entry-not-linkable': ({ why }) => NOT_LINKABLE[why],
  'registration-repeated': () => ({
    title: 'This registration was carried out before',
    todo: 'Nothing was registered twice. Look at what it led to the first time.',
  }),
  'pointer-taken': () => ({
    title: 'An appointment with this address is registered already',
    todo: 'Nothing was registered. Look for it by its address and change that one.',
  }),
  'pointer-own': () => ({
    title: 'Onward registers its own appointments by itself',
    todo: 'Nothing was registered. Leave this appointment to Onward.',
  }),
  'entry-other-organisation': ({ organisation }) => ({
    title: `${organisation} did not register this appointment`,
    todo: 'Nothing was changed. Ask the organisation that registered it.',
  }),
  'entry-ended': ({ status }) => ({
    title: status === 'cancelled' ? 'This appointment is already cancelled' : 'This appointment has already ended',
    todo: 'Nothing was changed. Look at it as it is now.',
  }),
  'entry-differs': () => ({
    title: 'More would change than the status and the times',
    todo: 'Nothing was changed. Read the entry again and change those alone.',
  }),
  'entry-unchanged': () => ({
    title: 'Nothing would change',
    todo: 'Change the status, the start or the end, and send it again.',
  }),
  'source-not-found': () => ({
    title: 'This source cannot be found',
    todo: 'Go back to the list of sources and choose it there.',
  }),
  'source-changed': ({ at }, now) => ({
    title: `A colleague changed this source ${dayAndTime(at, now)}`,
    todo: 'Nothing was changed by you. Look at it as it is now, then change it again.',
  }),
  'source-taken': () => ({
    title: 'This service root is in the list already',
    todo: 'Nothing was added. Look for it in the list, and switch it on there.',
  }),
};
