import { expect, test } from 'vitest';
import { refusalWords } from '@/components/layout/refusal-words';
import { londonDate } from '@/lib/platform/time-words';
import type { Alternatives, GuardConflict, Refusal, RefusalCode, RefusalOf } from '@/lib/platform/errors';

const NOW = new Date('2026-11-24T10:00:00Z');
const STARTS = new Date('2026-11-24T13:50:00Z');
const TODAY = londonDate(NOW);
const ID = '01936c1e-7d4a-7000-8000-0242ac120002';
const slot = { slotId: ID, serviceId: ID, serviceName: 'Example Treatment Centre', startsAt: STARTS, endsAt: new Date('2026-11-24T14:00:00Z') };
const alternatives: Alternatives = { here: [slot, { ...slot, startsAt: new Date('2026-11-25T09:40:00Z') }], elsewhere: slot, held: null };
const conflict: GuardConflict = {
  ...{ entryId: ID, version: 1, kinds: ['overlap'], startsAt: STARTS, endsAt: slot.endsAt, serviceName: 'Example Pharmacy', place: 'LS1 4AP', holderName: null },
  ...{ isSealed: false, isMaybe: false, appointment: null, choices: ['keep'] },
};
const candidates = [{ value: ID, words: 'One of them' }];

/** One of each: a code without an example does not compile. */
const EXAMPLES: { [Code in RefusalCode]: RefusalOf<Code> } = {
  'sign-in-wrong': { code: 'sign-in-wrong' },
  'sign-in-slowed': { code: 'sign-in-slowed', retrySeconds: 30 },
  'patient-not-found': { code: 'patient-not-found' },
  'patient-deceased': { code: 'patient-deceased' },
  'postcode-unknown': { code: 'postcode-unknown', postcode: 'LS1 9ZZ' },
  'postcode-not-covered': { code: 'postcode-not-covered', postcode: 'BT1 1AA', nation: 'Northern Ireland' },
  'disposition-unknown': { code: 'disposition-unknown', typed: 'Dx99999' },
  'disposition-ambiguous': { code: 'disposition-ambiguous', typed: 'contact', candidates },
  'practice-unknown': { code: 'practice-unknown', typed: 'nowhere' },
  'practice-ambiguous': { code: 'practice-ambiguous', typed: 'oak', candidates },
  'call-not-found': { code: 'call-not-found' },
  'call-already-booked': { code: 'call-already-booked', appointmentId: ID, reference: 'ONW-7K3P-92', bookedAt: NOW },
  'call-with-colleague': { code: 'call-with-colleague', handlerName: 'Asha Begum' },
  'call-ended': { code: 'call-ended', state: 'referred', endedAt: NOW },
  'colleague-unknown': { code: 'colleague-unknown' },
  'contacts-without-primary': { code: 'contacts-without-primary' },
  'disposition-not-bookable': { code: 'disposition-not-bookable', disposition: 'Dx012' },
  'skip-reason-needed': { code: 'skip-reason-needed', services: [{ id: ID, name: 'Example Pharmacy' }, { id: ID, name: 'Example Surgery' }, { id: ID, name: 'Example Centre' }] },
  'skip-reason-invalid': { code: 'skip-reason-invalid', serviceName: 'Example Pharmacy', reason: 'Other reason', why: 'comment-needed' },
  'service-not-found': { code: 'service-not-found' },
  'service-not-suitable': { code: 'service-not-suitable', serviceName: 'Example Pharmacy', check: 'age' },
  'service-booking-only': { code: 'service-booking-only', serviceName: 'Example Treatment Centre' },
  'slot-not-found': { code: 'slot-not-found' },
  'slot-in-past': { code: 'slot-in-past', startsAt: STARTS },
  'slot-withdrawn': { code: 'slot-withdrawn', startsAt: STARTS },
  'slot-taken': { code: 'slot-taken', startsAt: STARTS, alternatives },
  'slot-held': { code: 'slot-held', startsAt: STARTS, freeAgainAt: new Date('2026-11-24T10:04:00Z'), alternatives },
  'hold-expired': { code: 'hold-expired', startsAt: STARTS, alternatives },
  'hold-missing': { code: 'hold-missing' },
  'hold-already-extended': { code: 'hold-already-extended', heldUntil: STARTS },
  'service-not-bookable': { code: 'service-not-bookable', serviceName: 'Example Pharmacy' },
  'approval-needed': { code: 'approval-needed', minutesOver: 25 },
  'approver-not-clinician': { code: 'approver-not-clinician' },
  'approver-is-self': { code: 'approver-is-self' },
  'notice-needed': { code: 'notice-needed', minutesOver: 85 },
  'patient-overlap': { code: 'patient-overlap', reference: 'ONW-7K3P-92', startsAt: STARTS, serviceName: 'Example Treatment Centre' },
  'appointment-not-found': { code: 'appointment-not-found' },
  'appointment-sealed': { code: 'appointment-sealed' },
  'appointment-other-patient': { code: 'appointment-other-patient' },
  'appointment-in-past': { code: 'appointment-in-past', startsAt: STARTS },
  'appointment-not-begun': { code: 'appointment-not-begun', startsAt: STARTS },
  'appointment-already-cancelled': { code: 'appointment-already-cancelled', at: NOW },
  'appointment-changed': { code: 'appointment-changed', version: 3 },
  'appointment-cannot-become': { code: 'appointment-cannot-become', status: 'noshow', wanted: 'arrived' },
  'cancel-restricted': { code: 'cancel-restricted', serviceName: 'Example Treatment Centre', bookedBy: 'Example 111' },
  'move-to-same-slot': { code: 'move-to-same-slot', startsAt: STARTS },
  'slot-kept-back': { code: 'slot-kept-back', startsAt: STARTS, releasedAt: new Date('2026-11-24T12:50:00Z') },
  'slot-not-open-yet': { code: 'slot-not-open-yet', startsAt: STARTS, opensAt: new Date('2026-11-24T12:50:00Z') },
  'slot-notice-passed': { code: 'slot-notice-passed', startsAt: STARTS, lastBookableAt: new Date('2026-11-24T09:50:00Z') },
  'attendance-not-recorded': { code: 'attendance-not-recorded', status: 'booked' },
  'service-changed': { code: 'service-changed', by: 'Marta Sample', at: NOW },
  'place-unknown': { code: 'place-unknown', postcode: 'LS1 9ZZ' },
  'capacity-reset-in-past': { code: 'capacity-reset-in-past', resetsAt: NOW },
  'nothing-kept-back': { code: 'nothing-kept-back' },
  'proposal-not-found': { code: 'proposal-not-found' },
  'proposal-applied': { code: 'proposal-applied', at: NOW },
  'proposal-stale': { code: 'proposal-stale', change: { by: 'Marta Sample', at: NOW } },
  'session-not-found': { code: 'session-not-found' },
  'template-not-found': { code: 'template-not-found' },
  'schedule-not-found': { code: 'schedule-not-found' },
  'closure-not-found': { code: 'closure-not-found' },
  'session-in-past': { code: 'session-in-past', date: TODAY },
  'closure-in-past': { code: 'closure-in-past' },
  'nothing-to-copy': { code: 'nothing-to-copy', date: TODAY },
  'session-skipped-hour': { code: 'session-skipped-hour', date: TODAY },
  'session-overlaps': { code: 'session-overlaps', date: TODAY, scheduleName: 'Nurse clinic', opensAt: NOW, closesAt: STARTS },
  'practitioner-elsewhere': { code: 'practitioner-elsewhere', practitionerName: 'Nurse A', serviceName: 'Example Treatment Centre', opensAt: NOW, closesAt: STARTS },
  'places-below-booked': { code: 'places-below-booked', startsAt: STARTS, places: 1, booked: 2 },
  'csv-invalid': { code: 'csv-invalid', faults: [{ row: 2, column: 'places', message: 'Enter at least 1 place' }] },
  'contact-task-not-found': { code: 'contact-task-not-found' },
  'contact-task-changed': { code: 'contact-task-changed', by: null },
  'contact-task-resolved': { code: 'contact-task-resolved', at: NOW },
  'request-repeated': { code: 'request-repeated', appointmentId: ID, version: 1 },
  'organisation-refused': { code: 'organisation-refused', serviceName: 'Example Treatment Centre', organisation: 'Example 111', what: 'book' },
  'slot-differs': { code: 'slot-differs', elements: ['start'] },
  'times-outside-slot': { code: 'times-outside-slot', startsAt: STARTS, endsAt: STARTS },
  'appointment-differs': { code: 'appointment-differs', elements: ['Appointment.start'] },
  'appointment-unchanged': { code: 'appointment-unchanged' },
  'client-not-found': { code: 'client-not-found' },
  'client-changed': { code: 'client-changed', at: NOW },
  'organisation-unknown': { code: 'organisation-unknown', odsCode: 'Y99999' },
  'client-service-unknown': { code: 'client-service-unknown', dosId: '2000080401' },
  'client-issuer-taken': { code: 'client-issuer-taken', issuer: 'https://consumer.example.nhs.uk/' },
  'client-key-taken': { code: 'client-key-taken', kid: 'key-1' },
  'client-secrets-full': { code: 'client-secrets-full', most: 2 },
  'client-proxy-needs-issuer': { code: 'client-proxy-needs-issuer' },
  'guard-choice-needed': { code: 'guard-choice-needed', conflicts: [conflict, conflict] },
  'guard-two-moves': { code: 'guard-two-moves' },
  'entry-not-found': { code: 'entry-not-found' },
  'entry-changed': { code: 'entry-changed', version: 2 },
  'entry-not-linkable': { code: 'entry-not-linkable', why: 'other-person' },
  'registration-repeated': { code: 'registration-repeated', entryId: ID, version: 1 },
  'pointer-taken': { code: 'pointer-taken' },
  'pointer-own': { code: 'pointer-own' },
  'entry-other-organisation': { code: 'entry-other-organisation', organisation: 'Example 111 East' },
  'entry-ended': { code: 'entry-ended', status: 'cancelled' },
  'entry-differs': { code: 'entry-differs', elements: ['Appointment.participant'] },
  'entry-unchanged': { code: 'entry-unchanged' },
  'source-not-found': { code: 'source-not-found' },
  'source-changed': { code: 'source-changed', at: NOW },
  'source-taken': { code: 'source-taken', root: 'https://other.example.nhs.uk/STU3' },
  'border-refused': { code: 'border-refused', serviceName: 'Example Treatment Centre', rule: 'Agreed between West Yorkshire and Greater Manchester: not for primary care' },
  'border-approval-needed': { code: 'border-approval-needed', serviceName: 'Example Treatment Centre', rule: 'Nothing is agreed', state: 'waiting' },
  'approval-not-needed': { code: 'approval-not-needed' },
  'approval-declined-before': { code: 'approval-declined-before', by: 'Helen Marsh' },
  'approval-not-found': { code: 'approval-not-found' },
  'approval-answered': { code: 'approval-answered', by: 'Helen Marsh', at: NOW },
  'approval-lapsed': { code: 'approval-lapsed' },
  'approval-not-yours': { code: 'approval-not-yours' },
  'approval-own': { code: 'approval-own' },
  'approver-off-duty': { code: 'approver-off-duty' },
  'agreement-not-found': { code: 'agreement-not-found' },
  'agreement-changed': { code: 'agreement-changed', at: NOW },
  'agreement-outside-area': { code: 'agreement-outside-area', area: 'Greater Manchester' },
  'agreement-overlaps': { code: 'agreement-overlaps', title: 'Urgent treatment across the Pennines', version: 2, from: TODAY, to: null },
  'agreement-not-in-state': { code: 'agreement-not-in-state', state: 'agreed', wanted: 'edited' },
  'agreement-own-proposal': { code: 'agreement-own-proposal' },
  'agreement-starts-in-past': { code: 'agreement-starts-in-past', from: TODAY },
  'agreement-end-in-past': { code: 'agreement-end-in-past', to: TODAY },
  'agreement-ends-later': { code: 'agreement-ends-later', to: TODAY },
  'commissioner-unknown': { code: 'commissioner-unknown', typed: 'Q99' },
  'commissioner-abolished': { code: 'commissioner-abolished', name: 'Frimley', successors: candidates },
  'agreement-service-unknown': { code: 'agreement-service-unknown', typed: '2000080401' },
  'agreement-service-elsewhere': { code: 'agreement-service-elsewhere', serviceName: 'Example Treatment Centre', area: 'Greater Manchester' },
  'border-default-changed': { code: 'border-default-changed', at: NOW },
  'ledger-outside-area': { code: 'ledger-outside-area' },
  'ledger-month-frozen': { code: 'ledger-month-frozen', month: TODAY, at: NOW },
  'ledger-month-not-over': { code: 'ledger-month-not-over', month: TODAY },
  'ledger-earlier-open': { code: 'ledger-earlier-open', month: TODAY },
  'ledger-nothing-to-freeze': { code: 'ledger-nothing-to-freeze', month: TODAY },
  'ledger-changed': { code: 'ledger-changed', pence: 1250 },
  'what-if-not-found': { code: 'what-if-not-found' },
  'what-if-running': { code: 'what-if-running' },
  'outcome-unknown': { code: 'outcome-unknown' },
};

