import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { formatsOf } from '@/lib/fhir/shared/format';
import { STU3_ELEMENTS } from '@/lib/fhir/stu3/elements';
import { aSystem } from '@/prisma/factories/client';
import { aService } from '@/prisma/factories/service';
import { A_TUESDAY_AT_TEN } from '@/prisma/factories/staff';
import { aToken } from '@/prisma/factories/token';
import { aBooking, aSlotToBook, slotsToBook } from '@/scripts/test-support/fhir/bookings';
import { aDoor, type Asked, type Door } from '@/scripts/test-support/fhir/door';
import { anyText, mutationsOf } from '@/scripts/test-support/fhir/mutations';
import { faultsOf } from '@/scripts/test-support/fhir/stu3-schema';

// The same on every run: what is found is found by everybody.
const RUNS = { seed: 20_270_303, numRuns: 150, endOnFailure: true };
const TIMEOUT_MS = 60_000;

const SLOT_PARAMETERS = ['service', 'schedule.actor:healthcareservice', 'status', 'start', 'end', '_id', '_count', '_include', '_include:iterate', '_revinclude', '_format'];
const PATIENT_PARAMETERS = ['patient', 'identifier', 'actor:Patient.identifier', '_id', 'appointmentId', 'version', 'date', 'start', 'status', '_count'];
const VALUES = ['free', 'ge2027-03-03', 'le2027-03-03T14:00:00 00:00', 'ge99999-01-01', 'eq0000-00-00', 'Slot:schedule', '1e9', '-1', '999999999999999999999', 'a|b|c', '|', ',', '9990000000', 'json', 'application/fhir+xml', '\u0000', '💊', 'x'.repeat(5_000)];
const HEADERS = ['accept', 'accept-encoding', 'authorization', 'content-encoding', 'content-type', 'if-match', 'if-none-match', 'prefer', 'ssp-from', 'ssp-traceid', 'x-request-id', 'content-length'];
const HEADER_VALUES = ['*/*', 'application/fhir+xml;q=0', 'gzip', 'br, gzip;q=2', 'deflate', 'W/"1"', '*', '"1", "2"', 'application/fhir+json;charset=latin1', 'text/html', 'Bearer a.b.c', 'Basic eA==', 'x'.repeat(200), ';;;', ',,,', 'q=1'];

let door: Door;
let body: ReturnType<typeof aBooking>;
let dosId: string;
const seen = new Set<number>();

beforeAll(async () => {
  door = aDoor({ token: await aToken(await aSystem(), { now: A_TUESDAY_AT_TEN }) });
  const service = await aService();
  dosId = service.dosId;
  const [slot] = await slotsToBook(3, { serviceId: service.id });
  body = aBooking({ slot: slot ?? (await aSlotToBook()) });
});

test('no body is ever answered with a fault: mutations of a booking, any JSON, any text', { timeout: TIMEOUT_MS }, async () => {
  const bodies = fc.oneof({ weight: 4, arbitrary: mutationsOf(body) }, { weight: 1, arbitrary: anyText });
  await fc.assert(fc.asyncProperty(bodies, (sent) => expectAnswered('/Appointment', { method: 'POST', body: sent })), { ...RUNS, numRuns: 300 });
  // Neither all let through nor all turned away at the same place.
  expect([...seen].sort()).toEqual(expect.arrayContaining([201, 400, 422]));
});

test('no change of an appointment is ever answered with a fault', { timeout: TIMEOUT_MS }, async () => {
  const booked = await door('/Appointment', { method: 'POST', body: aBooking({ slot: await aSlotToBook() }) });
  const path = `/Appointment/${booked.resource?.id}`;
  const cancel = { ...booked.resource, status: 'cancelled' };
  const versions = fc.constantFrom('W/"1"', '"1"', '1', 'W/"99999999999999999999"', 'W/"-1"', '*', 'W/""');
  await fc.assert(fc.asyncProperty(mutationsOf(cancel), versions, (sent, version) => expectAnswered(path, { method: 'PUT', headers: { 'if-match': version }, body: sent })), RUNS);
});

