import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { toBooking } from '@/lib/fhir/stu3/appointment-in';
import { BOOKING_EXAMPLE } from '@/lib/fhir/stu3/openapi-appointment-example';

const ROOT = 'https://onward.example.nhs.uk/STU3';
const NOW = new Date('2027-03-03T10:03:12.408Z');
const READING = { now: NOW, root: ROOT, needsDocument: true };
const { contained: CONTAINED } = z.object({ contained: z.array(z.looseObject({})) }).parse(BOOKING_EXAMPLE.value);
const [DOCUMENT, PATIENT, SLOT] = ['Appointment.contained[0]', 'Appointment.contained[1]', 'Appointment.contained[2]'];

/** Where in the sample, by a path such as `contained.1.gender`, something else stands; undefined: nothing. */
type Change = readonly [path: string, value: unknown];

function sample(...changes: readonly Change[]): unknown {
  const body: unknown = structuredClone(BOOKING_EXAMPLE.value);
  for (const [path, value] of changes) {
    const steps = path.split('.');
    const last = steps.pop() ?? '';
    const parent = steps.reduce<unknown>((node, step) => Reflect.get(node as object, step), body);
    if (value === undefined) Reflect.deleteProperty(parent as object, last);
    else Reflect.set(parent as object, last, value);
  }
  return body;
}

function bookingOf(body: unknown, reading = READING) {
  const read = toBooking(body, reading);
  return read.ok ? read.value : expect.fail(JSON.stringify(read.error.issues));
}

function faultsOf(body: unknown, reading = READING): string[] {
  const read = toBooking(body, reading);
  if (read.ok) return [];
  return read.error.issues.map(({ code, expression }) => `${read.error.status} ${code} ${expression}`);
}

describe('the samples of the reference', () => {
  test('section 6: the toddler with a number is read whole', () => {
    expect(bookingOf(sample())).toEqual({
      slot: { id: '5e0d9f3a-7c41-4f5e-8a66-1b9c2d3e4f50', scheduleId: 'a3f1c0de-5b7e-4c52-9d0a-6f2e8b1d4477', startsAt: new Date('2027-03-03T14:00:00Z'), endsAt: new Date('2027-03-03T14:15:00Z') },
      startsAt: new Date('2027-03-03T14:00:00Z'),
      endsAt: new Date('2027-03-03T14:15:00Z'),
      reason: '111 referral: fever, drinking little',
      submission: {
        language: 'en-GB',
        incomingReferral: null,
        document: {
          id: '7f3a5c1e-92d4-4b68-8e0f-3c6b1d5a2f79',
          type: { system: 'urn:oid:2.16.840.1.113883.2.1.3.2.4.18.17', code: 'POCD_MT200001GB02', display: 'Integrated Urgent Care Report' },
          ...{ contentType: 'application/hl7-v3+xml', language: 'en', indexedAt: '2027-03-03T10:03:10.000+00:00' },
        },
        patient: {
          nhsNumber: '9997478347',
          verification: { system: 'https://fhir.hl7.org.uk/STU3/CodeSystem/CareConnect-NHSNumberVerificationStatus-1', code: '01', display: 'Number present and verified' },
          name: { prefix: [], given: ['Tomasz'], family: 'Notreal' },
          ...{ gender: 'male', birthDate: '2024-11-06', telecom: [] },
          addresses: [{ use: 'home', lines: ['51 Staging Way'], town: 'Norwich', district: null, postcode: 'NR3 3BN' }],
          thirdParties: [
            {
              relationships: [{ coding: { system: 'http://hl7.org/fhir/v2/0131', code: 'N', display: 'Next-of-Kin' }, text: null }],
              name: { prefix: [], given: ['Hanna'], family: 'Notreal' },
              telecom: [{ system: 'phone', value: '07700 900153', use: 'mobile', rank: 1 }],
              address: null,
            },
          ],
        },
      },
    });
  });

  test('B-421: a patient without NHS number is read, with a number of their own', () => {
    const visitor = [{ system: 'phone', value: '07700 900244', use: 'mobile', rank: 1 }];
    const { patient } = bookingOf(sample(['contained.1.identifier', undefined], ['contained.1.contact', undefined], ['contained.1.telecom', visitor], ['contained.1.address.0.use', 'temp'])).submission;
    expect(patient).toMatchObject({ nhsNumber: null, verification: null, telecom: visitor, thirdParties: [] });
  });
});

