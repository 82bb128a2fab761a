import { Agent } from 'node:https';
import { signOwnToken } from '@/lib/auth/own-token.commands';
import { getLimited, type Limits } from '@/lib/federation/fetch.queries';
import { readingOf } from '@/lib/federation/reading.rules';
import type { SourceTls } from '@/lib/federation/tls.queries';
import { newId } from '@/lib/platform/id';
import { serviceRootOf } from '@/lib/registry/reconcile.rules';
import type { ReadAtSource } from '@/lib/registry/source.schema';

const LIMITS: Limits = { connectMs: 3_000, wholeMs: 10_000, mostBytes: 1_048_576 };

type Reader = { clock: () => Date; tls?: SourceTls; limits?: Limits };

/**
 * Reads appointments at other systems: the FHIR read of a consumer over https, with a token that Onward signs for that root and a request id of its own
 * (B-954, B-955, B-973); not through the proxy, so without its headers (B-902). The address is looked at once more, directly before it is asked. A door to others: it reads
 * `clock` once for each token.
 *
 * `tls` is what proves Onward to them and them to Onward. An answer of more than 1 MB, or after 10 s (3 s to connect), is none.
 */
export function readerAtSources({ clock, tls = {}, limits = LIMITS }: Reader): ReadAtSource {
  // Idle connections are closed with the time that an answer may take: nobody else does.
  const agent = new Agent({ keepAlive: true, timeout: limits.wholeMs, ...tls });
  return async ({ url, root, readsForCode }) => {
    if (serviceRootOf(url) !== root) return { found: 'nothing', why: 'not-allowed' };
    const requestId = newId();
    const token = await signOwnToken({ now: clock(), requestId }, { root, odsCode: readsForCode });
    const headers = { Authorization: `Bearer ${token}`, Accept: 'application/fhir+json', 'Accept-Encoding': 'gzip', 'X-Request-Id': requestId };
    const answer = await getLimited(url, { agent, headers, limits });
    return answer ? readingOf(answer, url.slice(`${root}/Appointment/`.length)) : { found: 'nothing', why: 'unreachable', retrySeconds: null };
  };
}
