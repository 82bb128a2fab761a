import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import { bookAppointment } from '@/lib/booking/book.commands';
import { cancelAppointment } from '@/lib/booking/cancel.commands';
import { holdSlot, letGo } from '@/lib/booking/hold.commands';
import { db } from '@/lib/platform/db';
import { aBookingRequest, aCall, aCancelRequest } from '@/prisma/factories/call';
import { freeSlotsInARow } from '@/prisma/factories/slot';
import { aHandler, later } from '@/prisma/factories/staff';

const SLOTS = 3;
const CALLS = 5;
const HOLD_MINUTES = 5;

type Step = { kind: 'hold' | 'book' | 'let-go' | 'cancel'; call: number; slot: number; minutes: number };
type World = { ctx: Ctx; calls: string[]; slots: string[] };

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('hold', 'hold', 'book', 'book', 'let-go', 'cancel'),
  call: fc.nat(CALLS - 1),
  slot: fc.nat(SLOTS - 1),
  // Most steps come at once; now and then a hold runs out, or a slot begins.
  minutes: fc.constantFrom(0, 0, 0, 1, HOLD_MINUTES, 11),
});

async function aWorld(): Promise<World> {
  const ctx = await aHandler();
  const slots = await freeSlotsInARow(SLOTS);
  const calls = await Promise.all(Array.from({ length: CALLS }, () => aCall(ctx)));
  return { ctx, calls: calls.map(({ id }) => id), slots: slots.map(({ id }) => id) };
}

async function run(world: World, { kind, call, slot }: Step, now: Ctx): Promise<unknown> {
  const callId = world.calls[call] ?? '';
  const slotId = world.slots[slot] ?? '';
  switch (kind) {
    case 'hold':
      return holdSlot(now, { callId, slotId });
    case 'let-go':
      return letGo(now, { callId });
    case 'book':
      return bookAppointment(now, aBookingRequest(callId, slotId));
    case 'cancel': {
      const live = await db.appointment.findFirst({ where: { slotId, releasedAt: null } });
      return live && cancelAppointment(now, aCancelRequest(live));
    }
  }
}

/** What must be true after any sequence, whoever did what at once: no slot twice, none lost, one hold a call, one appointment a call. */
async function expectSound(world: World, now: Date): Promise<void> {
  const slots = await db.slot.findMany({ where: { id: { in: world.slots } }, include: { appointments: { where: { releasedAt: null } } } });
  for (const slot of slots) {
    expect(slot.appointments.length).toBe(slot.status === 'busy' ? 1 : 0);
    expect(['free', 'busy']).toContain(slot.status);
  }
  const live = slots.filter(({ heldUntil }) => heldUntil && heldUntil > now).map(({ heldByCall }) => heldByCall);
  expect(new Set(live)).toHaveLength(live.length);

  const calls = await db.call.findMany({ where: { id: { in: world.calls } }, include: { appointments: { include: { versions: true, registryEntry: true } } } });
  for (const { state, appointments } of calls) {
    expect(appointments).toHaveLength(state === 'booked' ? 1 : 0);
    for (const { versions, version, status, registryEntry } of appointments) {
      expect([versions.length, registryEntry?.version, registryEntry?.status]).toEqual([version, version, status]);
    }
  }
}

test('many people who hold, book, let go and cancel all at once, in batches, lose and double no slot', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(step, { minLength: 4, maxLength: 10 }), { minLength: 2, maxLength: 4 }), async (batches) => {
      const world = await aWorld();
      let now = world.ctx;
      for (const batch of batches) {
        await Promise.all(batch.map((each) => run(world, each, later(now, 0))));
        await expectSound(world, now.now);
        now = later(now, batch[0]?.minutes ?? 0);
      }
    }),
    { seed: 999, numRuns: 15, endOnFailure: true },
  );
}, 120_000);
