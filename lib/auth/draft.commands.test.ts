import { expect, test } from 'vitest';
import { claimDraft, keepDraft } from '@/lib/auth/draft.commands';
import { db } from '@/lib/platform/db';
import { aHandler, later } from '@/prisma/factories/staff';
import { unique } from '@/prisma/factories/unique';

const PATH = '/calls/new';
const VALUES = { familyName: 'Notreal', postcode: 'LS1 4AP' };

test('what was typed comes back to the same person, once', async () => {
  const ctx = await aHandler();
  const token = await kept(ctx);
  expect(await claimDraft(later(ctx, 30), { token, path: PATH })).toEqual(VALUES);
  expect(await claimDraft(later(ctx, 30), { token, path: PATH })).toBeNull();
});

test('of two pages that load at once, one gets the draft', async () => {
  const ctx = await aHandler();
  const token = await kept(ctx);
  const claims = await Promise.all(Array.from({ length: 10 }, () => claimDraft(ctx, { token, path: PATH })));
  expect(claims.filter(Boolean)).toEqual([VALUES]);
});

test('another person on the same browser gets nothing, and the draft is gone', async () => {
  const [ctx, colleague] = await Promise.all([aHandler(), aHandler()]);
  const token = await kept(ctx);
  expect(await claimDraft(colleague, { token, path: PATH })).toBeNull();
  expect(await claimDraft(ctx, { token, path: PATH })).toBeNull();
});

test('another page does not get it, and the right one still does', async () => {
  const ctx = await aHandler();
  const token = await kept(ctx);
  expect(await claimDraft(ctx, { token, path: '/appointments' })).toBeNull();
  expect(await claimDraft(ctx, { token, path: PATH })).toEqual(VALUES);
});

test('without the cookie of that browser there is nothing to get', async () => {
  const ctx = await aHandler();
  await kept(ctx);
  expect(await claimDraft(ctx, { token: 'a-guess', path: PATH })).toBeNull();
});

test('after two hours it is gone', async () => {
  const ctx = await aHandler();
  const token = await kept(ctx);
  expect(await claimDraft(later(ctx, 120), { token, path: PATH })).toBeNull();
  expect(await claimDraft(ctx, { token, path: PATH })).toBeNull();
});

test('keeping one clears away those that are too old', async () => {
  const ctx = await aHandler();
  await kept(ctx);
  await kept(later(ctx, 121));
  expect(await db.formDraft.count({ where: { staffId: ctx.actor.id } })).toBe(1);
});

test('odd characters and long texts are kept as they were typed, but for NUL', async () => {
  const ctx = await aHandler();
  const values = { name: `<script>alert("1")</script> ’ 🙂 ${'x'.repeat(10_000)}`, note: 'a\0b', __proto__x: 'plain' };
  const token = await kept(ctx, values);
  expect(await claimDraft(ctx, { token, path: PATH })).toEqual({ ...values, note: 'ab' });
});

async function kept(ctx: Awaited<ReturnType<typeof aHandler>>, values: Record<string, string> = VALUES): Promise<string> {
  const token = `token-${unique()}`;
  await keepDraft(ctx, { token, staffId: ctx.actor.id, path: PATH, values });
  return token;
}
