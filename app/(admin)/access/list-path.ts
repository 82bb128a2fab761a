import type { AccessSearch } from '@/lib/registry/access-list.rules';

/** The list of looks, narrowed as `search` says; what it leaves open is not in the address. */
export function listPath({ kind, from, to, page }: Partial<AccessSearch>): string {
  const asked = { kind: kind ?? '', from: from ?? '', to: to ?? '', page: page && page > 1 ? String(page) : '' };
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value));
  return query.size > 0 ? `/access?${query}` : '/access';
}
