import { issuesOf, namesOf, bodyOf } from './expectations';
import { at, textAt } from './look';
import type { Exchange } from './provider';

const SENT = ['accept', 'content-type', 'if-match', 'if-none-match', 'x-request-id', 'accept-encoding', 'content-encoding'];
const ANSWERED = [
  'allow',
  'cache-control',
  'content-encoding',
  'content-location',
  'content-type',
  'etag',
  'last-modified',
  'location',
  'retry-after',
  'strict-transport-security',
  'www-authenticate',
  'x-correlation-id',
  'x-request-id',
];

/** One exchange in lines of text, for the details of a failure: no token, and of bodies only what has no patient in it. */
export function wordsOf(exchange: Exchange): readonly string[] {
  const { method, path, sent, status, headers } = exchange;
  return [
    `${method} ${path}`,
    ...SENT.flatMap((name) => (sent[name] === undefined ? [] : [`${name}: ${sent[name]}`])),
    '',
    String(status),
    ...ANSWERED.flatMap((name) => (headers.has(name) ? [`${name}: ${headers.get(name) ?? ''}`] : [])),
    ...bodyWords(exchange),
  ];
}

function bodyWords(exchange: Exchange): readonly string[] {
  if (exchange.text === '') return ['(no body)'];
  const issues = issuesOf(exchange);
  if (issues.length > 0) return issues.map(issueWords);
  const body = bodyOf(exchange);
  const type = textAt(body, 'resourceType');
  if (type === 'Bundle') return [`(a Bundle, total ${String(at(body, 'total'))})`];
  return [type ? `(${type}, left out)` : `(${exchange.text.length} characters that are no resource)`];
}

function issueWords(issue: unknown): string {
  const names = namesOf(issue).join(' ');
  return `${textAt(issue, 'severity')} ${textAt(issue, 'code')}: ${textAt(issue, 'diagnostics') || '(no diagnostics)'}${names ? ` [${names}]` : ''}`;
}
