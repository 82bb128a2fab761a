import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { at, contained, isRecord, listAt, textAt } from '../look';
import { UUID_SYSTEM } from '../sample';

export type Request = { method: string; path: string; query: URLSearchParams; headers: IncomingMessage['headers']; body: unknown };
export type Answer = { status: number; headers: Record<string, string>; body: unknown };
export type Kept = Record<string, unknown>;
export type Place = { base: string; now: Date; service: string; slots: (Record<string, unknown> & { isTaken: boolean })[] };

const PROFILE = 'https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-';
const QUARTER_MS = 900_000;

/** A free slot of a quarter of an hour. */
export function slotOf(start: Date): Place['slots'][number] {
  const id = randomUUID();
  return {
    isTaken: false,
    resourceType: 'Slot',
    id,
    meta: { profile: [`${PROFILE}Slot-1`] },
    identifier: [{ system: UUID_SYSTEM, value: id }],
    schedule: { reference: 'Schedule/1' },
    status: 'free',
    start: instant(start),
    end: instant(new Date(start.getTime() + QUARTER_MS)),
  };
}

/** An OperationOutcome with one issue; the first of several expressions' issues carry one each. */
export function outcome(status: number, code: string, diagnostics: string, ...expressions: readonly string[]): Answer {
  const issue = (expressions.length > 0 ? expressions : [undefined]).map((expression) => ({ severity: 'error', code, diagnostics, ...(expression ? { expression: [expression] } : {}) }));
  return { status, headers: {}, body: { resourceType: 'OperationOutcome', id: 'made-later', issue } };
}

/** The parts of a CapabilityStatement that are checked by its own words. */
export function statementOf(): Answer {
  const profile = ['Appointment', 'Slot', 'Schedule', 'HealthcareService', 'Organization', 'Location', 'Practitioner', 'PractitionerRole', 'Patient', 'DocumentReference'];
  const body = {
    ...{ resourceType: 'CapabilityStatement', version: '2.0.4', name: 'Test', status: 'active', date: '2026-11-01', publisher: 'Test', description: 'Test', kind: 'capability' },
    ...{ fhirVersion: '3.0.1', acceptUnknown: 'both', format: ['application/fhir+json', 'application/fhir+xml'], contact: [{ name: 'Test' }] },
    software: { name: 'Test', version: '1', releaseDate: '2026-11-01' },
    profile: profile.map((type) => ({ reference: `${PROFILE}${type}-1` })),
  };
  return { status: 200, headers: {}, body };
}

/** An answer as it is sent: Bundles of what was found, ids of request and outcome, versions. */
export function answerOf({ status, headers, body }: Answer, request: Request): Answer {
  const requestId = randomUUID();
  const sent = bodyOf(body, request, requestId);
  const version = textAt(sent, 'meta.versionId');
  const correlation = request.headers['x-request-id'];
  return {
    status,
    body: sent,
    headers: {
      'content-type': 'application/fhir+json;charset=utf-8',
      'cache-control': 'no-store',
      'x-request-id': requestId,
      ...(typeof correlation === 'string' ? { 'x-correlation-id': correlation } : {}),
      ...(version ? { etag: `W/"${version}"` } : {}),
      ...headers,
    },
  };
}

function bodyOf(body: unknown, { path, headers }: Request, requestId: string): unknown {
  if (!isRecord(body)) return body;
  if (body['resourceType'] === 'OperationOutcome') return { ...body, id: requestId };
  if (!Array.isArray(body['found'])) return body;
  const root = `http://${headers.host ?? ''}/STU3`;
  const found = listAt(body, 'found').map((resource) => (body['kind'] === 'Slot' ? without(resource, ['isTaken']) : limited(resource)));
  const entry = found.map((resource) => ({ fullUrl: `${root}${path}/${textAt(resource, 'id')}`, resource, search: { mode: 'match' } }));
  const meta = { lastUpdated: '2026-11-22T10:00:00.000+00:00' };
  return { resourceType: 'Bundle', id: requestId, meta, type: 'searchset', total: found.length, link: [{ relation: 'self', url: `${root}${path}` }], ...(entry.length > 0 ? { entry } : {}) };
}

// The content of a result of the search by patient (B-709, B-710).
function limited(appointment: unknown): unknown {
  const identifier = at(contained(appointment, 'Patient')[0], 'identifier[0]');
  const actor = { reference: `https://demographics.spineservices.nhs.uk/${textAt(identifier, 'value')}`, identifier };
  return { ...without(appointment, ['contained', 'description', 'slot', 'supportingInformation']), participant: [{ actor, status: 'accepted' }] };
}

function without(node: unknown, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(isRecord(node) ? node : {}).filter(([name]) => !names.includes(name)));
}

function instant(at: Date): string {
  return at.toISOString().replace('Z', '+00:00');
}
