import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { formatsOf } from '@/lib/fhir/shared/format';
import { STU3_ELEMENTS } from '@/lib/fhir/stu3/elements';
import type { Asked, Door } from '@/scripts/test-support/fhir/door';
import { anyText, mutationsOf } from '@/scripts/test-support/fhir/mutations';
import { aRegistrar, aRegistration, atPlace, atService, unnumbered } from '@/scripts/test-support/fhir/registrations';
import { faultsOf } from '@/scripts/test-support/fhir/stu3-schema';

// The same on every run: what is found is found by everybody.
const RUNS = { seed: 20_270_305, numRuns: 150, endOnFailure: true };
const TIMEOUT_MS = 60_000;

const PARAMETERS = ['patient', 'identifier', 'actor:Patient.identifier', '_id', 'appointmentId', 'version', 'date', 'start', 'status', '_format'];
const VALUES = ['9991226036', 'a|b', '|', ',', 'urn:ietf:rfc:3986|', 'urn:ietf:rfc:3986|https://', 'https://[', 'https://onward.example.nhs.uk/STU3/Appointment/', 'https://onward.example.nhs.uk/STU3/Appointment/x', 'https://x/%00', 'ge2027-03-03', 'ge99999-01-01', '999999999999999999999', '\u0000', '💊', 'x'.repeat(5_000)];

let door: Door;
const seen = new Set<number>();

/** A registration with all that one may have. */
function whole(): object {
  return aRegistration({ patient: unnumbered(), others: [atService({ dosId: '2000089120', name: 'Leeds Dental Access' }), atPlace('LS1 3EX')], isSealed: true });
}

beforeAll(async () => {
  ({ door } = await aRegistrar());
});

test('no body is ever answered with a fault: mutations of a registration, any JSON, any text', { timeout: TIMEOUT_MS }, async () => {
  const bodies = fc.oneof({ weight: 4, arbitrary: mutationsOf(whole()) }, { weight: 1, arbitrary: anyText });
  await fc.assert(fc.asyncProperty(bodies, (sent) => expectAnswered('/Appointment', { method: 'POST', body: sent })), { ...RUNS, numRuns: 300 });
  // Neither all let through nor all turned away at the same place.
  expect([...seen].sort()).toEqual(expect.arrayContaining([201, 400, 422]));
});

test('no change of an entry is ever answered with a fault', { timeout: TIMEOUT_MS }, async () => {
  const { resource } = await door('/Appointment', { method: 'POST', body: whole() });
  const cancel = { ...resource, status: 'cancelled' };
  const versions = fc.constantFrom('W/"1"', '"1"', '1', 'W/"99999999999999999999"', '999999999', 'W/"-1"', '*', '0');
  await fc.assert(fc.asyncProperty(mutationsOf(cancel), versions, (sent, version) => expectAnswered(`/Appointment/${resource?.id}`, { method: 'PUT', headers: { 'if-match': version }, body: sent })), RUNS);
});

test('no XML is ever answered with a fault', { timeout: TIMEOUT_MS }, async () => {
  const text = formatsOf(STU3_ELEMENTS).write({ resourceType: 'Appointment', ...whole() }, 'xml');
  const pieces = fc.oneof(fc.constantFrom('<', '>', '&', '&amp;', '&#0;', '<a>', '</a>', '"', '<!DOCTYPE a>', '<![CDATA[x]]>', '<?x?>', ' xmlns="x"', '<extension url="x"/>'), fc.string({ unit: 'binary', maxLength: 8 }));
  const texts = fc.tuple(fc.nat(text.length), fc.nat(40), pieces).map(([at, length, piece]) => text.slice(0, at) + piece + text.slice(at + length));
  await fc.assert(fc.asyncProperty(texts, (sent) => expectAnswered('/Appointment', { method: 'POST', headers: { 'content-type': 'application/fhir+xml' }, body: sent })), RUNS);
});

test('no query and no form is ever answered with a fault', { timeout: TIMEOUT_MS }, async () => {
  const values = fc.oneof(fc.constantFrom(...VALUES), fc.string({ unit: 'binary', maxLength: 30 }), fc.webUrl());
  const parameters = fc.array(fc.tuple(fc.oneof(fc.constantFrom(...PARAMETERS), fc.string({ maxLength: 8 })), values), { maxLength: 6 }).map(encoded);
  await fc.assert(fc.asyncProperty(parameters, (query) => expectAnswered(`/Appointment?${query}`, {})), { ...RUNS, numRuns: 300 });
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  await fc.assert(fc.asyncProperty(parameters, (body) => expectAnswered('/Appointment/_search', { method: 'POST', headers, body })), RUNS);
});

test('no path and no method is ever answered with a fault', { timeout: TIMEOUT_MS }, async () => {
  const part = fc.oneof(fc.constantFrom('Appointment', '_history', '_search', 'metadata', '..', '%2e%2e', '%00', '%zz', '__proto__', ' '), fc.string({ unit: 'binary', maxLength: 20 }).map(encodeURIComponent));
  const paths = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => `/${parts.join('/')}`);
  await fc.assert(fc.asyncProperty(paths, fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'), (path, method) => expectAnswered(path, { method })), RUNS);
});

/** Anything but a fault of ours; what is refused says why in a valid OperationOutcome (B-810). */
async function expectAnswered(path: string, asked: Asked): Promise<void> {
  const told = await door(path, { ...asked, headers: { accept: 'application/fhir+json', ...asked.headers } });
  seen.add(told.status);
  expect(told.status, `${asked.method ?? 'GET'} ${path}`).toBeLessThan(500);
  if (asked.method === 'HEAD' || !told.resource) return;
  expect(faultsOf(told.resource)).toEqual([]);
  if (told.status >= 400) expect(told.resource.issue?.length).toBeGreaterThan(0);
}

function encoded(parameters: readonly (readonly [string, string])[]): string {
  return parameters.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
}
