import type { Ctx, JobActor } from '@/lib/auth/actor';
import type { Job, Pass } from '@/lib/platform/jobs';
import { addDays, readClock } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { closeAtEnd } from './run-script';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Every job of Onward. They read DATABASE_URL at their first import, and sign tokens as the pages do: all of `webEnv` must be set by then. */
export async function allJobs(): Promise<readonly Job[]> {
  const [{ extendHorizon }, { HORIZON_DAYS }, { refitOrphans }, { rotateSigningKey }, { reconcileDue }, { readerAtSources }, { sourceTls }] = await Promise.all([
    import('@/lib/schedule/horizon.commands'),
    import('@/lib/schedule/schema'),
    import('@/lib/booking/refit.commands'),
    import('@/lib/auth/signing-key.commands'),
    import('@/lib/registry/reconcile.commands'),
    import('@/lib/federation/source.queries'),
    import('@/lib/federation/tls.queries'),
  ]);
  return [
    {
      name: 'slots',
      everyMs: 10 * MINUTE_MS,
      run: async (pass) => (await extendHorizon(ctxOf('slots', pass), { upTo: addDays(londonDate(pass.now), HORIZON_DAYS), onProgress: pass.onProgress })).slots,
    },
    { name: 'orphans', everyMs: MINUTE_MS / 2, run: async (pass) => refitOrphans(ctxOf('orphans', pass)) },
    { name: 'signing-keys', everyMs: HOUR_MS, run: async (pass) => rotateSigningKey(ctxOf('signing-keys', pass)) },
    // The certificates are read with each pass: they are renewed while it runs.
    { name: 'registry', everyMs: MINUTE_MS, run: async (pass) => reconcileDue(ctxOf('registry', pass), readerAtSources({ clock: readClock, tls: await sourceTls() })) },
  ];
}

/** A job acts as itself. */
function ctxOf(id: string, { now, requestId }: Pass): Ctx<JobActor> {
  return { actor: { kind: 'job', id }, now, requestId };
}

/** Runs every job again and again until the script ends; ONWARD_JOBS=0 leaves them to `npm run jobs` elsewhere. */
export async function startJobs(url: string): Promise<void> {
  if (process.env['ONWARD_JOBS'] === '0') return;
  const { loopJobs } = await import('@/lib/platform/jobs');
  const ending = new AbortController();
  const loops = loopJobs(await allJobs(), { url, signal: ending.signal });
  closeAtEnd(async () => {
    ending.abort();
    await loops;
  });
}
