import { expect, test } from 'vitest';
import { headingOf } from '@/lib/fhir/stu3/heading';
import { healthcareServiceResource } from '@/lib/fhir/stu3/healthcare-service';
import { locationResource } from '@/lib/fhir/stu3/location';
import { organizationResource } from '@/lib/fhir/stu3/organization';
import { practitionerRoleResource } from '@/lib/fhir/stu3/practitioner-role';
import { practitionerResource } from '@/lib/fhir/stu3/practitioner';
import { scheduleResource } from '@/lib/fhir/stu3/schedule';
import { slotResource } from '@/lib/fhir/stu3/slot';
import { faultsOf } from '@/scripts/test-support/fhir/stu3-schema';

const ROOT = 'https://onward.example.nhs.uk/STU3';
const SLOT = { id: '5e0d9f3a-7c41-4f5e-8a66-1b9c2d3e4f50', scheduleId: 'a3f1c0de-5b7e-4c52-9d0a-6f2e8b1d4477', isFree: true, startsAtMs: Date.UTC(2027, 2, 3, 14), endsAtMs: Date.UTC(2027, 2, 3, 14, 15) };
const SERVICE = { dosId: '2000080401', name: 'Marsh Lane Urgent Treatment Centre', odsCode: 'Y99902', address: 'Marsh Lane Health Centre, 4 Marsh Lane, Norwich', postcode: 'NR3 3BN', publicPhone: '01632 960111' };
const PERSON = { id: '3f0c5d5a5e0e4b8c9d7a6b5c4d3e2f10', name: 'Dr Maud Inventsen', gender: 'female' };
const ROLE = { id: 'b7a6958473625140f1e2d3c4b5a69788', name: 'General practitioner', odsCode: 'Y99902', practitionerId: PERSON.id };
const SCHEDULE = { id: SLOT.scheduleId, dosId: SERVICE.dosId, channel: null, practitioner: PERSON, role: ROLE };

test('B-211 to B-215, B-070, B-071: a slot is that of the standard’s example', () => {
  expect(slotResource(SLOT, null)).toEqual({
    resourceType: 'Slot',
    id: SLOT.id,
    meta: { profile: ['https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Slot-1'] },
    identifier: [{ system: 'https://tools.ietf.org/html/rfc4122', value: SLOT.id }],
    schedule: { reference: `Schedule/${SLOT.scheduleId}` },
    status: 'free',
    start: '2027-03-03T14:00:00.000+00:00',
    end: '2027-03-03T14:15:00.000+00:00',
  });
  expect(slotResource({ ...SLOT, isFree: false }, null).status).toBe('busy');
});

test.each([
  ['in-person', 'In-person'],
  ['telephone', 'Telephone'],
  ['video', 'Video'],
])('B-216, X-11: the channel %s is sent as %s, and none at all when it is not stated', (channel, code) => {
  expect(slotResource(SLOT, channel).extension).toEqual([{ url: 'https://fhir.nhs.uk/STU3/StructureDefinition/Extension-GPConnect-DeliveryChannel-2', valueCode: code }]);
  expect(slotResource(SLOT, null)).not.toHaveProperty('extension');
});

test('B-220 to B-223, X-12, X-13: a schedule always has its service as an actor, somebody and a role when they are stated', () => {
  expect(scheduleResource(SCHEDULE, ROOT)).toMatchObject({
    identifier: [{ system: 'https://onward.example.nhs.uk/Id/schedule', value: SCHEDULE.id }],
    actor: [{ reference: 'HealthcareService/2000080401' }, { reference: `Practitioner/${PERSON.id}` }, { reference: `PractitionerRole/${ROLE.id}` }],
  });
  expect(scheduleResource({ ...SCHEDULE, practitioner: null, role: null }, ROOT).actor).toEqual([{ reference: 'HealthcareService/2000080401' }]);
});

test('B-230 to B-233, X-14: a service has the directory’s id as its id and identifier, its provider and its place', () => {
  expect(healthcareServiceResource(SERVICE)).toMatchObject({
    id: '2000080401',
    identifier: [{ system: 'https://fhir.nhs.uk/Id/dos-service-id', value: '2000080401' }],
    providedBy: { reference: 'Organization/Y99902' },
    location: [{ reference: `Location/${locationResource(SERVICE).id}` }],
    name: SERVICE.name,
  });
});

