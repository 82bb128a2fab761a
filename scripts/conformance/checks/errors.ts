import { bodyOf, faulty, issuesOf, mustRefuse, namesOf, type Refused } from '../expectations';
import { NOBODY } from '../facts';
import { at, changed, has, listAt, textAt } from '../look';
import type { Check, Kit } from '../model';
import type { Exchange } from '../provider';
import { bookingBody, misspelt } from '../sample';
import { must } from '../verdict';

type Failure = Refused & { id: string; details: string; ask: (kit: Kit) => Promise<Exchange>; needsBooking: boolean };

const SPINE_CODES = 'https://fhir.nhs.uk/STU3/ValueSet/Spine-ErrorOrWarningCode-1';
const LEAKS = /\bat \S+ \(?\S+:\d+:\d+\)?|\bSELECT\b.+\bFROM\b|Exception in thread|\.java:\d+|Traceback/;
const NUMBER_PATH = 'contained[1].identifier[0].value';
const MEGABYTE = 1_048_576;

const FAILURES: readonly Failure[] = [
  { id: 'B-830', status: 403, code: 'login', details: 'ACCESS_DENIED', needsBooking: false, ask: ({ provider }) => provider.ask({ path: `/Appointment/${NOBODY}`, token: null }) },
  { id: 'B-831', status: 400, code: 'structure', details: 'BAD_REQUEST', needsBooking: true, ask: (kit) => faulty(kit, () => '{ "resourceType"') },
  { id: 'B-832', status: 400, code: 'value', details: 'INVALID_PARAMETER', needsBooking: false, ask: ({ provider, services: [service] }) => provider.ask({ path: `/Slot?service=${service}&start=never` }) },
  { id: 'B-832', status: 400, code: 'required', details: 'INVALID_PARAMETER', needsBooking: false, ask: ({ provider }) => provider.ask({ path: '/Appointment' }) },
  { id: 'B-833', status: 422, code: 'required', details: 'INVALID_RESOURCE', needsBooking: true, ask: (kit) => faulty(kit, (body) => changed(body, 'description')) },
  { id: 'B-834', status: 422, code: ['value', 'code-invalid', 'invariant'], details: 'INVALID_RESOURCE', needsBooking: true, ask: (kit) => faulty(kit, (body) => changed(body, 'contained[1].gender', 'woman')) },
  { id: 'B-835', status: 422, code: 'not-found', details: 'REFERENCE_NOT_FOUND', needsBooking: true, ask: (kit) => faulty(kit, (body) => changed(body, 'contained[2].identifier[0].value', NOBODY)) },
  { id: 'B-836', status: 422, code: 'value', details: 'INVALID_NHS_NUMBER', needsBooking: true, ask: (kit) => faulty(kit, (body) => changed(body, NUMBER_PATH, misspelt(textAt(body, NUMBER_PATH)))) },
  { id: 'B-837', status: 422, code: 'processing', details: 'DUPLICATE_REJECTED', needsBooking: true, ask: async ({ facts }) => facts.post(bookingBody((await facts.booking()).slot, facts.newPatient())) },
  { id: 'B-838', status: 422, code: 'business-rule', details: 'INVALID_RESOURCE', needsBooking: true, ask: (kit) => faulty(kit, (body) => changed(body, 'contained[1].telecom[0].rank', 1)) },
  { id: 'B-839', status: 409, code: 'duplicate', details: 'DUPLICATE_REJECTED', needsBooking: true, ask: repeat },
  { id: 'B-840', status: 409, code: 'conflict', details: 'FHIR_CONSTRAINT_VIOLATION', needsBooking: true, ask: (kit) => putBooking(kit, { 'if-match': 'W/"7"' }) },
  { id: 'B-841', status: 412, code: 'conflict', details: 'FHIR_CONSTRAINT_VIOLATION', needsBooking: true, ask: (kit) => putBooking(kit, {}) },
  { id: 'B-842', status: 404, code: 'not-found', details: 'NO_RECORD_FOUND', needsBooking: false, ask: ({ provider }) => provider.ask({ path: `/Appointment/${NOBODY}` }) },
  { id: 'B-844', status: 405, code: 'not-supported', details: 'BAD_REQUEST', needsBooking: false, ask: ({ provider }) => provider.ask({ method: 'DELETE', path: `/Appointment/${NOBODY}` }) },
  { id: 'B-845', status: 415, code: 'not-supported', details: 'UNSUPPORTED_MEDIA_TYPE', needsBooking: false, ask: ({ provider }) => provider.ask({ path: '/metadata', headers: { accept: 'text/csv' } }) },
  { id: 'B-846', status: 413, code: 'too-long', details: 'BAD_REQUEST', needsBooking: true, ask: (kit) => faulty(kit, (body) => changed(body, 'description', 'x'.repeat(MEGABYTE))) },
];

