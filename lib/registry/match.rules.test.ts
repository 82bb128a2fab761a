import { expect, test } from 'vitest';
import { parseLocalDate } from '@/lib/platform/time';
import { matchText } from '@/lib/registry/match.rules';

const birthDate = parseLocalDate('1984-03-02') ?? expect.unreachable();

test.each([
  ["O'Neill", 'LS1 4AP'],
  ['ONEILL', 'ls14ap'],
  ['o neíll', ' LS14AP '],
])('%s of %s is recognised as the same patient', (familyName, postcode) => {
  expect(matchText({ familyName, birthDate, postcode })).toBe('ONEILL|1984-03-02|LS14AP');
});

test('another name, date or postcode is another patient', () => {
  const texts = [
    matchText({ familyName: 'Neill', birthDate, postcode: 'LS1 4AP' }),
    matchText({ familyName: 'ONeill', birthDate: parseLocalDate('1984-03-03') ?? expect.unreachable(), postcode: 'LS1 4AP' }),
    matchText({ familyName: 'ONeill', birthDate, postcode: 'LS1 4AQ' }),
  ];
  expect(new Set(texts)).toHaveLength(3);
});
