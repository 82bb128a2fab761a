import fc from 'fast-check';
import { expect, test } from 'vitest';
import { boundsOf, listOf, tokenOf, valuesOf, withPlus } from '@/lib/fhir/shared/search';

const HOUR_MS = 3_600_000;

function startOf(...values: string[]) {
  const outcome = boundsOf('start', values);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return { from: outcome.value.from?.toISOString() ?? null, before: outcome.value.before?.toISOString() ?? null };
}

test.each([
  ['ge2027-03-03T14:00:00.000+00:00', '2027-03-03T14:00:00.000Z', null],
  ['gt2027-03-03T14:00:00.000+00:00', '2027-03-03T14:00:00.001Z', null],
  ['le2027-03-03T14:00:00.000+00:00', null, '2027-03-03T14:00:00.001Z'],
  ['lt2027-03-03T14:00:00.000+00:00', null, '2027-03-03T14:00:00.000Z'],
  ['eq2027-03-03T14:00:00.000+00:00', '2027-03-03T14:00:00.000Z', '2027-03-03T14:00:00.001Z'],
  ['2027-03-03T14:00:00.000+00:00', '2027-03-03T14:00:00.000Z', '2027-03-03T14:00:00.001Z'],
])('B-303: %s is read with its prefix, none meaning eq, and ge and le take the bound in', (value, from, before) => {
  expect(startOf(value)).toEqual({ from, before });
});

test('B-303: all values hold together, so two make the window', () => {
  expect(startOf('ge2027-03-03T14:00:00+00:00', 'le2027-03-03T18:00:00+00:00', 'lt2027-03-03T16:00:00+00:00')).toEqual({ from: '2027-03-03T14:00:00.000Z', before: '2027-03-03T16:00:00.000Z' });
  expect(startOf()).toEqual({ from: null, before: null });
});

test.each([
  ['ge2027', 'le2027', '2027-01-01T00:00:00.000Z', '2028-01-01T00:00:00.000Z'],
  ['ge2027-03', 'le2027-03', '2027-03-01T00:00:00.000Z', '2027-04-01T00:00:00.000Z'],
  ['ge2027-03-03', 'le2027-03-03', '2027-03-03T00:00:00.000Z', '2027-03-04T00:00:00.000Z'],
  ['ge2027-03-03T14:00', 'le2027-03-03T14:00', '2027-03-03T14:00:00.000Z', '2027-03-03T14:01:00.000Z'],
  ['ge2027-03-03T14:00:00', 'le2027-03-03T14:00:00', '2027-03-03T14:00:00.000Z', '2027-03-03T14:00:01.000Z'],
  ['ge2024-02-29', 'le2024-02-29', '2024-02-29T00:00:00.000Z', '2024-03-01T00:00:00.000Z'],
])('B-304: %s begins with what it stands for and %s ends with it', (lower, upper, from, before) => {
  expect(startOf(lower, upper)).toEqual({ from, before });
});

test('B-072, B-304, X-19: offsets are instants, and a plus that was lost in decoding is a plus', () => {
  expect(startOf('ge2027-07-03T14:00:00+01:00').from).toBe('2027-07-03T13:00:00.000Z');
  expect(startOf('ge2027-07-03T14:00:00 01:00').from).toBe('2027-07-03T13:00:00.000Z');
  expect(startOf('ge2027-07-03T14:00:00-05:30').from).toBe('2027-07-03T19:30:00.000Z');
  expect(startOf('ge2027-07-03T14:00:00Z').from).toBe('2027-07-03T14:00:00.000Z');
  expect(withPlus('2027-07-03T14:00:00 01:00')).toBe('2027-07-03T14:00:00+01:00');
});

test('B-073: nought to nine digits of a second are read, and none at all of the offset is UTC', () => {
  expect(startOf('ge2027-07-03T14:00:00').from).toBe('2027-07-03T14:00:00.000Z');
  expect(startOf('ge2027-07-03T14:00:00.5').from).toBe('2027-07-03T14:00:00.500Z');
  expect(startOf('ge2027-07-03T14:00:00.029Z').from).toBe('2027-07-03T14:00:00.029Z');
  expect(startOf('ge2027-07-03T14:00:00.000000001Z').from).toBe('2027-07-03T14:00:00.001Z');
  expect(startOf('le2027-07-03T14:00:00.000000001Z').before).toBe('2027-07-03T14:00:00.001Z');
  expect(startOf('le2027-07-03T14:00:00.000000000Z').before).toBe('2027-07-03T14:00:00.001Z');
});

