import fc from 'fast-check';
import { expect, test } from 'vitest';
import { REFERENCE_BYTES, REFERENCE_SIGNS, referenceFrom, spokenReference, typedReference } from '@/lib/booking/reference.rules';

test('any six bytes make a reference of four and two signs, none of which looks or sounds like another', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: REFERENCE_BYTES, maxLength: REFERENCE_BYTES }), (bytes) => {
      expect(referenceFrom(bytes)).toMatch(/^ONW-[2346789FHKMPRWXY]{4}-[2346789FHKMPRWXY]{2}$/);
    }),
  );
  expect(REFERENCE_SIGNS).not.toMatch(/[0OQ1IL5SBGZUVCDETAJN]/);
});

test('every sign is as likely as every other', () => {
  expect(256 % REFERENCE_SIGNS.length).toBe(0);
  expect(new Set(REFERENCE_SIGNS)).toHaveLength(REFERENCE_SIGNS.length);
});

test('different bytes give different references', () => {
  expect(referenceFrom(Uint8Array.of(0, 1, 2, 3, 4, 5))).toBe('ONW-2346-78');
  expect(referenceFrom(Uint8Array.of(5, 4, 3, 2, 1, 0))).toBe('ONW-8764-32');
});

test('a reference is read out sign by sign with a pause between the groups', () => {
  expect(spokenReference('ONW-7K3P-92')).toBe('O N W, 7 K 3 P, 9 2');
});

test.each([
  ['ONW-7K3P-92', 'ONW-7K3P-92'],
  ['onw 7k3p 92', 'ONW-7K3P-92'],
  ['  7k3p92 ', 'ONW-7K3P-92'],
  ['O N W, 7 K 3 P, 9 2', 'ONW-7K3P-92'],
  ['ONW7K3P92', 'ONW-7K3P-92'],
  ['7K3P-9', null],
  ['ONW-7K3P-921', null],
  ['ONW-7K3P-9S', null],
  ['ONW', null],
  ['', null],
])('a reference typed as %j is read as %j', (typed, reference) => {
  expect(typedReference(typed)).toBe(reference);
});

test('every reference that is made is found again as it is read out', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: REFERENCE_BYTES, maxLength: REFERENCE_BYTES }), (bytes) => {
      expect(typedReference(spokenReference(referenceFrom(bytes)).toLowerCase())).toBe(referenceFrom(bytes));
    }),
  );
});
