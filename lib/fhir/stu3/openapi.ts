import { SCOPES, type Scope } from '@/lib/auth/actor';
import { appointmentPaths } from '@/lib/fhir/stu3/openapi-appointment';
import { capabilityPaths, directoryPaths } from '@/lib/fhir/stu3/openapi-directory';
import { failureExamples } from '@/lib/fhir/stu3/openapi-errors';
import { headerParts } from '@/lib/fhir/stu3/openapi-parts';
import { REGISTRY_TAG, registryPaths } from '@/lib/fhir/stu3/openapi-registry';
import { slotPaths } from '@/lib/fhir/stu3/openapi-slot';
import type { OpenApi, Schema } from '@/lib/fhir/stu3/openapi-types';

const SPECIFICATION = '2.0.4';

const ABOUT = 'The NHS Booking API (FHIR STU3, CareConnect profiles) of Onward: find slots, book, read, amend and cancel. Numbers such as B-412 are those of the requirements that each part meets.';

const ABOUT_REGISTRY =
  'The registry of appointments (FHIR STU3, CareConnect profiles) of Onward: register appointments that are held elsewhere, tell when they change, and find the appointments of a patient wherever they are held. It is reached directly, not through the Spine Secure Proxy.';

const ALWAYS = [
  'Every request but that for the CapabilityStatement needs an access token. All requests and answers are JSON or XML in UTF-8. Every failure is answered with an OperationOutcome, whose id is the X-Request-Id of the answer.',
  'Give each change an X-Request-Id of its own, and keep it when you retry: no answer, 500 or 503 may be repeated, and what was already done is not done twice (B-043 to B-047). A 4xx is not repeated unchanged.',
  'Requests are counted for each client, for a minute; above its limit, 600 unless agreed otherwise, the answer is 429 with Retry-After. A body has at most 1 MB. Another method on a known address is answered with 405 and Allow. Headers of the Spine Secure Proxy (Ssp-TraceID, Ssp-From, Ssp-To, Ssp-InteractionID) are kept in the audit.',
].join('\n\n');

const TAGS = [
  { name: 'Slots', description: 'Find what can be booked.' },
  { name: 'Appointments', description: 'Book, read, cancel, and find what is booked.' },
  { name: 'Directory', description: 'Read what slots lead to.' },
  { name: 'Capabilities', description: 'Read what the server can do.' },
] as const;

const SCOPE_WORDS: Record<Scope, string> = {
  'organization/slot.read': 'Find slots, and read what references lead to.',
  'patient/appointment.read': 'Read appointments and versions, and find them by patient.',
  'patient/appointment.write': 'Book, cancel and amend, and all that patient/appointment.read allows.',
  'registry/appointment.read': 'Read and find entries of the registry of appointments.',
  'registry/appointment.write': 'Register appointments and change their entries.',
};

const REGISTRY_RESOURCES = ['Appointment', 'Bundle', 'CapabilityStatement', 'OperationOutcome'] as const;
const RESOURCES = ['Appointment', 'Bundle', 'CapabilityStatement', 'HealthcareService', 'Location', 'OperationOutcome', 'Organization', 'Practitioner', 'PractitionerRole', 'Schedule', 'Slot'] as const;

/**
 * The OpenAPI 3.1 description of the API below `root`, the absolute service root without a slash at the end: every interaction with
 * its parameters, examples and failures.
 */
export function openApi(root: string): OpenApi {
  const capabilities = capabilityPaths({ id: 'readCapabilities', tag: 'Capabilities', summary: 'Read what the server can do' });
  return describe(root, {
    ...{ title: 'Onward NHS Booking API', summary: 'Direct booking of appointments, FHIR STU3', about: [ABOUT, ALWAYS], tags: TAGS, resources: RESOURCES },
    paths: { ...slotPaths(root), ...appointmentPaths(root), ...directoryPaths(root), ...capabilities },
  });
}

/** The same of the registry of appointments below `root`, which is the registry's own. */
export function registryApi(root: string): OpenApi {
  return describe(root, {
    ...{ title: 'Onward Appointment Registry API', summary: 'The appointments of a patient wherever they are held, FHIR STU3', about: [ABOUT_REGISTRY, ALWAYS], tags: [REGISTRY_TAG] },
    ...{ resources: REGISTRY_RESOURCES, paths: registryPaths(root) },
  });
}

type Described = { title: string; summary: string; about: readonly string[]; tags: OpenApi['tags']; resources: readonly string[]; paths: OpenApi['paths'] };

function describe(root: string, { title, summary, about, tags, resources, paths }: Described): OpenApi {
  return {
    openapi: '3.1.0',
    info: { title, version: SPECIFICATION, summary, description: about.join('\n\n'), license: { name: 'MIT', identifier: 'MIT' } },
    externalDocs: { description: 'FHIR STU3', url: 'http://hl7.org/fhir/STU3/' },
    servers: [{ url: root, description: 'This installation' }],
    tags,
    paths,
    components: { securitySchemes: securitySchemes(root), headers: headerParts(), schemas: schemas(resources), examples: failureExamples() },
  };
}

function securitySchemes(root: string): OpenApi['components']['securitySchemes'] {
  const tokenUrl = new URL('/oauth2/token', root).href;
  return {
    oauth2: {
      type: 'oauth2',
      description: 'Client credentials, by a client secret or by private_key_jwt. A token lives five minutes.',
      flows: { clientCredentials: { tokenUrl, scopes: Object.fromEntries(SCOPES.map((scope) => [scope, SCOPE_WORDS[scope]])) } },
    },
    consumerToken: {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'JWT',
      description: "The standard's own token, made by the consumer with the claims of section 3.1 and signed with a key that is registered for its client; the scope is in requested_scope.",
    },
  };
}

function schemas(resources: readonly string[]): Record<string, Schema> {
  return {
    ...Object.fromEntries(resources.map((type) => [type, resourceSchema(type)])),
    Xml: { type: 'string', description: 'The same resource in XML, in the namespace http://hl7.org/fhir.' },
  };
}

function resourceSchema(type: string): Schema {
  return {
    type: 'object',
    description: `The FHIR STU3 resource ${type}.`,
    externalDocs: { url: `http://hl7.org/fhir/STU3/${type.toLowerCase()}.html` },
    required: ['resourceType'],
    properties: { resourceType: { const: type } },
  };
}
