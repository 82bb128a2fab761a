import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, type ZlibOptions } from 'node:zlib';
import { inTime, MAX_BODY_BYTES } from '@/lib/fhir/shared/limits';
import { unsupported } from '@/lib/fhir/shared/negotiate';
import { fault } from '@/lib/fhir/shared/outcome';
import type { Fault, IssueCode } from '@/lib/fhir/shared/route';
import { ok, refuse, type Result } from '@/lib/platform/result';

type Decode = (bytes: Uint8Array, options: ZlibOptions) => Promise<Uint8Array>;

const DECODERS: Readonly<Record<string, Decode>> = {
  gzip: promisify<Uint8Array, ZlibOptions, Uint8Array>(gunzip),
  'x-gzip': promisify<Uint8Array, ZlibOptions, Uint8Array>(gunzip),
  deflate: promisify<Uint8Array, ZlibOptions, Uint8Array>(inflate),
  br: promisify<Uint8Array, ZlibOptions, Uint8Array>(brotliDecompress),
};

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The text of a request's body, decompressed. Refuses a body over the limit before and after decompression (413, a compressed bomb
 * included), one that takes longer than `patienceMs` to arrive (408), one whose compression is wrong or that is not UTF-8 (400).
 */
export async function readText(request: Request, patienceMs: number): Promise<Result<string, Fault>> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) return tooLarge();
  const received = await inTime(receive(request), { ms: patienceMs, late: () => tooSlow(patienceMs) });
  if (!received.ok) return received;
  const decoded = await decompress(received.value, encodingOf(request));
  if (!decoded.ok) return decoded;
  try {
    return ok(UTF8.decode(decoded.value));
  } catch {
    return unreadable('The body is not UTF-8');
  }
}

/** Refuses with 415 a compression that Onward does not know (B-028). */
export function decideEncoding(request: Request): Result<null, Fault> {
  const encoding = encodingOf(request);
  return encoding === 'identity' || Object.hasOwn(DECODERS, encoding) ? ok(null) : unsupported('Supported are gzip, deflate and br', 'http.Content-Encoding');
}

/** A body of which no part can be used (B-831). */
export function unreadable(diagnostics: string): { ok: false; error: Fault } {
  return fault(400, { severity: 'fatal', code: 'structure', details: 'BAD_REQUEST', diagnostics });
}

function encodingOf(request: Request): string {
  return (request.headers.get('content-encoding') ?? '').trim().toLowerCase() || 'identity';
}

async function receive(request: Request): Promise<Result<Uint8Array, Fault>> {
  try {
    // The server has checked that as many bytes come as were said; only a body of unsaid length is counted while it comes.
    if (request.headers.has('content-length')) return ok(new Uint8Array(await request.arrayBuffer()));
    return await receiveCounted(request);
  } catch {
    return unreadable('The body broke off');
  }
}

async function receiveCounted({ body }: Request): Promise<Result<Uint8Array, Fault>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = body?.getReader();
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    size += next.value.length;
    // Not cancelled: that would break the connection before the answer is on it.
    if (size > MAX_BODY_BYTES) return tooLarge();
    parts.push(next.value);
  }
  return ok(Buffer.concat(parts));
}

async function decompress(bytes: Uint8Array, encoding: string): Promise<Result<Uint8Array, Fault>> {
  const decode = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding] : undefined;
  if (!decode) return ok(bytes);
  try {
    return ok(await decode(bytes, { maxOutputLength: MAX_BODY_BYTES }));
  } catch (error) {
    const isBomb = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return isBomb ? tooLarge() : unreadable(`The body is not compressed with ${encoding}`);
  }
}

function tooLarge(): { ok: false; error: Fault } {
  return unread(413, 'too-long', `The limit of a body is ${MAX_BODY_BYTES} bytes`);
}

function tooSlow(patienceMs: number): { ok: false; error: Fault } {
  return unread(408, 'transient', `The body did not arrive within ${patienceMs / 1000} seconds`);
}

/** The rest of the body is still on its way: the connection is of no use for another request. */
function unread(status: number, code: IssueCode, diagnostics: string): { ok: false; error: Fault } {
  const { error } = fault(status, { severity: 'error', code, details: 'BAD_REQUEST', diagnostics });
  return refuse({ ...error, headers: { Connection: 'close' } });
}
