import { expect, test } from 'vitest';
import { submissionOf } from '@/lib/booking/screen-submission.rules';
import { submission } from '@/lib/booking/submission.schema';
import { parseLocalDate } from '@/lib/platform/time';

const PATIENT = {
  ...{ nhsNumber: null, givenName: 'Unknown', familyName: 'Unknown', birthDate: parseLocalDate('1976-11-24') ?? expect.fail(), sex: 'indeterminate' as const },
  ...{ addressLine: null, town: null, postcode: 'LS1 4AP', phone: null, isUnknown: true },
} as const;

test('an unknown patient without numbers and referral is told without anything made up', () => {
  const told = submissionOf({ patient: PATIENT, contacts: [], referral: null });
  expect(told).toEqual({
    patient: {
      ...{ nhsNumber: null, verification: null, name: { prefix: [], given: ['Unknown'], family: 'Unknown' }, gender: 'other', birthDate: '1976-11-24' },
      ...{ addresses: [{ use: 'home', lines: [], town: null, district: null, postcode: 'LS1 4AP' }], telecom: [], thirdParties: [] },
    },
    ...{ document: null, language: null, incomingReferral: null },
  });
  expect(submission.parse(told)).toEqual(told);
});

test('B-262: where no call has numbers, the register’s is the one to ring first', () => {
  const known = { ...PATIENT, phone: '01632 960001' };
  expect(submissionOf({ patient: known, contacts: [], referral: null }).patient.telecom).toEqual([{ system: 'phone', value: '01632 960001', use: null, rank: 1 }]);
  const mother = { rank: 1, isPatient: false, name: 'Hanna Notreal', relationship: 'Mother', phone: '01632 960002' };
  expect(submissionOf({ patient: known, contacts: [mother], referral: null }).patient.telecom).toEqual([]);
});
