import { describe, expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import { bookDirectly } from '@/lib/booking/book-direct.commands';
import { bookAppointment } from '@/lib/booking/book.commands';
import { ruledBorder } from '@/lib/booking/border-decision.queries';
import { cancelAppointment } from '@/lib/booking/cancel.commands';
import { othersOf } from '@/lib/booking/choices.queries';
import { claim, type Claim } from '@/lib/booking/claim.commands';
import { guardOf, guardOn } from '@/lib/booking/guard.queries';
import { offerFor } from '@/lib/booking/offer.queries';
import { referenceFrom } from '@/lib/booking/reference.rules';
import type { BookingRequest } from '@/lib/booking/schema';
import { shiftAppointment } from '@/lib/booking/shift.commands';
import { db, violates } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { addMinutes } from '@/lib/platform/time';
import { transact } from '@/lib/platform/transact';
import { decideChoices } from '@/lib/registry/guard.rules';
import type { GuardChoiceInput } from '@/lib/registry/guard.schema';
import { anAppointment } from '@/prisma/factories/appointment';
import { aCancelRequest, aChoice, aHeldSlot } from '@/prisma/factories/call';
import { aSystem } from '@/prisma/factories/client';
import { aDirectBooking } from '@/prisma/factories/direct';
import { aPatient, syntheticNhsNumber } from '@/prisma/factories/patient';
import { aFreeSlot, freeSlotsInARow } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN, aHandler, later } from '@/prisma/factories/staff';

const STARTS = addMinutes(A_TUESDAY_AT_TEN, 60);

const isWon = ({ ok: won }: Result<unknown, Refusal>) => won;
const codesOf = (outcomes: readonly Result<unknown, Refusal>[]) => [...new Set(outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.error.code])))];

/** Calls of one patient, each holding a slot of its own that begins so many minutes after the others' appointment. */
function heldFor(ctx: Ctx, patientId: string, minutesLater: readonly number[]) {
  return Promise.all(minutesLater.map((minutes) => aHeldSlot(ctx, { call: { patientId, dueAt: null }, slot: { startsAt: addMinutes(STARTS, minutes) } })));
}

const liveOf = (patientId: string) => db.appointment.findMany({ where: { patientId, releasedAt: null }, orderBy: { bookedAt: 'asc' } });

/** Pairs of standing appointments of a patient at one time of which neither was booked beside the other knowingly. */
async function unnoticedPairs(patientId: string): Promise<number> {
  const live = await liveOf(patientId);
  const pairs = live.flatMap((one, index) => live.slice(index + 1).map((other) => [one, other] as const));
  return pairs.filter(([one, other]) => one.startsAt < other.endsAt && one.endsAt > other.startsAt && !one.keptBeside.includes(other.id) && !other.keptBeside.includes(one.id)).length;
}

/** A claim as it is when the guard has looked and all is decided, and the world may still change. */
async function aReadyClaim(ctx: Ctx, request: BookingRequest): Promise<Claim> {
  const offer = await offerFor(db, ctx, request);
  if (!offer?.slot) throw new Error('no offer');
  const slotOffer = { ...offer, slot: offer.slot };
  const guarded = await guardOn(ctx, { offer: slotOffer, replaces: null });
  const chosen = decideChoices(guarded.conflicts, request.choices);
  const others = chosen.ok && (await othersOf(ctx, { guarded, chosen: chosen.value, replaces: null }));
  if (!others) throw new Error('no choices');
  const reference = referenceFrom(crypto.getRandomValues(new Uint8Array(6)));
  const border = { decision: await ruledBorder(db, slotOffer, []), approvalId: null };
  return { appointmentId: newId(), reference, offer: slotOffer, request, timeframe: { ruleId: 'TF-01', minutesOver: 0 }, method: 'book', others, border };
}

/** A claim that is ready, in which this was chosen about the appointment that the patient has. */
async function aClaimBeside(choice: GuardChoiceInput['choice']) {
  const other = await anAppointment(await aHandler());
  const ctx = later(await aHandler(), 1);
  const [held] = await heldFor(ctx, other.patientId, [5]);
  if (!held) throw new Error('no slot');
  const choices = (await guardOf(ctx, held.request)).map((conflict) => aChoice(conflict, choice));
  return { ctx, other, slot: held.slot, ready: await aReadyClaim(ctx, { ...held.request, choices }) };
}

