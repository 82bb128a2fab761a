import { expect, test } from 'vitest';
import { parseLocalDate } from '@/lib/platform/time';
import { matchText } from '@/lib/registry/match.rules';

const someone = { id: 'p1', isUnknown: false };
const birthDate = parseLocalDate('1984-03-02') ?? expect.unreachable();

test.each([
  ["O'Neill", 'LS1 4AP'],
  ['ONEILL', 'ls14ap'],
  ['o neíll', ' LS14AP '],
])('%s of %s is recognised as the same patient', (familyName, postcode) => {
  expect(matchText({ ...someone, familyName, birthDate, postcode })).toBe('ONEILL|1984-03-02|LS14AP');
});

test('another name, date or postcode is another patient', () => {
  const texts = [
    matchText({ ...someone, familyName: 'Neill', birthDate, postcode: 'LS1 4AP' }),
    matchText({ ...someone, familyName: 'ONeill', birthDate: parseLocalDate('1984-03-03') ?? expect.unreachable(), postcode: 'LS1 4AP' }),
    matchText({ ...someone, familyName: 'ONeill', birthDate, postcode: 'LS1 4AQ' }),
  ];
  expect(new Set(texts)).toHaveLength(3);
});

test('two unknown patients of one guessed age at one place are two', () => {
  const unknown = { isUnknown: true, familyName: 'Unknown', birthDate, postcode: 'LS1 4AP' };
  expect(matchText({ ...unknown, id: 'p1' })).not.toBe(matchText({ ...unknown, id: 'p2' }));
});
