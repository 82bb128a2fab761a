import { mustAnswer } from '../expectations';
import { has, listAt, resources, textAt } from '../look';
import type { Check, Kit } from '../model';
import { UUID_SYSTEM } from '../sample';
import { must, unknown } from '../verdict';

const PROFILE = 'https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const CHANNEL = 'https://fhir.nhs.uk/STU3/StructureDefinition/Extension-GPConnect-DeliveryChannel-2';
const ODS = ['https://fhir.nhs.uk/Id/ods-organization-code', 'https://fhir.nhs.uk/Id/ods-site-code'];
const CLINICIAN = ['https://fhir.nhs.uk/Id/sds-user-id', 'https://fhir.nhs.uk/Id/sds-role-profile-id'];
const JOB_ROLE = 'https://fhir.hl7.org.uk/STU3/CodeSystem/CareConnect-SDSJobRoleName-1';

/** Slot, Schedule and what they lead to: sections 4.1 to 4.3. */
export const SLOT_RESOURCES: readonly Check[] = [
  {
    id: 'B-201',
    run: async ({ facts }) => {
      for (const resource of resources((await facts.full()).json)) {
        const type = textAt(resource, 'resourceType');
        const profiles = listAt(resource, 'meta.profile');
        must(profiles.length === 1 && profiles[0] === `${PROFILE}${type}-1`, `a ${type} has meta.profile ${profiles.map(String).join(', ') || 'none'}`);
      }
    },
  },
  {
    id: 'B-204',
    run: each('Slot', (slot) => must(textAt(slot, 'identifier[0].system') === UUID_SYSTEM, 'the system of a Slot identifier is not that of UUIDs')),
  },
  {
    id: 'B-207',
    run: each('Organization', (organisation) => {
      must(listAt(organisation, 'identifier').some((identifier) => ODS.includes(textAt(identifier, 'system'))), 'an Organization has no ODS code');
    }),
  },
  { id: 'B-208', run: each('Practitioner', (practitioner) => mustHaveSystems(practitioner, CLINICIAN, 'a Practitioner')) },
  {
    id: 'B-209',
    run: each('PractitionerRole', (role) => {
      const codings = listAt(role, 'code').flatMap((code) => listAt(code, 'coding'));
      must(codings.every((coding) => textAt(coding, 'system') === JOB_ROLE || textAt(coding, 'system') === ''), 'a PractitionerRole has a code of another system');
    }),
  },
  { id: 'B-211', run: each('Slot', (slot) => must(textAt(slot, 'id') !== '', 'a Slot has no id')) },
  {
    id: 'B-212',
    run: each('Slot', (slot) => must(listAt(slot, 'identifier').length === 1 && UUID.test(textAt(slot, 'identifier[0].value')), 'a Slot does not have one identifier that is a UUID')),
  },
  { id: 'B-213', run: each('Slot', (slot) => must(/^Schedule\/./.test(textAt(slot, 'schedule.reference')), 'a Slot has no reference to its Schedule')) },
  {
    id: 'B-214',
    run: async ({ facts, services: [service] }) => {
      const { start } = await facts.spare();
      const { json } = mustAnswer(await facts.search([['service', service], ['start', `le${start}`]]), 200);
      for (const slot of resources(json, 'Slot')) must(['free', 'busy'].includes(textAt(slot, 'status')), `a Slot has status ${textAt(slot, 'status') || 'none'}`);
    },
  },
  { id: 'B-215', run: each('Slot', (slot) => must(Date.parse(textAt(slot, 'start')) < Date.parse(textAt(slot, 'end')), 'a Slot does not start before it ends')) },
  {
    id: 'B-216',
    run: async ({ facts }) => {
      const channels = resources((await facts.full()).json, 'Slot')
        .flatMap((slot) => listAt(slot, 'extension'))
        .filter((extension) => textAt(extension, 'url') === CHANNEL)
        .map((extension) => textAt(extension, 'valueCode'));
      must(channels.length > 0, 'no Slot says its delivery channel');
      must(channels.every((channel) => ['In-person', 'Telephone', 'Video'].includes(channel)), `a Slot has delivery channel ${channels.join(', ')}`);
    },
  },
  {
    id: 'B-220',
    run: each('Schedule', (schedule) => must(textAt(schedule, 'id') !== '' && listAt(schedule, 'identifier').length > 0, 'a Schedule has no id or no identifier')),
  },
  {
    id: 'B-221',
    run: each('Schedule', (schedule) => {
      const kinds = actorKinds(schedule);
      must(kinds.length >= 1 && kinds.length <= 3 && new Set(kinds).size === kinds.length, `a Schedule has the actors ${kinds.join(', ') || 'none'}`);
    }),
  },
  { id: 'B-222', run: each('Schedule', (schedule) => must(actorKinds(schedule).includes('HealthcareService'), 'a Schedule has no HealthcareService')) },
  {
    id: 'B-223',
    run: each('Schedule', (schedule) => {
      for (const kind of ['Practitioner', 'PractitionerRole']) must(actorKinds(schedule).filter((actor) => actor === kind).length <= 1, `a Schedule has several of ${kind}`);
    }),
  },
  { id: 'B-224', run: each('Schedule', (schedule) => must(actorKinds(schedule).filter((kind) => kind === 'Location').length <= 1, 'a Schedule has several Locations')) },
  {
    id: 'B-230',
    run: async (kit) => {
      const [service] = kit.services;
      const { json } = mustAnswer(await kit.provider.ask({ path: `/HealthcareService/${service}` }), 200);
      must(textAt(json, 'id') === service, 'the HealthcareService has another id than the directory');
      must(listAt(json, 'identifier').some((identifier) => textAt(identifier, 'value') === service), 'the HealthcareService has no identifier of the directory');
    },
  },
  { id: 'B-231', run: each('HealthcareService', (service) => must(textAt(service, 'name') !== '', 'a HealthcareService has no name')) },
  { id: 'B-232', run: each('HealthcareService', (service) => must(/Organization\/./.test(textAt(service, 'providedBy.reference')), 'a HealthcareService is provided by no Organization')) },
  {
    id: 'B-233',
    run: async (kit) => {
      const locations = (await found(kit, 'Location')).map((location) => `Location/${textAt(location, 'id')}`);
      for (const service of await found(kit, 'HealthcareService')) {
        const named = listAt(service, 'location').map((location) => textAt(location, 'reference'));
        must(named.length <= 1, 'a HealthcareService has several locations');
        must(named.every((name) => locations.some((location) => name.endsWith(location))), 'the location of a HealthcareService is not among those included');
      }
    },
  },
  { id: 'B-235', run: each('Organization', (organisation) => must(textAt(organisation, 'identifier[0].value') !== '' && textAt(organisation, 'name') !== '', 'an Organization has no code or no name')) },
  { id: 'B-236', run: each('Location', (location) => must(textAt(location, 'name') !== '' && textAt(location, 'address.postalCode') !== '', 'a Location has no name or no postcode')) },
  { id: 'B-240', run: each('Practitioner', (practitioner) => must(listAt(practitioner, 'name').length > 0, 'a Practitioner has no name')) },
  {
    id: 'B-241',
    run: each('PractitionerRole', (role) => {
      mustHaveSystems(role, CLINICIAN, 'a PractitionerRole');
      must(has(role, 'code') || has(role, 'practitioner'), 'a PractitionerRole says neither role nor practitioner');
    }),
  },
  {
    id: 'B-242',
    run: async (kit) => {
      mustAnswer(await kit.facts.full(), 200, 'a search with both includes');
      for (const schedule of await found(kit, 'Schedule')) {
        const named = listAt(schedule, 'actor').map((actor) => textAt(actor, 'reference')).filter((reference) => reference.includes('Practitioner'));
        const sent = resources((await kit.facts.full()).json).map((resource) => `${textAt(resource, 'resourceType')}/${textAt(resource, 'id')}`);
        must(named.every((reference) => sent.some((name) => reference.endsWith(name))), 'an actor of a Schedule was not included');
      }
    },
  },
];

async function found({ facts }: Kit, type: string): Promise<readonly unknown[]> {
  const these = resources(mustAnswer(await facts.full(), 200).json, type);
  return these.length > 0 ? these : unknown(`the search with every include gave no ${type}`);
}

function each(type: string, look: (resource: unknown) => void): (kit: Kit) => Promise<void> {
  return async (kit) => (await found(kit, type)).forEach(look);
}

function actorKinds(schedule: unknown): readonly string[] {
  return listAt(schedule, 'actor').map((actor) => textAt(actor, 'reference').split('/').at(-2) ?? '');
}

function mustHaveSystems(resource: unknown, systems: readonly string[], what: string): void {
  const others = listAt(resource, 'identifier').filter((identifier) => /fhir\.nhs\.uk/.test(textAt(identifier, 'system')) && !systems.includes(textAt(identifier, 'system')));
  must(others.length === 0, `${what} has an identifier of the system ${textAt(others[0], 'system')}`);
}
