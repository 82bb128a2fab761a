import { randomInt } from 'node:crypto';
import type { Ctx, SystemActor } from '@/lib/auth/actor';
import { fhirApp } from '@/lib/fhir/app';
import { newId } from '@/lib/platform/id';
import { addMinutes, readClock } from '@/lib/platform/time';
import { aSystem } from '@/prisma/factories/client';
import { syntheticNhsNumber } from '@/prisma/factories/patient';
import { aToken } from '@/prisma/factories/token';
import { bareRate, sendFor, statementsOf } from './api';
import { sender, type Sending } from './http';
import { paced, percentile, timed, type Line, type RateLine, type Times } from './measure';
import { benchNumber } from './registry-load';
import { missing, withBareClients } from './searches';
import { listen, resend, type Sent } from './sent-sql';

const LOOK_UPS = 4_000;
const LOOKERS = 8;
const LIMIT_DATABASE_MS = 10;
const LIMIT_API_MS = 40;
/** How much longer it may take among a hundred times as many entries. */
const MOST_GROWTH = 1.3;
const REGISTRATIONS = 2_000;
const REGISTRARS = 32;
const WARMING_ROUNDS = 3;
const FLOOR_REGISTERING = 0.5;

/** Two databases that differ in the number of their entries: the second is that of `base`, and of this process. */
export type Registries = { base: string; small: string; large: string };

/** Looking a patient up in both, in the database and through the API; and how much it grew. */
export async function lookUpLines({ base, small, large }: Registries): Promise<{ lines: Line[]; growth: string }> {
  const system = await aSystem({ now: readClock(), requestsPerMinute: 1_000_000 });
  const token = await aToken(system);
  const statement = await lookUpStatement(token);
  const times = [await inDatabase(small, statement), await inDatabase(large, statement)] as const;
  const lines: Line[] = [
    { what: 'look-up in the database, 200,000 entries', clients: LOOKERS, ours: times[0], limitMs: LIMIT_DATABASE_MS },
    { what: 'look-up in the database, 20 million', clients: LOOKERS, ours: times[1], limitMs: LIMIT_DATABASE_MS },
    { what: 'look-up through the API, 20 million', clients: LOOKERS, ours: await throughApi(base, token), limitMs: LIMIT_API_MS },
  ];
  return { lines, growth: growthWords(times) };
}

/** The rate of registering over the API, beside bare clients that send the same SQL. */
export async function registeringRate({ base, large }: Registries): Promise<RateLine> {
  const system = await aSystem({ now: readClock(), requestsPerMinute: 1_000_000 });
  const statements = await statementsOf(await registrations(system));
  await putBack(large, system.actor.id);
  const bare = await bareRate(large, statements);
  const http = sender(base, REGISTRARS);
  try {
    const register = (sending: Sending) => sendFor(201, http.send, sending);
    // Warm on both sides, as they are all day: a cold process does half as much.
    for (let round = 0; round < WARMING_ROUNDS; round += 1) await paced(await registrations(system), REGISTRARS, register);
    const ours = await paced(await registrations(system), REGISTRARS, register);
    return { what: 'POST registry Appointment', clients: REGISTRARS, ours, bare, floor: FLOOR_REGISTERING };
  } finally {
    http.close();
  }
}

function lookUpOf(nhsNumber: string, token: string): Sending {
  return { method: 'GET', path: `/registry/STU3/Appointment?patient=${nhsNumber}`, headers: { Authorization: `Bearer ${token}` } };
}

/** What the API sends to look a patient up, and where in it the NHS number is. */
async function lookUpStatement(token: string): Promise<(nhsNumber: string) => Sent> {
  const asked = benchNumber(0);
  const { path, headers } = lookUpOf(asked, token);
  const app = fhirApp(readClock);
  const { value, sent } = await listen(async () => app.fetch(new Request(`http://localhost${path}`, { headers: { Authorization: String(headers['Authorization']) } })));
  const found = sent.find(({ text, values }) => /^\s*SELECT/.test(text) && text.includes('registry_entry') && values.includes(asked));
  if (value.status !== 200 || !found) throw new Error('the API did not look the patient up');
  return (nhsNumber) => ({ text: found.text, values: found.values.map((each) => (each === asked ? nhsNumber : each)) });
}

async function inDatabase(url: string, statement: (nhsNumber: string) => Sent): Promise<Times> {
  return withBareClients(url, LOOKERS, async (clients) => {
    // A registry that is asked all day has its index and its entries in the memory of its machine: read once from end to end, they are there.
    for (const text of ['SET enable_seqscan = off', 'SELECT count(nhs_number) FROM registry_entry', 'RESET enable_seqscan', 'SELECT count(external_id) FROM registry_entry']) await clients[0]?.query(text);
    const look = (nhsNumber: string, client: number) => resend(clients[client] ?? missing(), [statement(nhsNumber)]);
    await timed(somebody(), LOOKERS, look);
    return timed(somebody(), LOOKERS, look);
  });
}

async function throughApi(base: string, token: string): Promise<Times> {
  const http = sender(base, LOOKERS);
  try {
    const look = (nhsNumber: string) => sendFor(200, http.send, lookUpOf(nhsNumber, token));
    await timed(somebody(), LOOKERS, look);
    return await timed(somebody(), LOOKERS, look);
  } finally {
    http.close();
  }
}

/** Patients at random, of whom hardly one is asked for twice. */
function somebody(): string[] {
  return Array.from({ length: LOOK_UPS }, () => benchNumber(randomInt(100_000_000)));
}

function growthWords([small, large]: readonly [Times, Times]): string {
  const grown = [0.5, 0.95].map((share) => (percentile(large, share) / percentile(small, share)).toFixed(2));
  return `growth of the look-up from 200,000 to 20 million entries: p50 ${grown[0]}, p95 ${grown[1]} times (at most ${MOST_GROWTH})`;
}

async function registrations(system: Ctx<SystemActor>): Promise<Sending[]> {
  const token = await aToken(system);
  return Array.from({ length: REGISTRATIONS }, () => registrationOf(token));
}

function registrationOf(token: string): Sending {
  const startsAt = addMinutes(readClock(), randomInt(60, 40_000));
  const body = {
    resourceType: 'Appointment',
    identifier: [{ system: 'urn:ietf:rfc:3986', value: `https://other.example.nhs.uk/STU3/Appointment/${newId()}` }],
    status: 'booked',
    ...{ start: startsAt.toISOString(), end: addMinutes(startsAt, 15).toISOString(), created: readClock().toISOString() },
    participant: [{ actor: { identifier: { use: 'official', system: 'https://fhir.nhs.uk/Id/nhs-number', value: syntheticNhsNumber() } }, status: 'accepted' }],
  };
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/fhir+json', 'X-Request-Id': newId() };
  return { method: 'POST', path: '/registry/STU3/Appointment', headers, body: JSON.stringify(body) };
}

// In the database of the bench alone: its insert-only triggers are switched off for this one connection.
async function putBack(url: string, clientId: string): Promise<void> {
  await withBareClients(url, 1, async ([client]) => {
    const run = (text: string, values: unknown[] = []) => (client ?? missing()).query(text, values);
    await run("SET session_replication_role = 'replica'");
    await run('DELETE FROM registry_entry_version WHERE entry_id IN (SELECT id FROM registry_entry WHERE registered_by_id = $1)', [clientId]);
    await run('DELETE FROM registry_entry WHERE registered_by_id = $1', [clientId]);
    await run("DELETE FROM inbound_request WHERE door = 'registry' AND sender = $1", [clientId]);
  });
}
