import { gzipSync } from 'node:zlib';
import { bodyOf, faulty, mediaType, mustAnswer, mustBook, mustRefuse, mustRefuseBooking } from '../expectations';
import { INCLUDES, searchPath } from '../facts';
import { changed, listAt, resources, textAt } from '../look';
import type { Check, Kit } from '../model';
import type { Exchange } from '../provider';
import { must } from '../verdict';
import { readXml, toXml } from '../xml';

const JSON_TYPE = 'application/fhir+json';
const XML_TYPE = 'application/fhir+xml';
const MEGABYTE = 1_048_576;
const DEEP = 5_000;
const SMALL_BYTES = 2_000;

/** Formats of requests and answers: section 2.2. */
export const FORMATS: readonly Check[] = [
  { id: 'B-020', run: async (kit) => mustBeJson(await spareSearch(kit, {}), 'a search that accepts JSON') },
  {
    id: 'B-021',
    run: async (kit) => {
      const found = await spareSearch(kit, { accept: XML_TYPE });
      mustBeXml(found, 'a search that accepts XML');
      must(resources(bodyOf(found), 'Slot').length > 0, 'the Bundle in XML has no Slot that can be read');
      const refused = await faulty(kit, (body) => toXml(changed(body, 'description')), { 'content-type': XML_TYPE });
      mustRefuse(refused, { status: 422, code: 'required' }, 'a booking in XML without description');
    },
  },
  {
    id: 'B-022',
    run: async (kit) => {
      mustBeJson(await spareSearch(kit, { accept: '*/*' }), 'a search without preference');
      mustBeJson(await spareSearch(kit, { accept: XML_TYPE }, 'json'), 'Accept: XML with _format=json');
      if (!(await kit.facts.speaksXml())) return;
      mustBeXml(await spareSearch(kit, {}, 'xml'), 'Accept: JSON with _format=xml');
      mustBeXml(await spareSearch(kit, { accept: XML_TYPE }), 'Accept: XML');
      mustBeXml(await faulty(kit, () => '<Patient xmlns="http://hl7.org/fhir"/>', { 'content-type': XML_TYPE, accept: '*/*' }), 'a body in XML without preference');
    },
  },
  {
    id: 'B-023',
    run: async (kit) => {
      mustBeJson(await spareSearch(kit, { accept: '*/*' }, 'json'), '_format=json');
      if (await kit.facts.speaksXml()) mustBeXml(await spareSearch(kit, { accept: '*/*' }, 'xml'), '_format=xml');
    },
  },
  { id: 'B-024', run: otherSpellings },
  {
    id: 'B-025',
    run: async (kit) => {
      for (const ask of [{ path: '/metadata', headers: { accept: 'text/csv' } }, { path: '/metadata?_format=text%2Fcsv' }]) {
        const answer = await kit.provider.ask(ask);
        mustRefuse(answer, { status: 415, code: 'not-supported' }, 'a format that cannot be made');
        mustBeJson(answer, 'its OperationOutcome');
      }
    },
  },
  {
    id: 'B-026',
    run: async (kit) => {
      mustRefuse(await faulty(kit, JSON.stringify, { 'content-type': 'text/plain' }), { status: 415 }, 'a body called text/plain');
      mustRefuse(await faulty(kit, (body) => new Blob([JSON.stringify(body)]), { 'content-type': undefined }), { status: 415 }, 'a body without Content-Type');
    },
  },
  {
    id: 'B-027',
    run: async (kit) => {
      for (const { method, path, headers, text } of await kit.facts.everything()) {
        must(text === '' || /;charset=utf-8$/.test(headers.get('content-type') ?? ''), `${method} ${path} has Content-Type ${headers.get('content-type') ?? 'none'}`);
      }
      mustRefuse(await faulty(kit, JSON.stringify, { 'content-type': `${JSON_TYPE};charset=iso-8859-1` }), { status: 415 }, 'a body called ISO 8859-1');
    },
  },
  { id: 'B-028', run: compression },
  { id: 'B-029', needs: ['bookings'], run: unknownElements },
  {
    id: 'B-030',
    run: async ({ facts }) => {
      const { json } = mustAnswer(await facts.search([...(await facts.spareQuery()), ['favourite-colour', 'green']]), 200, 'a search with an unknown parameter');
      const self = listAt(json, 'link').find((link) => textAt(link, 'relation') === 'self');
      must(!textAt(self, 'url').includes('colour'), 'the self link has the unknown parameter');
    },
  },
  {
    id: 'B-031',
    run: async (kit) => {
      mustRefuse(await faulty(kit, (body) => changed(body, 'description', 'x'.repeat(MEGABYTE))), { status: 413 }, 'a body of more than 1 MB');
      mustRefuse(await faulty(kit, () => '['.repeat(DEEP) + ']'.repeat(DEEP)), { status: 400 }, 'very deep JSON');
      if (!(await kit.facts.speaksXml())) return;
      const entity = '<!DOCTYPE a [<!ENTITY b "c">]>';
      mustRefuse(await faulty(kit, (body) => entity + toXml(body), { 'content-type': XML_TYPE }), { status: 400 }, 'XML with a DTD');
    },
  },
];

