import { describe, expect, test } from 'vitest';
import { formatNhsNumber, nhsNumber } from '@/lib/patient/nhs-number.schema';

const CHECK = /check each digit/;
// The rows of the shipped list of invalid numbers.
const INVALID: readonly (readonly [typed: string, why: string, message: RegExp])[] = [
  ['9997478348', 'wrong check digit', CHECK],
  ['9991226037', 'wrong check digit', CHECK],
  ['9998966494', 'wrong check digit', CHECK],
  ['9999572791', 'wrong check digit', CHECK],
  ['9993540553', 'wrong check digit', CHECK],
  ['9991997076', 'wrong check digit', CHECK],
  ['9997740034', 'wrong check digit', CHECK],
  ['9994016769', 'wrong check digit', CHECK],
  ['123456789', 'nine digits', /10 digits: this one has 9/],
  ['99912345678', 'eleven digits', /10 digits: this one has 11/],
  ['999 000 000A', 'letter', /digits only/],
  ['0000000000', 'all zeros: passes the arithmetic, must still be rejected', /same digit ten times/],
  ['', 'empty', /Enter the NHS number/],
  ['9990000000', 'stem whose check digit would be 10: no valid number', CHECK],
  ['1111111111', 'the same digit: passes the arithmetic too', /same digit ten times/],
  ['9'.repeat(10_000), 'ten thousand digits', /this one has 10000/],
  ['<script>', 'a tag', /digits only/],
];

describe('an NHS number', () => {
  test.each(INVALID)('%s is refused: %s', (typed, _why, message) => {
    const parsed = nhsNumber.safeParse(typed);
    expect(parsed.error?.issues.map((issue) => issue.message)).toEqual([expect.stringMatching(message)]);
    if (/^\d{9,10}$/.test(typed)) expect(parsed.error?.issues[0]?.message).not.toContain(typed);
  });

  test.each(['9997478347', '999 747 8347', '999-747-8347', ' 999\u2013747\u00a08347\t', '999  7478347'])('"%s" is read as ten digits', (typed) => {
    expect(nhsNumber.parse(typed)).toBe('9997478347');
  });

  test('a field that the form did not send is an empty one', () => {
    expect(nhsNumber.safeParse(undefined).error?.issues[0]?.message).toBe('Enter the NHS number');
  });

  test('it is shown in groups of three, three and four', () => {
    expect(formatNhsNumber('9997478347')).toBe('999 747 8347');
  });
});