const INSTRUCTION = /\b(check|try|wait|type|choose|go|use|follow|open|enter|tell|tick|start|read|leave|change|book|look|ring|ask|send|mark|keep|mend|nothing left|free here)\b/i;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}/i;

test.each<Refusal>(Object.values(EXAMPLES))('$code says what happened and what to do, without an id', (refusal) => {
  const { title, todo } = refusalWords(refusal, NOW);

  expect(title).toMatch(/^[A-Z“].*[^.]$/);
  expect(todo).toMatch(INSTRUCTION);
  expect(todo).toMatch(/\.$/);
  expect(`${title} ${todo}`).not.toMatch(UUID);
  expect(`${title} ${todo}`).not.toContain(refusal.code);
});

test('a slot that has gone is named by its London time, with what is free instead', () => {
  const { title, todo } = refusalWords(EXAMPLES['slot-taken'], NOW);

  expect(title).toBe('The slot today at 13:50 has just gone');
  expect(todo).toBe('Nothing was booked. Free here: 13:50, tomorrow 09:40. Nearest elsewhere: 13:50 at Example Treatment Centre.');
});

test('the loser of a race is told what is held for them instead', () => {
  const { todo } = refusalWords({ ...EXAMPLES['slot-taken'], alternatives: { here: [slot], elsewhere: null, held: { ...slot, startsAt: new Date('2026-11-24T13:40:00Z') } } }, NOW);

  expect(todo).toBe('13:40 is held for you instead. Also free here: 13:50.');
});

test('with nothing free in time the way on is still said', () => {
  const { todo } = refusalWords({ ...EXAMPLES['hold-expired'], alternatives: { here: [], elsewhere: null, held: null } }, NOW);

  expect(todo).toContain('go back to the services');
});

test('a slot in summer is told in British Summer Time, and another day by its date', () => {
  const { title } = refusalWords({ code: 'slot-withdrawn', startsAt: new Date('2027-06-01T12:00:00Z') }, NOW);

  expect(title).toBe('The service has withdrawn the slot on Tue 1 Jun 2027 at 13:00');
});

test('ten thousand typed characters are cut short', () => {
  const { title } = refusalWords({ code: 'disposition-unknown', typed: 'x'.repeat(10_000) }, NOW);

  expect(title.length).toBeLessThan(100);
});

test.each([
  [1, 'Wait 1 second,'],
  [59, 'Wait 59 seconds'],
  [61, 'Wait 2 min'],
])('after %d seconds of slowing down it says %s', (retrySeconds, words) => {
  expect(refusalWords({ code: 'sign-in-slowed', retrySeconds }, NOW).todo).toContain(words);
});
