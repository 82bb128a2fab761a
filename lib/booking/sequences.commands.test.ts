import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import { bookAppointment } from '@/lib/booking/book.commands';
import { cancelAppointment } from '@/lib/booking/cancel.commands';
import { holdSlot, letGo } from '@/lib/booking/hold.commands';
import { db } from '@/lib/platform/db';
import { addMinutes } from '@/lib/platform/time';
import { aBookingRequest, aCall, aCancelRequest } from '@/prisma/factories/call';
import { freeSlotsInARow } from '@/prisma/factories/slot';
import { aHandler, later } from '@/prisma/factories/staff';

const SLOTS = 3;
const CALLS = 5;
const HOLD_MINUTES = 5;

type Step = { kind: 'hold' | 'book' | 'let-go' | 'cancel'; call: number; slot: number; minutes: number };
type World = { ctx: Ctx; calls: string[]; slots: string[]; startsAt: Date[] };

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
  return { ctx, calls: calls.map(({ id }) => id), slots: slots.map(({ id }) => id), startsAt: slots.map(({ startsAt }) => startsAt) };
}

async function run(world: World, { kind, call, slot }: Step, now: Ctx): Promise<string> {
  const callId = world.calls[call] ?? '';
  const slotId = world.slots[slot] ?? '';
  switch (kind) {
    case 'hold':
      return codeOf(await holdSlot(now, { callId, slotId }));
    case 'let-go':
      return codeOf(await letGo(now, { callId }));
    case 'book':
      return codeOf(await bookAppointment(now, aBookingRequest(callId, slotId)));
    case 'cancel': {
      const live = await db.appointment.findFirst({ where: { slotId, releasedAt: null } });
      return live ? codeOf(await cancelAppointment(now, aCancelRequest(live.id))) : 'nothing';
    }
  }
}

function codeOf(outcome: { ok: true } | { ok: false; error: { code: string } }): string {
  return outcome.ok ? 'ok' : outcome.error.code;
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

/** The workflow as a person would tell it, to predict every answer of a sequence. */
class Model {
  private readonly busy = new Map<number, boolean>();
  private readonly holds = new Map<number, { call: number; until: number }>();
  private readonly booked = new Set<number>();
  constructor(private readonly startsAt: readonly Date[]) {}

  expected({ kind, call, slot }: Step, now: Date): string {
    if (kind === 'let-go') return this.release(call, now);
    if (kind === 'cancel') return this.cancel(slot, now);
    if (this.booked.has(call)) return 'call-already-booked';
    if ((this.startsAt[slot] ?? now) <= now) return 'slot-in-past';
    if (this.busy.get(slot)) return 'slot-taken';
    const holder = this.holderOf(slot, now);
    if (holder !== null && holder !== call) return 'slot-held';
    return kind === 'hold' ? this.hold(call, slot, now) : this.book(call, slot, holder);
  }

  private hold(call: number, slot: number, now: Date): string {
    if (this.holderOf(slot, now) === call) return 'ok';
    this.release(call, now);
    this.holds.set(slot, { call, until: addMinutes(now, HOLD_MINUTES).getTime() });
    return 'ok';
  }

  private book(call: number, slot: number, holder: number | null): string {
    if (holder !== call) return 'hold-expired';
    this.holds.delete(slot);
    this.busy.set(slot, true);
    this.booked.add(call);
    return 'ok';
  }

  private cancel(slot: number, now: Date): string {
    if (!this.busy.get(slot)) return 'nothing';
    if ((this.startsAt[slot] ?? now) <= now) return 'appointment-in-past';
    this.busy.set(slot, false);
    return 'ok';
  }

  private release(call: number, now: Date): string {
    for (const [slot, held] of this.holds) if (held.call === call && held.until > now.getTime()) this.holds.delete(slot);
    return 'ok';
  }

  private holderOf(slot: number, now: Date): number | null {
    const held = this.holds.get(slot);
    return held && held.until > now.getTime() ? held.call : null;
  }
}

test('any sequence of holds, bookings, cancellations and run-out holds answers as the workflow says, and loses or doubles no slot', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      const world = await aWorld();
      const model = new Model(world.startsAt);
      let now = world.ctx;
      for (const each of steps) {
        now = later(now, each.minutes);
        expect([each, await run(world, each, now)]).toEqual([each, model.expected(each, now.now)]);
      }
      await expectSound(world, now.now);
    }),
    { seed: 111, numRuns: 20, endOnFailure: true },
  );
}, 120_000);

test('the same done all at once, in batches, loses or doubles no slot', async () => {
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
