import { expect, test } from 'vitest';
import { hashPassword, isPassword } from '@/lib/auth/password.commands';

test('a stored password is recognised, any other is not', async () => {
  const stored = await hashPassword('correct horse');
  expect(await isPassword('correct horse', stored)).toBe(true);
  expect(await isPassword('Correct horse', stored)).toBe(false);
  expect(await isPassword('', stored)).toBe(false);
});

test('what is stored does not hold the password, and differs each time', async () => {
  const [one, other] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')]);
  expect(one).not.toBe(other);
  expect(one).not.toContain('correct');
});

test('an accented password is the same from every keyboard', async () => {
  expect(await isPassword('caf\u00e9', await hashPassword('cafe\u0301'))).toBe(true);
});

test.each([null, '', 'plain text', 'scrypt$16384$8$1$$'])('no password fits %j', async (stored) => {
  expect(await isPassword('', stored)).toBe(false);
});

test('a try takes about as long for somebody without an account as for somebody with one', async () => {
  const stored = await hashPassword('correct horse');
  const known = await milliseconds(() => isPassword('wrong', stored));
  const unknown = await milliseconds(() => isPassword('wrong', null));
  expect(unknown).toBeGreaterThan(known / 5);
});

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const before = performance.now();
  await work();
  return performance.now() - before;
}
