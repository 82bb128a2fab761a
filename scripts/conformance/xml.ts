import { Fhir } from 'fhir';
import { isRecord } from './look';

const NAMESPACE = 'http://hl7.org/fhir';
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

// Made at first need: its definitions are large.
let reader: Fhir | undefined;

/** A resource of JSON as XML, its elements in the order in which they stand. */
export function toXml(resource: unknown): string {
  if (!isRecord(resource)) return '';
  return element(String(resource['resourceType']), ` xmlns="${NAMESPACE}"`, children(resource));
}

/** A resource of XML as JSON, read by a foreign library; undefined when it is not FHIR in XML. */
export function readXml(text: string): unknown {
  if (!text.includes(NAMESPACE)) return undefined;
  try {
    reader ??= new Fhir();
    return reader.xmlToObj(text);
  } catch {
    return undefined;
  }
}

function children(node: Record<string, unknown>): string {
  return Object.entries(node)
    .filter(([name]) => name !== 'resourceType')
    .flatMap(([name, value]) => (Array.isArray(value) ? value.map((item: unknown) => child(name, item)) : [child(name, value)]))
    .join('');
}

function child(name: string, value: unknown): string {
  if (!isRecord(value)) return `<${name} value="${escaped(String(value))}"/>`;
  const { resourceType, ...inner } = value;
  if (typeof resourceType === 'string') return element(name, '', element(resourceType, '', children(inner)));
  // The address of an extension is an attribute, not an element.
  const { url, ...others } = inner;
  return name === 'extension' ? element(name, ` url="${escaped(String(url))}"`, children(others)) : element(name, '', children(inner));
}

function element(name: string, attributes: string, inner: string): string {
  return `<${name}${attributes}>${inner}</${name}>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ESCAPES[sign] ?? sign);
}
