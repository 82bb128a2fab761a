import { expect, test } from 'vitest';
import { ROLES } from '@/lib/auth/actor';
import { isPassword } from '@/lib/auth/password.commands';
import { personOf } from '@/lib/auth/queries';
import { db } from '@/lib/platform/db';
import { env } from '@/lib/platform/env';
import { aService } from '@/prisma/factories/service';
import { DEMO_ACCOUNTS, loadStaff } from '@/prisma/seed/staff';

test('the demonstration has every role, call handlers of two organisations, and colleagues to hand a call to and to approve', () => {
  expect(new Set(DEMO_ACCOUNTS.map(({ role }) => role))).toEqual(new Set(ROLES));
  const handlers = DEMO_ACCOUNTS.filter(({ role }) => role === 'call-handler');
  expect(new Set(handlers.map(({ organisation }) => organisation)).size).toBe(2);
  const yorkshire = DEMO_ACCOUNTS.filter(({ organisation }) => organisation === 'Yorkshire 111').map(({ role }) => role);
  expect(yorkshire.sort()).toEqual(['call-handler', 'call-handler', 'clinician', 'clinician', 'supervisor']);
  for (const { email } of DEMO_ACCOUNTS) expect(email).toMatch(/@example\.com$/);
});

test('every account can be used, with its one role; a second load changes nothing, new services reach the service admin', async () => {
  await db.serviceType.upsert({ where: { id: 135 }, create: { id: 135, name: 'Urgent Treatment Centre', singleResultOnly: false }, update: {} });
  const { DATABASE_URL } = env();
  await loadStaff(DATABASE_URL);
  const first = await everybody();
  expect(first).toHaveLength(DEMO_ACCOUNTS.length);
  for (const { email, password, role } of DEMO_ACCOUNTS) {
    const staff = first.find((each) => each.email === email);
    expect(await isPassword(password, staff?.passwordHash ?? null)).toBe(true);
    expect(await personOf(staff?.id ?? '')).toMatchObject({ state: 'known', actor: { roles: role === 'service-admin' ? [] : [{ role }] } });
  }

  await loadStaff(DATABASE_URL);
  expect(await everybody()).toEqual(first);

  const service = await aService();
  await loadStaff(DATABASE_URL);
  const again = await everybody();
  expect(again.map(({ id }) => id)).toEqual(first.map(({ id }) => id));
  expect(again.flatMap(({ roles }) => roles)).toContainEqual({ role: 'service-admin', scope: service.id });
});

function everybody() {
  return db.staff.findMany({
    where: { email: { in: DEMO_ACCOUNTS.map(({ email }) => email) } },
    select: { id: true, email: true, passwordHash: true, roles: { select: { role: true, scope: true } } },
    orderBy: { email: 'asc' },
  });
}
