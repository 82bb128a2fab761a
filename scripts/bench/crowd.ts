import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { readClock } from '@/lib/platform/time';
import { aSystem } from '@/prisma/factories/client';
import { aToken } from '@/prisma/factories/token';
import { slotsToBook, type SlotToBook } from '@/scripts/test-support/fhir/bookings';
import { aBusyDay, bookingOf, searchOf, sendFor } from './api';
import { sender, type Received, type Sending } from './http';
import { percentile } from './measure';

const CONSUMERS = 1_000;
const POLLS_EACH = 5;
/** Consumers look about every ten seconds, not all in the same moment. */
const BETWEEN_POLLS_MS = 10_000;
const BOOKINGS = 50;
const FREE_SLOTS = 100;

const found = z.object({ entry: z.array(z.object({ resource: z.object({ id: z.string() }) })).optional() });

type Acknowledged = { slotId: string; at: number };

/**
 * A thousand consumers that look again and again at the free slots of one service while fifty book there: how long looking takes, and
 * how many answers were faults, or showed a slot free whose booking had been acknowledged before they were asked for (B-347).
 */
export async function crowdWords(base: string): Promise<string> {
  const system = await aSystem({ now: readClock(), requestsPerMinute: 1_000_000 });
  const token = await aToken(system);
  const { dosId, serviceId, day, startsAt } = await aBusyDay(0, 0);
  const slots = await slotsToBook(FREE_SLOTS, { serviceId, startsAt, minutes: 5 });
  const http = sender(base, CONSUMERS);
  const acknowledged: Acknowledged[] = [];
  const times: number[] = [];
  const counts = { faults: 0, stale: 0 };

  async function poll(consumer: number): Promise<void> {
    await pause((consumer * BETWEEN_POLLS_MS) / CONSUMERS);
    for (let polls = 0; polls < POLLS_EACH; polls += 1) {
      const begun = performance.now();
      const answer = await http.send(searchOf(dosId, day, token)).catch(() => null);
      times.push(performance.now() - begun);
      if (answer?.status !== 200) counts.faults += 1;
      else counts.stale += staleIn(answer, acknowledged, begun);
      await pause(Math.max(0, BETWEEN_POLLS_MS - (performance.now() - begun)));
    }
  }

  try {
    const everybody = Promise.all(Array.from({ length: CONSUMERS }, (_, consumer) => poll(consumer)));
    await Promise.all([everybody, bookAlong(slots.slice(0, BOOKINGS), { send: http.send, token, acknowledged })]);
  } finally {
    http.close();
  }
  const sorted = times.sort((a, b) => a - b);
  const looked = `${sorted.length} answers, p50 ${percentile(sorted, 0.5).toFixed(0)} ms, p95 ${percentile(sorted, 0.95).toFixed(0)} ms`;
  return `${CONSUMERS} consumers beside ${acknowledged.length} bookings: ${looked}, ${counts.faults} faults, ${counts.stale} stale`;
}

async function bookAlong(slots: readonly SlotToBook[], { send, token, acknowledged }: { send: (sending: Sending) => Promise<Received>; token: string; acknowledged: Acknowledged[] }): Promise<void> {
  const between = (BETWEEN_POLLS_MS * POLLS_EACH) / slots.length;
  for (const slot of slots) {
    await sendFor(201, send, bookingOf(slot, token));
    acknowledged.push({ slotId: slot.id, at: performance.now() });
    await pause(between);
  }
}

function staleIn({ body }: Received, acknowledged: readonly Acknowledged[], askedAt: number): number {
  const free = new Set((found.parse(JSON.parse(body)).entry ?? []).map(({ resource }) => resource.id));
  return acknowledged.filter(({ slotId, at }) => at < askedAt && free.has(slotId)).length;
}
