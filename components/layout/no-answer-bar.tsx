'use client';

import { useQueryClient, type QueryCache } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { clockTime } from '@/lib/platform/time-words';

/**
 * Says that the live lists get no answer, and since when, until they get one again. At the foot of the window: nothing that
 * somebody points at moves.
 */
export function NoAnswerBar() {
  const cache = useQueryClient().getQueryCache();
  const since = useSyncExternalStore((changed) => cache.subscribe(changed), () => lastAnswer(cache), () => null);
  return (
    <div role="status" className="fixed inset-x-0 bottom-0 z-20">
      {since ? (
        <p className="page-width mb-0 border-t-4 border-amber bg-held py-3 text-amber-ink">
          <strong>No answer from Onward since {since}.</strong> The lists may be out of date. It tries again by itself.
        </p>
      ) : null}
    </div>
  );
}

/** When the server last answered a list that gets no answer now, by the server's clock; null while all get theirs. */
function lastAnswer(cache: QueryCache): string | null {
  const failing = cache.getAll().find(({ state }) => state.status === 'error');
  const answer: unknown = failing?.state.data;
  return typeof answer === 'object' && answer !== null && 'at' in answer && answer.at instanceof Date ? clockTime(answer.at) : null;
}
