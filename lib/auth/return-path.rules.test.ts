import fc from 'fast-check';
import { expect, test } from 'vitest';
import { returnPath, signInPath, unavailablePath } from '@/lib/auth/return-path.rules';

test.each(['/calls', '/calls/new', '/calls/0197/services?service=12', '/appointments?q=ONW-7K3P-92'])('comes back to %s', (from) => {
  expect(returnPath(from)).toBe(from);
});

test.each([
  ['nothing', undefined],
  ['an empty text', ''],
  ['another site', 'https://example.com/'],
  ['another site without its scheme', '//example.com'],
  ['a backslash that browsers read as a slash', '/\\example.com'],
  ['a tab that browsers drop', '/\t/example.com'],
  ['a line end that browsers drop', '/\n/example.com'],
  ['a script', 'javascript:alert(1)'],
  ['a path without its slash', 'calls'],
  ['dots that climb to another site', '/..//example.com'],
  ['the sign-in page', '/sign-in?from=/calls'],
  ['signing out', '/sign-out'],
  ['the page for a database that is away', '/unavailable'],
  ['a door without a page', '/api/auth/signout'],
  ['a path too long to be one of ours', `/${'a'.repeat(2_001)}`],
])('goes to the start page instead of %s', (_what, from) => {
  expect(returnPath(from)).toBe('/');
});

test('whatever is asked for, the browser stays on this site', () => {
  const nasty = fc.string({ unit: fc.constantFrom('/', '\\', '.', '\t', '\n', ' ', ':', '@', '?', '#', 'a', '%2f', 'http') });
  fc.assert(
    fc.property(fc.oneof(nasty, fc.webUrl(), fc.string()), (from) => {
      const path = returnPath(from);
      expect(path.startsWith('/')).toBe(true);
      expect(new URL(path, 'https://onward.example.com').origin).toBe('https://onward.example.com');
    }),
  );
});

test('the sign-in page carries the way back, and nothing for the start page', () => {
  expect(signInPath('/calls/new?a=b')).toBe('/sign-in?from=%2Fcalls%2Fnew%3Fa%3Db');
  expect(signInPath(undefined)).toBe('/sign-in');
  expect(signInPath('https://example.com')).toBe('/sign-in');
  expect(unavailablePath('/calls')).toBe('/unavailable?from=%2Fcalls');
});
