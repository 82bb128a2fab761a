import type { Ctx, SystemActor } from '@/lib/auth/actor';
import { fhirApp } from '@/lib/fhir/app';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addDays, addMinutes, readClock, startOfLondonDay } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { aSystem } from '@/prisma/factories/client';
import { aService } from '@/prisma/factories/service';
import { freeSlotsInARow } from '@/prisma/factories/slot';
import { aToken } from '@/prisma/factories/token';
import { aBooking, slotsToBook } from '@/scripts/test-support/fhir/bookings';
import { atFirstTry } from './bookings';
import { sender, type Received, type Sending } from './http';
import { paced, type Pace, type RateLine } from './measure';
import { missing, withBareClients } from './searches';
import { listen, resend, type Sent } from './sent-sql';

/** As many as the API has connections to its database. */
const BARE_CLIENTS = 16;
const BOOKINGS = 2_000;
const BOOKERS = 32;
const LIMIT_BOOKING_MS = 100;
const FLOOR_BOOKING = 0.5;
const SEARCHES = 2_000;
const SEARCHERS = 32;
const FLOOR_SEARCH = 0.4;
const DIARIES = 3;
const SLOTS_A_DIARY = 48;
const INCLUDES = ['Slot:schedule', 'Schedule:actor:HealthcareService', 'Schedule:actor:Practitioner', 'Schedule:actor:PractitionerRole', 'HealthcareService:Organization', 'HealthcareService:Location'];

/** The rates of `npm run api` at booking and at searching slots, each beside bare clients that send the same SQL. */
export async function apiRates(base: string, url: string): Promise<RateLine[]> {
  const system = await aSystem({ now: readClock(), requestsPerMinute: 1_000_000 });
  return [await bookingRate(base, url, system), await searchRate(base, url, system)];
}

/** What a supplier's system sends to book a slot, for a patient of its own. */
export function bookingOf(slot: Parameters<typeof aBooking>[0]['slot'], token: string): Sending {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/fhir+json', 'X-Request-Id': newId() };
  return { method: 'POST', path: '/STU3/Appointment', headers, body: JSON.stringify(aBooking({ slot })) };
}

/** The search for one service and one day of London, with all that belongs to its slots. */
export function searchOf(dosId: string, day: ReturnType<typeof londonDate>, token: string): Sending {
  const bounds = [`ge${startOfLondonDay(day).toISOString()}`, `lt${startOfLondonDay(addDays(day, 1)).toISOString()}`];
  const query = new URLSearchParams([['schedule.actor:healthcareservice', dosId], ['status', 'free'], ...bounds.map((bound) => ['start', bound]), ...INCLUDES.map((value) => ['_include', value])]);
  return { method: 'GET', path: `/STU3/Slot?${query.toString()}`, headers: { Authorization: `Bearer ${token}` } };
}

/** Sends, and throws when the answer has another status. */
export async function sendFor(status: number, send: (sending: Sending) => Promise<Received>, sending: Sending): Promise<Received> {
  const received = await send(sending);
  if (received.status !== status) throw new Error(`the API answered ${received.status}, not ${status}`);
  return received;
}

/** The SQL that each request sends, carried out once in this process; throws when one creates nothing. */
export async function statementsOf(sendings: readonly Sending[]): Promise<Sent[][]> {
  const statements: Sent[][] = [];
  const app = fhirApp(readClock);
  for (const { path, method, headers, body } of sendings) {
    const request = new Request(`http://localhost${path}`, { method, headers: new Headers(Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)])), body });
    const { value, sent } = await listen(async () => app.fetch(request));
    if (value.status !== 201) throw new Error(`the API answered ${value.status}`);
    statements.push(sent);
  }
  return statements;
}

/** The rate of bare clients that send the same SQL, after a quarter of it to get warm. */
export async function bareRate(url: string, statements: readonly Sent[][]): Promise<Pace> {
  return withBareClients(url, BARE_CLIENTS, async (clients) => {
    const resent = (sent: Sent[], client: number) => resend(clients[client] ?? missing(), sent);
    const warming = Math.floor(statements.length / 4);
    await paced(statements.slice(0, warming), BARE_CLIENTS, resent);
    return paced(statements.slice(warming), BARE_CLIENTS, resent);
  });
}

