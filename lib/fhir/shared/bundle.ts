import type { Parameter, Resource } from '@/lib/fhir/shared/route';

/** One entry of a search result; `fullUrl` absolute. */
export type Entry = { fullUrl: string; resource: Resource; mode: 'match' | 'include' | 'outcome' };

type Search = {
  id: string;
  now: Date;
  /** Absolute, of the search as it was understood: see `searchUrl`. */
  self: string;
  next?: string;
  /** Matches, not entries (B-351). */
  total: number;
  entries: readonly Entry[];
};

/** A searchset (B-350 to B-352). Without entries there is no `entry` (B-342). */
export function searchBundle({ id, now, self, next, total, entries }: Search) {
  const links = [{ relation: 'self', url: self }, ...(next ? [{ relation: 'next', url: next }] : [])];
  const entry = entries.map(({ fullUrl, resource, mode }) => ({ fullUrl, resource, search: { mode } }));
  return { resourceType: 'Bundle', id, meta: { lastUpdated: instant(now) }, type: 'searchset', total, link: links, ...(entry.length > 0 ? { entry } : {}) };
}

/** The address of a search: `path` absolute, the parameters that were understood, encoded, in their order. */
export function searchUrl(path: string, understood: readonly Parameter[]): string {
  if (understood.length === 0) return path;
  return `${path}?${understood.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')}`;
}

/** An instant as Onward sends it: UTC with milliseconds, written `+00:00` (B-070, B-071). */
export function instant(at: Date): string {
  return `${at.toISOString().slice(0, -1)}+00:00`;
}

/** A dateTime as Onward sends it: UTC to the second. */
export function dateTime(at: Date): string {
  return `${at.toISOString().slice(0, 19)}+00:00`;
}
