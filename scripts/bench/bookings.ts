import { bookAppointment } from '@/lib/booking/book.commands';
import { holdSlot } from '@/lib/booking/hold.commands';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { aCall } from '@/prisma/factories/call';
import { aPatient } from '@/prisma/factories/patient';
import { freeSlotsInARow } from '@/prisma/factories/slot';
import { later } from '@/prisma/factories/staff';
import { unique } from '@/prisma/factories/unique';
import type { Ctx } from '@/lib/auth/actor';
import { timed, type Line } from './measure';
import { missing, withBareClients } from './searches';
import { listen, resend, type Sent } from './sent-sql';

const BOOKINGS = 400;
const CLIENTS = 8;
const LIMIT_MS = 100;

export type Held = { ctx: Ctx; callId: string; slotId: string };

/** Booking held slots, eight call handlers at once; then the same statements again by bare clients, after putting everything back. */
export async function bookingLines(ctx: Ctx, url: string): Promise<Line[]> {
  const lines: Line[] = [];
  for (const clients of [1, CLIENTS]) {
    const warming = await heldSlots(ctx, BOOKINGS / 4);
    await timed(warming, clients, book);
    const held = await heldSlots(ctx, BOOKINGS);
    const statements: Sent[][] = [];
    const ours = await timed(held, clients, book);
    const again = await heldSlots(ctx, BOOKINGS);
    for (const one of again) {
      const before = await rowVersionOf(one);
      const { sent } = await listen(() => book(one));
      const after = await rowVersionOf(one);
      statements.push(sent.map(({ text, values }) => ({ text, values: values.map((value) => (value === before ? after : value)) })));
    }
    await putBack(url, again);
    const bare = await withBareClients(url, clients, (bareClients) => timed(atFirstTry(statements), clients, (sent, client) => resend(bareClients[client] ?? missing(), sent)));
    lines.push({ what: 'book a held slot', clients, ours, bare, limitMs: LIMIT_MS });
  }
  return lines;
}

/** A booking whose reference was taken was tried again: sent by a bare client, its first try would be a fault. */
export function atFirstTry(statements: readonly Sent[][]): Sent[][] {
  const shortest = Math.min(...statements.map(({ length }) => length));
  return statements.filter(({ length }) => length === shortest);
}

/** Books what the call holds. */
export async function book({ ctx, callId, slotId }: Held): Promise<string> {
  const outcome = await bookAppointment(later(ctx, 0), { callId, slotId, requestId: newId(), reason: 'Measured booking', approvedBy: '', approvalReason: '', choices: [] });
  if (!outcome.ok) throw new Error(`refused: ${outcome.error.code}`);
  return outcome.value.appointmentId;
}

/** As many calls, each of which holds one of the slots of a new session. */
export async function heldSlots(ctx: Ctx, count: number): Promise<Held[]> {
  const slots = await freeSlotsInARow(count, { startsAt: new Date(ctx.now.getTime() + 60 * 60_000), minutes: 5 });
  const held: Held[] = [];
  for (const slot of slots) {
    // Each of a name of its own: with one name for all of them the registry would look for the same person among thousands.
    const { id: patientId } = await aPatient({ familyName: `Measured-${unique()}` });
    const { id: callId } = await aCall(ctx, { patientId, dueAt: null });
    const outcome = await holdSlot(later(ctx, 0), { callId, slotId: slot.id });
    if (!outcome.ok) throw new Error(`refused: ${outcome.error.code}`);
    held.push({ ctx, callId, slotId: slot.id });
  }
  return held;
}

/** Of the patient of a call, as a booking asks for it: what is sent again must ask for the version that the first booking left. */
async function rowVersionOf({ callId }: Held): Promise<string> {
  const [row] = await db.$queryRaw<{ rowVersion: string }[]>`
    SELECT patient.xmin::text AS "rowVersion"
    FROM call
    JOIN patient ON patient.id = call.patient_id
    WHERE call.id = ${callId}::uuid`;
  return row?.rowVersion ?? missing();
}

// Undoes the bookings in the database of the bench alone: its insert-only triggers are switched off for this one connection.
async function putBack(url: string, held: readonly Held[]): Promise<void> {
  const calls = held.map(({ callId }) => callId);
  const found = await db.appointment.findMany({ where: { callId: { in: calls } }, select: { id: true } });
  const ids = found.map(({ id }) => id);
  await withBareClients(url, 1, async ([client]) => {
    const run = (text: string, values: unknown[]) => (client ?? missing()).query(text, values);
    await run("SET session_replication_role = 'replica'", []);
    await run('DELETE FROM registry_entry_version WHERE entry_id IN (SELECT id FROM registry_entry WHERE appointment_id = ANY ($1))', [ids]);
    await run('DELETE FROM registry_entry WHERE appointment_id = ANY ($1)', [ids]);
    await run('DELETE FROM border_decision WHERE appointment_id = ANY ($1)', [ids]);
    await run('DELETE FROM referral WHERE appointment_id = ANY ($1)', [ids]);
    await run('DELETE FROM appointment_version WHERE appointment_id = ANY ($1)', [ids]);
    await run('DELETE FROM appointment WHERE id = ANY ($1)', [ids]);
    await run("DELETE FROM inbound_request WHERE answer = ANY ($1) AND door = 'screen'", [ids]);
    await run("DELETE FROM outbox WHERE body ->> 'appointmentId' = ANY ($1)", [ids]);
    await run("UPDATE call SET state = 'open', ended_at = NULL WHERE id = ANY ($1)", [calls]);
    for (const { callId, slotId } of held) {
      await run("UPDATE slot SET status = 'free', held_by_call = $1, held_until = starts_at WHERE id = $2", [callId, slotId]);
    }
  });
}
