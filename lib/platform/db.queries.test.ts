import { expect, test } from 'vitest';
import { db, Prisma, sendHot } from '@/lib/platform/db';

test('after a disconnect both ways of sending SQL connect again', async () => {
  expect(await sendHot<{ one: number }>(Prisma.sql`SELECT ${1}::int AS one`)).toEqual([{ one: 1 }]);
  await db.$disconnect();

  expect(await sendHot<{ one: number }>(Prisma.sql`SELECT ${1}::int AS one`)).toEqual([{ one: 1 }]);
  expect(await db.$queryRaw`SELECT 1 AS one`).toEqual([{ one: 1 }]);
});