describe('what is put right or left alone', () => {
  const forms: readonly (readonly [what: string, change: Change])[] = [
    ['meta.profile as a text', ['meta', { profile: 'https://example.nhs.uk/other' }]],
    ['an identifier as an object', ['contained.2.identifier', { system: 'https://tools.ietf.org/html/rfc4122', value: '5e0d9f3a-7c41-4f5e-8a66-1b9c2d3e4f50' }]],
    ['given as a text', ['contained.1.name.0.given', 'Tomasz']],
    ['text as a text', ['text', 'An appointment']],
    ['no status of the participant', ['participant.0.status', undefined]],
    ['an absolute reference to this server', ['contained.2.schedule.reference', `${ROOT}/Schedule/a3f1c0de-5b7e-4c52-9d0a-6f2e8b1d4477`]],
    ['another order of what is contained', ['contained', [...CONTAINED].reverse()]],
  ];
  test.each(forms)('B-424, B-299: %s means the same', (_what, change) => {
    expect(bookingOf(sample(change))).toEqual(bookingOf(sample()));
  });

  test('B-424: prefix as a text is a list of one', () => {
    expect(bookingOf(sample(['contained.1.name.0.prefix', 'Mr'])).submission.patient.name.prefix).toEqual(['Mr']);
  });

  test('B-029, B-290, B-296: unknown elements, created and identifier mean nothing', () => {
    const body = sample(['colour', 'green'], ['contained.1.colour', { deep: [1] }], ['created', 'whenever'], ['identifier', [{ value: 'mine' }]], ['extension', [{ url: 'x' }]]);
    expect(bookingOf(body)).toEqual(bookingOf(sample()));
  });

  test.each(['2027-03-03T14:00:00Z', '2027-03-03T15:00:00+01:00', '2027-03-03T14:00:00.000000000+00:00', '2027-03-03T08:30:00.0-05:30'])('B-072, B-073: %s is the instant', (start) => {
    expect(bookingOf(sample(['start', start])).startsAt).toEqual(new Date('2027-03-03T14:00:00Z'));
  });

  test('B-271, B-281: UUIDs are read in any case, and a slot without identifier by its id', () => {
    const id = '5e0d9f3a-7c41-4f5e-8a66-1b9c2d3e4f50';
    const body = sample(['contained.2.identifier', undefined], ['contained.2.id', id.toUpperCase()], ['slot.0.reference', `#${id.toUpperCase()}`], ['contained.0.identifier.0.value', '7F3A5C1E-92D4-4B68-8E0F-3C6B1D5A2F79']);
    expect(bookingOf(body)).toEqual(bookingOf(sample()));
  });

  test.each(['Slot/5e0d9f3a-7c41-4f5e-8a66-1b9c2d3e4f50', `${ROOT}/Slot/5E0D9F3A-7C41-4F5E-8A66-1B9C2D3E4F50`])('X-38: %s outside the body names the slot', (reference) => {
    const body = sample(['contained', CONTAINED.slice(0, 2)], ['slot.0.reference', reference]);
    expect(bookingOf(body).slot).toEqual({ id: '5e0d9f3a-7c41-4f5e-8a66-1b9c2d3e4f50', scheduleId: null, startsAt: null, endsAt: null });
  });

  test('X-37: a client that need not name a document may leave it out', () => {
    const body = sample(['contained', CONTAINED.slice(1)], ['supportingInformation', undefined]);
    expect(bookingOf(body, { ...READING, needsDocument: false }).submission.document).toBeNull();
    const elsewhere = sample(['contained', CONTAINED.slice(1)], ['supportingInformation', [{ reference: 'DocumentReference/12' }]]);
    expect(faultsOf(elsewhere, { ...READING, needsDocument: false })).toEqual([]);
    expect(faultsOf(body)).toEqual(['422 required Appointment.contained', '422 required Appointment.supportingInformation']);
  });

  test('B-274: a document without indexed is as of the booking', () => {
    expect(bookingOf(sample(['contained.0.indexed', undefined])).submission.document?.indexedAt).toBe('2027-03-03T10:03:12.408+00:00');
  });

  test('B-298: a status written with spaces is the same code', () => {
    expect(faultsOf(sample(['status', 'entered in error']))).toEqual(['422 business-rule Appointment.status']);
  });
});

