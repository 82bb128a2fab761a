import { describe, expect, test } from 'vitest';
import { decideLink, decideUnlink } from '@/lib/registry/link.rules';

const NUMBER = '9997478347';
const OTHER = '9990000018';
const entry = { version: 1, nhsNumber: null, matchKey: 'key', linkedAt: null, isOpen: true };
const linked = { ...entry, version: 2, nhsNumber: NUMBER, linkedAt: new Date('2026-11-24T10:00:00Z') };
const patient = { nhsNumber: NUMBER, matchKey: 'key' };

const refusal = (outcome: ReturnType<typeof decideLink> | ReturnType<typeof decideUnlink>) => (outcome.ok ? 'allowed' : outcome.error);
const notLinkable = (why: string) => ({ code: 'entry-not-linkable', why });

describe('saying that an entry is of this patient', () => {
  test('gives an entry without number, of the same name, birth date and postcode, the patient’s', () => {
    expect(decideLink(entry, { patient, version: 1 })).toEqual({ ok: true, value: { nhsNumber: NUMBER } });
  });

  test.each([
    ['it changed since it was looked at', { ...entry, version: 2 }, patient, { code: 'entry-changed', version: 2 }],
    ['the patient’s number is not known', entry, { ...patient, nhsNumber: null }, notLinkable('no-nhs-number')],
    ['it has this number already', { ...entry, nhsNumber: NUMBER }, patient, notLinkable('linked')],
    ['it has another number', { ...entry, nhsNumber: OTHER }, patient, notLinkable('other-person')],
    ['name, birth date or postcode are not the same', entry, { ...patient, matchKey: 'other' }, notLinkable('other-person')],
    ['nothing but a foreign identifier is known of it', { ...entry, matchKey: null }, patient, notLinkable('other-person')],
    ['it is sealed to whoever says so', { ...entry, isOpen: false }, patient, notLinkable('sealed')],
  ])('is refused when %s', (_case, given, whose, expected) => {
    expect(refusal(decideLink(given, { patient: whose, version: 1 }))).toEqual(expected);
  });
});

describe('taking back that an entry is of this patient', () => {
  test('is allowed for what a person had said', () => {
    expect(decideUnlink(linked, { patient, version: 2 }).ok).toBe(true);
  });

  test.each([
    ['it changed since it was looked at', { ...linked, version: 3 }, { code: 'entry-changed', version: 3 }],
    ['it had the number from the beginning', { ...linked, linkedAt: null }, notLinkable('not-linked')],
    ['it was said to be another patient’s', { ...linked, nhsNumber: OTHER }, notLinkable('other-person')],
    ['it is sealed to whoever takes it back', { ...linked, isOpen: false }, notLinkable('sealed')],
  ])('is refused when %s', (_case, given, expected) => {
    expect(refusal(decideUnlink(given, { patient, version: 2 }))).toEqual(expected);
  });
});
