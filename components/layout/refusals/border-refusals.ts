import { clipped, dayAndTime, listWords, type WordsFor } from '@/components/layout/refusals/words';
import { longDate, monthWords } from '@/lib/platform/time-words';

export type BorderRefusal =
  | 'border-refused'
  | 'border-approval-needed'
  | `approval-${'not-needed' | 'declined-before' | 'not-found' | 'answered' | 'lapsed' | 'not-yours' | 'own'}`
  | 'approver-off-duty'
  | `agreement-${'not-found' | 'changed' | 'outside-area' | 'overlaps' | 'not-in-state' | 'own-proposal' | 'starts-in-past' | 'end-in-past' | 'ends-later' | 'service-unknown' | 'service-elsewhere'}`
  | `commissioner-${'unknown' | 'abolished'}`
  | 'border-default-changed'
  | `ledger-${'outside-area' | 'month-frozen' | 'month-not-over' | 'earlier-open' | 'nothing-to-freeze' | 'changed'}`
  | `what-if-${'not-found' | 'running'}`;

const NOT_APPROVED = {
  'not-asked': 'Nothing was booked, and the slot is still held. Ask for approval on this page, or choose another service.',
  waiting: 'Nothing was booked, and the slot is still held. Wait for the answer: it comes to this page by itself.',
  declined: 'Nothing was booked. Choose another service; the words of the answer are on this page.',
  lapsed: 'Nothing was booked. Ask again for the slot that you hold now, or choose another service.',
} as const;

