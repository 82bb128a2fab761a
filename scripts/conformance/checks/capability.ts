import { bodyOf, mediaType, mustAnswer } from '../expectations';
import { at, has, listAt, textAt } from '../look';
import type { Check, Kit } from '../model';
import { must } from '../verdict';

const PROFILES = ['Appointment', 'Slot', 'Schedule', 'HealthcareService', 'Organization', 'Location', 'Practitioner', 'PractitionerRole', 'Patient', 'DocumentReference'];
const TEXTS = ['name', 'date', 'publisher', 'description', 'software.name', 'software.version', 'software.releaseDate'];
const INCLUDES = ['Slot:schedule', 'Schedule:actor:Practitioner', 'Schedule:actor:PractitionerRole', 'Schedule:actor:HealthcareService', 'HealthcareService:providedBy', 'HealthcareService:location'];

/** The CapabilityStatement: section 10. */
export const CAPABILITY: readonly Check[] = [
  {
    id: 'B-801',
    run: async (kit) => {
      must(textAt(await statement(kit), 'resourceType') === 'CapabilityStatement', 'metadata is no CapabilityStatement');
      if (!(await kit.facts.speaksXml())) return;
      const inXml = await kit.provider.ask({ path: '/metadata', headers: { accept: 'application/fhir+xml' } });
      must(mediaType(inXml) === 'application/fhir+xml' && textAt(bodyOf(inXml), 'resourceType') === 'CapabilityStatement', 'metadata is no CapabilityStatement in XML');
    },
  },
  {
    id: 'B-802',
    run: async (kit) => {
      const found = await statement(kit);
      const fixed = { version: '2.0.4', status: 'active', kind: 'capability', fhirVersion: '3.0.1', acceptUnknown: 'both' };
      for (const [name, value] of Object.entries(fixed)) must(textAt(found, name) === value, `${name} is ${textAt(found, name) || 'missing'}, not ${value}`);
      for (const name of TEXTS) must(textAt(found, name) !== '' && !/^\[.*\]$/.test(textAt(found, name)), `${name} is missing, or a placeholder`);
      must(listAt(found, 'contact').length > 0, 'contact is missing');
      must(['application/fhir+json', 'application/fhir+xml'].every((format) => listAt(found, 'format').includes(format)), 'format does not name both media types');
      const profiles = listAt(found, 'profile').map((profile) => textAt(profile, 'reference'));
      for (const type of PROFILES) must(profiles.some((profile) => profile.endsWith(`/CareConnect-${type}-1`)), `profile does not name that of ${type}`);
    },
  },
  {
    id: 'B-803',
    run: async (kit) => {
      const found = await statement(kit);
      must(textAt(found, 'rest[0].mode') === 'server' && has(found, 'rest[0].security.cors'), 'rest[0] has no mode server or no security.cors');
      const appointment = resourceOf(found, 'Appointment');
      mustInteract(appointment, ['read', 'vread', 'create', 'update', 'search-type']);
      mustInteract(resourceOf(found, 'Slot'), ['search-type', 'read']);
      must(textAt(appointment, 'versioning') === 'versioned-update', 'the versioning of Appointment is not versioned-update');
      must(at(appointment, 'readHistory') === true && at(appointment, 'updateCreate') === false, 'readHistory is not true, or updateCreate not false');
    },
  },
  {
    id: 'B-804',
    run: async (kit) => {
      const found = await statement(kit);
      mustSearch(resourceOf(found, 'Appointment'), ['identifier', '_id', 'version', 'patient']);
      mustSearch(resourceOf(found, 'Slot'), ['service', 'status', 'start']);
      const includes = listAt(resourceOf(found, 'Slot'), 'searchInclude');
      for (const include of INCLUDES) must(includes.includes(include), `searchInclude has no ${include}`);
    },
  },
  { id: 'B-805', run: async (kit) => must(textAt(await statement(kit), 'rest[0].documentation') !== '', 'rest[0] has no documentation') },
];

async function statement({ provider }: Kit): Promise<unknown> {
  return mustAnswer(await provider.ask({ path: '/metadata' }), 200).json;
}

function resourceOf(statement: unknown, type: string): unknown {
  return listAt(statement, 'rest[0].resource').find((resource) => textAt(resource, 'type') === type);
}

function mustInteract(resource: unknown, codes: readonly string[]): void {
  const found = listAt(resource, 'interaction').map((interaction) => textAt(interaction, 'code'));
  for (const code of codes) must(found.includes(code), `${textAt(resource, 'type') || 'a resource'} does not state ${code}`);
}

function mustSearch(resource: unknown, names: readonly string[]): void {
  const found = listAt(resource, 'searchParam').map((parameter) => textAt(parameter, 'name'));
  for (const name of names) must(found.includes(name), `${textAt(resource, 'type') || 'a resource'} does not state the search parameter ${name}`);
}