/** Errors: section 11. Those that hold of every error look at all that were answered before them, so they run last. */
export const ERRORS: readonly Check[] = [
  ...FAILURES.map((failure): Check => ({ id: failure.id, needs: failure.needsBooking ? ['bookings'] : [], run: async (kit) => mustFail(await failure.ask(kit), failure) })),
  {
    id: 'B-810',
    run: async (kit) => {
      for (const exchange of await errors(kit)) {
        const issues = issuesOf(exchange);
        must(issues.length > 0, `${named(exchange)} has no OperationOutcome`);
        must(textAt(bodyOf(exchange), 'id') !== '', `${named(exchange)} has an OperationOutcome without id`);
        must(issues.every((issue) => textAt(issue, 'severity') !== '' && textAt(issue, 'code') !== ''), `${named(exchange)} has an issue without severity or code`);
      }
    },
  },
  {
    id: 'B-811',
    run: async (kit) => {
      for (const exchange of await errors(kit)) must(issuesOf(exchange).every((issue) => textAt(issue, 'diagnostics') !== ''), `${named(exchange)} has an issue without diagnostics`);
      for (const exchange of await errors(kit)) {
        const elements = issuesOf(exchange).filter((issue) => textAt(issue, 'code') === 'required' && exchange.status === 422);
        must(elements.every((issue) => namesOf(issue).length > 0), `${named(exchange)} does not name the element that is missing`);
      }
    },
  },
  {
    id: 'B-812',
    run: async (kit) => {
      for (const { ask, details, id, needsBooking } of FAILURES) {
        // Without bookings, what else there is is looked at.
        if (needsBooking && !kit.facts.canBook) continue;
        const codings = issuesOf(await ask(kit)).map((issue) => at(issue, 'details.coding[0]'));
        must(codings.some((coding) => textAt(coding, 'system') === SPINE_CODES && textAt(coding, 'code') === details), `the failure of ${id} does not have the code ${details} in its details`);
      }
    },
  },
  {
    id: 'B-813',
    run: async (kit) => {
      for (const exchange of await errors(kit)) {
        const words = JSON.stringify(issuesOf(exchange));
        must(!LEAKS.test(words), `${named(exchange)} shows a stack trace or SQL`);
        must(!kit.facts.isPrivate(words), `${named(exchange)} shows a token or an NHS number`);
        must(!/Conformance|Staging Way/.test(words), `${named(exchange)} shows a name or an address`);
      }
    },
  },
];

function mustFail(exchange: Exchange, { status, code, id }: Failure): void {
  mustRefuse(exchange, { status, code });
  const [issue] = issuesOf(exchange);
  must(['error', 'fatal'].includes(textAt(issue, 'severity')), `the severity is ${textAt(issue, 'severity') || 'missing'}`);
  if (id === 'B-836') must(issuesOf(exchange).some((each) => has(each, 'expression') || listAt(each, 'location').length > 0), 'the identifier is not named');
  if (id === 'B-844') must(exchange.headers.has('allow'), 'there is no Allow header');
}

async function errors({ facts }: Kit): Promise<readonly Exchange[]> {
  return (await facts.everything()).filter(({ status, method }) => status >= 400 && method !== 'HEAD');
}

async function repeat({ facts }: Kit): Promise<Exchange> {
  const { made, sent } = await facts.booking();
  return facts.post(sent, { 'x-request-id': made.sent['x-request-id'] });
}

async function putBooking({ facts }: Kit, headers: Record<string, string | undefined>): Promise<Exchange> {
  const { id, made } = await facts.booking();
  return facts.put(id, changed(made.json, 'status', 'cancelled'), headers);
}

function named({ method, path, status }: Exchange): string {
  return `${method} ${path.replace(/\?.*/, '')}, answered ${status},`;
}
