import fc from 'fast-check';
import { expect, test } from 'vitest';
import { searchUrl } from '@/lib/fhir/shared/bundle';
import type { Parameter } from '@/lib/fhir/shared/route';
import { slotQuery } from '@/lib/fhir/stu3/slot-parameters';

const ROOT = 'https://onward.example.nhs.uk/STU3';
const NOW = new Date('2027-03-03T10:00:00Z');

function read(text: string) {
  return slotQuery([...new URLSearchParams(text)], { root: ROOT, now: NOW });
}

function understood(text: string) {
  const outcome = read(text);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
}

test.each(['service', 'schedule.actor:healthcareservice', 'schedule.actor:HealthcareService', '_schedule.actor:healthcareservice', 'schedule.actor%3Ahealthcareservice', 'schedule.actor%3AHealthcareService'])(
  'B-301: the service is read from %s',
  (name) => {
    expect(understood(`${name}=2000080401`).search.services).toEqual(['2000080401']);
  },
);

test.each(['2000080401', 'HealthcareService/2000080401', 'https://fhir.nhs.uk/Id/dos-service-id|2000080401', 'anything|2000080401', '|2000080401', `${ROOT}/HealthcareService/2000080401`])('B-301, B-210: %s names a service', (value) => {
  expect(understood(`service=${encodeURIComponent(value)}`).search.services).toEqual(['2000080401']);
});

test('B-301: a comma, encoded or not, separates services of which any is meant', () => {
  expect(understood('service=1,HealthcareService/2%2C3').search.services).toEqual(['1', '2', '3']);
});

test.each([
  ['', { free: true, busy: true }],
  ['status=free', { free: true, busy: false }],
  ['status=busy', { free: false, busy: true }],
  ['status=free,busy', { free: true, busy: true }],
  ['status=free%2Cbusy', { free: true, busy: true }],
  ['status=free&status=busy', { free: true, busy: true }],
  ['status=http://hl7.org/fhir/slotstatus|free', { free: true, busy: false }],
  ['status=busy-unavailable,busy-tentative,entered-in-error', { free: false, busy: false }],
])('B-302, B-305: %j asks for %j', (text, statuses) => {
  expect(understood(text).search.statuses).toEqual(statuses);
});

test.each([
  ['status=gone', 'status'],
  ['status=', 'status'],
  ['service=', 'service'],
  ['service=1,', 'service'],
  ['start=banana', 'start'],
  ['end=banana', 'end'],
  ['start=ge2027-03-05&start=le2027-03-04', 'start'],
  ['start=ge2027-03-01&start=le2027-03-02', 'start'],
  ['start=le2027-03-03T09:59:59Z', 'start'],
  ['start=2027-03-02', 'start'],
  ['end=lt2027-03-03T10:00:00Z', 'end'],
  ['_count=-1', '_count'],
  ['_count=many', '_count'],
  ['_after=2', '_after'],
])('B-302, B-304, B-306, B-309, B-311, B-346: %s is 400 value at http.%s', (text, name) => {
  expect(read(text)).toMatchObject({ ok: false, error: { status: 400, issues: [{ code: 'value', location: `http.${name}` }] } });
});

test('B-306: only the lower bound in the past is fine, and so is a window that is not over', () => {
  expect(read('start=ge2027-03-01&start=le2027-03-03')).toMatchObject({ ok: true });
  expect(read('start=ge2027-03-01')).toMatchObject({ ok: true });
  expect(read('start=le2027-03-03T10:00:00Z')).toMatchObject({ ok: true });
});

test('B-305: no parameter at all is no error', () => {
  const { search, includes } = understood('');
  expect(search).toMatchObject({ services: null, ids: null, count: null, after: null, start: { from: null, before: null }, end: { from: null, before: null } });
  expect(includes.size).toBe(0);
});

test('B-309: ids in any case, what is no UUID finds nothing, and at most 1,000 come on a page', () => {
  expect(understood('_id=5E0D9F3A-7C41-4F5E-8A66-1B9C2D3E4F50,abc').search.ids).toEqual(['5e0d9f3a-7c41-4f5e-8a66-1b9c2d3e4f50']);
  expect(understood('_id=abc').search.ids).toEqual([]);
  expect(understood('_count=0').search.count).toBe(0);
  expect(understood('_count=5000').search.count).toBe(1_000);
});

const ORGANISATION_SPELLINGS = ['HealthcareService:Organization', 'HealthcareService:organization', 'HealthcareService:providedBy', 'HealthcareService.providedBy'];
const LOCATION_SPELLINGS = ['HealthcareService:Location', 'HealthcareService:location', 'HealthcareService.location', 'Schedule:actor:Location'];
const CHAIN = '_include=Slot:schedule&_include:iterate=Schedule:actor:HealthcareService&';

