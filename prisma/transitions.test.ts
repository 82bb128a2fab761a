import { expect, test } from 'vitest';
import { WORKFLOW } from '@/lib/booking/transitions.rules';
import { db } from '@/lib/platform/db';
import { aFreeSlot } from '@/prisma/factories/slot';

test('the database lets through exactly the transitions of the table; a held slot is a free one to it', async () => {
  const stored = await db.stateTransition.findMany();
  const inCode = Object.entries(WORKFLOW).flatMap(([kind, steps]) =>
    steps.map(({ from, to }) => ({ kind, fromState: from.replace('held', 'free'), toState: to.replace('held', 'free') })).filter(({ fromState, toState }) => fromState !== toState),
  );
  expect(stored.map(line).sort()).toEqual([...new Set(inCode.map(line))].sort());
});

test('a transition that does not exist is refused by the database, whoever asks', async () => {
  const slot = await aFreeSlot();
  await db.slot.update({ where: { id: slot.id }, data: { status: 'withdrawn' } });
  await expect(db.slot.update({ where: { id: slot.id }, data: { status: 'busy' } })).rejects.toThrow('slot cannot go from withdrawn to busy');
});

function line({ kind, fromState, toState }: { kind: string; fromState: string; toState: string }): string {
  return `${kind}: ${fromState} to ${toState}`;
}
