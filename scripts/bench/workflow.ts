import type { Ctx } from '@/lib/auth/actor';
import { bookAppointment } from '@/lib/booking/book.commands';
import { recordShown, startCall } from '@/lib/booking/call.commands';
import { callFor } from '@/lib/booking/call.queries';
import { bordersFor } from '@/lib/booking/border.queries';
import { searchOf } from '@/lib/booking/call.rules';
import { holdSlot } from '@/lib/booking/hold.commands';
import { moveAppointment } from '@/lib/booking/move.commands';
import { recordReadBack } from '@/lib/booking/read-back.commands';
import { skipsNeeded } from '@/lib/booking/skip.queries';
import { slotsOf } from '@/lib/booking/slots.queries';
import { findServices } from '@/lib/directory/search.queries';
import type { NhsNumber } from '@/lib/patient/nhs-number.schema';
import { nhsNumber } from '@/lib/patient/nhs-number.schema';
import { aBookingRequest, aCall } from '@/prisma/factories/call';
import { aPatient } from '@/prisma/factories/patient';
import { freeSlotsInARow } from '@/prisma/factories/slot';
import { aHandler, later } from '@/prisma/factories/staff';
import { book, heldSlots, type Held } from './bookings';
import { timed, type Line } from './measure';

const BOOKERS = 50;
const CONTESTS = 10;
const MOVES = 200;
const HANDLERS = 8;
const CALLS = 10;
const POSTCODES = ['LS1 4AP', 'M1 1AE', 'B1 1BB', 'NR3 3BN', 'BS1 5TR', 'NE1 4ST', 'EX2 9PZ', 'CB2 1TN'];
const NO_APPOINTMENTS = 31;

/** Fifty bookers for one slot, from the first asking to the last answer; moves; and whole calls by eight handlers at once. */
export async function workflowLines(ctx: Ctx): Promise<Line[]> {
  return [await contestedLine(ctx), await moveLine(ctx), await wholeCallsLine(ctx)];
}

async function contestedLine(ctx: Ctx): Promise<Line> {
  const contests: { slotId: string; calls: string[] }[] = [];
  for (let contest = 0; contest < CONTESTS; contest += 1) {
    // Alone at its service: a loser who held another slot instead would be in the way of the next contest.
    const [slot] = await freeSlotsInARow(1, { startsAt: inAnHour(ctx), minutes: 5 });
    const calls = await Promise.all(Array.from({ length: BOOKERS }, () => aCall(ctx, { dueAt: null })));
    contests.push({ slotId: slot?.id ?? '', calls: calls.map(({ id }) => id) });
  }
  const ours = await timed(contests, 1, async ({ slotId, calls }) => {
    const booked = await Promise.all(calls.map((callId) => holdAndBook(ctx, { callId, slotId })));
    if (booked.filter(Boolean).length !== 1) throw new Error('one slot was not booked exactly once');
  });
  return { what: `${BOOKERS} bookers, one slot: all answered`, clients: BOOKERS, ours };
}

async function holdAndBook(ctx: Ctx, { callId, slotId }: { callId: string; slotId: string }): Promise<boolean> {
  const held = await holdSlot(later(ctx, 0), { callId, slotId });
  return held.ok && (await bookAppointment(later(ctx, 0), aBookingRequest(callId, slotId))).ok;
}

async function moveLine(ctx: Ctx): Promise<Line> {
  const from = await heldSlots(ctx, MOVES);
  const to = await freeSlotsInARow(MOVES, { startsAt: inAnHour(ctx), minutes: 5 });
  const moves: (Held & { movesId: string })[] = [];
  for (const [index, held] of from.entries()) {
    const movesId = await book(held);
    const slotId = to[index]?.id ?? '';
    await holdSlot(later(ctx, 0), { callId: held.callId, slotId });
    moves.push({ ...held, slotId, movesId });
  }
  const ours = await timed(moves, HANDLERS, async ({ callId, slotId, movesId }) => {
    const outcome = await moveAppointment(later(ctx, 0), { ...aBookingRequest(callId, slotId), movesId, movesVersion: 1 });
    if (!outcome.ok) throw new Error(`refused: ${outcome.error.code}`);
  });
  return { what: 'move to a held slot', clients: HANDLERS, ours };
}

async function wholeCallsLine(ctx: Ctx): Promise<Line> {
  const handlers = await Promise.all(Array.from({ length: HANDLERS }, () => aHandler({ now: ctx.now })));
  const calls: { handler: number; number: NhsNumber; postcode: string }[] = [];
  for (let call = 0; call < HANDLERS * CALLS; call += 1) {
    const { nhsNumber: typed } = await aPatient();
    calls.push({ handler: call % HANDLERS, number: nhsNumber.parse(typed), postcode: POSTCODES[call % POSTCODES.length] ?? '' });
  }
  const ours = await timed(calls, HANDLERS, async ({ handler, number, postcode }) => {
    const who = handlers[handler];
    if (who) await wholeCall(who, number, postcode);
  });
  return { what: 'a whole call: start, search, hold, book, read back', clients: HANDLERS, ours };
}

async function wholeCall(handler: Ctx, number: NhsNumber, postcode: string): Promise<void> {
  const ctx = () => later(handler, 0);
  const started = await startCall(ctx(), {
    patient: { kind: 'known', nhsNumber: number },
    ...{ caller: null, callbackPhone: null, postcode, disposition: 'Dx05', practice: null, symptomGroup: null, discriminators: [] },
  });
  if (!started.ok) throw new Error(`refused: ${started.error.code}`);
  const { callId } = started.value;
  const call = await callFor(ctx(), callId);
  if (!call) throw new Error('the call has gone');
  const answer = await findServices(handler, searchOf(handler, call));
  await recordShown(ctx(), callId, answer, await bordersFor(handler, call, answer.services));
  const service = answer.services.find(({ freeInTime }) => freeInTime > 0);
  if (!service) return;
  const { inTime } = await slotsOf(ctx(), { serviceId: service.id, callId, dueAt: call.dueAt });
  const needed = await skipsNeeded(ctx(), { callId, serviceId: service.id });
  const skips = needed.map(({ serviceId, suggestedId }) => ({ serviceId, reasonId: suggestedId ?? NO_APPOINTMENTS, comment: '' }));
  const slot = inTime[Math.floor(Math.random() * inTime.length)];
  const held = slot ? await holdSlot(ctx(), { callId, slotId: slot.id, skips }) : null;
  // Eight handlers may want one slot: whoever lost holds the next one, and would go on with that.
  if (!held?.ok) return;
  const booked = await bookAppointment(ctx(), aBookingRequest(callId, held.value.id));
  if (booked.ok) await recordReadBack(ctx(), { callId, lines: ['when', 'service', 'how', 'worse', 'reference'] });
}

function inAnHour({ now }: Ctx): Date {
  return new Date(now.getTime() + 60 * 60_000);
}