test.each<[string, string[]]>([
  ['_include=Slot:schedule', ['Schedule']],
  ['_include=Slot.schedule', ['Schedule']],
  ['_include=Slot%3Aschedule', ['Schedule']],
  ['_include=Slot:schedule&_include:iterate=Schedule:actor:HealthcareService', ['Schedule', 'HealthcareService']],
  ['_include=Slot:schedule&_include:recurse=Schedule:actor:HealthcareService', ['Schedule', 'HealthcareService']],
  ['_include=Slot:schedule&_include=Schedule:actor:HealthcareService', ['Schedule', 'HealthcareService']],
  ['_include=Slot:schedule&_include:iterate=Schedule:actor', ['Schedule', 'HealthcareService', 'Practitioner', 'PractitionerRole']],
  ['_include=Slot:schedule&_include:iterate=Schedule:actor:Practitioner', ['Schedule', 'Practitioner']],
  ['_include=Slot:schedule&_include:iterate=Schedule:actor:PractitionerRole', ['Schedule', 'PractitionerRole']],
  ...ORGANISATION_SPELLINGS.map((value): [string, string[]] => [`${CHAIN}_include:iterate=${value}`, ['Schedule', 'HealthcareService', 'Organization']]),
  ...LOCATION_SPELLINGS.map((value): [string, string[]] => [`${CHAIN}_include:iterate=${value}`, ['Schedule', 'HealthcareService', 'Location']]),
  ['', []],
  ['_include:iterate=Schedule:actor:Practitioner', []],
  ['_include=Slot:schedule&_include:iterate=HealthcareService:Location', ['Schedule']],
  ['_include=Slot:patient&_revinclude=Appointment:slot&_include:deep=Slot:schedule', []],
])('B-320 to B-325, B-330, B-331, B-333, B-334: %s brings %j', (text, includes) => {
  expect([...understood(text).includes]).toEqual(includes);
});

test('B-301 to B-304, B-320 to B-325: the search of the standard’s pages is understood whole', () => {
  const { search, includes } = understood(
    'schedule.actor:healthcareservice=2000080401&start=ge2027-03-03T14:00:00%2B00:00&start=le2027-03-04T14:00:00%2B00:00&status=free,busy' +
      '&_include=Slot:schedule&_include:iterate=Schedule:actor:Practitioner&_include:iterate=Schedule:actor:PractitionerRole' +
      '&_include:iterate=Schedule:actor:HealthcareService&_include:iterate=HealthcareService:Organization&_include:iterate=HealthcareService:Location',
  );
  expect(search).toMatchObject({ services: ['2000080401'], start: { from: new Date('2027-03-03T14:00:00Z'), before: new Date('2027-03-04T14:00:01Z') }, includes: { services: true, organisations: true } });
  expect(includes.size).toBe(6);
});

test('X-19: the self link of the standard’s sample, which lost its plus signs, is the same search', () => {
  const sample = 'schedule.actor:healthcareservice=2000080401&status=free&start=ge2027-03-03T14:00:00+00:00&start=le2027-03-04T14:00:00+00:00&_include=Slot:schedule&_include=Schedule:actor:Practitioner&_include=Schedule:actor:HealthcareService';
  const { search, includes, understood: parameters } = understood(sample);
  expect(search.start).toEqual({ from: new Date('2027-03-03T14:00:00Z'), before: new Date('2027-03-04T14:00:01Z') });
  expect([...includes]).toEqual(['Schedule', 'Practitioner', 'HealthcareService']);
  expect(searchUrl(`${ROOT}/Slot`, parameters)).toContain('start=ge2027-03-03T14%3A00%3A00%2B00%3A00');
});

test('B-030, B-334, B-350: the self link has what was understood, in its order, and nothing else', () => {
  const { understood: parameters } = understood('foo=1&service=1&Status=free&_revinclude=Appointment:slot&_include=Slot:patient&_include=Slot:schedule&_count=5');
  expect(parameters).toEqual([['service', '1'], ['_include', 'Slot:schedule'], ['_count', '5']]);
});

test('a self link, followed, is understood as the same search', () => {
  const parameter = fc.oneof(
    fc.tuple(fc.constantFrom('service', 'schedule.actor:HealthcareService', 'status', 'start', 'end', '_id', '_count', '_include', '_include:iterate', 'other'), fc.string()),
    fc.constantFrom<Parameter>(['start', 'ge2027-03-03T14:00:00 00:00'], ['status', 'free'], ['service', 'a|b,HealthcareService/1'], ['_include', 'Slot:schedule'], ['_count', '3']),
  );
  fc.assert(
    fc.property(fc.array(parameter, { maxLength: 6 }), (query) => {
      const first = slotQuery(query, { root: ROOT, now: NOW });
      if (!first.ok) {
        expect(first.error.status).toBe(400);
        return;
      }
      const again = slotQuery([...new URL(searchUrl(`${ROOT}/Slot`, first.value.understood)).searchParams], { root: ROOT, now: NOW });
      expect(again).toEqual(first);
    }),
  );
});
