import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { addMinutes, readClock } from '@/lib/platform/time';
import { aSystem } from '@/prisma/factories/client';
import { aToken } from '@/prisma/factories/token';
import { slotsToBook } from '@/scripts/test-support/fhir/bookings';
import { aBusyDay, bookingOf, searchOf } from './api';
import type { ApiServer } from './api-server';
import { sender } from './http';

const MINUTES = 10;
const CLIENTS = 4;
const SEARCHES_A_BOOKING = 10;
const BETWEEN_SAMPLES_MS = 5_000;
/** The first two minutes, in which the process warms up, are not compared. */
const COMPARED_MINUTES = 2;

/** The memory of the API under ten minutes of searching and booking: at the second minute, and at the end. */
export async function memoryWords({ base, pid }: ApiServer): Promise<string> {
  const system = await aSystem({ now: readClock(), requestsPerMinute: 1_000_000 });
  const { dosId, day } = await aBusyDay(3, 48);
  const until = performance.now() + MINUTES * 60_000;
  const http = sender(base, CLIENTS);
  let requests = 0;
  let faults = 0;

  async function work(client: number): Promise<void> {
    while (performance.now() < until) {
      const token = await aToken(system);
      const slots = await slotsToBook(50, { startsAt: addMinutes(readClock(), 60 + client), minutes: 5 });
      for (const slot of slots) {
        const sendings = [bookingOf(slot, token), ...Array.from({ length: SEARCHES_A_BOOKING }, () => searchOf(dosId, day, token))];
        for (const sending of sendings) {
          const answer = await http.send(sending);
          requests += 1;
          if (answer.status >= 400) faults += 1;
        }
        if (performance.now() >= until) return;
      }
    }
  }

  const samples: number[] = [];
  const sampling = sample(pid, samples, until);
  await Promise.all(Array.from({ length: CLIENTS }, (_, client) => work(client)));
  await sampling;
  http.close();
  const each = Math.round((COMPARED_MINUTES * 60_000) / BETWEEN_SAMPLES_MS);
  const early = median(samples.slice(each, 2 * each));
  const late = median(samples.slice(-each));
  return `memory over ${MINUTES} minutes and ${requests} requests (${faults} faults): ${early} MB in the third and fourth minute, ${late} MB in the last two, ${(late / early).toFixed(2)} times`;
}

async function sample(pid: number, samples: number[], until: number): Promise<void> {
  while (performance.now() < until) {
    samples.push(await residentMegabytes(pid));
    await pause(BETWEEN_SAMPLES_MS);
  }
}

async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
