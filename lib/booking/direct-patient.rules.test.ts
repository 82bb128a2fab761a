import { describe, expect, test } from 'vitest';
import { newPatientOf, sentContacts } from '@/lib/booking/direct-patient.rules';
import type { SentPatient, SentTelecom, SentThirdParty } from '@/lib/booking/submission.schema';

const phone = (value: string, rank: number | null, system = 'phone'): SentTelecom => ({ system, value, use: null, rank });
const SENT: SentPatient = {
  ...{ nhsNumber: '9990000018', verification: null, gender: 'female', birthDate: '2024-11-06', thirdParties: [] },
  name: { prefix: ['Miss'], given: ['Ada', 'May'], family: 'Notreal' },
  addresses: [{ use: 'home', lines: ['Flat 2', '51 Staging Way'], town: 'Norwich', district: 'Norfolk', postcode: 'NR3 3BN' }],
  telecom: [phone('ada@example.com', 3, 'email'), phone('01632 960002', 2), phone('07700 900153', 1, 'sms')],
};
const HANNA: SentThirdParty = {
  relationships: [{ coding: { system: 'http://hl7.org/fhir/v2/0131', code: 'N', display: 'Next-of-Kin' }, text: null }],
  name: { prefix: ['Ms'], given: ['Hanna'], family: 'Notreal' },
  telecom: [phone('01632 960003', 2), phone('hanna@example.com', 4, 'email')],
  address: null,
};

describe('a patient whom nobody knew', () => {
  test('has what was sent: the first address in one line, the number of the best rank', () => {
    expect(newPatientOf('an id', SENT)).toEqual({
      ...{ id: 'an id', nhsNumber: '9990000018', givenName: 'Ada May', familyName: 'Notreal', birthDate: '2024-11-06', sex: 'female' },
      ...{ addressLine: 'Flat 2, 51 Staging Way, Norfolk', town: 'Norwich', postcode: 'NR3 3BN', phone: '07700 900153' },
    });
  });

  test.each([['male', 'male'], ['female', 'female'], ['other', 'indeterminate'], ['unknown', 'indeterminate']] as const)('B-257: %s is kept as %s', (gender, sex) => {
    expect(newPatientOf('an id', { ...SENT, gender }).sex).toBe(sex);
  });

  test('B-263: without lines and numbers there are none', () => {
    const bare = { ...SENT, telecom: [], addresses: [{ use: null, lines: [], town: null, district: null, postcode: 'NR3 3BN' }] };
    expect(newPatientOf('an id', bare)).toMatchObject({ addressLine: null, town: null, phone: null });
  });

  test.each(['2024-02-30', 'yesterday'])('a birth date %s is a fault of the door', (birthDate) => {
    expect(() => newPatientOf('an id', { ...SENT, birthDate })).toThrow('a door let through');
  });
});

describe('the numbers to ring', () => {
  test('B-260, B-261: those of the patient and of third parties, with the ranks that were sent; what nobody can ring is no number', () => {
    expect(sentContacts({ ...SENT, thirdParties: [HANNA] })).toEqual([
      { rank: 2, isPatient: true, name: null, relationship: null, phone: '01632 960002' },
      { rank: 1, isPatient: true, name: null, relationship: null, phone: '07700 900153' },
      { rank: 2, isPatient: false, name: 'Ms Hanna Notreal', relationship: 'Next-of-Kin', phone: '01632 960003' },
    ]);
  });

  test.each([
    [[{ coding: null, text: 'Mother' }], 'Mother'],
    [[{ coding: { system: null, code: 'N', display: null }, text: null }], 'N'],
    [[], 'Not stated'],
  ])('a relationship %o is %s', (relationships, words) => {
    expect(sentContacts({ ...SENT, telecom: [], thirdParties: [{ ...HANNA, relationships }] })).toMatchObject([{ relationship: words }]);
  });

  test('a rank that is missing or beyond all measure comes last', () => {
    expect(sentContacts({ ...SENT, telecom: [phone('01632 960002', null), phone('01632 960003', 100_000)] }).map(({ rank }) => rank)).toEqual([32_767, 32_767]);
  });
});
