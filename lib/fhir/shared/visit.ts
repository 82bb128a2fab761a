import { MAX_QUERY_LENGTH } from '@/lib/fhir/shared/limits';
import { answerFormat, type Format } from '@/lib/fhir/shared/negotiate';
import { fault } from '@/lib/fhir/shared/outcome';
import type { Fault, Parameter } from '@/lib/fhir/shared/route';
import { newId } from '@/lib/platform/id';
import { ok, type Result } from '@/lib/platform/result';

/** One request as it was understood before anything was decided about it. */
export type Visit = {
  request: Request;
  now: Date;
  /** Made here, for the answer, the log and the audit (B-040). */
  requestId: string;
  /** The client's own X-Request-Id; null when it sent none, or none that can be echoed (B-041, B-049). */
  correlationId: string | null;
  query: readonly Parameter[];
  header: (name: string) => string | null;
  /** JSON when what is asked for cannot be made (B-025). */
  format: Format;
  /** What is wrong with the request whatever it is for: its id, the length of its query, the format that it asks for. */
  wrong: Fault | null;
};

const MAX_ID_LENGTH = 128;
const CONTROL = /\p{Cc}/u;

/** Reads the outside of a request: ids, query and the format of the answer. Never throws, whatever was sent. */
export function openVisit(request: Request, now: Date): Visit {
  const header = (name: string) => request.headers.get(name);
  const text = queryOf(request.url);
  const query = text.length > MAX_QUERY_LENGTH ? [] : [...new URLSearchParams(text)];
  const sentId = header('x-request-id') || null;
  const id = decideId(sentId);
  const length = decideQuery(text, query);
  const format = answerFormat(query, header);
  const failed = [id, length, format].find((decided) => !decided.ok);
  return {
    ...{ request, now, query, header, requestId: newId() },
    correlationId: id.ok ? sentId : null,
    format: format.ok ? format.value : 'json',
    wrong: failed && !failed.ok ? failed.error : null,
  };
}

/** A parameter of a search, with NUL nowhere: no text of PostgreSQL can have it. */
export function decideParameters(query: readonly Parameter[]): Result<null, Fault> {
  const bad = query.some((parameter) => parameter.some((text) => text.includes('\u0000')));
  if (!bad) return ok(null);
  return fault(400, { severity: 'error', code: 'value', details: 'INVALID_PARAMETER', diagnostics: 'A parameter has the character U+0000' });
}

function queryOf(url: string): string {
  const from = url.indexOf('?');
  return from < 0 ? '' : (url.slice(from + 1).split('#', 1)[0] ?? '');
}

function decideId(id: string | null): Result<null, Fault> {
  if (id === null || (id.length <= MAX_ID_LENGTH && !CONTROL.test(id))) return ok(null);
  const diagnostics = `X-Request-Id may have ${MAX_ID_LENGTH} characters, and no control characters`;
  return fault(400, { severity: 'error', code: 'value', details: 'BAD_REQUEST', diagnostics, location: 'http.X-Request-Id' });
}

function decideQuery(text: string, query: readonly Parameter[]): Result<null, Fault> {
  if (text.length <= MAX_QUERY_LENGTH) return decideParameters(query);
  const diagnostics = `The limit of a query is ${MAX_QUERY_LENGTH} characters`;
  return fault(414, { severity: 'error', code: 'too-long', details: 'BAD_REQUEST', diagnostics });
}
