import { afterEach, expect, test } from 'vitest';
import { readClock } from './clock';
import { openConformance } from './conformance';
import { at, changed, contained, listAt, textAt } from './look';
import type { Outcome } from './model';
import { openRedaction } from './redaction';
import { reportOf } from './report';
import type { Answer } from './testing/answers';
import { openTestProvider, SERVICE, TOKEN, type Laws, type Spoil } from './testing/provider';

type Plant = { finds: string; what: string; laws?: Partial<Laws>; spoil?: Spoil };

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const PLANTS: readonly Plant[] = [
  { finds: 'B-005', what: '405 without Allow', spoil: (answer) => withoutHeader(answer, 'allow') },
  { finds: 'B-006', what: 'an unknown path that is found', spoil: (answer, { path }) => (path.startsWith('/Nonsense') ? { ...answer, status: 200 } : answer) },
  { finds: 'B-008', what: 'an answer that may be cached', spoil: (answer) => withoutHeader(answer, 'cache-control') },
  { finds: 'B-027', what: 'a content type without charset', spoil: (answer) => withHeader(answer, 'content-type', 'application/fhir+json') },
  { finds: 'B-040', what: 'the same X-Request-Id twice', spoil: (answer) => withHeader(answer, 'x-request-id', '00000000-0000-4000-8000-000000000001') },
  { finds: 'B-041', what: 'no X-Correlation-Id', spoil: (answer) => withoutHeader(answer, 'x-correlation-id') },
  { finds: 'B-043', what: 'request ids that are forgotten', laws: { remembersRequestIds: false, guardsSlots: false } },
  { finds: 'B-060', what: 'an ETag that is not the version', spoil: (answer, { method }) => (method === 'POST' ? withHeader(answer, 'etag', 'W/"77"') : answer) },
  { finds: 'B-063', what: '400 for a missing If-Match', spoil: (answer) => (answer.status === 412 ? { ...answer, status: 400 } : answer) },
  { finds: 'B-064', what: 'versions that are not compared', laws: { checksVersions: false } },
  { finds: 'B-070', what: 'times without offset', spoil: eachSlot((slot) => changed(slot, 'end', textAt(slot, 'end').slice(0, 19))) },
  { finds: 'B-071', what: 'times in Z', spoil: eachSlot((slot) => changed(slot, 'end', textAt(slot, 'end').replace('+00:00', 'Z'))) },
  { finds: 'B-130', what: '401 for a missing token', spoil: (answer) => (answer.status === 403 ? { ...answer, status: 401 } : answer) },
  { finds: 'B-132', what: 'signatures that are not checked', laws: { checksTokens: false } },
  { finds: 'B-201', what: 'a Slot without profile', spoil: eachSlot((slot) => changed(slot, 'meta')) },
  { finds: 'B-214', what: 'a status that is neither free nor busy', spoil: (answer, request) => (request.query.has('status') ? answer : eachSlot((slot) => changed(slot, 'status', 'busy-tentative'))(answer, request)) },
  { finds: 'B-252', what: 'an NHS number that is not checked', laws: { checksNhsNumbers: false } },
  { finds: 'B-342', what: 'an empty entry', spoil: (answer) => (at(answer.body, 'total') === 0 ? { ...answer, body: changed(answer.body, 'entry', []) } : answer) },
  { finds: 'B-347', what: 'a booked slot that is still found', laws: { marksSlots: false } },
  { finds: 'B-351', what: 'a total of entries and not of matches', spoil: onBundles((bundle) => changed(bundle, 'total', listAt(bundle, 'entry').length + 3)) },
  { finds: 'B-352', what: 'a relative fullUrl', spoil: onBundles((bundle) => changed(bundle, 'entry[0].fullUrl', 'Slot/1')) },
  { finds: 'B-405', what: 'a booking without description', laws: { needsDescriptions: false } },
  { finds: 'B-412', what: 'a slot that is booked twice', laws: { guardsSlots: false } },
  { finds: 'B-422', what: 'a race that several win', laws: { guardsSlots: false } },
  { finds: 'B-430', what: '200 for a booking', spoil: (answer) => (answer.status === 201 ? { ...answer, status: 200 } : answer) },
  { finds: 'B-431', what: 'a Location without version', spoil: (answer) => withHeader(answer, 'location', (answer.headers['location'] ?? '').replace(/\/_history.*/, '')) },
  { finds: 'B-502', what: 'an earlier version that is lost', laws: { keepsVersions: false } },
  { finds: 'B-505', what: 'a read without the patient', spoil: (answer, { method }) => (method === 'GET' && contained(answer.body, 'Patient').length > 0 ? { ...answer, body: changed(answer.body, 'contained[1]') } : answer) },
  { finds: 'B-609', what: 'a cancellation with other changes', laws: { comparesCancellations: false } },
  { finds: 'B-613', what: 'a slot that stays taken', laws: { freesSlots: false } },
  { finds: 'B-704', what: 'a search that lists the whole book', laws: { needsPatients: false } },
  { finds: 'B-709', what: 'a search that tells the reason', spoil: onBundles((bundle) => (textAt(bundle, 'entry[0].resource.resourceType') === 'Appointment' ? changed(bundle, 'entry[0].resource.description', 'x') : bundle)) },
  { finds: 'B-802', what: 'a CapabilityStatement of another version', spoil: (answer, { path }) => (path === '/metadata' ? { ...answer, body: changed(answer.body, 'version', '2.0.1') } : answer) },
  { finds: 'B-810', what: 'an error without OperationOutcome', spoil: (answer) => (answer.status === 404 ? { ...answer, body: { error: 'not found' } } : answer) },
  { finds: 'B-813', what: 'an error with a stack trace', spoil: inDiagnostics(() => 'Error\n    at book (/srv/app/book.js:12:34)') },
  { finds: 'B-813', what: 'an error with the token', spoil: inDiagnostics(() => `Refused: ${TOKEN}`) },
];