test('B-235: an organisation has its ODS code and name, and a type only where it is known', () => {
  const provider = organizationResource({ odsCode: 'Y99902', name: 'Example Urgent Care CIC', kind: 'provider' });
  expect(provider).toMatchObject({ id: 'Y99902', identifier: [{ system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: 'Y99902' }], name: 'Example Urgent Care CIC' });
  expect(provider.type?.[0]?.coding?.[0]).toMatchObject({ system: 'http://hl7.org/fhir/organization-type', code: 'prov' });
  expect(organizationResource({ odsCode: 'Y99901', name: 'Example 111 East', kind: '111' })).not.toHaveProperty('type');
});

test('B-236, U-046, U-050: a location is the place of care, with its name, its address and its postcode', () => {
  expect(locationResource(SERVICE)).toMatchObject({
    name: SERVICE.name,
    telecom: [{ system: 'phone', value: '01632 960111', use: 'work' }],
    address: { line: ['Marsh Lane Health Centre', '4 Marsh Lane', 'Norwich'], postalCode: 'NR3 3BN' },
    managingOrganization: { reference: 'Organization/Y99902' },
  });
  expect(locationResource({ ...SERVICE, publicPhone: null })).not.toHaveProperty('telecom');
});

test.each([
  ['Dr Maud Inventsen', { family: 'Inventsen', given: ['Maud'], prefix: ['Dr'] }],
  ['Prof. Dr A B Testwell', { family: 'Testwell', given: ['A', 'B'], prefix: ['Prof.', 'Dr'] }],
  ['Kit Notreal', { family: 'Notreal', given: ['Kit'] }],
  ['Placeholder', { family: 'Placeholder' }],
  ['Dr', { prefix: ['Dr'] }],
])('B-240: the name %s keeps its words and gets its parts, and nothing is invented', (name, parts) => {
  expect(practitionerResource({ id: PERSON.id, name, gender: null })).toEqual({
    resourceType: 'Practitioner',
    id: PERSON.id,
    meta: { profile: ['https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Practitioner-1'] },
    name: [{ text: name, ...parts }],
  });
});

test('B-240, U-048: a gender is sent when it is a code of FHIR, in whatever case it was written', () => {
  expect(practitionerResource({ ...PERSON, gender: 'Female' }).gender).toBe('female');
  expect(practitionerResource({ ...PERSON, gender: 'either' })).not.toHaveProperty('gender');
});

test('B-209, B-241, U-047: a role has the national code where it is surely one, else the service’s own words', () => {
  expect(practitionerRoleResource(ROLE)).toMatchObject({
    practitioner: { reference: `Practitioner/${PERSON.id}` },
    organization: { reference: 'Organization/Y99902' },
    code: [{ coding: [{ system: 'https://fhir.hl7.org.uk/STU3/CodeSystem/CareConnect-SDSJobRoleName-1', code: 'R0260', display: 'General Medical Practitioner' }], text: 'General practitioner' }],
  });
  const nurse = practitionerRoleResource({ ...ROLE, name: 'Nurse practitioner', practitionerId: null });
  expect(nurse.code).toEqual([{ text: 'Nurse practitioner' }]);
  expect(nurse).not.toHaveProperty('practitioner');
});

test('B-201: each resource names its profile and is valid by the schemas of STU3', () => {
  const resources = [
    ...[slotResource(SLOT, 'video'), scheduleResource(SCHEDULE, ROOT), healthcareServiceResource(SERVICE), locationResource(SERVICE)],
    ...[organizationResource({ odsCode: 'Y99902', name: 'Example Urgent Care CIC', kind: 'provider' }), practitionerResource(PERSON), practitionerRoleResource(ROLE)],
  ];
  for (const resource of resources) {
    expect(faultsOf(resource), resource.resourceType).toEqual([]);
    expect(resource.meta?.profile).toEqual([`https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-${resource.resourceType}-1`]);
  }
});

test('B-346: what cannot be sent as a valid resource is a fault, not a broken answer', () => {
  expect(() => headingOf('HealthcareService', '20000 80401')).toThrow('HealthcareService');
  expect(() => headingOf('Organization', '')).toThrow('Organization');
});
