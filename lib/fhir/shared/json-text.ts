import { unreadable } from '@/lib/fhir/shared/body';
import type { Fault } from '@/lib/fhir/shared/route';
import { ok, type Result } from '@/lib/platform/result';

/** One token and the white space before it; strings with their escapes checked. */
const TOKEN = /[ \t\r\n]*(?:[{}[\],:]|"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/uy;
const SPACE = /[ \t\r\n]*/y;

/** The value of a JSON text. Refuses with 400, line and column what is none (B-403); never repeats a part of it. */
export function parseJson(text: string): Result<unknown, Fault> {
  try {
    return ok(JSON.parse(text));
  } catch {
    const { line, column } = placeIn(text, endOfJson(text));
    return unreadable(`The body is not JSON: line ${line}, column ${column}`);
  }
}

/** Line and column, from 1, of a position in a text. */
export function placeIn(text: string, position: number): { line: number; column: number } {
  const lines = text.slice(0, position).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** How far a text is JSON: the messages of JSON.parse do not always say, and quote what was sent. */
function endOfJson(text: string): number {
  const open: string[] = [];
  let wanted = 'value';
  TOKEN.lastIndex = 0;
  for (;;) {
    const from = TOKEN.lastIndex;
    const token = TOKEN.exec(text)?.[0].trim();
    if (token === undefined || wanted === 'end') return skipSpace(text, from);
    const next = after({ token, wanted, open });
    if (!next) return skipSpace(text, from);
    wanted = next;
  }
}

/** What may follow `token` when `wanted` was to come: null when the token itself may not. `open` are the brackets that are open. */
function after({ token, wanted, open }: { token: string; wanted: string; open: string[] }): string | null {
  const isClose = token === '}' || token === ']';
  if (isClose) {
    const opener = token === '}' ? '{' : '[';
    if (open.at(-1) !== opener || !['comma', opener === '{' ? 'first key' : 'first value'].includes(wanted)) return null;
    open.pop();
    return open.length === 0 ? 'end' : 'comma';
  }
  if (wanted === 'comma') return token === ',' ? (open.at(-1) === '{' ? 'key' : 'value') : null;
  if (wanted === 'colon') return token === ':' ? 'value' : null;
  if (wanted.endsWith('key')) return token.startsWith('"') ? 'colon' : null;
  if (token === '{' || token === '[') {
    open.push(token);
    return token === '{' ? 'first key' : 'first value';
  }
  if (token === ',' || token === ':') return null;
  return open.length === 0 ? 'end' : 'comma';
}

function skipSpace(text: string, from: number): number {
  SPACE.lastIndex = from;
  return from + (SPACE.exec(text)?.[0].length ?? 0);
}
