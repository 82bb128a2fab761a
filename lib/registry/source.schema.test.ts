import { expect, test } from 'vitest';
import { sourceForm } from '@/lib/registry/source.schema';

const TYPED = { root: 'https://other.example.nhs.uk/STU3', name: 'Example System', readsForCode: 'Y99901' };

test.each([
  ['https://other.example.nhs.uk/STU3', 'https://other.example.nhs.uk/STU3'],
  ['https://other.example.nhs.uk/STU3/', 'https://other.example.nhs.uk/STU3'],
  ['https://other.example.nhs.uk', 'https://other.example.nhs.uk'],
  [' HTTPS://Other.Example.NHS.uk:443/STU3// ', 'https://other.example.nhs.uk/STU3'],
  ['https://other.example.nhs.uk/a/../STU3', 'https://other.example.nhs.uk/STU3'],
  ['https://127.0.0.1:8443/STU3', 'https://127.0.0.1:8443/STU3'],
])('the root %j is kept as URLs are compared: %s', (typed, root) => {
  expect(sourceForm.parse({ ...TYPED, root: typed })).toEqual({ ...TYPED, root });
});

test.each(['', 'other.example.nhs.uk/STU3', 'http://other.example.nhs.uk/STU3', 'https://other.example.nhs.uk/STU3?a=b', 'https://other.example.nhs.uk/STU3#a', 'https://u:p@other.example.nhs.uk', 'https://', `https://other.example.nhs.uk/${'a'.repeat(300)}`])(
  'the root %j is refused in words',
  (root) => {
    const [issue] = sourceForm.safeParse({ ...TYPED, root }).error?.issues ?? [];
    expect(issue?.path).toEqual(['root']);
    expect(issue?.message).toContain('begins with https');
  },
);

test('name and ODS code must be there; the code is taken in capitals', () => {
  expect(sourceForm.parse({ ...TYPED, readsForCode: ' y99901 ' }).readsForCode).toBe('Y99901');
  expect(sourceForm.safeParse({ root: TYPED.root }).error?.issues.map(({ path }) => path)).toEqual([['name'], ['readsForCode']]);
});
