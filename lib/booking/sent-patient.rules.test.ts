import { describe, expect, test } from 'vitest';
import { sentOtherwise } from '@/lib/booking/sent-patient.rules';
import type { SentPatient } from '@/lib/booking/submission.schema';
import { parseLocalDate } from '@/lib/platform/time';

const BORN = parseLocalDate('1984-03-02') ?? expect.fail();
const KNOWN = { givenName: 'Tomasz', familyName: 'Notreal', birthDate: BORN };
const SENT: SentPatient = {
  ...{ nhsNumber: '9990000018', verification: null, gender: 'male', birthDate: '1984-03-02', addresses: [], telecom: [], thirdParties: [] },
  name: { prefix: ['Mr'], given: ['Tomasz'], family: 'Notreal' },
};
const named = (given: string[], family: string): SentPatient => ({ ...SENT, name: { prefix: [], given, family } });

describe('a patient whom another system knew as we do', () => {
  test.each([
    ['letter for letter', SENT],
    ['in capitals', named(['TOMASZ'], 'NOTREAL')],
    ['with a further given name', named(['Tomasz', 'Jan'], 'Notreal')],
    ['with accents', named(['Tómasz'], 'Nótreal')],
    ['with space at the ends', named([' Tomasz '], 'Notreal ')],
  ])('%s is not called another', (_how, sent) => {
    expect(sentOtherwise(sent, KNOWN)).toBeNull();
  });

  test('a hyphen or a space between two names is one and the same', () => {
    expect(sentOtherwise(named(['Anna-Maria'], 'Smith Jones'), { ...KNOWN, givenName: 'Anna Maria', familyName: 'Smith-Jones' })).toBeNull();
  });
});

describe('what was sent otherwise is told, and no more', () => {
  test.each([
    ['another family name', named(['Tomasz'], 'Notrael'), { name: 'NOTRAEL, Tomasz', birthDate: null }],
    ['another given name', named(['Thomas'], 'Notreal'), { name: 'NOTREAL, Thomas', birthDate: null }],
    ['another date of birth', { ...SENT, birthDate: '1948-03-02' }, { name: null, birthDate: '1948-03-02' }],
    ['both', { ...named(['Ewa'], 'Notreal'), birthDate: '1985-03-02' }, { name: 'NOTREAL, Ewa', birthDate: '1985-03-02' }],
  ])('%s', (_what, sent, expected) => {
    expect(sentOtherwise(sent, KNOWN)).toEqual(expected);
  });
});