test('no XML is ever answered with a fault', { timeout: TIMEOUT_MS }, async () => {
  const whole = formatsOf(STU3_ELEMENTS).write(body, 'xml');
  const cuts = fc.tuple(fc.nat(whole.length), fc.nat(40), fc.oneof(fc.constantFrom('<', '>', '&', '&amp;', '&#0;', '<a>', '</a>', '"', '<!DOCTYPE a>', '<![CDATA[x]]>', '<?x?>', ' xmlns="x"'), fc.string({ unit: 'binary', maxLength: 8 })));
  const texts = cuts.map(([at, length, text]) => whole.slice(0, at) + text + whole.slice(at + length));
  await fc.assert(fc.asyncProperty(texts, (sent) => expectAnswered('/Appointment', { method: 'POST', headers: { 'content-type': 'application/fhir+xml' }, body: sent })), RUNS);
});

test('no query is ever answered with a fault', { timeout: TIMEOUT_MS }, async () => {
  const values = fc.oneof(fc.constantFrom(...VALUES, dosId), fc.string({ unit: 'binary', maxLength: 30 }));
  const query = (names: readonly string[]) => fc.array(fc.tuple(fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 8 })), values), { maxLength: 6 });
  const searches = fc.oneof(
    query(SLOT_PARAMETERS).map((parameters) => `/Slot?${encoded(parameters)}`),
    query(PATIENT_PARAMETERS).map((parameters) => `/Appointment?${encoded(parameters)}`),
    // As they come, not encoded: broken percent signs and all.
    fc.stringMatching(/^[!-~]{0,60}$/).map((raw) => `/Slot?start=${raw.replaceAll('#', '%')}`),
    query(SLOT_PARAMETERS).map((parameters) => `/metadata?${encoded(parameters)}`),
  );
  await fc.assert(fc.asyncProperty(searches, (path) => expectAnswered(path, {})), { ...RUNS, numRuns: 400 });
});

test('no form is ever answered with a fault', { timeout: TIMEOUT_MS }, async () => {
  const forms = fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.array(fc.tuple(fc.constantFrom(...PATIENT_PARAMETERS), fc.constantFrom(...VALUES)), { maxLength: 5 }).map(encoded));
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  await fc.assert(fc.asyncProperty(fc.constantFrom('/Slot/_search', '/Appointment/_search'), forms, (path, sent) => expectAnswered(path, { method: 'POST', headers, body: sent })), RUNS);
});

test('no header is ever answered with a fault', { timeout: TIMEOUT_MS }, async () => {
  const value = fc.oneof(fc.constantFrom(...HEADER_VALUES), fc.stringMatching(/^[!-~¡-ÿ]{0,30}$/));
  const headers = fc.array(fc.tuple(fc.constantFrom(...HEADERS), value), { minLength: 1, maxLength: 4 }).map((pairs) => Object.fromEntries(pairs));
  const asked = fc.constantFrom<Asked & { path: string }>({ path: '/metadata' }, { path: '/Slot?_count=1' }, { path: '/Appointment', method: 'POST', body: '{}' }, { path: '/Appointment/1', method: 'PUT', body: '{}' });
  await fc.assert(fc.asyncProperty(asked, headers, ({ path, ...request }, sent) => expectAnswered(path, { ...request, headers: sent })), RUNS);
});

test('no path is ever answered with a fault', { timeout: TIMEOUT_MS }, async () => {
  const part = fc.oneof(fc.constantFrom('Slot', 'Appointment', '_history', 'Organization', 'Practitioner', 'metadata', '..', '%2e%2e', '%00', '%zz', '__proto__', ' '), fc.string({ unit: 'binary', maxLength: 20 }).map(encodeURIComponent));
  const paths = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => `/${parts.join('/')}`);
  const methods = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS');
  await fc.assert(fc.asyncProperty(paths, methods, (path, method) => expectAnswered(path, { method })), RUNS);
});

/** Anything but a fault of ours; what is refused says why in a valid OperationOutcome (B-810). */
async function expectAnswered(path: string, asked: Asked): Promise<void> {
  const told = await door(path, { ...asked, headers: { accept: 'application/fhir+json', ...asked.headers } });
  seen.add(told.status);
  expect(told.status, `${asked.method ?? 'GET'} ${path}`).toBeLessThan(500);
  if (told.status < 400 || asked.method === 'HEAD' || !told.resource) return;
  expect([told.resource.resourceType, faultsOf(told.resource)]).toEqual(['OperationOutcome', []]);
  expect(told.resource.id).toBe(told.headers.get('x-request-id'));
  expect(told.resource.issue?.length).toBeGreaterThan(0);
}

function encoded(parameters: readonly (readonly [string, string])[]): string {
  return parameters.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&');
}
