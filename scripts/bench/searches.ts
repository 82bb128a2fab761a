import pg from 'pg';
import type { Ctx } from '@/lib/auth/actor';
import { slotsOf } from '@/lib/booking/slots.queries';
import { dueAt } from '@/lib/directory/disposition.rules';
import { placeFor } from '@/lib/directory/place.queries';
import { bankHolidays, dispositionByCode } from '@/lib/directory/queries';
import type { SearchRequest } from '@/lib/directory/schema';
import { findServices } from '@/lib/directory/search.queries';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { timed, type Line } from './measure';
import { listen, resend, type Sent } from './sent-sql';

const POSTCODES = ['EC1A 1BB', 'SW1A 1AA', 'E8 1EA', 'LS1 4AP', 'M1 1AE', 'B1 1BB', 'L1 8JQ', 'NE1 4ST', 'BS1 5TR', 'NR3 3BN', 'EX2 9PZ', 'CB2 1TN'];
const DISPOSITIONS = ['Dx05', 'Dx08', 'Dx28', 'Dx02', 'Dx12'];
const ADULT_DAYS = 40 * 365;
const LIMIT_ALONE_MS = 150;
const LIMIT_TOGETHER_MS = 300;
const LIMIT_SLOTS_MS = 30;
const TOGETHER = 8;
const ROUNDS = 4;

/** Directory search with counts, at one client and at eight, each with its twin of bare SQL. */
export async function searchLines(ctx: Ctx, url: string): Promise<Line[]> {
  const requests = await searchRequests(ctx);
  const lines: Line[] = [];
  for (const [clients, limitMs] of [[1, LIMIT_ALONE_MS], [TOGETHER, LIMIT_TOGETHER_MS]] as const) {
    lines.push(await line(url, { what: 'search with counts', clients, limitMs, jobs: requests, run: (request) => findServices(ctx, request) }));
  }
  return lines;
}

/** The slots of one service. */
export async function slotLines(ctx: Ctx, url: string): Promise<Line[]> {
  const services = await db.service.findMany({ where: { isBookable: true, typeId: { in: [135, 46, 100] } }, select: { id: true }, orderBy: { dosId: 'asc' }, take: 200 });
  const asked = { callId: newId(), dueAt: new Date(ctx.now.getTime() + 6 * 60 * 60_000) };
  const run = ({ id }: { id: string }) => slotsOf(ctx, { serviceId: id, ...asked });
  return [await line(url, { what: 'slots of one service', clients: 1, limitMs: LIMIT_SLOTS_MS, jobs: services, run })];
}

type Work<Job> = { what: string; clients: number; limitMs: number; jobs: readonly Job[]; run: (job: Job) => Promise<unknown> };

async function line<Job>(url: string, { what, clients, limitMs, jobs, run }: Work<Job>): Promise<Line> {
  const statements: Sent[][] = [];
  for (const job of jobs) statements.push((await listen(() => run(job))).sent);
  // Both sides once unmeasured: connections, prepared statements and caches are then as they are all day.
  await timed(jobs, clients, run);
  const ours = await timed(repeated(jobs), clients, run);
  const bare = await withBareClients(url, clients, async (bareClients) => {
    await timed(statements, clients, (sent, client) => resend(bareClients[client] ?? missing(), sent));
    return timed(repeated(statements), clients, (sent, client) => resend(bareClients[client] ?? missing(), sent));
  });
  return { what, clients, ours, bare, limitMs };
}

function repeated<Item>(items: readonly Item[]): Item[] {
  return Array.from({ length: ROUNDS }, () => items).flat();
}

/** Opens `count` bare connections for `work`, and closes them. */
export async function withBareClients<Value>(url: string, count: number, work: (clients: pg.Client[]) => Promise<Value>): Promise<Value> {
  const clients = Array.from({ length: count }, () => new pg.Client(url));
  await Promise.all(clients.map((client) => client.connect()));
  try {
    return await work(clients);
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}

export function missing(): never {
  throw new Error('a client is missing');
}

async function searchRequests(ctx: Ctx): Promise<SearchRequest[]> {
  const holidays = await bankHolidays();
  const requests: SearchRequest[] = [];
  for (const postcode of POSTCODES) {
    const place = await placeFor(postcode);
    for (const code of DISPOSITIONS) {
      const disposition = await dispositionByCode(code);
      if (!place.ok || !disposition) continue;
      const at = { at: ctx.now, dueAt: dueAt(disposition, ctx.now, holidays) };
      requests.push({ place: place.value, ageDays: ADULT_DAYS, gender: 'F', disposition, symptomGroup: null, discriminators: [], practiceCode: null, role: 'call-handler', ...at });
    }
  }
  return requests;
}
