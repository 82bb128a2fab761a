import type { Bundle, FhirResource, HealthcareService, Location, Organization, Practitioner, PractitionerRole, Schedule, Slot } from 'fhir/r3';
import { searchBundle, searchUrl } from '@/lib/fhir/shared/bundle';
import type { Example } from '@/lib/fhir/stu3/openapi-types';

const SLOT = '5e0d9f3a-7c41-4f5e-8a66-1b9c2d3e4f50';
const SCHEDULE = 'a3f1c0de-5b7e-4c52-9d0a-6f2e8b1d4477';
const SERVICE = '2000080401';
const PRACTITIONER = '3f0c5d5a5e0e4b8c9d7a6b5c4d3e2f10';
const ROLE = 'b7a6958473625140f1e2d3c4b5a69788';
const ANSWERED_AT = new Date('2027-03-03T10:00:02.114Z');

const slot: Slot = {
  resourceType: 'Slot',
  ...head('Slot', SLOT),
  identifier: [{ system: 'https://tools.ietf.org/html/rfc4122', value: SLOT }],
  schedule: { reference: `Schedule/${SCHEDULE}` },
  status: 'free',
  start: '2027-03-03T14:00:00.000+00:00',
  end: '2027-03-03T14:15:00.000+00:00',
};

const service: HealthcareService = {
  resourceType: 'HealthcareService',
  ...head('HealthcareService', SERVICE),
  identifier: [{ system: 'https://fhir.nhs.uk/Id/dos-service-id', value: SERVICE }],
  providedBy: { reference: 'Organization/Y99902' },
  location: [{ reference: `Location/${SERVICE}` }],
  name: 'Marsh Lane Urgent Treatment Centre',
};

const organisation: Organization = {
  resourceType: 'Organization',
  ...head('Organization', 'Y99902'),
  identifier: [{ system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'Y99902' }],
  name: 'Example Urgent Care CIC',
};

const place: Location = {
  resourceType: 'Location',
  ...head('Location', SERVICE),
  name: 'Marsh Lane Urgent Treatment Centre',
  telecom: [{ system: 'phone', value: '01632 960111', use: 'work' }],
  address: { line: ['4 Marsh Lane'], city: 'Norwich', postalCode: 'NR3 3BN' },
};

const practitioner: Practitioner = { resourceType: 'Practitioner', ...head('Practitioner', PRACTITIONER), name: [{ text: 'Dr Maud Inventsen' }], gender: 'female' };

const role: PractitionerRole = {
  resourceType: 'PractitionerRole',
  ...head('PractitionerRole', ROLE),
  practitioner: { reference: `Practitioner/${PRACTITIONER}` },
  organization: { reference: 'Organization/Y99902' },
  code: [{ coding: [{ system: 'https://fhir.hl7.org.uk/STU3/CodeSystem/CareConnect-SDSJobRoleName-1', code: 'R0260', display: 'General Medical Practitioner' }] }],
};

/** The answer to a search for slots with all includes: `root` is that of the service. */
export function slotBundleExample(root: string): Example {
  const found = (resource: FhirResource, mode: 'match' | 'include') => ({ fullUrl: `${root}/${resource.resourceType}/${resource.id}`, resource, mode });
  const value = searchBundle({
    id: '1f6f6f0e-8f0b-4a7c-9a55-0b8f2d4c6e71',
    now: ANSWERED_AT,
    self: searchUrl(`${root}/Slot`, SEARCH),
    total: 1,
    entries: [found(slot, 'match'), ...[schedule(root), service, organisation, place, practitioner, role].map((resource) => found(resource, 'include'))],
  });
  return { summary: 'One free slot and what it leads to', value };
}

/** The same search when nothing is free (B-342). */
export function emptyBundleExample(root: string): Example {
  const value = searchBundle({ id: 'c3a0f0d8-54b1-4f0e-8d8e-7f2b6f7f6b1a', now: ANSWERED_AT, self: searchUrl(`${root}/Slot`, SEARCH), total: 0, entries: [] });
  return { summary: 'Nothing is free', value };
}

/** Each resource that can be read by its id, as an example. */
export function directoryExamples(root: string): Record<'Slot' | 'Schedule' | 'HealthcareService' | 'Organization' | 'Location' | 'Practitioner' | 'PractitionerRole', FhirResource> {
  return { Slot: slot, Schedule: schedule(root), HealthcareService: service, Organization: organisation, Location: place, Practitioner: practitioner, PractitionerRole: role };
}

const SEARCH = [
  ['service', SERVICE],
  ['start', 'ge2027-03-03T14:00:00+00:00'],
  ['start', 'le2027-03-03T14:00:00+00:00'],
  ['status', 'free'],
  ['_include', 'Slot:schedule'],
  ['_include:iterate', 'Schedule:actor:HealthcareService'],
  ['_include:iterate', 'Schedule:actor:Practitioner'],
  ['_include:iterate', 'Schedule:actor:PractitionerRole'],
  ['_include:iterate', 'HealthcareService:Organization'],
  ['_include:iterate', 'HealthcareService:Location'],
] as const;

function schedule(root: string): Schedule {
  return {
    resourceType: 'Schedule',
    ...head('Schedule', SCHEDULE),
    identifier: [{ system: `${root.replace(/\/STU3$/, '')}/Id/schedule`, value: SCHEDULE }],
    actor: [{ reference: `HealthcareService/${SERVICE}` }, { reference: `Practitioner/${PRACTITIONER}` }, { reference: `PractitionerRole/${ROLE}` }],
  };
}

function head(type: string, id: string): { id: string; meta: Bundle['meta'] } {
  return { id, meta: { profile: [`https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-${type}-1`] } };
}
