import fc from 'fast-check';

type Way = readonly (string | number)[];

/** What is done to one place of a body: taken out, put in its place, put around it, or added beside it. */
type Change = { does: 'drop' } | { does: 'replace'; by: unknown } | { does: 'wrap' } | { does: 'repeat' } | { does: 'add'; name: string; value: unknown };

const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'extension', 'modifierExtension', 'id', 'resourceType', '_status', '', '\u0000', 'ünïcode'];
const TRAPS = ['', ' ', '\u0000', '\ud800', '👩‍⚕️', '#', '#nobody', 'Slot/', 'https://onward.example.nhs.uk/STU3/Slot/x', '9999999999', '9990000000', '2027-02-30', '2027-03-03T25:00:00Z', '9'.repeat(400), 'a'.repeat(20_000), "'; DROP TABLE slot; --", '${7*7}', '%00'];

const anything = fc.oneof(fc.constantFrom<unknown>(...TRAPS, null, true, 0, -1, 1e308, [], {}, [[]], [{}], { resourceType: 'Patient' }), fc.jsonValue(), fc.string({ unit: 'binary', maxLength: 40 }));

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ does: fc.constant('drop' as const) }),
  fc.record({ does: fc.constant('replace' as const), by: anything }),
  fc.record({ does: fc.constant('wrap' as const) }),
  fc.record({ does: fc.constant('repeat' as const) }),
  fc.record({ does: fc.constant('add' as const), name: fc.oneof(fc.constantFrom(...NAMES), fc.string({ maxLength: 12 })), value: anything }),
);

/** JSON texts that are this body with one to three places changed. */
export function mutationsOf(body: object): fc.Arbitrary<string> {
  return fc.array(fc.tuple(fc.nat(), change), { minLength: 1, maxLength: 3 }).map((changes) => {
    let changed: unknown = structuredClone(body);
    for (const [at, what] of changes) {
      const ways = waysIn(changed);
      changed = changedAt(changed, ways[at % ways.length] ?? [], what);
    }
    return JSON.stringify(changed) ?? '';
  });
}

/** Any JSON, and text that is none. */
export const anyText: fc.Arbitrary<string> = fc.oneof(fc.json(), anything.map((value) => JSON.stringify({ resourceType: 'Appointment', contained: value, status: value })), fc.string({ unit: 'binary', maxLength: 200 }));

function waysIn(value: unknown, way: Way = []): Way[] {
  if (Array.isArray(value)) return [way, ...value.flatMap((item, index) => waysIn(item, [...way, index]))];
  if (typeof value !== 'object' || value === null) return [way];
  return [way, ...Object.entries(value).flatMap(([name, inner]) => waysIn(inner, [...way, name]))];
}

function changedAt(value: unknown, [next, ...rest]: Way, what: Change): unknown {
  if (next === undefined) return changedHere(value, what);
  if (Array.isArray(value)) return value.flatMap((item, index) => (index === next ? (changedAt(item, rest, what) ?? []) : [item]));
  if (typeof value !== 'object' || value === null) return value;
  // Own properties, whatever their name: an assignment to __proto__ would change nothing that is sent.
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, name === next ? changedAt(inner, rest, what) : inner]));
}

function changedHere(value: unknown, what: Change): unknown {
  switch (what.does) {
    case 'drop':
      return undefined;
    case 'replace':
      return what.by;
    case 'wrap':
      return [value];
    case 'repeat':
      return [value, value];
    case 'add':
      return typeof value === 'object' && value !== null ? Object.fromEntries([...Object.entries(value), [what.name, what.value]]) : what.value;
  }
}
