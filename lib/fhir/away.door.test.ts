import { PrismaPg } from '@prisma/adapter-pg';
import { expect, test } from 'vitest';
import { codesOf, isAway } from '@/lib/fhir/shared/away';
import { db } from '@/lib/platform/db';
import { PrismaClient } from '@/prisma/generated/client';

test('B-847: no database at the address is away, for raw statements, typed ones and transactions', async () => {
  const nobody = new PrismaClient({ adapter: new PrismaPg({ connectionString: 'postgres://onward@127.0.0.1:1/onward' }) });
  for (const ask of [() => nobody.$queryRaw`SELECT 1`, () => nobody.service.findFirst(), () => nobody.$transaction((tx) => tx.service.findFirst())]) {
    expect(isAway(await thrownBy(ask))).toBe(true);
  }
});

test('B-847: a connection that PostgreSQL ends is away, and so is one that does not come in time', async () => {
  const error = await thrownBy(() => db.$queryRaw`SELECT pg_terminate_backend(pg_backend_pid())`);
  expect(isAway(error)).toBe(true);
  expect(isAway(new Error('timeout exceeded when trying to connect'))).toBe(true);
});

test('a statement that is wrong, and anything else that is thrown, is a fault of ours', async () => {
  const error = await thrownBy(() => db.$queryRaw`SELECT nothing FROM nowhere`);
  expect([isAway(error), codesOf(error)]).toEqual([false, expect.arrayContaining(['42P01'])]);
  const own: { cause?: unknown } = {};
  own.cause = own;
  for (const thrown of [own, new Error('x'), 'x', null, undefined]) expect(isAway(thrown)).toBe(false);
});

async function thrownBy(ask: () => Promise<unknown>): Promise<unknown> {
  try {
    await ask();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
