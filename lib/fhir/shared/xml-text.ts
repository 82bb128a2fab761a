import { unreadable } from '@/lib/fhir/shared/body';
import { placeIn } from '@/lib/fhir/shared/json-text';
import { MAX_DEPTH } from '@/lib/fhir/shared/limits';
import type { Fault } from '@/lib/fhir/shared/route';
import { ok, type Result } from '@/lib/platform/result';

const DECLARATION = /^\s*<\?xml\s[^<>?]*\?>/;
const ENCODING = /\sencoding\s*=\s*["']([^"']*)["']/;
// A "<" may stand in no attribute, so a tag that is not closed ends the look at the next one: the whole is linear.
const TAG = /<(\/?)([^\s<>/"'=]+)((?:"[^"<]*"|'[^'<]*'|[^"'<>])*)>/y;
const NAMESPACE = /\sxmlns\s*=\s*["']([^"']*)["']/;
const OTHER_ENTITY = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\da-fA-F]{1,6});)/;
const FHIR = 'http://hl7.org/fhir';
const XHTML = 'http://www.w3.org/1999/xhtml';

/**
 * An XML text without its declaration and comments, for a parser that need not be trusted with the rest. Refuses with 400 DTDs, entities other
 * than the five of XML, processing instructions, CDATA, other namespaces and too many levels: nothing is ever fetched or expanded (B-031).
 */
export function plainXml(text: string): Result<string, Fault> {
  const declaration = DECLARATION.exec(text)?.[0] ?? '';
  const encoding = ENCODING.exec(declaration)?.[1] ?? 'utf-8';
  if (encoding.toLowerCase() !== 'utf-8') return unreadable('The XML declaration must say UTF-8');

  const bare = withoutComments(blank(declaration) + text.slice(declaration.length));
  if (bare === null) return unreadable('A comment of the XML is not closed');
  if (OTHER_ENTITY.test(bare)) return unreadable('The XML has an entity other than &amp; &lt; &gt; &quot; &apos; or a character number');
  return walk(bare);
}

/** The same text with blanks of equal length, or null when a comment does not end: places stay those of what was sent. */
function withoutComments(text: string): string | null {
  let rest = '';
  let from = 0;
  for (;;) {
    const opened = text.indexOf('<!--', from);
    if (opened < 0) return rest + text.slice(from);
    const closed = text.indexOf('-->', opened + 4);
    if (closed < 0) return null;
    rest += text.slice(from, opened) + blank(text.slice(opened, closed + 3));
    from = closed + 3;
  }
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}

function walk(text: string): Result<string, Fault> {
  let depth = 0;
  let hasRoot = false;
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', TAG.lastIndex)) {
    TAG.lastIndex = at;
    const [, slash = '', name = '', rest = ''] = TAG.exec(text) ?? [];
    if (!name) return unreadable(`The body is not XML: ${place(text, at)}`);
    const isRoot = depth === 0 && !slash;
    const reason = isRoot && hasRoot ? 'The XML must have one root' : faultOf({ name, rest, isRoot });
    if (reason) return unreadable(`${reason}: ${place(text, at)}`);
    hasRoot = true;
    depth += slash ? -1 : rest.endsWith('/') ? 0 : 1;
    if (depth > MAX_DEPTH) return unreadable(`The body has more than ${MAX_DEPTH} levels`);
  }
  return hasRoot && depth === 0 ? ok(text) : unreadable(`The body is not XML: it ends before an element does, ${place(text, text.length)}`);
}

function faultOf({ name, rest, isRoot }: { name: string; rest: string; isRoot: boolean }): string | null {
  if (/^[!?]/.test(name)) return 'The XML may have no DTD, processing instruction or CDATA';
  if (name.includes(':')) return 'The XML may have no prefixes before element names';
  const namespace = NAMESPACE.exec(rest)?.[1];
  const isFhir = namespace === FHIR || (namespace === undefined && !isRoot);
  return isFhir || (name === 'div' && namespace === XHTML) ? null : `The XML must be of the namespace ${FHIR}`;
}

function place(text: string, at: number): string {
  const { line, column } = placeIn(text, at);
  return `line ${line}, column ${column}`;
}