test.each(PLANTS)('$finds is not met by $what, and is met without', async ({ finds, laws, spoil }) => {
  expect(await outcomeOf(finds, {})).toMatchObject({ state: 'pass' });
  expect(await outcomeOf(finds, { laws, spoil })).toMatchObject({ state: 'fail' });
});

test('B-813: an NHS number in an error is found, and not in what the kit says of it', async () => {
  const redaction = openRedaction();
  const spoil: Spoil = (answer, { body }) => {
    const number = textAt(contained(body, 'Patient')[0], 'identifier[0].value');
    return answer.status === 422 ? { ...answer, body: changed(answer.body, 'issue[0].diagnostics', `Refused for ${number}`) } : answer;
  };
  const outcomes = await run(['B-405', 'B-813'], { spoil }, redaction);
  expect(outcomes.find(({ id }) => id === 'B-813')).toMatchObject({ state: 'fail' });
  expect(reportOf({ base: '', at: readClock(), outcomes, leftBooked: [] }, redaction.clean)).not.toMatch(/\b999\d{7}\b/);
});

test('what the kit booked is cancelled at the end, also when checks fail', async () => {
  const provider = await openTestProvider({ laws: { comparesCancellations: false }, now: readClock() });
  closing.push(provider.close);
  const kit = openConformance(optionsFor(provider.base, ['B-430', 'B-501', 'B-609']), openRedaction());
  await kit.run(() => undefined);
  expect(await kit.cleanUp()).toEqual([]);
});

test('with --read-only no booking is sent that could succeed, and no change', async () => {
  const sent: string[] = [];
  const spoil: Spoil = (answer, { method, path, body, headers }) => {
    if (headers.authorization && ['POST', 'PUT'].includes(method) && textAt(body, 'resourceType') === 'Appointment') sent.push(`${method} ${path}`);
    return answer;
  };
  const provider = await openTestProvider({ spoil, now: readClock() });
  closing.push(provider.close);
  const outcomes = await openConformance({ ...optionsFor(provider.base, []), isReadOnly: true }, openRedaction()).run(() => undefined);
  expect(sent).toEqual([]);
  expect(outcomes.find(({ id }) => id === 'B-430')).toMatchObject({ state: 'skip', words: 'nothing is booked with --read-only' });
});

test('B-846: a provider that limits its consumers is waited for as its Retry-After says', async () => {
  const refused = new Set<string>();
  const spoil: Spoil = (answer, { method, path, query }) => {
    const name = `${method} ${path}?${query.toString()}`;
    if (method !== 'GET' || refused.has(name)) return answer;
    refused.add(name);
    return withHeader({ ...answer, status: 429 }, 'retry-after', '0');
  };
  expect(await outcomeOf('B-501', { spoil })).toMatchObject({ state: 'pass' });
});

test('a provider that gives no answer is a fault with a sentence, not a report', async () => {
  const kit = openConformance(optionsFor('http://127.0.0.1:9/STU3', []), openRedaction());
  await expect(kit.run(() => undefined)).rejects.toThrow(/^No answer to GET \/metadata/);
});

async function outcomeOf(id: string, given: { laws?: Partial<Laws>; spoil?: Spoil }): Promise<Outcome | undefined> {
  return (await run([id], given, openRedaction())).find((outcome) => outcome.id === id);
}

async function run(only: readonly string[], given: { laws?: Partial<Laws>; spoil?: Spoil }, redaction: ReturnType<typeof openRedaction>): Promise<readonly Outcome[]> {
  const provider = await openTestProvider({ ...given, now: readClock() });
  closing.push(provider.close);
  return openConformance(optionsFor(provider.base, only), redaction).run(() => undefined);
}

function optionsFor(base: string, only: readonly string[]) {
  const services: readonly [string] = [SERVICE];
  return { base, only, services, tokens: { kind: 'given', token: TOKEN } as const, scopes: [], nhsNumber: null, isReadOnly: false, days: 2, timeoutMs: 5_000, reportFile: '', jsonFile: null };
}

function withHeader(answer: Answer, name: string, value: string): Answer {
  return { ...answer, headers: { ...answer.headers, [name]: value } };
}

function withoutHeader(answer: Answer, name: string): Answer {
  return { ...answer, headers: Object.fromEntries(Object.entries(answer.headers).filter(([each]) => each !== name)) };
}

function onBundles(change: (bundle: unknown) => unknown): Spoil {
  return (answer) => (listAt(answer.body, 'entry').length > 0 ? { ...answer, body: change(answer.body) } : answer);
}

function eachSlot(change: (slot: unknown) => unknown): Spoil {
  return onBundles((bundle) => changed(bundle, 'entry', listAt(bundle, 'entry').map((entry) => (textAt(entry, 'resource.resourceType') === 'Slot' ? changed(entry, 'resource', change(at(entry, 'resource'))) : entry))));
}

function inDiagnostics(words: () => string): Spoil {
  return (answer) => (answer.status >= 400 ? { ...answer, body: changed(answer.body, 'issue[0].diagnostics', words()) } : answer);
}
