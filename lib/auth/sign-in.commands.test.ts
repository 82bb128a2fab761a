import { expect, test } from 'vitest';
import { hashPassword } from '@/lib/auth/password.commands';
import { personOf } from '@/lib/auth/queries';
import { admitSubject, signIn } from '@/lib/auth/sign-in.commands';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';
import { unique } from '@/prisma/factories/unique';

const PASSWORD = 'correct horse';
const passwordHash = await hashPassword(PASSWORD);

test('the right password lets the person in, in any case of the email, and is audited without the email', async () => {
  const { email, id } = await anAccount();
  const moment = aMoment();
  expect(await signIn(moment, { email: email.toUpperCase(), password: PASSWORD, address: anAddress() })).toEqual({ ok: true, value: { staffId: id } });

  const row = await db.auditEvent.findFirstOrThrow({ where: { requestId: moment.requestId } });
  expect(row).toMatchObject({ type: 'staff.signed-in', actorId: id, subject: id, detail: { by: 'password' } });
  expect(JSON.stringify(row.detail)).not.toContain('example.com');
});

test('unknown email, wrong password, disabled person and person without a password get one and the same answer', async () => {
  const [known, disabled, passwordless] = await Promise.all([anAccount(), anAccount(), aHandler()]);
  await db.staff.update({ where: { id: disabled.id }, data: { isActive: false } });
  const { email: emailWithout } = await db.staff.findUniqueOrThrow({ where: { id: passwordless.actor.id } });

  const answers = await Promise.all([
    attempt(`nobody.${unique()}@example.com`, PASSWORD),
    attempt(known.email, 'wrong'),
    attempt(disabled.email, PASSWORD),
    attempt(emailWithout, PASSWORD),
  ]);
  for (const answer of answers) expect(answer).toEqual({ ok: false, error: { code: 'sign-in-wrong' } });
});

