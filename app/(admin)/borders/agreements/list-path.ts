/** Which agreements the list shows, in the order of its filter. */
export const SHOWN = ['live', 'coming', 'drafts', 'over', 'all'] as const;
export type Shown = (typeof SHOWN)[number];

/** The list of agreements, narrowed as `filter` says; what it leaves open is not in the address. */
export function listPath({ state = 'live', area = '' }: { state?: Shown; area?: string } = {}): string {
  const query = new URLSearchParams(Object.entries({ state: state === 'live' ? '' : state, area }).filter(([, value]) => value));
  return query.size > 0 ? `/borders/agreements?${query}` : '/borders/agreements';
}