describe('what is refused', () => {
  const structure: readonly (readonly [change: Change, expression: string])[] = [
    [['resourceType', 'Patient'], 'Appointment.resourceType'],
    [['contained', {}], 'Appointment.contained'],
    [['status', 5], 'Appointment.status'],
    [['slot', { reference: '#slot1' }], 'Appointment.slot'],
    [['contained.1.name', 'Notreal'], `${PATIENT}.name`],
    [['contained.1.telecom', [{ rank: 'first' }]], `${PATIENT}.telecom[0].rank`],
    [['contained.2', 'slot1'], SLOT],
    [['contained.0.content', [null]], `${DOCUMENT}.content[0]`],
    [['slot', Array.from({ length: 101 }, () => ({ reference: '#slot1' }))], 'Appointment.slot'],
  ];
  test.each(structure)('B-403: the structure of %j is not FHIR', (change, expression) => {
    expect(faultsOf(sample(change))).toEqual([`400 structure ${expression}`]);
  });

  test.each([null, 'Appointment', 7, []])('B-403: %j is no Appointment', (body) => {
    expect(faultsOf(body)).toEqual(['400 structure Appointment']);
  });

  const required: readonly (readonly [path: string, expression: string])[] = [
    ['status', 'Appointment.status'],
    ['description', 'Appointment.description'],
    ['start', 'Appointment.start'],
    ['end', 'Appointment.end'],
    ['slot', 'Appointment.slot'],
    ['supportingInformation', 'Appointment.supportingInformation'],
    ['participant', 'Appointment.participant'],
    ['participant.0.actor', 'Appointment.participant[0].actor.reference'],
    ['contained.0.identifier', `${DOCUMENT}.identifier`],
    ['contained.0.status', `${DOCUMENT}.status`],
    ['contained.0.type', `${DOCUMENT}.type`],
    ['contained.0.content', `${DOCUMENT}.content[0].attachment`],
    ['contained.0.content.0.attachment.contentType', `${DOCUMENT}.content[0].attachment.contentType`],
    ['contained.1.identifier.0.value', `${PATIENT}.identifier[0].value`],
    ['contained.1.identifier.0.system', `${PATIENT}.identifier[0].system`],
    ['contained.1.identifier.0.extension', `${PATIENT}.identifier[0].extension`],
    ['contained.1.name', `${PATIENT}.name`],
    ['contained.1.name.0.family', `${PATIENT}.name[0].family`],
    ['contained.1.name.0.given', `${PATIENT}.name[0].given`],
    ['contained.1.gender', `${PATIENT}.gender`],
    ['contained.1.birthDate', `${PATIENT}.birthDate`],
    ['contained.1.address', `${PATIENT}.address`],
    ['contained.1.address.0.postalCode', `${PATIENT}.address[0].postalCode`],
    ['contained.1.contact.0.name', `${PATIENT}.contact[0].name`],
    ['contained.1.contact.0.relationship', `${PATIENT}.contact[0].relationship`],
    ['contained.2.identifier', `${SLOT}.identifier`],
    ['contained.2.schedule', `${SLOT}.schedule.reference`],
    ['contained.2.status', `${SLOT}.status`],
    ['contained.2.start', `${SLOT}.start`],
    ['contained.2.end', `${SLOT}.end`],
  ];
  test.each(required)('B-405: %s is required', (path, expression) => {
    expect(faultsOf(sample([path, undefined]))).toEqual([`422 required ${expression}`]);
  });

  const values: readonly (readonly [rule: string, change: Change, fault: string])[] = [
    ['B-404', ['id', '12'], 'invariant Appointment.id'],
    ['B-406', ['status', 'confirmed'], 'code-invalid Appointment.status'],
    ['B-407', ['status', 'cancelled'], 'business-rule Appointment.status'],
    ['B-406', ['end', '2027-03-03T14:00:00Z'], 'value Appointment.end'],
    ['B-406', ['start', '2027-02-30T14:00:00Z'], 'value Appointment.start'],
    ['B-406', ['start', '9999-12-31T23:59:59-14:00'], 'value Appointment.start'],
    ['B-073', ['start', '2027-03-03T14:00:00'], 'value Appointment.start'],
    ['B-297', ['language', 'fr'], 'code-invalid Appointment.language'],
    ['B-291', ['description', 'x'.repeat(2_001)], 'value Appointment.description'],
    ['B-294', ['incomingReferral', [{ reference: 'a' }, { reference: 'b' }]], 'invariant Appointment.incomingReferral[1]'],
    ['B-295', ['participant.0.status', 'perhaps'], 'code-invalid Appointment.participant[0].status'],
    ['B-251', ['contained.1.identifier.0.system', 'https://example.nhs.uk/Id/mine'], `value ${PATIENT}.identifier[0].system`],
    ['B-253', ['contained.1.identifier.0.extension.0.valueCodeableConcept.coding.0.code', '99'], `code-invalid ${PATIENT}.identifier[0].extension[0].valueCodeableConcept.coding[0].code`],
    ['B-257', ['contained.1.gender', 'm'], `code-invalid ${PATIENT}.gender`],
    ['B-258', ['contained.1.birthDate', '2027-03-04'], `value ${PATIENT}.birthDate`],
    ['B-258', ['contained.1.birthDate', '2024-11'], `value ${PATIENT}.birthDate`],
    ['B-256', ['contained.1.name.0.family', 'N'.repeat(256)], `value ${PATIENT}.name[0].family`],
    ['B-262', ['contained.1.contact.0.telecom.0.rank', 0], `value ${PATIENT}.contact[0].telecom[0].rank`],
    ['B-271', ['contained.0.identifier.0.value', 'doc-1'], `value ${DOCUMENT}.identifier[0].value`],
    ['B-272', ['contained.0.status', 'superseded'], `code-invalid ${DOCUMENT}.status`],
    ['B-272', ['contained.0.type.coding.0.system', 'http://loinc.org'], `code-invalid ${DOCUMENT}.type.coding[0].system`],
    ['B-273', ['contained.0.content.0.attachment.data', 'PHhtbC8+'], `business-rule ${DOCUMENT}.content[0].attachment.data`],
    ['B-282', ['contained.2.schedule.reference', 'https://other.example.nhs.uk/STU3/Schedule/1'], `not-found ${SLOT}.schedule.reference`],
    ['B-283', ['contained.2.status', 'held'], `code-invalid ${SLOT}.status`],
    ['B-408', ['slot.0.reference', '#pat1'], 'invalid Appointment.slot[0].reference'],
    ['B-408', ['participant.0.actor.reference', '#doc1'], 'invalid Appointment.participant[0].actor.reference'],
    ['B-408', ['supportingInformation.0.reference', '#doc2'], 'invalid Appointment.supportingInformation[0].reference'],
    ['B-835', ['slot.0.reference', 'Slot/none'], 'not-found Appointment.slot[0].reference'],
    ['B-250', ['contained.1.id', 'slot1'], `invalid ${SLOT}.id`],
    ['B-029', ['contained.1.maritalStatus', { modifierExtension: [{ url: 'x' }] }], `extension ${PATIENT}.maritalStatus.modifierExtension`],
    ['B-406', ['description', 'half \ud83d'], 'value Appointment.description'],
  ];
  test.each(values)('%s: %j is refused at its element', (_rule, change, expected) => {
    expect(faultsOf(sample(change))).toContain(`422 ${expected}`);
  });

  test.each(['9997478348', '999 747 8347', '999747834', '1111111111'])('B-836: %s is no NHS number, and is not repeated', (value) => {
    const read = toBooking(sample(['contained.1.identifier.0.value', value]), READING);
    expect(read).toMatchObject({ ok: false, error: { status: 422, issues: [{ code: 'value', details: 'INVALID_NHS_NUMBER', expression: `${PATIENT}.identifier[0]` }] } });
    expect(JSON.stringify(read)).not.toContain(value);
  });

  const second = (rank: number | undefined) => ({ system: 'phone', value: '01632 960002', rank });
  test.each([['two of rank 1', [second(1)]], ['one without a rank', [second(undefined)]]])('B-262: %s are refused', (_what, telecom) => {
    expect(faultsOf(sample(['contained.1.telecom', telecom]))).toEqual([expect.stringMatching(/^422 business-rule Appointment.contained\[1\]/)]);
  });

  test('B-262, B-263: others may share a rank, none is first without a 1, and no number at all is accepted', () => {
    expect(faultsOf(sample(['contained.1.telecom', [second(2), second(2)]]))).toEqual([]);
    expect(faultsOf(sample(['contained.1.contact.0.telecom.0.rank', 2]))).toEqual([`422 business-rule ${PATIENT}`]);
    expect(faultsOf(sample(['contained.1.contact', undefined]))).toEqual([]);
  });

  test('B-423: faults found together are all reported', () => {
    const body = sample(['id', '1'], ['description', undefined], ['contained.1.birthDate', 'soon'], ['contained.2.start', undefined]);
    expect(faultsOf(body)).toEqual(['422 invariant Appointment.id', '422 required Appointment.description', `422 value ${PATIENT}.birthDate`, `422 required ${SLOT}.start`]);
  });

  test('B-403: with a wrong structure nothing else is said', () => {
    expect(faultsOf(sample(['id', '1'], ['status', []]))).toEqual(['400 structure Appointment.status']);
  });

  test('B-408: a contained resource that is missing, and one too many', () => {
    expect(faultsOf(sample(['contained', CONTAINED.slice(0, 2)]))).toEqual(['422 required Appointment.contained', '422 invalid Appointment.slot[0].reference']);
    expect(faultsOf(sample(['contained', [...CONTAINED, { ...CONTAINED[1], id: 'pat2' }]]))).toEqual(['422 invalid Appointment.contained[3]']);
  });
});
