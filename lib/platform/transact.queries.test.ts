import { expect, test } from 'vitest';
import { db, type Tx } from '@/lib/platform/db';
import { ok, refuse } from '@/lib/platform/result';
import { transact } from '@/lib/platform/transact';
import { aFreeSlot } from '@/prisma/factories/slot';

const withdraw = (tx: Tx, id: string) => tx.slot.update({ where: { id }, data: { status: 'withdrawn' } });

test('a refusal rolls back all that was written before it, and is returned', async () => {
  const slot = await aFreeSlot();
  const outcome = await transact(async (tx) => {
    await withdraw(tx, slot.id);
    return refuse('no');
  });
  expect(outcome).toEqual({ ok: false, error: 'no' });
  expect(await db.slot.findUnique({ where: { id: slot.id } })).toMatchObject({ status: 'free' });
});

test('a throw rolls back all that was written before it, and is rethrown', async () => {
  const slot = await aFreeSlot();
  const broken = transact(async (tx) => {
    await withdraw(tx, slot.id);
    throw new Error('broken');
  });
  await expect(broken).rejects.toThrow('broken');
  expect(await db.slot.findUnique({ where: { id: slot.id } })).toMatchObject({ status: 'free' });
});

test('two transactions that wait for each other both go through', async () => {
  const [one, other] = [await aFreeSlot(), await aFreeSlot()];
  let bothHaveOne: () => void = () => undefined;
  const meeting = new Promise<void>((resolve) => (bothHaveOne = resolve));
  let arrived = 0;
  const crossing = (first: string, second: string) =>
    transact(async (tx) => {
      await withdraw(tx, first);
      arrived += 1;
      if (arrived === 2) bothHaveOne();
      await meeting; // Each has the row that the other wants: one of them must be ended by PostgreSQL.
      await withdraw(tx, second);
      return ok(arrived);
    });
  const outcomes = await Promise.all([crossing(one.id, other.id), crossing(other.id, one.id)]);
  expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
  expect(arrived).toBe(3);
});
