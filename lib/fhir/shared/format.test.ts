import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatsOf } from '@/lib/fhir/shared/format';

const formats = formatsOf([]);
const NS = 'xmlns="http://hl7.org/fhir"';

test.each([
  ['abc', 1, 1],
  ['', 1, 1],
  ['{"a":1,}', 1, 8],
  ['{"a" 1}', 1, 6],
  ['{\n  "status": booked\n}', 2, 13],
  ['[1,2', 1, 5],
  ['{"a":"\u0001"}', 1, 6],
  ['1 2', 1, 3],
  ['{"a":[1}', 1, 8],
])('B-403: what is not JSON is 400 structure, with line and column: %j', (text, line, column) => {
  expect(formats.read(text, 'json')).toMatchObject({ ok: false, error: { status: 400, issues: [{ severity: 'fatal', code: 'structure', diagnostics: `The body is not JSON: line ${line}, column ${column}` }] } });
});

test('JSON that is broken at any place is refused without a word of it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(), (value, at) => {
      const whole = JSON.stringify({ familyname: value });
      const broken = `${whole.slice(0, at % whole.length)}\u0007${whole.slice(at % whole.length)}`;
      const read = formats.read(broken, 'json');
      expect(read).toMatchObject({ ok: false, error: { status: 400 } });
      expect(JSON.stringify(read)).not.toContain('familyname');
    }),
  );
});

test('all that JSON can say is read', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5, stringUnit: fc.constantFrom('a', 'é', '"', '\\', '\n', '😀', '<', '&') }), (text) => {
      const value: unknown = JSON.parse(text);
      expect(formats.read(text, 'json')).toEqual({ ok: true, value });
    }),
  );
});

test('B-031: JSON and XML of more than 64 levels are 400, however deep', () => {
  for (const levels of [65, 300_000]) {
    expect(formats.read('['.repeat(levels) + ']'.repeat(levels), 'json')).toMatchObject({ ok: false, error: { status: 400 } });
    expect(formats.read(`<Appointment ${NS}>${'<a>'.repeat(levels)}`, 'xml')).toMatchObject({ ok: false, error: { status: 400 } });
  }
  expect(formats.read('['.repeat(64) + ']'.repeat(64), 'json').ok).toBe(true);
});

test('members that mean something to JavaScript are harmless', () => {
  const read = formats.read('{"a":{"__proto__":{"isAdmin":true},"constructor":{"prototype":1}}}', 'json');
  expect(read).toEqual({ ok: true, value: { a: { constructor: { prototype: 1 } } } });
  expect(Object.hasOwn(Object.prototype, 'isAdmin')).toBe(false);
});

test('control characters, which FHIR allows in no text and PostgreSQL cannot keep, are 400 in both formats', () => {
  expect(formats.read('{"description":"a\\u0000b"}', 'json')).toMatchObject({ ok: false, error: { status: 400 } });
  expect(formats.read(`<Appointment ${NS}><description value="a&#0;b"/></Appointment>`, 'xml')).toMatchObject({ ok: false, error: { status: 400 } });
  expect(formats.read('{"description":"line\\nline\\tend"}', 'json').ok).toBe(true);
});

test.each([
  ['a DTD', `<!DOCTYPE Appointment SYSTEM "http://example.com/x.dtd"><Appointment ${NS}/>`],
  ['entities that grow', `<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><Appointment ${NS}><description value="&c;"/></Appointment>`],
  ['an external entity', `<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><Appointment ${NS}><description value="&x;"/></Appointment>`],
  ['an entity nobody declared', `<Appointment ${NS}><description value="&nbsp;"/></Appointment>`],
  ['a processing instruction', `<?xml-stylesheet href="http://example.com/x.xsl"?><Appointment ${NS}/>`],
  ['CDATA', `<Appointment ${NS}><![CDATA[x]]></Appointment>`],
  ['no namespace', '<Appointment><status value="booked"/></Appointment>'],
  ['another namespace', '<Appointment xmlns="urn:hl7-org:v3"/>'],
  ['prefixed names', '<f:Appointment xmlns:f="http://hl7.org/fhir"/>'],
  ['another encoding', `<?xml version="1.0" encoding="ISO-8859-1"?><Appointment ${NS}/>`],
  ['two roots', `<Appointment ${NS}/><Appointment ${NS}/>`],
  ['no end', `<Appointment ${NS}><status value="booked"/>`],
  ['ends that do not match', `<Appointment ${NS}><status></Appointment>`],
  ['no element', 'Appointment'],
  ['nothing', ''],
  ['a resource that FHIR does not know', `<Consultation ${NS}/>`],
  ['text for a number', `<Appointment ${NS}><priority value="soon"/></Appointment>`],
  ['a comment without an end', `<Appointment ${NS}><!-- </Appointment>`],
])('B-031, B-403: XML with %s is 400 structure', (_what, xml) => {
  expect(formats.read(xml, 'xml')).toMatchObject({ ok: false, error: { status: 400, issues: [{ code: 'structure' }] } });
});

test.each(['<a "'.repeat(200_000), '<!--'.repeat(200_000), '&'.repeat(900_000), `<Appointment ${NS}>${'<a b="'.repeat(150_000)}`])('B-031: XML made to be slow is refused before anybody notices: %#', (xml) => {
  const startedAt = performance.now();
  expect(formats.read(xml, 'xml').ok).toBe(false);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});

test('B-403: what is wrong with XML is said with its line, and without what it says', () => {
  const read = formats.read(`<?xml version="1.0"?>\n<!-- Notreal\n -->\n<Appointment ${NS}>\n  <Notreal\n</Appointment>`, 'xml');
  expect(read).toMatchObject({ ok: false, error: { issues: [{ diagnostics: 'The body is not XML: line 5, column 3' }] } });
});

test('B-029: unknown elements of XML are ignored, comments and schema locations too', () => {
  const xml = `<?xml version="1.0" encoding="utf-8"?><Appointment ${NS} xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://hl7.org/fhir ../a.xsd"><!-- x --><status value="booked"/><invented value="x"/></Appointment>`;
  expect(formats.read(xml, 'xml')).toEqual({ ok: true, value: { resourceType: 'Appointment', status: 'booked' } });
});

test('any text survives XML, but for characters that XML cannot carry', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (description) => {
      const xml = formats.write(anAppointment(description), 'xml');
      const isSendable = !/[^\P{Cc}\t\n\r\u007f-\u009f]|[\ufffe\uffff]/u.test(description);
      const read = formats.read(xml, 'xml');
      if (isSendable) expect(read).toEqual({ ok: true, value: anAppointment(description) });
      else expect(read.ok).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test('no XML makes reading throw', () => {
  const piece = fc.constantFrom('<a', '>', '</a>', ' b="c"', '<!--', '-->', '<!', '<?', '?>', '&amp;', '&#1;', '&x;', `<Appointment ${NS}>`, '</Appointment>', '<status value="booked"/>', '"', "'", ']]>', '\u0000', 'é');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const read = formats.read(pieces.join(''), 'xml');
      expect(read.ok || read.error.status === 400).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

function anAppointment(description: string) {
  return { resourceType: 'Appointment', id: 'a1', identifier: [{ use: 'official', value: 'x' }], status: 'booked', description, slot: [{ reference: '#s' }] };
}
