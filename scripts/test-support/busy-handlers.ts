import { writeSync } from 'node:fs';
import type { Ctx } from '@/lib/auth/actor';
import { bookAppointment } from '@/lib/booking/book.commands';
import { cancelAppointment } from '@/lib/booking/cancel.commands';
import { extendHold, holdSlot, letGo } from '@/lib/booking/hold.commands';
import { moveAppointment } from '@/lib/booking/move.commands';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addMinutes, readClock } from '@/lib/platform/time';
import { aBookingRequest, aCall, aCancelRequest } from '@/prisma/factories/call';
import { freeSlotsInARow } from '@/prisma/factories/slot';
import { aHandler } from '@/prisma/factories/staff';
import type { Said } from './said';

// A process to be killed: eight call handlers who hold, extend, let go, book, move and cancel without pause over a few slots.
// Each line that it writes says what is about to be done, or what was answered: `{"did":"booked","id":"…"}`.

const HANDLERS = 8;
const SLOTS = 60;
const SOON_MINUTES = 60;

const slots = await someSlots();
await Promise.all(Array.from({ length: HANDLERS }, work));

async function someSlots(): Promise<string[]> {
  const made = await freeSlotsInARow(SLOTS, { startsAt: addMinutes(readClock(), SOON_MINUTES) });
  return made.map(({ id }) => id);
}

async function work(): Promise<void> {
  for (;;) {
    // While the database is away everything throws; whoever has no answer has nothing, and tries again.
    await aWholeCall().catch(() => undefined);
  }
}

async function aWholeCall(): Promise<void> {
  const handler = await aHandler({ now: readClock() });
  const call = await aCall(handler, { dueAt: null });
  const ctx = (): Ctx => ({ ...handler, now: readClock(), requestId: newId() });

  const slotId = randomSlot();
  // Whoever lost the slot holds the nearest instead: given back, or soon all were held.
  if (!(await holdSlot(ctx(), { callId: call.id, slotId })).ok) return void (await letGo(ctx(), { callId: call.id }));
  if (isNow(0.2)) await extendHold(ctx(), { callId: call.id });
  if (isNow(0.2)) return void (await letGo(ctx(), { callId: call.id }));
  const booked = await bookAppointment(ctx(), aBookingRequest(call.id, slotId));
  if (!booked.ok) return;
  say({ did: 'booked', id: booked.value.appointmentId });

  const standing = isNow(0.4) ? await afterMoving(ctx, { callId: call.id, patientId: call.patientId, id: booked.value.appointmentId }) : booked.value.appointmentId;
  if (!standing || isNow(0.2)) return;
  say({ did: 'asking', id: standing });
  const cancelled = await cancelAppointment(ctx(), aCancelRequest({ id: standing, patientId: call.patientId }));
  if (cancelled.ok) say({ did: 'cancelled', id: standing });
}

/** The appointment that stands after an attempt to move it. */
async function afterMoving(ctx: () => Ctx, { callId, patientId, id }: { callId: string; patientId: string; id: string }): Promise<string | null> {
  const slotId = randomSlot();
  if (!(await holdSlot(ctx(), { callId, slotId })).ok) {
    await letGo(ctx(), { callId });
    return id;
  }
  say({ did: 'asking', id });
  const outcome = await moveAppointment(ctx(), { ...aBookingRequest(callId, slotId), movesId: id, movesVersion: 1 });
  if (!outcome.ok) return (await db.appointment.findFirst({ where: { patientId, releasedAt: null } }))?.id ?? null;
  say({ did: 'moved', id });
  say({ did: 'booked', id: outcome.value.appointmentId });
  return outcome.value.appointmentId;
}

function randomSlot(): string {
  return slots[Math.floor(Math.random() * slots.length)] ?? '';
}

function isNow(chance: number): boolean {
  return Math.random() < chance;
}

// At once, past every buffer: a kill must not swallow what was already answered.
function say(line: Said): void {
  writeSync(1, `${JSON.stringify(line)}\n`);
}
