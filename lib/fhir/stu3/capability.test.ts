import { expect, test } from 'vitest';
import { formatsOf } from '@/lib/fhir/shared/format';
import { capabilityStatement, registryStatement } from '@/lib/fhir/stu3/capability';
import { STU3_ELEMENTS } from '@/lib/fhir/stu3/elements';
import manifest from '@/package.json';

const statement = capabilityStatement('https://onward.example.nhs.uk/STU3');
const [rest] = statement.rest ?? [];

test('B-802: it says which specification, which software and which formats', () => {
  expect(statement).toMatchObject({ version: '2.0.4', status: 'active', kind: 'capability', fhirVersion: '3.0.1', acceptUnknown: 'both', format: ['application/fhir+json', 'application/fhir+xml'] });
  expect(statement.software).toMatchObject({ name: 'Onward', version: manifest.version });
  expect(statement.profile).toHaveLength(10);
  expect(JSON.stringify(statement)).not.toMatch(/\[[A-Z_]+\]/);
});

test('B-803: it says what can be done with each type, and that there is no CORS', () => {
  const interactions = Object.fromEntries(rest?.resource?.map(({ type, interaction }) => [type, interaction.map(({ code }) => code)]) ?? []);
  expect(interactions['Appointment']).toEqual(['read', 'vread', 'create', 'update', 'search-type']);
  expect(interactions['Slot']).toEqual(['search-type', 'read']);
  for (const type of ['Schedule', 'HealthcareService', 'Organization', 'Location', 'Practitioner', 'PractitionerRole']) expect(interactions[type]).toEqual(['read']);
  expect(rest?.resource?.[0]).toMatchObject({ versioning: 'versioned-update', readHistory: true, updateCreate: false });
  expect(rest?.security?.cors).toBe(false);
});

test('B-804: it names the parameters of both searches, and the includes', () => {
  const [appointment, slot] = rest?.resource ?? [];
  expect(appointment?.searchParam?.map(({ name }) => name)).toEqual(['identifier', '_id', 'version', 'patient']);
  expect(slot?.searchParam?.map(({ name }) => name)).toEqual(['service', 'status', 'start']);
  expect(slot?.searchInclude).toHaveLength(6);
});

test('B-805: it says how transactions keep their integrity', () => {
  expect(rest?.documentation).toMatch(/X-Request-Id.*If-Match/);
});

test('B-801: it is the same in XML', () => {
  const formats = formatsOf(STU3_ELEMENTS);
  expect(formats.read(formats.write(statement, 'xml'), 'xml')).toEqual({ ok: true, value: statement });
});

test('B-906: the registry has a statement of its own: Appointment alone, with the pointer among its parameters', () => {
  const registry = registryStatement('https://onward.example.nhs.uk/registry/STU3');
  expect(registry).toMatchObject({ version: '2.0.4', name: 'Onward Appointment Registry', rest: [{ mode: 'server', resource: [{ type: 'Appointment', versioning: 'versioned-update', updateCreate: false }] }] });
  expect(registry.rest?.[0]?.resource?.[0]?.searchParam?.[0]?.documentation).toContain('urn:ietf:rfc:3986|');
  expect(registry.rest?.[0]?.documentation).toMatch(/pointer.*X-Request-Id.*If-Match/);
});
