import { idMade } from './bookings';
import { isRecord, listAt, textAt } from './look';
import type { Kit } from './model';
import type { Exchange } from './provider';
import { bookingBody } from './sample';
import { must } from './verdict';
import { readXml } from './xml';

/** How a request must be refused; `says` in its diagnostics, `names` in an expression or location. */
export type Refused = { status: number; code?: string | readonly string[]; says?: RegExp; names?: string };

const LONGEST_WORDS = 160;
const ETAG = /^W\/"([^"]+)"$/;

/** Expects a refusal with an OperationOutcome, one issue of which is as described. */
export function mustRefuse(exchange: Exchange, { status, code, says, names }: Refused, when = askedFor(exchange)): void {
  must(exchange.status === status, `${when} was answered ${exchange.status}, not ${status}`);
  const issues = issuesOf(exchange);
  must(issues.length > 0, `${when} was refused without an OperationOutcome`);
  const codes = code === undefined ? [] : [code].flat();
  const found = issues.map((issue) => textAt(issue, 'code'));
  const coded = codes.length === 0 ? issues : issues.filter((issue) => codes.includes(textAt(issue, 'code')));
  must(coded.length > 0, `${when} has issue.code ${found.join(', ') || 'none'}, not ${codes.join(' or ')}`);
  must(says === undefined || coded.some((issue) => says.test(textAt(issue, 'diagnostics'))), `${when} has diagnostics that do not say ${says?.source}`);
  must(names === undefined || coded.some((issue) => namesOf(issue).some((name) => name.startsWith(names))), `${when} has no issue that names ${names}`);
}

/** Expects a status. */
export function mustAnswer(exchange: Exchange, status: number, when = askedFor(exchange)): Exchange {
  must(exchange.status === status, `${when} was answered ${exchange.status}, not ${status}`);
  return exchange;
}

/** The issues of an OperationOutcome in JSON or XML; none when the answer is no such thing. */
export function issuesOf(exchange: Exchange): readonly unknown[] {
  const body = bodyOf(exchange);
  return textAt(body, 'resourceType') === 'OperationOutcome' ? listAt(body, 'issue') : [];
}

/** The body of an answer in either format. */
export function bodyOf({ json, text }: Exchange): unknown {
  return json ?? readXml(text);
}

/** Where an issue lies, by its own words. */
export function namesOf(issue: unknown): readonly string[] {
  return [...listAt(issue, 'expression'), ...listAt(issue, 'location')].map(String);
}

/** The media type of an answer, without its parameters. */
export function mediaType({ headers }: Exchange): string {
  return (headers.get('content-type') ?? '').replace(/;.*/, '').trim();
}

/** The version that an ETag names; empty when it is none. */
export function etagVersion({ headers }: Exchange): string {
  return ETAG.exec(headers.get('etag') ?? '')?.[1] ?? '';
}

/** Whether two values are the same JSON, whatever the order of their members. */
export function sameJson(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

/** A booking with one fault, of a slot that is free: it must be refused as described. Should it be booked, it is cancelled. */
export async function mustRefuseBooking(kit: Kit, change: (body: unknown) => unknown, refused: Refused, when: string): Promise<void> {
  mustRefuse(await faulty(kit, change), refused, when);
}

/** Expects that a booking with this change is made, and cancels it: the answer to the booking. */
export async function mustBook({ facts }: Kit, change: (body: unknown) => unknown, when: string, headers?: Record<string, string | undefined>): Promise<Exchange> {
  const made = await facts.post(change(bookingBody(await facts.takeSlot(), facts.newPatient())), headers);
  must(made.status === 201, `${when} was answered ${made.status}${issueCodes(made)}, not 201`);
  await facts.cancel({ id: idMade(made) });
  return made;
}

/** The answer to a booking of the spare slot, changed. */
export async function faulty({ facts }: Kit, change: (body: unknown) => unknown, headers?: Record<string, string | undefined>): Promise<Exchange> {
  const answer = await facts.post(change(bookingBody(await facts.spare(), facts.newPatient())), headers);
  if (answer.status === 201) await facts.cancel({ id: idMade(answer) });
  return answer;
}

function issueCodes(exchange: Exchange): string {
  return issuesOf(exchange).map((issue) => ` ${textAt(issue, 'code')}`).join('');
}

function askedFor({ method, path }: Exchange): string {
  return `${method} ${path}`.slice(0, LONGEST_WORDS);
}

function sorted(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(sorted);
  if (!isRecord(node)) return node;
  return Object.fromEntries(Object.entries(node).sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, value]) => [name, sorted(value)]));
}
