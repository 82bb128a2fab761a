import { queryOptions } from '@tanstack/react-query';
import type { CountWords } from '@/lib/directory/schema';

const REFRESH_MS = 10_000;

/** The free counts of listed services as they were at `at`, server time, in words made there. */
export type FreshCounts = { at: Date; counts: Record<string, CountWords> };

/** The free counts of the services in `first`, read again about every ten seconds while the page is visible (U-017). */
export function countsQuery(callId: string, first: FreshCounts) {
  return queryOptions({
    queryKey: ['counts', callId],
    queryFn: ({ signal }) => readCounts(callId, Object.keys(first.counts), signal),
    initialData: first,
    refetchInterval: REFRESH_MS,
  });
}

async function readCounts(callId: string, serviceIds: readonly string[], signal: AbortSignal): Promise<FreshCounts> {
  const response = await fetch(`/api/calls/${callId}/services?ids=${serviceIds.join()}`, { signal });
  if (!response.ok) throw new Error(`counts: HTTP ${response.status}`);
  const answer: unknown = await response.json();
  if (!isAnswer(answer)) throw new Error('counts: not an answer of Onward');
  return { ...answer, at: new Date(answer.at) };
}

// Our own answer, of the same version: no zod in the browser, where it would be 15 kB.
function isAnswer(answer: unknown): answer is { at: string; counts: FreshCounts['counts'] } {
  return typeof answer === 'object' && answer !== null && 'at' in answer && 'counts' in answer;
}
