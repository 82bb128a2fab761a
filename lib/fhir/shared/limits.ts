import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Fault } from '@/lib/fhir/shared/route';
import { fault } from '@/lib/fhir/shared/outcome';

/** How long a request may take, in milliseconds. */
export type Patience = { bodyMs: number; answerMs: number };

export const PATIENCE: Patience = { bodyMs: 10_000, answerMs: 15_000 };

/** One megabyte, before and after decompression (B-031). */
export const MAX_BODY_BYTES = 1_048_576;

/** Characters of a query string: a search with every parameter in its longest spelling needs a tenth of that. */
export const MAX_QUERY_LENGTH = 16_384;

/** Levels of objects and arrays, or of XML elements; a booking has about ten (B-031). */
export const MAX_DEPTH = 64;

const MINUTE_SECONDS = 60;
const FAILURES_PER_MINUTE = 6_000;

// The points are without meaning: each client has its own limit, so the counts are compared here.
const requests = new RateLimiterMemory({ keyPrefix: 'client', points: 1, duration: MINUTE_SECONDS });
const failures = new RateLimiterMemory({ keyPrefix: 'address', points: 1, duration: MINUTE_SECONDS });

/** Counts one request of a client; a fault when it is over its limit in this minute. Each process counts for itself. */
export async function countRequest(clientId: string, perMinute: number): Promise<Fault | null> {
  const { consumedPoints, msBeforeNext } = await requests.penalty(clientId);
  return consumedPoints > perMinute ? throttled(`The limit of this client is ${perMinute} requests a minute`, msBeforeNext) : null;
}

/**
 * Counts one refused token of an address; a fault when there were too many in this minute. Only those whose token was refused are
 * counted and stopped: all clients behind one proxy share its address.
 */
export async function countFailure(address: string): Promise<Fault | null> {
  const { consumedPoints, msBeforeNext } = await failures.penalty(address);
  return consumedPoints > FAILURES_PER_MINUTE ? throttled('Too many requests with access tokens that are not valid', msBeforeNext) : null;
}

/** What `work` comes to, or `late()` when it takes longer than `ms`; the work goes on behind it. */
export async function inTime<Value>(work: Promise<Value>, { ms, late }: { ms: number; late: () => Value }): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const end = new Promise<Value>((resolve) => {
    timer = setTimeout(() => resolve(late()), ms);
  });
  return Promise.race([work, end]).finally(() => clearTimeout(timer));
}

function throttled(diagnostics: string, msBeforeNext: number): Fault {
  const { error } = fault(429, { severity: 'error', code: 'throttled', details: 'BAD_REQUEST', diagnostics });
  return { ...error, headers: { 'Retry-After': String(Math.max(1, Math.ceil(msBeforeNext / 1000))) } };
}
