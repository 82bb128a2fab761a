import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { ApiAppointment } from '@/lib/booking/direct.schema';
import { formatsOf } from '@/lib/fhir/shared/format';
import { differencesOf } from '@/lib/fhir/stu3/appointment-differences';
import { toAppointment } from '@/lib/fhir/stu3/appointment-out';
import { parseAppointment } from '@/lib/fhir/stu3/appointment-schema';
import { STU3_ELEMENTS } from '@/lib/fhir/stu3/elements';

const ROOT = 'https://onward.example.nhs.uk/STU3';
const FORMATS = formatsOf(STU3_ELEMENTS);
/** The definitions that XML needs are loaded once, slowly. */
const SLOW = 30_000;
const json = z.record(z.string(), z.unknown());

const text = fc.stringMatching(/^[A-Za-z][A-Za-z '-]{0,20}[a-z]$/);
const texts = fc.array(text, { minLength: 1, maxLength: 3 });
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value);
const instants = fc.date({ min: new Date('2026-01-01T00:00:00Z'), max: new Date('2030-01-01T00:00:00Z'), noInvalidDate: true });
const uuid = fc.uuid();
const name = fc.record({ prefix: fc.array(text, { maxLength: 2 }), given: texts, family: text });
const telecom = fc.array(fc.record({ system: fc.constantFrom('phone', 'email'), value: text, use: maybe(fc.constantFrom('home', 'mobile')), rank: maybe(fc.integer({ min: 1, max: 9 })) }), { maxLength: 3 });
const address = fc.record({ use: maybe(fc.constantFrom('home', 'temp')), lines: fc.array(text, { maxLength: 3 }), town: maybe(text), district: maybe(text), postcode: text });
const coding = fc.record({ system: maybe(fc.constant('http://hl7.org/fhir/v2/0131')), code: text, display: maybe(text) });
const relationship = fc.record({ coding: maybe(coding), text });
const thirdParty = fc.record({ relationships: fc.array(relationship, { minLength: 1, maxLength: 2 }), name, telecom, address: maybe(address) });
const identity = fc.oneof(fc.constant({ nhsNumber: null, verification: null }), fc.record({ nhsNumber: fc.stringMatching(/^999\d{7}$/), verification: coding }));

const patient = fc
  .record({ name, gender: fc.constantFrom('male' as const, 'female' as const), birthDate: fc.constant('1991-05-20'), addresses: fc.array(address, { minLength: 1, maxLength: 2 }), telecom, thirdParties: fc.array(thirdParty, { maxLength: 2 }) })
  .chain((told) => identity.map((known) => ({ ...told, ...known })));
const document = fc.record({ id: uuid, type: coding, contentType: fc.constant('application/hl7-v3+xml'), language: maybe(fc.constant('en')), indexedAt: instants.map((at) => at.toISOString()) });
const submission = fc.record({ patient, document: maybe(document), language: maybe(fc.constant('en-GB')), incomingReferral: maybe(fc.constant('ReferralRequest/12')) });

const appointments: fc.Arbitrary<ApiAppointment> = fc.record({
  ...{ id: uuid, version: fc.integer({ min: 1, max: 9 }), changedAt: instants, isCurrent: fc.constant(true), status: fc.constant('booked' as const), reason: text },
  ...{ startsAt: instants, endsAt: instants, bookedAt: instants, patientId: uuid, submission },
  slot: fc.record({ id: uuid, scheduleId: uuid, startsAt: instants, endsAt: instants }),
});

type Step = string | number;
const UNCOMPARED: readonly Step[] = ['resourceType', 'id', 'meta', 'created'];

function sentFor(appointment: ApiAppointment): Record<string, unknown> {
  return json.parse(structuredClone(toAppointment(ROOT, { ...appointment, status: 'cancelled' })));
}

function differences(body: unknown, appointment: ApiAppointment): string[] {
  const parsed = parseAppointment(body);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error.issues));
  return differencesOf({ sent: parsed.value, read: { ...toAppointment(ROOT, appointment) }, root: ROOT });
}

/** The paths to every text and number of a body that is compared. */
function leavesOf(value: unknown, path: readonly Step[] = []): Step[][] {
  if (path.length === 1 && path[0] === 'status') return [];
  if (UNCOMPARED.includes(path.at(-1) ?? '')) return [];
  if (typeof value !== 'object' || value === null) return [[...path]];
  return Object.entries(value).flatMap(([key, member]) => leavesOf(member, [...path, Array.isArray(value) ? Number(key) : key]));
}

