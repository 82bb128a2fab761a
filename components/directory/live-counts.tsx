'use client';

import { useQuery } from '@tanstack/react-query';
import { createContext, use, type ReactNode } from 'react';
import { countsQuery, type FreshCounts } from '@/lib/directory/client';
import { clockTime } from '@/lib/platform/time-words';

const Counts = createContext<{ first: FreshCounts; fresh: FreshCounts } | null>(null);

/** Around a list of services whose counts read themselves again, first as the server rendered them. */
export function LiveCounts({ callId, first, children }: { callId: string; first: FreshCounts; children: ReactNode }) {
  const { data } = useQuery(countsQuery(callId, first));
  // A page rendered anew by the server is fresher than what was polled before it.
  return <Counts value={{ first, fresh: data.at < first.at ? first : data }}>{children}</Counts>;
}

/** What is free of one service. When Onward does not answer, its last words stay. */
export function LiveCount({ serviceId }: { serviceId: string }) {
  const live = use(Counts);
  const before = live?.first.counts[serviceId];
  const { count, note } = live?.fresh.counts[serviceId] ?? before ?? { count: '', note: '' };
  return (
    <div key={count} className={`basis-full pl-8 tabular sm:basis-auto sm:pl-0 sm:text-right ${before && before.count !== count ? 'changed' : ''}`}>
      <p className="mb-0 font-bold">{count}</p>
      <p className="mb-0 text-detail text-quiet">{note}</p>
    </div>
  );
}

/** When the counts were last true, as `14:02`. */
export function CountsAsOf() {
  const live = use(Counts);
  return live ? clockTime(live.fresh.at) : null;
}
