import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { log } from '@/lib/platform/log';
import { addDays, readClock, startOfLondonDay } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';

/** Tells how far a pass is, in units of the job's own. */
export type OnProgress = (done: number, total: number) => void;

/** One pass: its moment, and the id that joins its log, audit and row. */
export type Pass = { now: Date; requestId: string; onProgress: OnProgress };

/** Work that is done again and again, by one process at a time. `run` must be safe to break off and to repeat; it returns how much it made. */
export type Job = { name: string; everyMs: number; run: (pass: Pass) => Promise<number> };

const KEPT_DAYS = 30;
const SEEN_EVERY_MS = 1_000;

/**
 * Runs each job at once and then every `everyMs` after its last pass, until `signal` is aborted. Any number of processes may: a pass
 * that another one is at work on is left to it. A pass that fails is logged and recorded, and the next one comes all the same.
 */
export async function loopJobs(jobs: readonly Job[], { url, signal }: { url: string; signal: AbortSignal }): Promise<void> {
  await Promise.all(jobs.map((job) => loop(job, { url, signal })));
}

/**
 * One pass of a job: how much it made, or null when another process is at it. Its row of `job_run` says how far it is while it runs, and what came of it; a pass
 * that made nothing right after another such leaves none. Throws what the pass throws.
 */
export async function runJob(job: Job, url: string): Promise<number | null> {
  return alone(url, job.name, async () => {
    const [id, now] = [newId(), readClock()];
    await db.jobRun.create({ data: { id, job: job.name, startedAt: now, seenAt: now } });
    const progress = progressOf(id);
    try {
      const made = await job.run({ now, requestId: id, onProgress: progress.on });
      await progress.end();
      await db.jobRun.update({ where: { id }, data: { made, finishedAt: readClock() } });
      await forget(job.name, now);
      return made;
    } catch (error) {
      await progress.end();
      // The message of a fault may hold a patient's data: its kind alone is kept.
      await db.jobRun.update({ where: { id }, data: { fault: error instanceof Error ? error.name : typeof error, finishedAt: readClock() } });
      throw error;
    }
  });
}

async function loop(job: Job, { url, signal }: { url: string; signal: AbortSignal }): Promise<void> {
  while (!signal.aborted) {
    try {
      await runJob(job, url);
    } catch (error) {
      if (!signal.aborted) log.error({ job: job.name, fault: error instanceof Error ? error.name : typeof error }, 'a pass of a job ended in a fault');
    }
    await wait(job.everyMs, undefined, { signal }).catch(() => undefined);
  }
}

/** A lock of a connection of its own: it goes with the process, however that ends. */
async function alone<Value>(url: string, name: string, work: () => Promise<Value>): Promise<Value | null> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock(hashtext($1)) AS taken', [`job ${name}`]);
    return rows[0]?.taken ? await work() : null;
  } finally {
    await client.end();
  }
}

// Written at most once a second, one after another: a job reports far more often than anybody looks.
function progressOf(id: string): { on: OnProgress; end: () => Promise<void> } {
  let seenAt = 0;
  let writing: Promise<unknown> = Promise.resolve();
  function on(done: number, total: number): void {
    const now = readClock();
    if (done < total && now.getTime() - seenAt < SEEN_EVERY_MS) return;
    seenAt = now.getTime();
    writing = writing.then(() => db.jobRun.update({ where: { id }, data: { done, total, seenAt: now } }));
  }
  return { on, end: async () => void (await writing) };
}

/** Keeps of the passes that made nothing the newest only, and of all others a month. */
async function forget(job: string, now: Date): Promise<void> {
  const idle = await db.jobRun.findMany({ where: { job, made: 0, fault: null, finishedAt: { not: null } }, orderBy: { startedAt: 'desc' }, skip: 1, select: { id: true } });
  await db.jobRun.deleteMany({ where: { OR: [{ id: { in: idle.map(({ id }) => id) } }, { job, startedAt: { lt: startOfLondonDay(addDays(londonDate(now), -KEPT_DAYS)) } }] } });
}
