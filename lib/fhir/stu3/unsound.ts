import type { Issue } from '@/lib/fhir/shared/route';

/** Half of a surrogate pair: no text in UTF-8 has one, so no database keeps it. */
const UNSOUND = /\p{Cs}/u;

/**
 * What makes a body unfit wherever it stands, also in elements that nobody knows, each at its FHIRPath from `path` on: 422 `extension`
 * for a modifierExtension, as none is known here (B-029), and 422 `value` for a text that cannot be written in UTF-8.
 */
export function unsoundIn(path: string, body: unknown): Issue[] {
  if (typeof body === 'string') return UNSOUND.test(body) ? [unsoundText(path)] : [];
  if (Array.isArray(body)) return body.flatMap((item: unknown, index) => unsoundIn(`${path}[${index}]`, item));
  if (body === null || typeof body !== 'object') return [];
  return Object.entries(body).flatMap(([name, value]: [string, unknown]) => {
    const at = `${path}.${name}`;
    return name === 'modifierExtension' && isThere(value) ? [unknownModifier(at)] : unsoundIn(at, value);
  });
}

function isThere(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function unsoundText(expression: string): Issue {
  return { severity: 'error', code: 'value', details: 'INVALID_RESOURCE', diagnostics: 'The text has half of a surrogate pair, which is no character', expression };
}

function unknownModifier(expression: string): Issue {
  return { severity: 'error', code: 'extension', details: 'INVALID_RESOURCE', diagnostics: 'This modifierExtension is not known here, so what it modifies cannot be understood', expression };
}
