import { ConvertToJs } from 'fhir/convertToJs.js';
import { ConvertToXml } from 'fhir/convertToXml.js';
import { ParseConformance } from 'fhir/parseConformance.js';
import type { ParsedProperty } from 'fhir/model/parsed-property.js';
import { unreadable } from '@/lib/fhir/shared/body';
import { parseJson } from '@/lib/fhir/shared/json-text';
import { MAX_DEPTH } from '@/lib/fhir/shared/limits';
import type { Format } from '@/lib/fhir/shared/negotiate';
import type { Fault, Resource } from '@/lib/fhir/shared/route';
import { plainXml } from '@/lib/fhir/shared/xml-text';
import { ok, type Result } from '@/lib/platform/result';

/** An element that a version of FHIR has and the library's definitions lack, or have with another type or cardinality. */
export type Element = {
  /** The resource or its part, such as `CapabilityStatement.rest.security`. */
  of: string;
  name: string;
  type: string;
  isMany?: boolean;
  /** The element before it, for one that the library does not know. */
  after?: string;
};

/** How one version of FHIR is read and written. */
export type Formats = {
  read: (text: string, format: Format) => Result<unknown, Fault>;
  write: (resource: Resource, format: Format) => string;
};

// What XML 1.0 cannot carry, lone halves of surrogate pairs included.
const NOT_XML = /[^\P{Cc}\t\n\r\u007f-\u009f]|[\ufffe\uffff\p{Cs}]/gu;
const CONTROL = /[^\P{Cc}\t\n\r\u007f-\u009f]/u;

/**
 * Reads and writes resources as JSON and XML. `elements` are what the version has beyond the library's definitions, which are loaded at the
 * first XML. Reading refuses with 400 what is no JSON or XML, too deep, or has control characters, which no element of FHIR may have;
 * writing throws for a type of resource that does not exist.
 */
export function formatsOf(elements: readonly Element[]): Formats {
  let loaded: { toJs: ConvertToJs; toXml: ConvertToXml } | undefined;
  const xml = () => (loaded ??= load(elements));
  return {
    read: (text, format) => {
      const parsed = format === 'json' ? parseJson(text) : parseXml(text, xml().toJs);
      return parsed.ok ? decideContent(parsed.value, 1) : parsed;
    },
    write: (resource, format) => (format === 'json' ? JSON.stringify(resource) : xml().toXml.convert(resource).replace(NOT_XML, '\ufffd')),
  };
}

function load(elements: readonly Element[]): { toJs: ConvertToJs; toXml: ConvertToXml } {
  const definitions = new ParseConformance(true);
  for (const element of elements) define(definitions, element);
  return { toJs: new ConvertToJs(definitions), toXml: skippingAbsent(new ConvertToXml(definitions)) };
}

/** The library walks every element that could be there: without those that are not, a Bundle takes an eighth of the time. */
function skippingAbsent(toXml: ConvertToXml): ConvertToXml {
  const write: unknown = Reflect.get(toXml, 'propertyToXML');
  if (typeof write !== 'function') return toXml;
  const writeThere = (...given: [parent: object, type: object, of: object | undefined, name: string]) => {
    const [, , of, name] = given;
    if (of && (Reflect.has(of, name) || Reflect.has(of, `_${name}`))) Reflect.apply(write, toXml, given);
  };
  Reflect.set(toXml, 'propertyToXML', writeThere);
  return toXml;
}

function define(definitions: ParseConformance, { of, name, type, isMany = false, after }: Element): void {
  const [resource = '', ...parts] = of.split('.');
  let siblings = definitions.parsedStructureDefinitions[resource]?._properties ?? [];
  for (const part of parts) siblings = siblings.find(({ _name }) => _name === part)?._properties ?? [];
  const defined: ParsedProperty = { _name: name, _type: type, _multiple: isMany };
  const place = siblings.findIndex(({ _name }) => _name === name);
  if (place >= 0) siblings[place] = { ...siblings[place], ...defined };
  else siblings.splice(siblings.findIndex(({ _name }) => _name === after) + 1, 0, { ...defined, _properties: [] });
}

function parseXml(text: string, toJs: ConvertToJs): Result<unknown, Fault> {
  const plain = plainXml(text);
  if (!plain.ok) return plain;
  try {
    return ok(toJs.convert(plain.value));
  } catch (error) {
    return unreadable(wordsOf(error));
  }
}

/** What the library found, without what it quotes of the text. */
function wordsOf(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  const at = /Line: (\d+)\s+Column: (\d+)/.exec(message);
  if (at) return `The body is not XML: line ${Number(at[1]) + 1}, column ${at[2]}`;
  if (message.startsWith('Unknown resource type')) return 'The body has a resource of a type that FHIR does not know';
  const kind = /should be a (boolean|number|decimal number)/.exec(message)?.[1];
  return kind ? `An element of the XML that must be a ${kind} is none` : 'The body is not XML of a FHIR resource';
}

/** Refuses too many levels and control characters; takes out members named `__proto__`, which mean something to JavaScript alone. */
function decideContent(value: unknown, level: number): Result<unknown, Fault> {
  if (level > MAX_DEPTH) return unreadable(`The body has more than ${MAX_DEPTH} levels`);
  if (typeof value === 'string') return CONTROL.test(value) ? unreadable('The body has a control character') : ok(value);
  if (typeof value !== 'object' || value === null) return ok(value);
  if (Object.hasOwn(value, '__proto__')) Reflect.deleteProperty(value, '__proto__');
  for (const member of Object.values(value)) {
    const decided = decideContent(member, level + 1);
    if (!decided.ok) return decided;
  }
  return ok(value);
}
