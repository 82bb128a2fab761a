import { queryOptions } from '@tanstack/react-query';
import type { WhatIfProgress } from '@/lib/crossborder/what-if.schema';

const REFRESH_MS = 500;

/** How far a replay was at `at`, server time. */
export type FreshProgress = WhatIfProgress & { at: Date };

/** How far this replay is, read again twice a second while it is at work and the page is visible: a whole one takes seconds. */
export function whatIfQuery(whatIfId: string, first: FreshProgress) {
  return queryOptions({
    queryKey: ['what-if', whatIfId],
    queryFn: ({ signal }) => readProgress(whatIfId, signal),
    initialData: first,
    refetchInterval: ({ state: { data } }) => (data?.state === 'at-work' ? REFRESH_MS : false),
  });
}

async function readProgress(whatIfId: string, signal: AbortSignal): Promise<FreshProgress> {
  const response = await fetch(`/api/borders/what-if/${whatIfId}`, { signal });
  if (!response.ok) throw new Error(`what-if: HTTP ${response.status}`);
  const answer: unknown = await response.json();
  if (!isAnswer(answer)) throw new Error('what-if: not an answer of Onward');
  return { ...answer, at: new Date(answer.at) };
}

// Our own answer, of the same version: no zod in the browser, where it would be 15 kB.
function isAnswer(answer: unknown): answer is WhatIfProgress & { at: string } {
  return typeof answer === 'object' && answer !== null && 'at' in answer && 'state' in answer && 'done' in answer;
}
