import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { HELP, readArguments } from './arguments';
import { CHECKS } from './checks/checks';
import { changed, textAt } from './look';
import { openRedaction } from './redaction';
import { REQUIREMENTS } from './requirements/requirements';
import { UNTESTABLE } from './requirements/untestable';
import { aNhsNumber, bookingBody, checkDigit, misspelt } from './sample';
import { readXml, toXml } from './xml';

const IDS = REQUIREMENTS.map(({ id }) => id);
const NEEDED = ['--base', 'https://provider.example.nhs.uk/STU3/', '--service', '2000080401'];
const SLOT = { id: '1', identifier: '5e0d9f3a-7c41-4f5e-8a66-1b9c2d3e4f50', schedule: 'Schedule/1', start: '2027-03-03T14:00:00.000+00:00', end: '2027-03-03T14:15:00.000+00:00' };

test('every requirement is tested, or it is said why it cannot be: never both, never neither', () => {
  const tested = new Set(CHECKS.map(({ id }) => id));
  expect(IDS.filter((id) => !tested.has(id)).sort()).toEqual(Object.keys(UNTESTABLE).sort());
  expect([...tested].filter((id) => UNTESTABLE[id])).toEqual([]);
});

test('every check belongs to a requirement, and no requirement stands twice', () => {
  expect(CHECKS.map(({ id }) => id).filter((id) => !IDS.includes(id))).toEqual([]);
  expect(new Set(IDS).size).toBe(IDS.length);
});

test('the requirements are those of sections 2 to 11 of the contract, in their order', () => {
  const runs = ['001-011', '020-031', '040-049', '060-066', '070-073', '101-114', '120-123', '130-138', '140-143', '201-216', '220-224', '230-233', '235-236', '240-242', '250-263', '270-274', '280-283', '285-299'];
  const more = ['301-311', '320-325', '330-334', '340-347', '350-352', '401-413', '420-425', '430-434', '501-508', '601-617', '701-712', '801-805', '810-815', '830-847'];
  expect(IDS).toEqual([...runs, ...more].flatMap(numbered));
});

test('the kit uses nothing of the application or its database, so that suppliers can run it', () => {
  const files = readdirSync('scripts/conformance', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const imports = files.flatMap((file) => {
    const text = readFileSync(path.join('scripts/conformance', file), 'utf8');
    return [...text.matchAll(/^(?:import|\}).*from '([^']+)';$/gm)].map(([, name = '']) => (name.startsWith('.') ? `./${path.join(path.dirname(file), name)}` : name));
  });
  const outside = imports.filter((name) => !name.startsWith('node:') && (!name.startsWith('./') || name.startsWith('./..')));
  expect(new Set(outside)).toEqual(new Set(['fhir', 'jose', 'vitest', 'zod']));
});

test('the root, a service and tokens are enough', () => {
  const parsed = readArguments([...NEEDED, '--token', 'a.b.c'], {}, IDS);
  expect(parsed).toMatchObject({ ok: true, value: { base: 'https://provider.example.nhs.uk/STU3', services: ['2000080401'], tokens: { kind: 'given' }, isReadOnly: false, reportFile: 'conformance.html' } });
});

test('secrets may come from the environment, where no list of processes shows them', () => {
  const endpoint = ['--token-endpoint', 'https://provider.example.nhs.uk/oauth2/token', '--client-id', 'me'];
  expect(readArguments([...NEEDED, ...endpoint], { CONFORMANCE_CLIENT_SECRET: 'hush' }, IDS)).toMatchObject({ ok: true, value: { tokens: { kind: 'endpoint', clientSecret: 'hush' } } });
  expect(readArguments(NEEDED, { CONFORMANCE_TOKEN: 'a.b.c' }, IDS)).toMatchObject({ ok: true, value: { tokens: { token: 'a.b.c' } } });
});

test.each([
  [['--service', '1', '--token', 'a.b.c'], '--base'],
  [['--base', 'ftp://example.com', '--service', '1', '--token', 'a.b.c'], '--base'],
  [['--base', 'https://example.com/STU3', '--token', 'a.b.c'], '--service'],
  [NEEDED, 'Tokens are needed'],
  [[...NEEDED, '--token', 'a.b.c', '--only', 'B-999'], 'B-999'],
  [[...NEEDED, '--token', 'a.b.c', '--nhs-number', '9434765919'], '999'],
  [[...NEEDED, '--token', 'a.b.c', '--timeout', 'soon'], '--timeout'],
  [[...NEEDED, '--token', 'a.b.c', '--colour'], '--colour'],
])('arguments %j are refused in words that name %s', (args, words) => {
  const parsed = readArguments(args, {}, IDS);
  expect(parsed.ok ? '' : parsed.words).toContain(words);
});

test('--help says every option', () => {
  const parsed = readArguments(['--help'], {}, IDS);
  expect(parsed).toEqual({ ok: false, words: HELP });
});

test('NHS numbers are of the synthetic range and valid, and misspelt ones are not', () => {
  for (let count = 0; count < 500; count += 1) {
    const number = aNhsNumber();
    expect(number).toMatch(/^999\d{7}$/);
    expect(checkDigit(number.slice(0, 9))).toBe(Number(number.at(-1)));
    expect(checkDigit(misspelt(number).slice(0, 9))).not.toBe(Number(misspelt(number).at(-1)));
  }
});

test('tokens and NHS numbers are kept out of words, in all their spellings', () => {
  const { keepOut, clean, isPrivate } = openRedaction();
  keepOut('9991226036');
  for (const text of ['patient=9991226036', '999 122 6036', '999+122+6036', '999122603', 'Bearer eyJhbGciOiJub25lIn0.eyJpc3MiOiJ4In0.']) {
    expect(clean(text)).not.toMatch(/\d{3}|eyJ/);
    expect(isPrivate(text)).toBe(true);
  }
  expect(clean('service=2000080401')).toBe('service=2000080401');
});

test('a booking in XML says what it says in JSON, as a foreign library reads it', () => {
  const body = bookingBody(SLOT, '9991226036');
  const read = readXml(toXml(body));
  for (const name of ['status', 'description', 'start', 'contained[1].name[0].family', 'contained[1].identifier[0].extension[0].valueCodeableConcept.coding[0].code', 'contained[2].identifier[0].value']) {
    expect(textAt(read, name)).toBe(textAt(body, name));
  }
  expect(textAt(readXml(toXml(changed(body, 'description', 'a < b & "c"'))), 'description')).toBe('a < b & "c"');
});

test('an element is changed, added and taken away without touching the rest', () => {
  const body = { a: [{ b: 1 }, { b: 2 }], c: 'x' };
  expect(changed(body, 'a[1].b', 3)).toEqual({ a: [{ b: 1 }, { b: 3 }], c: 'x' });
  expect(changed(body, 'a[0]')).toEqual({ a: [{ b: 2 }], c: 'x' });
  expect(changed(body, 'd.e', 1)).toEqual({ ...body, d: { e: 1 } });
  expect(changed(body, 'a')).toEqual({ c: 'x' });
  expect(body).toEqual({ a: [{ b: 1 }, { b: 2 }], c: 'x' });
});

function numbered(run: string): string[] {
  const [first = 0, last = 0] = run.split('-').map(Number);
  const left = [234, 239];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index).filter((number) => !left.includes(number)).map((number) => `B-${String(number).padStart(3, '0')}`);
}
