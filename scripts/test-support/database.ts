import pg from 'pg';
import { afterAll, inject } from 'vitest';

// Runs before the test file imports anything of ours, so `db` connects to the database made here.
const template = new URL(inject('templateUrl'));
const templateName = template.pathname.slice(1);
const name = `onward_test_${crypto.randomUUID().replaceAll('-', '')}`;
const adminUrl = Object.assign(new URL(template), { pathname: 'postgres' }).href;

await asAdmin(async (admin) => {
  // One clone at a time: PostgreSQL refuses to copy a template that somebody else is connected to.
  await admin.query('SELECT pg_advisory_lock(54330)');
  await admin.query(`CREATE DATABASE ${name} TEMPLATE ${templateName}`);
});
process.env['DATABASE_URL'] = Object.assign(new URL(template), { pathname: name }).href;
// What links are built from, and what encrypts the keys that sign tokens.
process.env['PUBLIC_URL'] = 'https://onward.example.nhs.uk';
process.env['NEXTAUTH_SECRET'] ??= crypto.randomUUID();
// Doors log what they refuse, which is most of what is tested.
process.env['LOG_LEVEL'] ??= 'silent';

afterAll(async () => {
  const { db } = await import('@/lib/platform/db');
  await db.$disconnect();
  await asAdmin((admin) => admin.query(`DROP DATABASE ${name} WITH (FORCE)`));
});

async function asAdmin(work: (admin: pg.Client) => Promise<unknown>): Promise<void> {
  const admin = new pg.Client(adminUrl);
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}
