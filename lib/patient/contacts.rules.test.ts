import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstContacts, rankContacts } from '@/lib/patient/contacts.rules';
import { contactsForm, type TypedContact } from '@/lib/patient/contacts.schema';
import { fieldErrors } from '@/lib/platform/form';

const OWN: TypedContact = { isPatient: true, name: '', relationship: '', phone: '01632 960001', isFirst: false };
const MOTHER: TypedContact = { isPatient: false, name: 'Ada Notreal', relationship: 'Mother', phone: '07700 900153', isFirst: true };
const CALLER = { name: 'Ada Notreal', relationship: 'Mother' };

const typedContact = fc.record({
  isPatient: fc.boolean(),
  name: fc.constant('Ada Notreal'),
  relationship: fc.constant('Mother'),
  phone: fc.option(fc.stringMatching(/^01632 960\d{3}$/)),
  isFirst: fc.boolean(),
});

describe('ranks', () => {
  test('U-143, U-144: the chosen one is first, the others follow as typed; U-141: a third party keeps name and relationship', () => {
    expect(rankContacts([OWN, { ...OWN, phone: '01632 960002' }, MOTHER])).toEqual({
      ok: true,
      value: [
        { rank: 1, isPatient: false, name: 'Ada Notreal', relationship: 'Mother', phone: '07700 900153' },
        { rank: 2, isPatient: true, name: null, relationship: null, phone: '01632 960001' },
        { rank: 3, isPatient: true, name: null, relationship: null, phone: '01632 960002' },
      ],
    });
  });

  test('U-140, U-144: without exactly one number to be rung first they are refused', () => {
    for (const typed of [[], [OWN], [MOTHER, MOTHER], [{ ...MOTHER, phone: null }, OWN]]) {
      expect(rankContacts(typed)).toEqual({ ok: false, error: { code: 'contacts-without-primary' } });
    }
  });

  test('U-144: whatever is typed, ranks run from 1 without a gap, 1 is the one chosen, and no number is lost', () => {
    fc.assert(
      fc.property(fc.array(typedContact, { maxLength: 6 }), (typed) => {
        const ranked = rankContacts(typed);
        const chosen = typed.filter(({ phone, isFirst }) => phone && isFirst);
        expect(ranked.ok).toBe(chosen.length === 1);
        if (!ranked.ok) return;
        expect(ranked.value.map(({ rank }) => rank)).toEqual(ranked.value.map((_, index) => index + 1));
        expect(ranked.value[0]?.phone).toBe(chosen[0]?.phone);
        expect(ranked.value.map(({ phone }) => phone).sort()).toEqual(typed.flatMap(({ phone }) => phone ?? []).sort());
        expect(ranked.value.every(({ isPatient, name, relationship }) => isPatient === (name === null) && isPatient === (relationship === null))).toBe(true);
      }),
    );
  });
});

describe('the contacts with which a call starts', () => {
  test.each([
    ['the caller’s number, then the patient’s own', { callbackPhone: '07700 900153', caller: CALLER, ownPhone: '01632 960001' }, ['1 Ada Notreal 07700 900153', '2 patient 01632 960001']],
    ['a number that the patient gives, then the one in the register', { callbackPhone: '07700 900153', caller: null, ownPhone: '01632 960001' }, ['1 patient 07700 900153', '2 patient 01632 960001']],
    ['the same number in another spelling once', { callbackPhone: '+44 7700 900153', caller: null, ownPhone: '07700-900153' }, ['1 patient +44 7700 900153']],
    ['no number given: the one in the register', { callbackPhone: null, caller: CALLER, ownPhone: '01632 960001' }, ['1 patient 01632 960001']],
    ['no number at all: none', { callbackPhone: null, caller: CALLER, ownPhone: null }, []],
  ])('%s', (_words, numbers, expected) => {
    expect(firstContacts(numbers).map(({ rank, isPatient, name, phone }) => `${rank} ${isPatient ? 'patient' : name} ${phone}`)).toEqual(expected);
  });
});

describe('the contacts form', () => {
  const ROW = { contact0Is: 'patient', contact0Phone: '01632 960001', contact1Is: 'other', contact1Name: ' Ada  Notreal ', contact1Relationship: 'Mother', contact1Phone: '07700 900153', first: '1' };

  test('its rows become contacts; an empty row is none', () => {
    expect(contactsForm.parse(ROW)).toEqual([OWN, MOTHER]);
    expect(contactsForm.parse({})).toEqual([]);
  });

  test('U-141, U-142: a third party without name or relationship, and a number that is none, are told at their row', () => {
    const parsed = contactsForm.safeParse({ ...ROW, contact1Name: '', contact1Relationship: '', contact3Phone: 'ask his wife' });
    expect(parsed.success ? {} : fieldErrors(parsed.error)).toEqual({
      contact1Name: 'Enter the name of this contact',
      contact1Relationship: 'Enter the relationship to the patient',
      contact3Phone: 'Enter a phone number like 01632 960001 or 07700 900153',
    });
  });

  test('a third party without a number is told so: nothing typed is dropped in silence', () => {
    const parsed = contactsForm.safeParse({ ...ROW, contact1Phone: '' });
    expect(parsed.success ? {} : fieldErrors(parsed.error)).toEqual({ contact1Phone: 'Enter the phone number of this contact, or empty the row' });
  });

  test('10,000 characters in any field are refused at that field', () => {
    const long = 'x'.repeat(10_000);
    const parsed = contactsForm.safeParse({ ...ROW, contact1Name: long, contact1Relationship: long, contact0Phone: long });
    expect(Object.keys(parsed.success ? {} : fieldErrors(parsed.error)).sort()).toEqual(['contact0Phone', 'contact1Name', 'contact1Relationship']);
  });
});
