import type { CapabilityStatement, CapabilityStatementRestResource, CapabilityStatementRestResourceSearchParam } from 'fhir/r3';
import type { Route } from '@/lib/fhir/shared/route';
import { ok } from '@/lib/platform/result';
import manifest from '@/package.json';

/** The version of the specification (B-802). */
const SPECIFICATION = '2.0.4';
const RELEASED_ON = '2026-11-22';
const PROFILES = 'https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-';

/** The types with a profile of their own (B-201), and those that are read by their id and no more. */
const PROFILED = ['Appointment', 'Slot', 'Schedule', 'HealthcareService', 'Organization', 'Location', 'Practitioner', 'PractitionerRole', 'Patient', 'DocumentReference'];
const READ_ONLY: readonly CapabilityStatementRestResource['type'][] = ['Schedule', 'HealthcareService', 'Organization', 'Location', 'Practitioner', 'PractitionerRole'];

const SLOT_INCLUDES = [
  'Slot:schedule',
  'Schedule:actor:Practitioner',
  'Schedule:actor:PractitionerRole',
  'Schedule:actor:HealthcareService',
  'HealthcareService:providedBy',
  'HealthcareService:location',
];

const INTEGRITY = [
  'A booking is one transaction: of several requests for one slot exactly one is answered with 201, the others with 422.',
  'An X-Request-Id counts once for each client and method: sent again after a success it is answered with 409 and the Location of what was made.',
  'A failed request does not use up its id. An update needs If-Match with the current version.',
].join(' ');

const REGISTRY_INTEGRITY = [
  'A registration is one transaction: of several requests for one pointer exactly one is answered with 201, the others with 422.',
  'An X-Request-Id counts once for each client and method: sent again after a success it is answered with 409 and the Location of what was made.',
  'A failed request does not use up its id. An update needs If-Match with the current version, and the organisation that registered.',
].join(' ');

const APPOINTMENT_PARAMETERS = [
  parameter('identifier', 'token', 'NHS number: https://fhir.nhs.uk/Id/nhs-number|9991226036'),
  parameter('_id', 'token', 'Id of the appointment'),
  parameter('version', 'token', 'Version of the appointment that _id names'),
  parameter('patient', 'reference', 'The patient, by https://demographics.spineservices.nhs.uk/ and the NHS number'),
];

const ENTRY_PARAMETERS = [
  parameter('identifier', 'token', 'NHS number: https://fhir.nhs.uk/Id/nhs-number|9991226036; or pointer: urn:ietf:rfc:3986|https://other.example.nhs.uk/STU3/Appointment/88120'),
  parameter('_id', 'token', 'Id of the entry'),
  parameter('version', 'token', 'Version of the entry that _id names'),
  parameter('patient', 'reference', 'The patient, by https://demographics.spineservices.nhs.uk/ and the NHS number'),
];

/** `GET [base]/metadata`: answers with any token or none (B-143, B-801). */
export const METADATA_ROUTE: Route = {
  method: 'GET',
  path: '/metadata',
  interaction: 'read:metadata',
  scope: null,
  handle: async ({ root }) => ok({ status: 200, resource: capabilityStatement(root) }),
};

/** The same at the root of the registry (B-906). */
export const REGISTRY_METADATA_ROUTE: Route = {
  ...METADATA_ROUTE,
  ...{ interaction: 'registry:read:metadata', scope: null, handle: async ({ root }) => ok({ status: 200, resource: registryStatement(root) }) },
};

/** What Onward does as a server of this API (B-802 to B-805). */
export function capabilityStatement(root: string): CapabilityStatement {
  return statement(root, {
    ...{ name: 'Onward NHS Booking', description: `Provider of the NHS Booking API ${SPECIFICATION}` },
    ...{ profiled: PROFILED, documentation: INTEGRITY, resource: [appointment(APPOINTMENT_PARAMETERS), slot(), ...READ_ONLY.map(readOnly)] },
  });
}

/** What Onward does as the registry of appointments (section 13). */
export function registryStatement(root: string): CapabilityStatement {
  return statement(root, {
    ...{ name: 'Onward Appointment Registry', description: `Registry of appointments of the NHS Booking API ${SPECIFICATION}` },
    ...{ profiled: ['Appointment'], documentation: REGISTRY_INTEGRITY, resource: [appointment(ENTRY_PARAMETERS)] },
  });
}

type Stated = { name: string; description: string; profiled: readonly string[]; documentation: string; resource: CapabilityStatementRestResource[] };

function statement(root: string, { name, description, profiled, documentation, resource }: Stated): CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    version: SPECIFICATION,
    name,
    status: 'active',
    date: RELEASED_ON,
    publisher: 'Onward',
    contact: [{ name: 'Onward maintainers' }],
    description,
    kind: 'capability',
    software: { name: 'Onward', version: manifest.version, releaseDate: RELEASED_ON },
    fhirVersion: '3.0.1',
    acceptUnknown: 'both',
    format: ['application/fhir+json', 'application/fhir+xml'],
    profile: profiled.map((type) => ({ reference: `${PROFILES}${type}-1` })),
    rest: [{ mode: 'server', documentation, security: securityOf(root), resource }],
  };
}

/** Other systems call this, not browsers: no CORS (B-803). */
function securityOf(root: string) {
  return {
    cors: false,
    service: [{ coding: [{ system: 'http://hl7.org/fhir/restful-security-service', code: 'OAuth' }] }],
    description: `OAuth 2.0 client credentials: POST ${new URL('/oauth2/token', root).href}; the description of all of it is ${root}/openapi.json`,
  };
}

function appointment(searchParam: CapabilityStatementRestResourceSearchParam[]): CapabilityStatementRestResource {
  return {
    type: 'Appointment',
    interaction: [{ code: 'read' }, { code: 'vread' }, { code: 'create' }, { code: 'update' }, { code: 'search-type' }],
    versioning: 'versioned-update',
    readHistory: true,
    updateCreate: false,
    searchParam,
  };
}

function slot(): CapabilityStatementRestResource {
  return {
    type: 'Slot',
    interaction: [{ code: 'search-type' }, { code: 'read' }],
    searchInclude: SLOT_INCLUDES,
    searchParam: [
      parameter('service', 'token', 'Directory service id'),
      parameter('status', 'token', 'free, busy or both, separated by a comma'),
      // Declared once, and used twice for a window.
      parameter('start', 'date', 'When slots begin: prefixes ge, gt, le, lt and eq, several make a window'),
    ],
  };
}

function readOnly(type: CapabilityStatementRestResource['type']): CapabilityStatementRestResource {
  return { type, interaction: [{ code: 'read' }] };
}

function parameter(name: string, type: CapabilityStatementRestResourceSearchParam['type'], documentation: string): CapabilityStatementRestResourceSearchParam {
  return { name, type, documentation };
}