test.each(['', 'banana', 'ge', 'ne2027-03-03', 'GE2027-03-03', 'ge2027-02-30', 'ge2027-13-01', 'ge2027-03-03T24:00:00Z', 'ge2027-03-03T14:60:00Z', '2027-03-03 14:00:00', '03/03/2027', 'ge2027-03-03T14:00:00+15:00', 'ge2027-03-03T14:00:00.Z', 'ge2027-03-03T14:00:00.0000000000Z', 'ge2027-03-03,le2027-03-04'])(
  'B-304: %j is no date: 400 value, naming the parameter',
  (value) => {
    expect(boundsOf('start', [value])).toMatchObject({ ok: false, error: { status: 400, issues: [{ severity: 'error', code: 'value', details: 'INVALID_PARAMETER', location: 'http.start' }] } });
  },
);

test('B-311: a lower bound after the upper is 400 value, one that meets it is an empty window', () => {
  expect(boundsOf('start', ['ge2027-03-04', 'le2027-03-03'])).toMatchObject({ ok: false, error: { status: 400, issues: [{ code: 'value', location: 'http.start' }] } });
  expect(boundsOf('start', ['ge2027-03-03T14:00:00Z', 'le2027-03-03'])).toMatchObject({ ok: true });
  expect(boundsOf('start', ['ge2027-03-03T14:00:00Z', 'lt2027-03-03T14:00:00Z'])).toMatchObject({ ok: true });
  expect(startOf('le9999-12-31T23:59:59-14:00').before).toBe('9999-12-31T00:00:00.000Z');
});

test('valuesOf takes every value of each spelling in order, listOf what commas separate, tokenOf a system and its value', () => {
  const query = [['status', 'free'], ['x', '1'], ['service', 'a,b'], ['status', 'busy']] as const;
  expect(valuesOf(query, ['status'])).toEqual(['free', 'busy']);
  expect(valuesOf(query, ['Status'])).toEqual([]);
  expect(listOf(['a,b', ' c '])).toEqual(['a', 'b', 'c']);
  expect(tokenOf('https://fhir.nhs.uk/Id/nhs-number|9991226036')).toEqual({ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9991226036' });
  expect(tokenOf('|9991226036')).toEqual({ system: null, value: '9991226036' });
  expect(tokenOf('9991226036')).toEqual({ system: null, value: '9991226036' });
});

const HOLDS: Record<string, (at: number, bound: number) => boolean> = {
  ge: (at, bound) => at >= bound,
  gt: (at, bound) => at > bound,
  le: (at, bound) => at <= bound,
  lt: (at, bound) => at < bound,
  eq: (at, bound) => at === bound,
  '': (at, bound) => at === bound,
};

const moment = fc.integer({ min: 0, max: 40 }).map((quarters) => Date.UTC(2027, 2, 28, 0) + quarters * 15 * 60_000);

function written(at: number, offsetHours: number): string {
  const sign = offsetHours < 0 ? '-' : '+';
  return new Date(at + offsetHours * HOUR_MS).toISOString().replace('Z', `${sign}${String(Math.abs(offsetHours)).padStart(2, '0')}:00`);
}

test('an instant is within the bounds exactly when every value, compared one by one, holds', () => {
  const value = fc.record({ prefix: fc.constantFrom(...Object.keys(HOLDS)), at: moment, offsetHours: fc.integer({ min: -12, max: 14 }) });
  fc.assert(
    fc.property(fc.array(value, { maxLength: 4 }), fc.array(moment, { minLength: 1, maxLength: 20 }), (values, moments) => {
      const outcome = boundsOf('start', values.map(({ prefix, at, offsetHours }) => `${prefix}${written(at, offsetHours)}`));
      for (const at of moments) {
        const isIn = outcome.ok && (outcome.value.from === null || outcome.value.from.getTime() <= at) && (outcome.value.before === null || at < outcome.value.before.getTime());
        expect(isIn).toBe(values.every(({ prefix, at: bound }) => HOLDS[prefix]?.(at, bound)));
      }
    }),
  );
});

test('whatever text arrives, the answer is bounds that can be written or a refusal', () => {
  const text = fc.oneof(fc.string(), fc.stringMatching(/^(ge|gt|le|lt|eq)?\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-6]\d(\.\d{1,9})?(Z|[+\- ]\d\d:\d\d)?$/));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 3 }), (values) => {
      const outcome = boundsOf('start', values);
      if (outcome.ok) expect([outcome.value.from, outcome.value.before].every((at) => at === null || /^\d{4}-/.test(at.toISOString()))).toBe(true);
      else expect(outcome.error.status).toBe(400);
    }),
  );
});
