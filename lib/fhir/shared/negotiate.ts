import { fault } from '@/lib/fhir/shared/outcome';
import type { Fault, Parameter } from '@/lib/fhir/shared/route';
import { ok, type Result } from '@/lib/platform/result';

export type Format = 'json' | 'xml';

type Wish = { type: string; quality: number; place: number };

/** With the charset, and without a space before it (B-027). */
export const MEDIA_TYPES: Record<Format, string> = {
  json: 'application/fhir+json;charset=utf-8',
  xml: 'application/fhir+xml;charset=utf-8',
};

/** The spellings of B-024, for `_format`, `Accept` and `Content-Type` alike. */
const SPELLINGS: Readonly<Record<string, Format>> = {
  ...{ json: 'json', 'application/fhir+json': 'json', 'application/json+fhir': 'json', 'application/json': 'json', 'text/json': 'json' },
  ...{ xml: 'xml', 'application/fhir+xml': 'xml', 'application/xml+fhir': 'xml', 'application/xml': 'xml', 'text/xml': 'xml' },
};
const NO_PREFERENCE = ['', '*/*', 'application/*', '*'];
const SUPPORTED = 'Supported are application/fhir+json and application/fhir+xml';

/**
 * The format of the answer: `_format`, else `Accept`, else the request's own Content-Type, else JSON (B-022 to B-024). Of equal wishes
 * in `Accept` the first counts. Refuses with 415 a format that cannot be made (B-025).
 */
export function answerFormat(query: readonly Parameter[], header: (name: string) => string | null): Result<Format, Fault> {
  const named = query.findLast(([name]) => name === '_format')?.[1];
  if (named !== undefined && !NO_PREFERENCE.includes(typeIn(named))) {
    const format = formatOf(named);
    return format ? ok(format) : unsupported(SUPPORTED, 'http._format');
  }
  const own = formatOf(header('content-type') ?? '') ?? 'json';
  return acceptedFormat(header('accept') ?? '', own);
}

/** The format of a body by its Content-Type. Refuses with 415 one that is missing or unknown, and a charset other than UTF-8 (B-026, B-027). */
export function bodyFormat(contentType: string | null): Result<Format, Fault> {
  const format = formatOf(contentType ?? '');
  if (!format) return unsupported(SUPPORTED, 'http.Content-Type');
  return isUtf8(contentType) ? ok(format) : unsupported('Supported is charset=utf-8', 'http.Content-Type');
}

/** Refuses with 415 a search by POST that is not a form in UTF-8 (B-007). */
export function decideForm(contentType: string | null): Result<null, Fault> {
  if (typeIn(contentType ?? '') !== 'application/x-www-form-urlencoded' || !isUtf8(contentType)) {
    return unsupported('Supported is application/x-www-form-urlencoded', 'http.Content-Type');
  }
  return ok(null);
}

/** A media type, or a way to encode one, that Onward does not know (B-845). */
export function unsupported(diagnostics: string, location: string): { ok: false; error: Fault } {
  return fault(415, { severity: 'error', code: 'not-supported', details: 'UNSUPPORTED_MEDIA_TYPE', diagnostics, location });
}

function acceptedFormat(accept: string, own: Format): Result<Format, Fault> {
  const wishes = accept.split(',').map(wishOf).filter(({ type }) => type !== '');
  if (wishes.length === 0) return ok(own);
  const ranked = wishes.filter(({ quality }) => quality > 0).toSorted((a, b) => b.quality - a.quality || a.place - b.place);
  for (const { type } of ranked) {
    if (NO_PREFERENCE.includes(type)) return ok(wishedFormat(own, wishes));
    const format = SPELLINGS[type];
    if (format) return ok(format);
  }
  return unsupported(SUPPORTED, 'http.Accept');
}

// `*/*, application/fhir+json;q=0` asks for anything but JSON.
function wishedFormat(own: Format, wishes: readonly Wish[]): Format {
  const unwanted = wishes.filter(({ quality }) => quality === 0).map(({ type }) => SPELLINGS[type]);
  if (!unwanted.includes(own)) return own;
  return own === 'json' ? 'xml' : 'json';
}

function wishOf(text: string, place: number): Wish {
  const quality = /;\s*q\s*=\s*"?([\d.]+)/i.exec(text)?.[1];
  return { type: typeIn(text), quality: quality === undefined ? 1 : Number(quality) || 0, place };
}

function formatOf(text: string): Format | null {
  const type = typeIn(text);
  return Object.hasOwn(SPELLINGS, type) ? (SPELLINGS[type] ?? null) : null;
}

/** The media type alone, in lower case; a space inside it is a `+` that was lost in decoding (B-024). */
function typeIn(text: string): string {
  return (text.split(';', 1)[0] ?? '').trim().toLowerCase().replace(/ /g, '+');
}

function isUtf8(contentType: string | null): boolean {
  const charset = /;\s*charset\s*=\s*"?([^";\s]*)/i.exec(contentType ?? '')?.[1];
  return charset === undefined || ['utf-8', 'utf8'].includes(charset.toLowerCase());
}
