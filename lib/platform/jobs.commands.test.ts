import { expect, test } from 'vitest';
import { db } from '@/lib/platform/db';
import { env } from '@/lib/platform/env';
import { newId } from '@/lib/platform/id';
import { loopJobs, runJob, type Job } from '@/lib/platform/jobs';

const named = (run: Job['run']): Job => ({ name: `job ${newId()}`, everyMs: 3_600_000, run });
const runsOf = (job: Job) => db.jobRun.findMany({ where: { job: job.name }, orderBy: { startedAt: 'asc' } });

test('a pass leaves a row that says how far it was, what it made, and when', async () => {
  const job = named(async ({ onProgress }) => {
    onProgress(1, 3);
    onProgress(3, 3);
    return 12;
  });
  expect(await runJob(job, env().DATABASE_URL)).toBe(12);
  const [run] = await runsOf(job);
  expect(run).toMatchObject({ done: 3, total: 3, made: 12, fault: null });
  expect(run?.finishedAt?.getTime()).toBeGreaterThanOrEqual(run?.startedAt.getTime() ?? Infinity);
});

test('while one process is at a pass, another leaves it to it; afterwards it has its turn', async () => {
  let meanwhile: number | null | undefined;
  const job = named(async () => {
    if (meanwhile === undefined) meanwhile = await runJob(job, env().DATABASE_URL);
    return 1;
  });
  expect(await runJob(job, env().DATABASE_URL)).toBe(1);
  expect(meanwhile).toBeNull();
  expect(await runJob(job, env().DATABASE_URL)).toBe(1);
});

test('a pass that fails is recorded by the kind of its fault alone, and does not end the loop', async () => {
  const ending = new AbortController();
  let passes = 0;
  const job: Job = {
    ...named(async () => {
      passes += 1;
      if (passes === 1) throw new TypeError('words that may be about a patient');
      ending.abort();
      return 0;
    }),
    everyMs: 1,
  };
  await loopJobs([job], { url: env().DATABASE_URL, signal: ending.signal });
  expect((await runsOf(job)).map(({ fault }) => fault)).toEqual(['TypeError', null]);
});

test('of passes that made nothing only the newest is kept', async () => {
  const made = [0, 5, 0, 0];
  const job = named(async () => made.shift() ?? 0);
  for (let pass = 0; pass < 4; pass += 1) await runJob(job, env().DATABASE_URL);
  expect((await runsOf(job)).map((run) => run.made)).toEqual([5, 0]);
});