function changeAt(body: unknown, path: readonly Step[], change: (parent: object, step: Step) => void): void {
  const parent = path.slice(0, -1).reduce<unknown>((node, step) => Reflect.get(node as object, step), body);
  change(parent as object, path.at(-1) ?? '');
}

function edit(parent: object, step: Step): void {
  const value: unknown = Reflect.get(parent, step);
  Reflect.set(parent, step, typeof value === 'number' ? value + 10 : `${String(value)}x`);
}

function drop(parent: object, step: Step): void {
  if (Array.isArray(parent)) parent.splice(Number(step), 1);
  else Reflect.deleteProperty(parent, step);
}

describe('what is the same', () => {
  test('B-609, B-610: what was read with another status alone never differs, in JSON and through XML', () => {
    fc.assert(
      fc.property(appointments, (appointment) => {
        const body = sentFor(appointment);
        expect(differences(JSON.parse(JSON.stringify(body)), appointment)).toEqual([]);
        const xml = FORMATS.read(FORMATS.write({ ...body, resourceType: 'Appointment' }, 'xml'), 'xml');
        expect(xml.ok && differences(xml.value, appointment)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  }, SLOW);

  test('B-610: ids, meta, text, created, another order, other offsets and the forms of B-424 are no difference', () => {
    fc.assert(
      fc.property(appointments, (appointment) => {
        const body = sentFor(appointment);
        const shifted = new Date(appointment.startsAt.getTime() + 3_600_000).toISOString().replace('Z', '+01:00');
        const { identifier, display } = toAppointment(ROOT, appointment).participant[0]?.actor ?? {};
        const other = {
          ...Object.fromEntries(Object.entries(body).reverse()),
          ...{ id: undefined, meta: undefined, created: undefined, text: 'An appointment', start: shifted, contained: z.array(json).parse(body['contained']).reverse() },
          participant: [{ actor: { display, identifier, reference: '#pat1' } }],
          ...{ colour: 'nobody knows', extension: [{ url: 'https://example.nhs.uk/x' }] },
        };
        expect(differences(other, appointment)).toEqual([]);
      }),
    );
  });
});

describe('what differs', () => {
  test('B-609: any other change of one element is found', () => {
    fc.assert(
      fc.property(appointments, fc.nat(), (appointment, number) => {
        const body = sentFor(appointment);
        const leaves = leavesOf(body);
        const path = leaves[number % leaves.length] ?? expect.fail();
        changeAt(body, path, edit);
        expect(differences(body, appointment), `edited ${path.join('.')}`).not.toEqual([]);
      }),
    );
  });

  test('B-610: any element that was there and is gone is found, but the status of a participant', () => {
    fc.assert(
      fc.property(appointments, fc.nat(), (appointment, number) => {
        const body = sentFor(appointment);
        const leaves = leavesOf(body).filter((path) => path.join('.') !== 'participant.0.status');
        const path = leaves[number % leaves.length] ?? expect.fail();
        changeAt(body, path, drop);
        expect(differences(body, appointment), `gone ${path.join('.')}`).not.toEqual([]);
      }),
    );
  });

  const [appointment] = fc.sample(appointments, { numRuns: 1, seed: 7 });
  const added: readonly (readonly [path: string, expected: string, value: unknown])[] = [
    ['comment', 'Appointment.comment', 'Bring the letter'],
    ['minutesDuration', 'Appointment.minutesDuration', 15],
    ['participant.1', 'Appointment.participant[1]', { actor: { display: 'A colleague' }, status: 'accepted' }],
    ['contained.3', 'Appointment.contained[3]', { resourceType: 'Practitioner', id: 'p1' }],
    ['start', 'Appointment.start', '2027-03-03T14:00:00'],
  ];
  test.each(added)('B-609: %s is told as %s', (path, expected, value) => {
    const known = { ...(appointment ?? expect.fail()) };
    known.submission = { ...known.submission, document: { id: known.id, type: { system: null, code: 'x', display: null }, contentType: 'x', language: null, indexedAt: '2027-03-03T14:00:00Z' } };
    const body = sentFor(known);
    changeAt(body, path.split('.'), (parent, step) => Reflect.set(parent, step, value));
    expect(differences(body, known)).toEqual([expected]);
  });
});