/** What is refused across borders: bookings and their approval, agreements, the ledger, replays. */
export const BORDER_REFUSALS: WordsFor<BorderRefusal> = {
  'border-refused': ({ serviceName, rule }) => ({
    title: `${serviceName} may not be booked for this patient`,
    todo: `${rule}. Nothing was booked. Choose another service: the list says for each what may be booked.`,
  }),
  'border-approval-needed': ({ serviceName, state }) => ({
    title: `A booking at ${serviceName} needs approval`,
    todo: NOT_APPROVED[state],
  }),
  'approval-not-needed': () => ({
    title: 'This booking needs no approval now',
    todo: 'Nothing was asked. Book the appointment.',
  }),
  'approval-declined-before': ({ by }) => ({
    title: `${by} has declined this booking`,
    todo: 'Nothing was asked again. Choose another service, or another slot.',
  }),
  'approval-not-found': () => ({
    title: 'This question cannot be found',
    todo: 'Nothing was answered. Go back to the approvals and choose one there.',
  }),
  'approval-answered': ({ by, at }, now) => ({
    title: `${by} answered this ${dayAndTime(at, now)}`,
    todo: 'Your answer was not taken. Go back to the approvals for what still waits.',
  }),
  'approval-lapsed': () => ({
    title: 'The call does not hold the slot any more',
    todo: 'Nothing was answered. If it is still wanted, the call handler asks again: keep an eye on the approvals.',
  }),
  'approval-not-yours': () => ({
    title: 'This question is for others to answer',
    todo: 'Nothing was answered. The rule says who may: leave it to them, or ring them.',
  }),
  'approval-own': () => ({
    title: 'You asked this yourself',
    todo: 'Nothing was answered. Ask a colleague who may approve, or a commissioner on duty.',
  }),
  'approver-off-duty': () => ({
    title: 'You are not on duty',
    todo: 'Nothing was answered. Start your duty at the top of this page, then answer.',
  }),
  'agreement-not-found': () => ({
    title: 'This agreement cannot be found',
    todo: 'Nothing was changed. Go back to the agreements and choose it there.',
  }),
  'agreement-changed': ({ at }, now) => ({
    title: `Somebody changed this agreement ${dayAndTime(at, now)}`,
    todo: 'Nothing was changed by you, and what you typed is still here. Look at it as it is now, then send yours again.',
  }),
  'agreement-outside-area': ({ area }) => ({
    title: `You do not act for ${area}`,
    todo: 'Nothing was changed. One of the two sides must be yours: change it, or ask a commissioner of that area.',
  }),
  'agreement-overlaps': ({ title, version, from, to }) => ({
    title: `“${clipped(title)}” (version ${version}) already says what holds for the same patients, services and times`,
    todo: `It holds from ${longDate(from)}${to ? ` to ${longDate(to)}` : ' on'}. Nothing was changed. End that one first, make a new version of it, or choose other dates.`,
  }),
  'agreement-not-in-state': ({ state, wanted }) => ({
    title: `This version is ${state}, and cannot be ${wanted}`,
    todo: 'Nothing was changed. Look at what it is now; a new version or a copy can always be made.',
  }),
  'agreement-own-proposal': () => ({
    title: 'Nobody agrees to their own proposal',
    todo: 'Nothing was changed. Somebody of the other side has to agree: tell them that it waits for them.',
  }),
  'agreement-starts-in-past': ({ from }) => ({
    title: `An agreement cannot begin on ${longDate(from)}, which is over`,
    todo: 'Nothing was changed. Choose today or a later day as the first one.',
  }),
  'agreement-end-in-past': ({ to }) => ({
    title: `This agreement was in force after ${longDate(to)}, and cannot end there`,
    todo: 'Nothing was changed. Choose today or a later day as its last one.',
  }),
  'agreement-ends-later': ({ to }) => ({
    title: `This agreement ends on ${longDate(to)} already`,
    todo: 'Nothing was changed. It can only end earlier: make a new version to go on for longer.',
  }),
  'commissioner-unknown': ({ typed }) => ({
    title: `No commissioner or region is called “${clipped(typed)}”`,
    todo: 'Nothing was changed. Choose one from the list.',
  }),
  'commissioner-abolished': ({ name, successors }) => ({
    title: `${name} was abolished on 1 April 2026`,
    todo: `Nothing was changed. Choose what came in its place: ${listWords(successors.map(({ words }) => words))}.`,
  }),
  'agreement-service-unknown': ({ typed }) => ({
    title: `No service or type has the code “${clipped(typed)}”`,
    todo: 'Nothing was changed. Type the id of a service in the directory, or choose a type.',
  }),
  'agreement-service-elsewhere': ({ serviceName, area }) => ({
    title: `${serviceName} is not in ${area}`,
    todo: 'Nothing was changed. Choose the commissioner of the place where the service is.',
  }),
  'border-default-changed': ({ at }, now) => ({
    title: `Somebody changed the default ${dayAndTime(at, now)}`,
    todo: 'Nothing was changed by you. Look at it as it is now, then change it again.',
  }),
  'ledger-outside-area': () => ({
    title: 'Neither side of this ledger is yours',
    todo: 'Nothing was changed. Go back to the ledger of your area.',
  }),
  'ledger-month-frozen': ({ month, at }, now) => ({
    title: `${monthWords(month)} was frozen ${dayAndTime(at, now)}`,
    todo: 'Nothing was changed. A frozen month stays as it is: leave it, corrections appear in the next month by themselves.',
  }),
  'ledger-month-not-over': ({ month }) => ({
    title: `${monthWords(month)} is not over`,
    todo: 'Nothing was frozen. Wait until its last day is over.',
  }),
  'ledger-earlier-open': ({ month }) => ({
    title: `${monthWords(month)} is not frozen yet`,
    todo: 'Nothing was frozen. Months are frozen in order: go to that month first.',
  }),
  'ledger-nothing-to-freeze': ({ month }) => ({
    title: `There is nothing between these two in ${monthWords(month)}`,
    todo: 'Nothing was frozen. Choose another month.',
  }),
  'ledger-changed': ({ pence }) => ({
    title: `The figures changed since you looked: the sum is now £${(pence / 100).toFixed(2)}`,
    todo: 'Nothing was frozen. Check the figures as they are now, then freeze them.',
  }),
  'what-if-not-found': () => ({
    title: 'This replay cannot be found',
    todo: 'Go back to the agreement and start it again.',
  }),
  'what-if-running': () => ({
    title: 'A replay of this agreement is at work',
    todo: 'Wait for it to finish: its page shows how far it is.',
  }),
};
