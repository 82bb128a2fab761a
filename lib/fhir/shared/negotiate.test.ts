import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerFormat, bodyFormat, decideForm } from '@/lib/fhir/shared/negotiate';

type Asked = { format?: string; accept?: string; contentType?: string };

test.each<[Asked, string]>([
  [{}, 'json'],
  [{ accept: 'application/fhir+xml' }, 'xml'],
  [{ contentType: 'application/fhir+xml' }, 'xml'],
  [{ accept: 'application/fhir+json', contentType: 'application/fhir+xml' }, 'json'],
  [{ format: 'xml', accept: 'application/fhir+json' }, 'xml'],
  [{ format: 'application/fhir+json', accept: 'application/fhir+xml' }, 'json'],
  [{ contentType: 'application/x-www-form-urlencoded' }, 'json'],
])('B-022: _format, else Accept, else Content-Type, else JSON: %j gets %s', (asked, format) => {
  expect(formatFor(asked)).toBe(format);
});

test.each([
  ['json', 'json'],
  ['xml', 'xml'],
])('B-023: _format=%s means %s', (format, expected) => {
  expect(formatFor({ format })).toBe(expected);
});

test.each(['application/json', 'application/json+fhir', 'text/json', 'application/fhir json', 'APPLICATION/FHIR+JSON', 'application/fhir+json; fhirVersion=3.0'])('B-024: %s is JSON', (type) => {
  expect(formatFor({ accept: `${type}, application/fhir+xml;q=0.5` })).toBe('json');
  expect(formatFor({ format: type, accept: 'application/fhir+xml' })).toBe('json');
  expect(bodyFormat(type)).toEqual({ ok: true, value: 'json' });
});

test.each(['application/xml', 'application/xml+fhir', 'text/xml', 'application/fhir xml'])('B-024: %s is XML', (type) => {
  expect(formatFor({ accept: type })).toBe('xml');
  expect(formatFor({ format: type })).toBe('xml');
  expect(bodyFormat(type)).toEqual({ ok: true, value: 'xml' });
});

test.each([
  ['application/fhir+json;q=0.2, application/fhir+xml;q=0.9', 'xml'],
  ['application/fhir+xml, application/fhir+json', 'xml'],
  ['text/html, */*;q=0.8', 'json'],
  ['text/html, application/fhir+xml;q=0.1', 'xml'],
  ['*/*, application/fhir+json;q=0', 'xml'],
])('B-024: quality values are honoured: %s gets %s', (accept, format) => {
  expect(formatFor({ accept })).toBe(format);
});

test.each(['', '*/*', 'application/*'])('B-024: "%s" is no preference: the format of the request decides', (accept) => {
  expect(formatFor({ accept, contentType: 'application/fhir+xml' })).toBe('xml');
  expect(formatFor({ accept })).toBe('json');
});

test.each<[Asked, string]>([
  [{ format: 'html' }, 'http._format'],
  [{ format: 'constructor' }, 'http._format'],
  [{ accept: 'text/turtle' }, 'http.Accept'],
  [{ accept: 'application/fhir+json;q=0' }, 'http.Accept'],
])('B-025: a format that cannot be made is 415 not-supported: %j', (asked, location) => {
  expect(answerFormat(...given(asked))).toMatchObject({ ok: false, error: { status: 415, issues: [{ code: 'not-supported', location }] } });
});

test.each([null, '', 'text/plain', 'application/pdf', 'application/x-www-form-urlencoded'])('B-026: a body of the type %s is 415', (contentType) => {
  expect(bodyFormat(contentType)).toMatchObject({ ok: false, error: { status: 415, issues: [{ code: 'not-supported', details: 'UNSUPPORTED_MEDIA_TYPE' }] } });
});

test('B-027: a charset other than UTF-8 is 415, UTF-8 in any spelling is not', () => {
  expect(bodyFormat('application/fhir+json;charset=iso-8859-1')).toMatchObject({ ok: false, error: { status: 415 } });
  expect(bodyFormat('application/fhir+json; charset="UTF-8"').ok).toBe(true);
});

test('B-007: a search by POST is a form', () => {
  expect(decideForm('application/x-www-form-urlencoded;charset=utf-8').ok).toBe(true);
  expect(decideForm('application/fhir+json')).toMatchObject({ ok: false, error: { status: 415 } });
});

test('whatever is asked for, there is a format or a 415', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (format, accept, contentType) => {
      const decided = answerFormat(...given({ format, accept, contentType }));
      expect(decided.ok ? ['json', 'xml'].includes(decided.value) : decided.error.status === 415).toBe(true);
    }),
  );
});

function formatFor(asked: Asked): string | null {
  const decided = answerFormat(...given(asked));
  return decided.ok ? decided.value : null;
}

function given({ format, accept, contentType }: Asked): Parameters<typeof answerFormat> {
  const headers: Record<string, string | undefined> = { accept, 'content-type': contentType };
  return [format === undefined ? [] : [['_format', format]], (name) => headers[name] ?? null];
}
