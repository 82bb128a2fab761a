import { setTimeout as pause } from 'node:timers/promises';
import type { Ctx, JobActor } from '@/lib/auth/actor';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addDays, toDateColumn } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { extendHorizon } from '@/lib/schedule/horizon.commands';
import { HORIZON_DAYS } from '@/lib/schedule/schema';
import { scheduleRow } from '@/prisma/factories/rows';
import { aService } from '@/prisma/factories/service';
import { book, heldSlots, type Held } from './bookings';
import { percentile, type Line, type Times } from './measure';
import { missing, withBareClients } from './searches';

const SERVICES = 80;
const SCHEDULES = 4;
/** Nine hours and twenty minutes: 56 slots on each of 57 days, over all schedules a little more than a million. */
const PATTERN = { weekdays: [1, 2, 3, 4, 5, 6, 7], opensMinute: 480, closesMinute: 1_040, slotMinutes: 10, places: 1, worksHolidays: true };
const LIMIT_HORIZON_MS = 60_000;
const BOOKERS = 2;
const BOOKINGS_ALONE = 400;
const BOOKINGS_BESIDE = 1_000;
const BETWEEN_BOOKINGS_MS = 50;
/** Beyond every horizon: the templates of the demonstration wait, only those of the bench are made. */
const FAR_AHEAD_DAYS = 36_500;
const FAR_AHEAD = '2100-01-01';

/** A million slots by the horizon job in this process, as the application runs it, and how long bookings take meanwhile and alone. */
export async function horizonLines(ctx: Ctx, url: string): Promise<Line[]> {
  const held = await heldSlots(ctx, BOOKINGS_ALONE + BOOKINGS_BESIDE);
  const services = await Promise.all(Array.from({ length: SERVICES }, async () => (await aService()).id));
  await run(url, 'UPDATE template SET made_up_to = made_up_to + $1::int WHERE made_up_to < $2', [FAR_AHEAD_DAYS, FAR_AHEAD]);
  try {
    await addTemplates(services, ctx.now);
    const alone = await bookings(held.slice(0, BOOKINGS_ALONE), () => false);
    const state = { isMade: false };
    const making = makeAhead(ctx).finally(() => (state.isMade = true));
    const beside = await bookings(held.slice(BOOKINGS_ALONE), () => state.isMade);
    const { slots, tookMs } = await making;
    return [
      { what: `horizon job: ${slots} slots`, clients: 1, ours: [tookMs], limitMs: LIMIT_HORIZON_MS },
      { what: 'book a held slot while it runs; bare: alone', clients: BOOKERS, ours: beside, bare: alone, limitMs: 2 * percentile(alone, 0.95) },
    ];
  } finally {
    await clear(url, services);
    await run(url, 'UPDATE template SET made_up_to = made_up_to - $1::int WHERE made_up_to >= $2', [FAR_AHEAD_DAYS, FAR_AHEAD]);
  }
}

async function addTemplates(services: readonly string[], now: Date): Promise<void> {
  const schedules = services.flatMap((serviceId) => Array.from({ length: SCHEDULES }, () => scheduleRow({ serviceId })));
  await db.schedule.createMany({ data: schedules });
  await db.template.createMany({ data: schedules.map(({ id }) => ({ ...PATTERN, id: newId(), scheduleId: id, validFrom: toDateColumn(londonDate(now)) })) });
}

async function makeAhead({ now }: Ctx): Promise<{ slots: number; tookMs: number }> {
  const ctx: Ctx<JobActor> = { actor: { kind: 'job', id: 'bench' }, now, requestId: newId() };
  const begun = performance.now();
  const { slots } = await extendHorizon(ctx, { upTo: addDays(londonDate(now), HORIZON_DAYS) });
  return { slots, tookMs: performance.now() - begun };
}

/** Books at an even pace, as people do, until there is nothing left or no need; the pauses are not measured. */
async function bookings(held: readonly Held[], isEnough: () => boolean): Promise<Times> {
  const times: number[] = [];
  const left = held.values();
  async function booker(): Promise<void> {
    for (const one of left) {
      if (isEnough()) return;
      const begun = performance.now();
      await book(one);
      times.push(performance.now() - begun);
      await pause(BETWEEN_BOOKINGS_MS);
    }
  }
  await Promise.all(Array.from({ length: BOOKERS }, booker));
  return times.sort((one, other) => one - other);
}

/** Takes away what was made: every later run is beside a demonstration of the same size. */
async function clear(url: string, services: readonly string[]): Promise<void> {
  const schedules = '(SELECT id FROM schedule WHERE service_id = ANY($1::uuid[]))';
  await withBareClients(url, 1, async ([client]) => {
    const remove = (text: string) => (client ?? missing()).query(text, [services]);
    // In the database of the bench alone: looking for an appointment of each of a million slots takes many minutes, and they have none.
    await client?.query("SET session_replication_role = 'replica'");
    await remove('DELETE FROM slot WHERE service_id = ANY($1::uuid[])');
    await remove(`DELETE FROM session WHERE schedule_id IN ${schedules}`);
    await remove(`DELETE FROM template WHERE schedule_id IN ${schedules}`);
    await remove('DELETE FROM schedule WHERE service_id = ANY($1::uuid[])');
  });
}

async function run(url: string, text: string, values: unknown[]): Promise<void> {
  await withBareClients(url, 1, ([client]) => (client ?? missing()).query(text, values));
}
