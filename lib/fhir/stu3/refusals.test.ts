import { describe, expect, test } from 'vitest';
import { faultOf, STU3_REFUSALS, type DoorCode } from '@/lib/fhir/stu3/refusals';
import type { Refusal, RefusalOf } from '@/lib/platform/errors';

const ROOT = 'https://onward.example.nhs.uk/STU3';
const ID = 'c9d2f7b4-1e58-4a36-b1f0-2d7e5a8c9013';
const AT = new Date('2026-11-24T13:50:00Z');
const alternatives = { here: [], elsewhere: null, held: null };

/** What each refusal of the door becomes: status, issue code, details; and an example, without which it does not compile. */
const EXPECTED: { [Code in DoorCode]: [RefusalOf<Code>, string] } = {
  'slot-not-found': [{ code: 'slot-not-found' }, '422 not-found REFERENCE_NOT_FOUND'],
  'slot-differs': [{ code: 'slot-differs', elements: ['schedule'] }, '422 business-rule INVALID_RESOURCE'],
  'times-outside-slot': [{ code: 'times-outside-slot', startsAt: AT, endsAt: AT }, '422 business-rule INVALID_RESOURCE'],
  'slot-in-past': [{ code: 'slot-in-past', startsAt: AT }, '422 business-rule INVALID_RESOURCE'],
  'slot-taken': [{ code: 'slot-taken', startsAt: AT, alternatives }, '422 processing DUPLICATE_REJECTED'],
  'slot-held': [{ code: 'slot-held', startsAt: AT, freeAgainAt: AT, alternatives }, '422 processing DUPLICATE_REJECTED'],
  'slot-withdrawn': [{ code: 'slot-withdrawn', startsAt: AT }, '422 business-rule INVALID_RESOURCE'],
  'slot-kept-back': [{ code: 'slot-kept-back', startsAt: AT, releasedAt: AT }, '422 business-rule INVALID_RESOURCE'],
  'slot-not-open-yet': [{ code: 'slot-not-open-yet', startsAt: AT, opensAt: AT }, '422 business-rule INVALID_RESOURCE'],
  'slot-notice-passed': [{ code: 'slot-notice-passed', startsAt: AT, lastBookableAt: AT }, '422 business-rule INVALID_RESOURCE'],
  'service-not-bookable': [{ code: 'service-not-bookable', serviceName: 'Example Treatment Centre' }, '422 business-rule INVALID_RESOURCE'],
  'patient-deceased': [{ code: 'patient-deceased' }, '422 business-rule INVALID_RESOURCE'],
  'patient-overlap': [{ code: 'patient-overlap', reference: 'ONW-7K3P-92', startsAt: AT, serviceName: 'Example Treatment Centre' }, '422 business-rule INVALID_RESOURCE'],
  'border-refused': [{ code: 'border-refused', serviceName: 'Example Treatment Centre', rule: 'Not for primary care' }, '422 business-rule INVALID_RESOURCE'],
  'border-approval-needed': [{ code: 'border-approval-needed', serviceName: 'Example Treatment Centre', rule: 'Nothing is agreed', state: 'not-asked' }, '422 business-rule INVALID_RESOURCE'],
  'organisation-refused': [{ code: 'organisation-refused', serviceName: 'Example Treatment Centre', organisation: 'Y99901', what: 'book' }, '403 forbidden ACCESS_DENIED'],
  'appointment-not-found': [{ code: 'appointment-not-found' }, '404 not-found NO_RECORD_FOUND'],
  'cancel-restricted': [{ code: 'cancel-restricted', serviceName: 'Example Treatment Centre', bookedBy: 'Example 111' }, '403 forbidden ACCESS_DENIED'],
  'appointment-changed': [{ code: 'appointment-changed', version: 3 }, '409 conflict FHIR_CONSTRAINT_VIOLATION'],
  'appointment-already-cancelled': [{ code: 'appointment-already-cancelled', at: AT }, '422 business-rule INVALID_RESOURCE'],
  'appointment-in-past': [{ code: 'appointment-in-past', startsAt: AT }, '422 business-rule INVALID_RESOURCE'],
  'appointment-cannot-become': [{ code: 'appointment-cannot-become', status: 'moved', wanted: 'cancelled' }, '422 business-rule INVALID_RESOURCE'],
  'appointment-differs': [{ code: 'appointment-differs', elements: ['Appointment.start'] }, '422 business-rule INVALID_RESOURCE'],
  'appointment-unchanged': [{ code: 'appointment-unchanged' }, '422 business-rule INVALID_RESOURCE'],
  'pointer-own': [{ code: 'pointer-own' }, '422 business-rule INVALID_RESOURCE'],
  'pointer-taken': [{ code: 'pointer-taken' }, '422 duplicate DUPLICATE_REJECTED'],
  'organisation-unknown': [{ code: 'organisation-unknown', odsCode: 'Y99999' }, '422 not-found REFERENCE_NOT_FOUND'],
  'entry-not-found': [{ code: 'entry-not-found' }, '404 not-found NO_RECORD_FOUND'],
  'entry-other-organisation': [{ code: 'entry-other-organisation', organisation: 'Y99902' }, '403 forbidden ACCESS_DENIED'],
  'entry-changed': [{ code: 'entry-changed', version: 3 }, '409 conflict FHIR_CONSTRAINT_VIOLATION'],
  'entry-ended': [{ code: 'entry-ended', status: 'cancelled' }, '422 business-rule INVALID_RESOURCE'],
  'entry-differs': [{ code: 'entry-differs', elements: ['Appointment.created'] }, '422 business-rule INVALID_RESOURCE'],
  'entry-unchanged': [{ code: 'entry-unchanged' }, '422 business-rule INVALID_RESOURCE'],
  'registration-repeated': [{ code: 'registration-repeated', entryId: ID, version: 2 }, '409 duplicate DUPLICATE_REJECTED'],
  'request-repeated': [{ code: 'request-repeated', appointmentId: ID, version: 2 }, '409 duplicate DUPLICATE_REJECTED'],
};
const CASES: readonly (readonly [code: string, refusal: Refusal, expected: string])[] = Object.values(EXPECTED).map(([refusal, expected]) => [refusal.code, refusal, expected]);

