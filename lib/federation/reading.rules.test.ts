import { expect, test } from 'vitest';
import { readingOf, retrySecondsOf } from '@/lib/federation/reading.rules';

const APPOINTMENT = { resourceType: 'Appointment', id: '88120', status: 'booked', start: '2027-03-05T18:20:00.000+01:00', end: '2027-03-05T17:35:00Z' };
const JSON_TYPE = 'application/fhir+json;charset=utf-8';
const XML = `<?xml version="1.0" encoding="UTF-8"?>
<Appointment xmlns="http://hl7.org/fhir">
  <id value="88120"/><status value="cancelled"/><start value="2027-03-05T17:20:00.000+00:00"/><end value="2027-03-05T17:35:00.000+00:00"/>
  <participant><actor><display value="T. Notreal"/></actor><status value="accepted"/></participant>
</Appointment>`;
const NOTHING = { contentType: null, retryAfter: null, date: null, text: null };
const UNREADABLE = { found: 'nothing', why: 'unreadable' };

function reading(body: unknown, contentType: string | null = JSON_TYPE) {
  return readingOf({ ...NOTHING, status: 200, contentType, text: typeof body === 'string' ? body : JSON.stringify(body) }, '88120');
}

const TIMES = { startsAt: new Date('2027-03-05T17:20:00Z'), endsAt: new Date('2027-03-05T17:35:00Z') };

test('B-072: times are read with whatever offset they have', () => {
  expect(reading(APPOINTMENT)).toEqual({ found: 'appointment', status: 'booked', ...TIMES });
});

test('XML is read like JSON', () => {
  expect(reading(XML, 'application/fhir+xml')).toEqual({ found: 'appointment', status: 'cancelled', ...TIMES });
});

test('whatever else an appointment holds, wrong or not, is not looked at', () => {
  expect(reading({ ...APPOINTMENT, contained: 'no list', participant: [{ actor: 7 }], 'x-own': {} })).toMatchObject({ found: 'appointment' });
});

test('B-298: entered in error is understood as the pages of the standard write it', () => {
  expect(reading({ ...APPOINTMENT, status: 'entered in error' })).toMatchObject({ status: 'entered-in-error' });
});

test.each([
  ['no JSON', '{"resourceType":'],
  ['another resource', { ...APPOINTMENT, resourceType: 'Patient' }],
  ['an appointment with another id', { ...APPOINTMENT, id: '88121' }],
  ['no id', { ...APPOINTMENT, id: undefined }],
  ['a status that is no appointment yet', { ...APPOINTMENT, status: 'proposed' }],
  ['a time without an offset', { ...APPOINTMENT, start: '2027-03-05T17:20:00' }],
  ['an end before the start', { ...APPOINTMENT, end: '2027-03-05T17:20:00Z' }],
  ['a list', [APPOINTMENT]],
  ['nothing', ''],
])('%s is unreadable', (_what, body) => {
  expect(reading(body)).toEqual(UNREADABLE);
});

test('what does not say that it is FHIR in JSON or XML is unreadable, and so are external entities', () => {
  expect(reading(APPOINTMENT, 'text/html')).toEqual(UNREADABLE);
  expect(reading(APPOINTMENT, null)).toEqual(UNREADABLE);
  expect(reading(`<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>${XML.slice(XML.indexOf('<App'))}`, 'application/fhir+xml')).toEqual(UNREADABLE);
});

test('what was too long or no text is unreadable', () => {
  expect(readingOf({ ...NOTHING, status: 200, contentType: JSON_TYPE }, '88120')).toEqual(UNREADABLE);
});

test.each([
  [404, 'gone'],
  [410, 'gone'],
  [401, 'refused'],
  [403, 'refused'],
  [408, 'unreachable'],
  [429, 'unreachable'],
  [500, 'unreachable'],
  [503, 'unreachable'],
  [301, 'unreadable'],
  [302, 'unreadable'],
  [204, 'unreadable'],
  [400, 'unreadable'],
])('an answer of %i means %s', (status, why) => {
  expect(readingOf({ ...NOTHING, status }, '88120')).toMatchObject({ found: 'nothing', why });
});

test('as long as a source asks for, in seconds or as a moment by its own clock, it is left alone', () => {
  expect(readingOf({ ...NOTHING, status: 429, retryAfter: '120' }, '88120')).toEqual({ found: 'nothing', why: 'unreachable', retrySeconds: 120 });
  expect(retrySecondsOf({ retryAfter: 'Tue, 24 Nov 2026 10:05:00 GMT', date: 'Tue, 24 Nov 2026 10:00:00 GMT' })).toBe(300);
  expect(retrySecondsOf({ retryAfter: 'Tue, 24 Nov 2026 09:00:00 GMT', date: 'Tue, 24 Nov 2026 10:00:00 GMT' })).toBe(0);
  expect(retrySecondsOf({ retryAfter: 'Tue, 24 Nov 2026 10:05:00 GMT', date: null })).toBeNull();
  expect(retrySecondsOf({ retryAfter: 'soon', date: null })).toBeNull();
  expect(retrySecondsOf({ retryAfter: null, date: null })).toBeNull();
});