async function spareSearch({ provider, facts }: Kit, headers: Record<string, string>, format?: string): Promise<Exchange> {
  const query = await facts.spareQuery();
  return provider.ask({ path: searchPath(format ? [...query, ['_format', format]] : query), headers });
}

function mustBeJson(exchange: Exchange, when: string): void {
  must(mediaType(exchange) === JSON_TYPE, `${when} has Content-Type ${mediaType(exchange) || 'none'}, not ${JSON_TYPE}`);
  must(textAt(exchange.json, 'resourceType') !== '', `${when} has no resource in JSON`);
}

function mustBeXml(exchange: Exchange, when: string): void {
  must(mediaType(exchange) === XML_TYPE, `${when} has Content-Type ${mediaType(exchange) || 'none'}, not ${XML_TYPE}`);
  must(readXml(exchange.text) !== undefined, `${when} has no FHIR in XML`);
}

async function otherSpellings(kit: Kit): Promise<void> {
  for (const type of ['application/json', 'application/json+fhir', 'text/json', 'application/*']) {
    mustBeJson(mustAnswer(await spareSearch(kit, { accept: type }), 200), `Accept: ${type}`);
  }
  mustBeJson(await spareSearch(kit, { accept: '*/*' }, 'application/fhir json'), '_format with its + lost to a space');
  mustBeJson(await spareSearch(kit, { accept: `${XML_TYPE};q=0.2, ${JSON_TYPE};q=0.9` }), 'Accept with quality values');
  const refused = await faulty(kit, (body) => JSON.stringify(changed(body, 'description')), { 'content-type': 'application/json' });
  mustRefuse(refused, { status: 422 }, 'a body called application/json');
  if (!(await kit.facts.speaksXml())) return;
  for (const type of ['application/xml', 'application/xml+fhir', 'text/xml']) mustBeXml(await spareSearch(kit, { accept: type }), `Accept: ${type}`);
  mustBeXml(await spareSearch(kit, { accept: `${XML_TYPE};q=0.9, ${JSON_TYPE};q=0.2` }), 'Accept with quality values');
}

async function compression(kit: Kit): Promise<void> {
  const found = await kit.facts.search([...(await kit.facts.spareQuery()), ...INCLUDES], { 'accept-encoding': 'gzip' });
  const isSmall = found.text.length < SMALL_BYTES;
  must(found.headers.get('content-encoding') === 'gzip' || isSmall, 'an answer to Accept-Encoding: gzip is not compressed');

  const zipped = (body: unknown) => new Blob([new Uint8Array(gzipSync(JSON.stringify(changed(body, 'description'))))]);
  const inGzip = await faulty(kit, zipped, { 'content-encoding': 'gzip' });
  mustRefuse(inGzip, { status: 422, code: 'required' }, 'a body in gzip without description');
  const inChunks = await faulty(kit, (body) => new Blob([JSON.stringify(changed(body, 'description'))]).stream());
  mustRefuse(inChunks, { status: 422, code: 'required' }, 'a chunked body without description');
}

async function unknownElements(kit: Kit): Promise<void> {
  const extension = [{ url: 'https://consumer.example.nhs.uk/StructureDefinition/colour', valueString: 'green' }];
  await mustRefuseBooking(kit, (body) => changed(body, 'modifierExtension', extension), { status: 422, code: 'extension' }, 'an unknown modifierExtension');
  await mustBook(kit, (body) => changed(changed(body, 'extension', extension), 'favouriteColour', 'green'), 'a booking with an unknown element and extension');
}