function saidOf(refusal: Refusal): (string | undefined)[] {
  return faultOf(refusal, ROOT).error.issues.map(({ diagnostics }) => diagnostics);
}

describe('what is refused at the API', () => {
  test.each(CASES)('B-835 to B-843: %s has its status and codes', (_code, refusal, expected) => {
    const { error } = faultOf(refusal, ROOT);
    expect(error.issues.map(({ code, details }) => `${error.status} ${code} ${details}`)).toEqual([expected]);
    // Nothing of a patient, and no other booking of theirs (B-813).
    expect(JSON.stringify(error.issues)).not.toMatch(/ONW|Treatment/);
  });

  test('every refusal of the table has an example here', () => {
    expect(Object.keys(EXPECTED).toSorted()).toEqual(Object.keys(STU3_REFUSALS).toSorted());
  });

  test.each([EXPECTED['slot-taken'][0], EXPECTED['slot-held'][0]])('B-412: $code is one issue, to the letter', (refusal) => {
    expect(faultOf(refusal, ROOT).error).toEqual({ status: 422, issues: [{ severity: 'error', code: 'processing', details: 'DUPLICATE_REJECTED', diagnostics: 'Slot no longer available' }] });
  });

  test('B-839, B-044: a repeat is told where the first time led', () => {
    const { headers } = faultOf(EXPECTED['request-repeated'][0], ROOT).error;
    expect(saidOf(EXPECTED['request-repeated'][0])).toEqual(['X-Request-Id has been used previously']);
    expect(headers).toEqual({ Location: `${ROOT}/Appointment/${ID}/_history/2` });
  });

  test('B-840: a stale version is told the current one', () => {
    expect(saidOf(EXPECTED['appointment-changed'][0])).toEqual(['The current version is 3']);
  });

  test('B-609: every element that differs has an issue of its own', () => {
    const { issues } = faultOf({ code: 'appointment-differs', elements: ['Appointment.start', 'Appointment.contained[1].gender'] }, ROOT).error;
    expect(issues.map(({ expression }) => expression)).toEqual(['Appointment.start', 'Appointment.contained[1].gender']);
  });

  test('B-411, B-607, B-608: the words that the standard gives', () => {
    expect(saidOf(EXPECTED['slot-in-past'][0])).toEqual(['Slot is in the past']);
    expect(saidOf(EXPECTED['appointment-in-past'][0])).toEqual(['Appointment is in the past']);
    expect(saidOf(EXPECTED['appointment-already-cancelled'][0])).toEqual(['Appointment is already cancelled']);
    expect(saidOf(EXPECTED['appointment-cannot-become'][0])).toEqual(['Appointment is already cancelled']);
    expect(saidOf({ code: 'appointment-cannot-become', status: 'arrived', wanted: 'cancelled' })).toEqual(['Appointment is already arrived']);
  });

  test('a refusal of another door is a fault of ours', () => {
    expect(() => faultOf({ code: 'hold-missing' }, ROOT)).toThrow('hold-missing');
  });
});
