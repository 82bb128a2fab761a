import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Formats } from '@/lib/fhir/shared/format';
import { MEDIA_TYPES } from '@/lib/fhir/shared/negotiate';
import { outcomeOf } from '@/lib/fhir/shared/outcome';
import type { Answer, Fault } from '@/lib/fhir/shared/route';
import type { Visit } from '@/lib/fhir/shared/visit';
import { publicUrl } from '@/lib/platform/env';
import type { Result } from '@/lib/platform/result';

type Headers = Record<string, string>;

const compress = promisify<string, Uint8Array>(gzip);

/** Below that the headers of the compression outweigh it. */
const COMPRESSED_FROM = 1_024;
const YEAR_SECONDS = 31_536_000;

/** The response of what was decided, in the format that was agreed, with the headers that every answer has. */
export async function respond(visit: Visit, { decided, formats }: { decided: Result<Answer, Fault>; formats: Formats }): Promise<Response> {
  if (!decided.ok) {
    const { status, issues, headers } = decided.error;
    return send(visit, { status, headers: headers ?? {}, type: MEDIA_TYPES[visit.format], text: formats.write(outcomeOf(visit.requestId, issues), visit.format) });
  }
  const { status, resource, version, location } = decided.value;
  const headers = { ...(version ? versionHeaders(version) : {}), ...(location ? { Location: location } : {}) };
  if (version && isUnchanged(visit, version.id)) return new Response(null, { status: 304, headers: { ...commonHeaders(visit), ...headers } });
  return send(visit, { status, headers, type: MEDIA_TYPES[visit.format], text: formats.write(resource, visit.format) });
}

/** A document about the API that is no resource, as plain JSON. */
export async function respondDocument(visit: Visit, document: object): Promise<Response> {
  return send(visit, { status: 200, headers: {}, type: 'application/json', text: JSON.stringify(document) });
}

async function send(visit: Visit, { status, headers, type, text }: { status: number; headers: Readonly<Headers>; type: string; text: string }): Promise<Response> {
  const all = { ...commonHeaders(visit), ...headers, 'Content-Type': type };
  // Bytes, not text: Node would measure and convert a text once more while it sends.
  if (text.length < COMPRESSED_FROM || !acceptsGzip(visit.header('accept-encoding'))) return new Response(new TextEncoder().encode(text), { status, headers: all });
  return new Response(Uint8Array.from(await compress(text)), { status, headers: { ...all, 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' } });
}

/** Ids (B-040, B-041), no caching (B-008), HTTPS only where that is how Onward is reached (B-001). */
function commonHeaders({ requestId, correlationId }: Visit): Headers {
  return {
    'X-Request-Id': requestId,
    ...(correlationId ? { 'X-Correlation-Id': correlationId } : {}),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...(publicUrl().startsWith('https:') ? { 'Strict-Transport-Security': `max-age=${YEAR_SECONDS}` } : {}),
  };
}

function versionHeaders({ id, at, url }: NonNullable<Answer['version']>): Headers {
  return { ETag: `W/"${id}"`, 'Content-Location': url, ...(at ? { 'Last-Modified': at.toUTCString() } : {}) };
}

/** Whether a read is of what the client has already (B-066). */
function isUnchanged({ request, header }: Visit, versionId: string): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const known = (header('if-none-match') ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, '').replace(/^"(.*)"$/, '$1'));
  return known.includes(versionId) || known.includes('*');
}

function acceptsGzip(acceptEncoding: string | null): boolean {
  const wish = /(?:^|,)\s*(?:gzip|x-gzip|\*)\s*(?:;\s*q\s*=\s*([\d.]+))?\s*(?=,|$)/i.exec(acceptEncoding ?? '');
  return wish !== null && Number(wish[1] ?? 1) > 0;
}