async function bookingRate(base: string, url: string, system: Ctx<SystemActor>): Promise<RateLine> {
  const statements = await bookingStatements(url, system);
  // First: a reference of theirs may be given to somebody else later.
  const bare = await bareRate(url, statements);
  const http = sender(base, BOOKERS);
  try {
    const book = (sending: Sending) => sendFor(201, http.send, sending);
    // Both sides are measured warm, as they are all day.
    await paced(await bookings(BOOKINGS, system), BOOKERS, book);
    const ours = await paced(await bookings(BOOKINGS, system), BOOKERS, book);
    return { what: 'POST Appointment', clients: BOOKERS, ours, bare, floor: FLOOR_BOOKING, limitMs: LIMIT_BOOKING_MS };
  } finally {
    http.close();
  }
}

async function bookings(count: number, system: Ctx<SystemActor>): Promise<Sending[]> {
  const [slots, token] = [await slotsToBook(count, { startsAt: addMinutes(readClock(), 60), minutes: 5 }), await aToken(system)];
  return slots.map((slot) => bookingOf(slot, token));
}

/** The SQL of as many bookings, carried out once in this process and then undone. */
async function bookingStatements(url: string, system: Ctx<SystemActor>): Promise<Sent[][]> {
  const statements = await statementsOf(await bookings(BOOKINGS, system));
  await putBack(url, system.actor.id);
  return atFirstTry(statements);
}

// In the database of the bench alone: its insert-only triggers are switched off for this one connection.
async function putBack(url: string, clientId: string): Promise<void> {
  const found = await db.appointment.findMany({ where: { bookedThroughId: clientId }, select: { id: true, slotId: true, patientId: true } });
  const ids = found.map(({ id }) => id);
  await withBareClients(url, 1, async ([client]) => {
    const run = (text: string, values: unknown[] = []) => (client ?? missing()).query(text, values);
    await run("SET session_replication_role = 'replica'");
    await run('DELETE FROM registry_entry_version WHERE entry_id IN (SELECT id FROM registry_entry WHERE appointment_id = ANY ($1))', [ids]);
    for (const table of ['registry_entry', 'booking_submission', 'appointment_contact', 'appointment_version']) await run(`DELETE FROM ${table} WHERE appointment_id = ANY ($1)`, [ids]);
    await run('DELETE FROM appointment WHERE id = ANY ($1)', [ids]);
    await run('DELETE FROM patient WHERE id = ANY ($1)', [found.map(({ patientId }) => patientId)]);
    await run("DELETE FROM inbound_request WHERE door = 'stu3' AND sender = $1", [clientId]);
    await run("DELETE FROM outbox WHERE body ->> 'appointmentId' = ANY ($1)", [ids]);
    await run("UPDATE slot SET status = 'free' WHERE id = ANY ($1)", [found.map(({ slotId }) => slotId)]);
  });
}

async function searchRate(base: string, url: string, system: Ctx<SystemActor>): Promise<RateLine> {
  const token = await aToken(system);
  const { dosId, day } = await aBusyDay(DIARIES, SLOTS_A_DIARY);
  const search = searchOf(dosId, day, token);
  const app = fhirApp(readClock);
  const { sent } = await listen(async () => app.fetch(new Request(`http://localhost${search.path}`, { headers: { Authorization: `Bearer ${token}` } })));
  const http = sender(base, SEARCHERS);
  try {
    const run = (sending: Sending) => sendFor(200, http.send, sending);
    await paced(repeated(search, SEARCHES / 2), SEARCHERS, run);
    const ours = await paced(repeated(search, SEARCHES), SEARCHERS, run);
    const bare = await withBareClients(url, BARE_CLIENTS, async (clients) => {
      const resent = (statements: Sent[], client: number) => resend(clients[client] ?? missing(), statements);
      await paced(repeated(sent, SEARCHES / 2), BARE_CLIENTS, resent);
      return paced(repeated(sent, SEARCHES), BARE_CLIENTS, resent);
    });
    return { what: `GET Slot: one service, one day, ${DIARIES * SLOTS_A_DIARY} slots, all includes`, clients: SEARCHERS, ours, bare, floor: FLOOR_SEARCH };
  } finally {
    http.close();
  }
}

/** A service with free slots of ten minutes in several diaries, all on the day after tomorrow. */
export async function aBusyDay(diaries: number, slots: number) {
  const { id: serviceId, dosId } = await aService();
  const day = addDays(londonDate(readClock()), 2);
  const startsAt = addMinutes(startOfLondonDay(day), 8 * 60);
  for (let diary = 0; diary < diaries; diary += 1) await freeSlotsInARow(slots, { serviceId, startsAt, minutes: 10 });
  return { dosId, serviceId, day, startsAt };
}

function repeated<Item>(item: Item, times: number): Item[] {
  return Array.from({ length: times }, () => item);
}