test('a refusal is audited with its code and nothing that was typed', async () => {
  const { email } = await anAccount();
  const moment = aMoment();
  await signIn(moment, { email, password: 'wrong', address: '192.0.2.77' });

  const row = await db.auditEvent.findFirstOrThrow({ where: { requestId: moment.requestId } });
  expect(row).toMatchObject({ type: 'staff.sign-in-refused', actorId: 'sign-in', subject: null, detail: { code: 'sign-in-wrong' } });
  expect(JSON.stringify({ ...row, seq: 0 })).not.toMatch(/example\.com|192\.0\.2\.77|wrong"?:/);
});

test('after 5 wrong tries an email is slowed down, even with the right password, and others are not', async () => {
  const [tried, other] = await Promise.all([anAccount(), anAccount()]);
  for (let round = 0; round < 5; round += 1) expect(await attempt(tried.email, 'wrong')).toMatchObject({ error: { code: 'sign-in-wrong' } });

  const slowed = await attempt(tried.email, PASSWORD);
  expect(slowed).toMatchObject({ ok: false, error: { code: 'sign-in-slowed' } });
  if (slowed.ok || slowed.error.code !== 'sign-in-slowed') throw new Error('not slowed down');
  expect(slowed.error.retrySeconds).toBeGreaterThan(0);
  expect(slowed.error.retrySeconds).toBeLessThanOrEqual(300);
  expect(await attempt(other.email, PASSWORD)).toMatchObject({ ok: true });
});

test('an email that nobody has is slowed down like any other', async () => {
  const email = `nobody.${unique()}@example.com`;
  for (let round = 0; round < 5; round += 1) await attempt(email, 'wrong');
  expect(await attempt(email, 'wrong')).toMatchObject({ error: { code: 'sign-in-slowed' } });
});

test('signing in starts the count again', async () => {
  const { email } = await anAccount();
  for (let round = 0; round < 4; round += 1) await attempt(email, 'wrong');
  expect(await attempt(email, PASSWORD)).toMatchObject({ ok: true });
  for (let round = 0; round < 4; round += 1) await attempt(email, 'wrong');
  expect(await attempt(email, PASSWORD)).toMatchObject({ ok: true });
});

test('many tries sent at once do not slip a right guess past the count', async () => {
  const { email } = await anAccount();
  const guesses = [...Array.from({ length: 16 }, () => 'wrong'), PASSWORD];
  const answers = await Promise.all(guesses.map((guess) => attempt(email, guess)));
  expect(answers.at(-1)).toMatchObject({ ok: false, error: { code: 'sign-in-slowed' } });
});

test('ten people at once with the right password of one account all come in', async () => {
  const { email } = await anAccount();
  const answers = await Promise.all(Array.from({ length: 10 }, () => attempt(email, PASSWORD)));
  expect(answers.every((answer) => answer.ok)).toBe(true);
});

test('one network address that tries many people is slowed down', async () => {
  const address = anAddress();
  const emails = Array.from({ length: 100 }, () => `nobody.${unique()}@example.com`);
  await Promise.all(emails.map((email) => signIn(aMoment(), { email, password: 'wrong', address })));

  const { email } = await anAccount();
  expect(await signIn(aMoment(), { email, password: PASSWORD, address })).toMatchObject({ error: { code: 'sign-in-slowed' } });
  expect(await attempt(email, PASSWORD)).toMatchObject({ ok: true });
});

test('the wildcards of a pattern in an email stand for themselves', async () => {
  await anAccount();
  expect(await attempt('%@example.com', PASSWORD)).toMatchObject({ error: { code: 'sign-in-wrong' } });
  const odd = await anAccount(`odd_${unique()}%\\@example.com`);
  expect(await attempt(odd.email, PASSWORD)).toMatchObject({ ok: true });
});

test('the counters hold no email and no address', async () => {
  await signIn(aMoment(), { email: `kept.${unique()}@example.com`, password: 'wrong', address: '192.0.2.88' });
  const keys = (await db.rateLimiterFlexible.findMany()).map(({ key }) => key).join(' ');
  expect(keys).not.toMatch(/example\.com|192\.0\.2\.88/);
});

test('a provider brings in the active person with its subject, nobody else; both are audited without the subject', async () => {
  const { id } = await anAccount();
  const subject = `subject-${unique()}`;
  await db.staff.update({ where: { id }, data: { subject } });
  const [admitted, stranger] = [aMoment(), aMoment()];

  expect(await admitSubject(admitted, subject)).toEqual({ ok: true, value: { staffId: id } });
  expect(await admitSubject(stranger, `subject-${unique()}`)).toEqual({ ok: false, error: { code: 'sign-in-wrong' } });
  expect(await admitSubject(aMoment(), '')).toMatchObject({ ok: false });

  const rows = await db.auditEvent.findMany({ where: { requestId: { in: [admitted.requestId, stranger.requestId] } }, orderBy: { seq: 'asc' } });
  expect(rows).toMatchObject([
    { type: 'staff.signed-in', actorId: id, detail: { by: 'provider' } },
    { type: 'staff.sign-in-refused', actorId: 'sign-in' },
  ]);
  expect(JSON.stringify(rows.map((row) => row.detail))).not.toContain('subject-');

  await db.staff.update({ where: { id }, data: { isActive: false } });
  expect(await admitSubject(aMoment(), subject)).toMatchObject({ ok: false });
});

test('somebody who is disabled in the middle of a session is nobody from the next request on', async () => {
  const ctx = await aHandler({ role: 'clinician' });
  expect(await personOf(ctx.actor.id)).toEqual({ state: 'known', actor: ctx.actor });
  await db.staff.update({ where: { id: ctx.actor.id }, data: { isActive: false } });
  expect(await personOf(ctx.actor.id)).toEqual({ state: 'unknown' });
  expect(await personOf(newId())).toEqual({ state: 'unknown' });
});

test('a role that is taken away is gone from the next request on', async () => {
  const ctx = await aHandler({ role: 'supervisor' });
  await db.staffRole.deleteMany({ where: { staffId: ctx.actor.id } });
  expect(await personOf(ctx.actor.id)).toMatchObject({ state: 'known', actor: { roles: [] } });
});

async function anAccount(email = `account.${unique()}@example.com`): Promise<{ email: string; id: string }> {
  const ctx = await aHandler({ email, passwordHash });
  return { email, id: ctx.actor.id };
}

function attempt(email: string, password: string) {
  return signIn(aMoment(), { email, password, address: anAddress() });
}

function aMoment() {
  return { now: A_TUESDAY_AT_TEN, requestId: newId() };
}

function anAddress(): string {
  return `address-${unique()}`;
}