describe('twenty calls book for one patient at overlapping times at once', () => {
  test('without anything before: one stands, nineteen are asked about it', async () => {
    const ctx = await aHandler();
    const { id: patientId } = await aPatient();
    const held = await heldFor(ctx, patientId, Array.from({ length: 20 }, (_, index) => index / 4));
    const outcomes = await Promise.all(held.map(({ request }) => bookAppointment(later(ctx, 0), request)));
    expect(outcomes.filter(isWon)).toHaveLength(1);
    expect(codesOf(outcomes)).toEqual(['guard-choice-needed']);
    expect(await liveOf(patientId)).toHaveLength(1);
  });

  test('half of them kept beside what was there: one of those stands, and nothing is at one time unnoticed', async () => {
    const ctx = await aHandler();
    const before = await anAppointment(ctx);
    const held = await heldFor(ctx, before.patientId, Array.from({ length: 20 }, (_, index) => index / 4));
    const conflicts = await Promise.all(held.map(({ request }) => guardOf(ctx, request)));
    const outcomes = await Promise.all(held.map(({ request }, index) => bookAppointment(later(ctx, 0), { ...request, choices: index % 2 === 0 ? (conflicts[index] ?? []).map((conflict) => aChoice(conflict)) : [] })));
    expect(outcomes.filter(isWon)).toHaveLength(1);
    expect(codesOf(outcomes)).toEqual(['guard-choice-needed']);
    expect(await unnoticedPairs(before.patientId)).toBe(0);
    expect(await liveOf(before.patientId)).toMatchObject([{ id: before.id }, { overlapAccepted: true, keptBeside: [before.id] }]);
  });

  test('asked again and again, every one of five is kept in the end beside all the others', async () => {
    const ctx = await aHandler();
    const { id: patientId } = await aPatient();
    const held = await heldFor(ctx, patientId, [0, 1, 2, 3, 4]);
    await Promise.all(held.map(({ request }) => keepAsking(ctx, request)));
    expect(await liveOf(patientId)).toHaveLength(5);
    expect(await unnoticedPairs(patientId)).toBe(0);
  });
});

/** Keeps whatever it is asked about, until it is booked. */
async function keepAsking(ctx: Ctx, request: BookingRequest, choices: readonly GuardChoiceInput[] = []): Promise<void> {
  const outcome = await bookAppointment(later(ctx, 0), { ...request, choices: [...choices] });
  if (outcome.ok) return;
  if (outcome.error.code !== 'guard-choice-needed') throw new Error(outcome.error.code);
  return keepAsking(ctx, request, outcome.error.conflicts.map((conflict) => aChoice(conflict)));
}

test('ten calls book for one patient within 48 hours at once, at times that do not meet: one books, nine are asked about it', async () => {
  const ctx = await aHandler();
  const { id: patientId } = await aPatient();
  const held = await heldFor(ctx, patientId, Array.from({ length: 10 }, (_, index) => index * 20));
  const outcomes = await Promise.all(held.map(({ request }) => bookAppointment(later(ctx, 0), request)));
  expect(outcomes.filter(isWon)).toHaveLength(1);
  expect(codesOf(outcomes)).toEqual(['guard-choice-needed']);
});

test('calls that keep what is there, and other systems that do not look, book at overlapping times at once: nothing is at one time unnoticed', async () => {
  for (let round = 0; round < 5; round += 1) {
    const ctx = await aHandler();
    const nhsNumber = syntheticNhsNumber();
    const { id: patientId } = await aPatient({ nhsNumber });
    const before = await anAppointment(ctx, { call: { patientId } });
    const held = await heldFor(ctx, patientId, [5, 6, 7, 8, 9]);
    const requests = await Promise.all(held.map(async ({ request }) => ({ ...request, choices: (await guardOf(ctx, request)).map((conflict) => aChoice(conflict)) })));
    const slots = await Promise.all([10, 11, 12, 13, 14].map((minutes) => aFreeSlot({ startsAt: addMinutes(STARTS, minutes) })));
    const direct = await Promise.all(slots.map(async (slot) => ({ system: await aSystem(), booking: await aDirectBooking(slot, { nhsNumber }) })));

    const outcomes = await Promise.all([...direct.map(({ system, booking }) => bookDirectly(system, booking)), ...requests.map((request) => bookAppointment(later(ctx, 0), request))]);
    expect(outcomes.filter(isWon)).toHaveLength(1);
    expect(await unnoticedPairs(patientId)).toBe(0);
    expect(await liveOf(patientId)).toHaveLength(2);
    expect((await liveOf(patientId))[0]?.id).toBe(before.id);
  }
});

