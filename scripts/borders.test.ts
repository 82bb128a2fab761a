import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withBordersDoc } from './support/borders-doc';

test('the tables about borders in docs/rules.md are what the rules say: npm run docs writes them anew', () => {
  const rules = readFileSync('docs/rules.md', 'utf8');
  expect(rules).toBe(withBordersDoc(rules));
});

test('a document without the marks is not written to', () => {
  expect(() => withBordersDoc('# Rules\n')).toThrow('lost the marks');
});
