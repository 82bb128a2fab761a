import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalisePostcode } from '@/lib/directory/postcode.schema';

test('a postcode is read in any spacing and case', () => {
  const spaces = fc.array(fc.constantFrom(' ', '  ', '\t'), { maxLength: 2 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.constantFrom('LS1 4AP', 'EC1A 1BB', 'M1 1AE', 'B33 8TH', 'W1A 0AX', 'DN55 1PT'), fc.array(fc.tuple(fc.boolean(), spaces), { minLength: 8, maxLength: 8 }), (postcode, styles) => {
      const typed = [...postcode.replace(' ', '')].map((letter, index) => `${styles[index]?.[0] ? letter.toLowerCase() : letter}${styles[index]?.[1] ?? ''}`).join('');
      expect(normalisePostcode(typed)).toMatchObject({ kind: 'full', text: postcode });
    }),
  );
});

test('a full postcode tells its sector and outcode', () => {
  expect(normalisePostcode('ec1a1bb')).toEqual({ kind: 'full', text: 'EC1A 1BB', sector: 'EC1A 1', outcode: 'EC1A' });
});

test.each(['LS1', ' ls1 ', 'EC1A', 'm1'])('an outcode alone is read: %s', (typed) => {
  expect(normalisePostcode(typed)).toEqual({ kind: 'outcode', text: typed.trim().toUpperCase() });
});

test.each(['', 'Leeds', 'LS1 4', '12345', 'LS1 4AP and more', "<script>alert('x')</script>", 'A'.repeat(10_000)])('what is no postcode is null, and a sector never becomes an outcode of another town: %s', (typed) => {
  expect(normalisePostcode(typed)).toBeNull();
});