describe('what changed between the guard and the claim', () => {
  test.each<[string, (other: { id: string; patientId: string }) => Promise<unknown>]>([
    ['what was to be cancelled was changed', ({ id }) => db.appointment.update({ where: { id }, data: { version: 2 } })],
    ['the slot was booked', async ({ patientId }) => db.slot.updateMany({ where: { heldByCall: { not: null }, id: { in: await heldBy(patientId) } }, data: { status: 'busy', heldByCall: null, heldUntil: null } })],
    ['the patient was booked for', ({ patientId }) => db.patient.update({ where: { id: patientId }, data: { isUnknown: false } })],
  ])('%s: the claim is lost, nothing is booked and nothing cancelled', async (_what, change) => {
    const { ctx, other, slot, ready } = await aClaimBeside('cancel');
    await change(other);
    const before = await db.appointment.findUniqueOrThrow({ where: { id: other.id } });
    expect(await claim(ctx, ready)).toBe('lost');
    expect(await db.appointment.findUniqueOrThrow({ where: { id: other.id } })).toEqual(before);
    expect(before.status).toBe('booked');
    expect(await db.appointment.count({ where: { slotId: slot.id } })).toBe(0);
    expect(await db.auditEvent.count({ where: { requestId: ctx.requestId } })).toBe(0);
    expect(await db.guardChoice.count({ where: { appointmentId: ready.appointmentId } })).toBe(0);
  });

  test('the choice alone lets it overlap: one that it does not name is a violated constraint, and nothing is left of it', async () => {
    const { ctx, other, slot, ready } = await aClaimBeside('keep');
    expect(await claim(ctx, { ...ready, others: { ...ready.others, keptBeside: [newId()] } })).toBe('appointment_no_overlap');
    expect(await claim(ctx, { ...ready, others: { ...ready.others, keptBeside: [] } })).toBe('appointment_no_overlap');
    expect(await db.appointment.count({ where: { slotId: slot.id } })).toBe(0);
    expect(await claim(ctx, ready)).toBe('won');
    expect(await unnoticedPairs(other.patientId)).toBe(0);
  });
});

async function heldBy(patientId: string): Promise<string[]> {
  const calls = await db.call.findMany({ where: { patientId }, select: { id: true } });
  const slots = await db.slot.findMany({ where: { heldByCall: { in: calls.map(({ id }) => id) } }, select: { id: true } });
  return slots.map(({ id }) => id);
}

test('calls, other systems, the service and people who cancel, all for one patient at once and again and again: everybody is answered, and nothing is at one time unnoticed', async () => {
  for (let round = 0; round < 8; round += 1) {
    const ctx = await aHandler();
    const nhsNumber = syntheticNhsNumber();
    const { id: patientId } = await aPatient({ nhsNumber });
    const [first, second] = [await anAppointment(ctx, { call: { patientId } }), await anAppointment(ctx, { call: { patientId, dueAt: null }, slot: { startsAt: addMinutes(STARTS, 30) } })];
    const held = await heldFor(ctx, patientId, [5, 12, 35, 42]);
    const chosen = await Promise.all(
      held.map(async ({ request }, index) => {
        const conflicts = await guardOf(ctx, request);
        return { ...request, choices: conflicts.map((conflict) => aChoice(conflict, conflict.appointment?.id === (index % 2 === 0 ? first : second).id ? (index < 2 ? 'cancel' : 'move') : 'keep')) };
      }),
    );
    const to = await freeSlotsInARow(2, { startsAt: addMinutes(STARTS, 8) });
    const booking = await aDirectBooking(await aFreeSlot({ startsAt: addMinutes(STARTS, 40) }), { nhsNumber });
    const system = await aSystem();

    await Promise.all([
      ...chosen.map((request) => bookAppointment(later(ctx, 0), request)),
      bookDirectly(system, booking),
      cancelAppointment(later(ctx, 0), aCancelRequest(second)),
      ...to.map(({ id }) => shifted(ctx, { appointmentId: first.id, version: 1, toSlotId: id })),
    ]);
    expect(await unnoticedPairs(patientId)).toBe(0);
  }
});

/** Shifts as rebooking from a task does, which tells the violated constraint as a refusal. */
async function shifted(ctx: Ctx, wanted: { appointmentId: string; version: number; toSlotId: string }): Promise<boolean> {
  try {
    const outcome = await transact(async (tx) => {
      const appointment = await shiftAppointment(tx, later(ctx, 0), wanted);
      return appointment ? ok(appointment) : refuse('lost');
    });
    return outcome.ok;
  } catch (error) {
    if (violates(error, 'appointment_no_overlap')) return false;
    throw error;
  }
}
