import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { formatsOf } from '@/lib/fhir/shared/format';
import { STU3_ELEMENTS } from '@/lib/fhir/stu3/elements';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { parseLocalDate } from '@/lib/platform/time';
import { matchKey } from '@/lib/registry/commands';
import { syntheticNhsNumber } from '@/prisma/factories/patient';
import { aService } from '@/prisma/factories/service';
import { REGISTRY_ROOT, type Door, type Told } from '@/scripts/test-support/fhir/door';
import { aPointer, aRegistrar, aRegistration, atPlace, atService, numbered, unnumbered } from '@/scripts/test-support/fhir/registrations';
import { faultsOf } from '@/scripts/test-support/fhir/stu3-schema';

const XML = 'application/fhir+xml';
const formats = formatsOf(STU3_ELEMENTS);

function post(door: Door, body: unknown, headers: Record<string, string> = {}): Promise<Told> {
  return door('/Appointment', { method: 'POST', headers, body });
}

function issuesOf({ status, resource }: Told): unknown[] {
  expect(faultsOf(resource)).toEqual([]);
  return (resource?.issue ?? []).map(({ code, expression }) => [status, code, expression]);
}

describe('registering', () => {
  test('B-901, B-910, B-914, B-920: 201 with the versioned address, ETag and time, and an entry that says what was registered and no more', async () => {
    const { door, system } = await aRegistrar();
    const [nhsNumber, url] = [syntheticNhsNumber(), aPointer()];
    const told = await post(door, aRegistration({ url, patient: numbered(nhsNumber) }));

    const id = told.resource?.id;
    expect([told.status, told.headers.get('location'), told.headers.get('etag'), told.headers.get('last-modified')]).toEqual([201, `${REGISTRY_ROOT}/Appointment/${id}/_history/1`, 'W/"1"', 'Tue, 24 Nov 2026 10:00:00 GMT']);
    expect(faultsOf(told.resource)).toEqual([]);
    expect(told.resource).toEqual({
      ...{ resourceType: 'Appointment', id },
      meta: { versionId: '1', lastUpdated: '2026-11-24T10:00:00.000+00:00', profile: ['https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Appointment-1'] },
      identifier: [{ system: 'urn:ietf:rfc:3986', value: url }],
      ...{ status: 'booked', start: '2026-11-25T10:00:00.000+00:00', end: '2026-11-25T10:15:00.000+00:00', created: '2026-11-23T12:00:05+00:00' },
      participant: [
        { actor: { reference: `https://demographics.spineservices.nhs.uk/${nhsNumber}`, identifier: { use: 'official', system: 'https://fhir.nhs.uk/Id/nhs-number', value: nhsNumber } }, status: 'accepted' },
        { actor: { identifier: { system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: system.actor.organisation.code } }, status: 'accepted' },
      ],
    });
    expect((await door(`/Appointment/${id}`)).resource).toEqual(told.resource);
  });

  test('B-901: what is registered is no booking', async () => {
    const { door } = await aRegistrar();
    const booked = await db.appointment.count();
    await post(door, aRegistration());
    expect(await db.appointment.count()).toBe(booked);
  });

  test('B-910: `created` is kept to the millisecond, whatever its offset', async () => {
    const { door } = await aRegistrar();
    const told = await post(door, { ...aRegistration(), created: '2026-11-23T13:00:05.125+01:00' });
    expect(told.resource).toMatchObject({ created: '2026-11-23T12:00:05.125+00:00' });
  });

  test('B-920: service, holder and place are kept, in whatever order they came', async () => {
    const [{ door }, holder] = await Promise.all([aRegistrar(), aRegistrar()]);
    const { code } = holder.system.actor.organisation;
    const others = [atPlace('LS1 3EX'), atService({ dosId: '2000089120', name: 'Leeds Dental Access', holder: code })];
    const body = aRegistration({ others });
    const told = await post(door, { ...body, participant: body.participant?.toReversed() });
    expect(told.resource?.['participant']).toMatchObject([
      { actor: { identifier: { system: 'https://fhir.nhs.uk/Id/nhs-number' } } },
      { actor: { reference: 'https://onward.example.nhs.uk/STU3/HealthcareService/2000089120', identifier: { value: code }, display: 'Leeds Dental Access' } },
      { type: [{ coding: [{ code: 'LOC' }] }], actor: { display: 'LS1 3EX' } },
    ]);
    expect(faultsOf(told.resource)).toEqual([]);
  });

  test('B-920: a service that is known here lends its name', async () => {
    const { door } = await aRegistrar();
    const { dosId, name } = await aService();
    const told = await post(door, aRegistration({ others: [atService({ dosId })] }));
    expect(told.resource?.['participant']).toMatchObject([{}, { actor: { display: name } }]);
  });

  test('B-913: without an NHS number the sender names the patient, and what they may be recognised by is never given back', async () => {
    const { door } = await aRegistrar();
    for (const format of ['json', 'xml'] as const) {
      const sent = formats.write(aRegistration({ patient: unnumbered({ value: `L-${format}` }) }), format);
      const told = await post(door, sent, { 'content-type': `application/fhir+${format}`, accept: 'application/fhir+json' });
      expect([told.status, told.resource?.['participant']]).toMatchObject([201, [{ actor: { identifier: { use: 'secondary', system: 'https://other.example.nhs.uk/Id/patient', value: `L-${format}` }, display: 'Pia Visitson' } }, {}]]);
      expect(told.text).not.toMatch(/patient-match|EX2|1991/);
      const entry = await db.registryEntry.findUniqueOrThrow({ where: { id: told.resource?.id ?? '' } });
      const birthDate = parseLocalDate('1991-05-20') ?? expect.unreachable();
      expect(entry.matchKey).toBe(matchKey({ id: entry.id, isUnknown: false, familyName: 'VISITSON', birthDate, postcode: 'ex29pz' }));
    }
  });

  test('B-906: XML in is the same as JSON in, and JSON out as XML out', async () => {
    const { door } = await aRegistrar();
    const body = aRegistration({ others: [atService({ dosId: '2000089120', name: 'Déntal & Co' }), atPlace('LS1 3EX')], isSealed: true });
    const told = await post(door, formats.write(body, 'xml'), { 'content-type': XML });
    expect([told.status, told.headers.get('content-type')]).toEqual([201, 'application/fhir+xml;charset=utf-8']);
    const read = await door(new URL(told.headers.get('location') ?? '').pathname.replace('/registry/STU3', ''), { headers: { accept: 'application/fhir+json' } });
    expect(formats.read(told.text, 'xml')).toEqual({ ok: true, value: read.resource });
    expect(read.resource).toMatchObject({ identifier: body.identifier, meta: { security: [{ code: 'R' }] } });
  });

  test('the sample of the reference is registered', async () => {
    const { door } = await aRegistrar();
    const sample = `<Appointment xmlns="http://hl7.org/fhir">
      <meta><profile value="https://fhir.hl7.org.uk/STU3/StructureDefinition/CareConnect-Appointment-1"/></meta>
      <identifier><system value="urn:ietf:rfc:3986"/><value value="https://other.example.nhs.uk/STU3/Appointment/88120"/></identifier>
      <status value="booked"/><start value="2027-03-05T18:20:00.000+00:00"/><end value="2027-03-05T18:35:00.000+00:00"/><created value="2027-03-03T12:00:05+00:00"/>
      <participant><actor><identifier><use value="official"/><system value="https://fhir.nhs.uk/Id/nhs-number"/><value value="9991226036"/></identifier></actor><status value="accepted"/></participant>
    </Appointment>`;
    expect((await post(door, sample, { 'content-type': XML })).status).toBe(201);
  });
});

const NHS = 'https://fhir.nhs.uk/Id/nhs-number';
const pointer = (value: string, system = 'urn:ietf:rfc:3986') => ({ identifier: [{ system, value }] });
const actor = (given: object, status = 'accepted') => ({ participant: [{ actor: given, status }] });
const beside = (other: object) => ({ participant: [numbered(), other] });
const labelled = (label: object) => ({ meta: { security: [label] } });
const KEPT_OUT: Record<string, unknown> = {
  ...{ id: newId(), contained: [{ resourceType: 'Patient', id: 'P1' }], supportingInformation: [{ reference: '#doc1' }], description: 'Toothache', slot: [{ reference: 'Slot/1' }] },
  ...{ language: 'en', text: { status: 'generated', div: '<div>Toothache</div>' }, implicitRules: 'https://example.com/rules', comment: 'Afraid of needles', minutesDuration: 15, priority: 1 },
  ...{ serviceCategory: { text: 'Dental' }, serviceType: [{ text: 'Dental' }], specialty: [{ text: 'Dental' }], appointmentType: { text: 'Urgent' }, reason: [{ text: 'Toothache' }] },
  ...{ indication: [{ reference: 'Condition/1' }], incomingReferral: [{ reference: 'ReferralRequest/1' }], requestedPeriod: [{ start: '2026-11-25' }] },
};

/** What a body that can be registered is changed by, and the status, code and place of every issue that is told. */
type Refused = [name: string, change: object, expected: unknown[]];

const REFUSED: readonly Refused[] = [
  ...Object.entries(KEPT_OUT).map(([name, value]): Refused => [`B-911: ${name} sent anyway`, { [name]: value }, [[422, 'business-rule', [`Appointment.${name}`]]]]),
  ['B-407: a status other than booked', { status: 'cancelled' }, [[422, 'business-rule', ['Appointment.status']]]],
  ['B-406: a status that there is not', { status: 'held' }, [[422, 'code-invalid', ['Appointment.status']]]],
  ['B-910: no pointer', { identifier: undefined }, [[422, 'required', ['Appointment.identifier']]]],
  ['B-910: two pointers', { identifier: [...pointer(aPointer()).identifier, ...pointer(aPointer()).identifier] }, [[422, 'business-rule', ['Appointment.identifier[1]']]]],
  ['B-910: an identifier of another system', pointer(aPointer(), 'https://tools.ietf.org/html/rfc4122'), [[422, 'value', ['Appointment.identifier[0].system']]]],
  ['B-910: no created', { created: undefined }, [[422, 'required', ['Appointment.created']]]],
  ['B-073: times without an offset', { start: '2026-11-25T10:00:00', created: '2026-11-23' }, [[422, 'value', ['Appointment.start']], [422, 'value', ['Appointment.created']]]],
  ['B-915: end before start', { end: '2026-11-25T09:00:00Z' }, [[422, 'value', ['Appointment.end']]]],
  ['B-915: end at start', { end: '2026-11-25T10:00:00Z' }, [[422, 'value', ['Appointment.end']]]],
  ...['http://other.example.nhs.uk/STU3/Appointment/1', 'Appointment/1', '/STU3/Appointment/1', 'ftp://other.example.nhs.uk/1', 'urn:uuid:1'].map((url): Refused => [`B-912: the pointer ${url}`, pointer(url), [[422, 'value', ['Appointment.identifier[0].value']]]]),
  ['B-912: a pointer to a version', pointer('https://other.example.nhs.uk/STU3/Appointment/1/_history/1'), [[422, 'value', ['Appointment.identifier[0].value']]]],
  ['B-912: a pointer with a password', pointer('https://user:secret@other.example.nhs.uk/STU3/Appointment/1'), [[422, 'value', ['Appointment.identifier[0].value']]]],
  ['B-912: a pointer with a fragment', pointer('https://other.example.nhs.uk/STU3/Appointment/1#a'), [[422, 'value', ['Appointment.identifier[0].value']]]],
  ['B-912: a pointer that is the same as another in other letters', pointer('HTTPS://Other.example.nhs.uk:443/STU3/Appointment/1'), [[422, 'value', ['Appointment.identifier[0].value']]]],
  ['B-912: a pointer of 1,001 characters', pointer(`https://other.example.nhs.uk/${'1'.repeat(972)}`), [[422, 'value', ['Appointment.identifier[0].value']]]],
  ['B-905: a pointer to an appointment that is held here', pointer(`https://onward.example.nhs.uk/STU3/Appointment/${newId()}`), [[422, 'business-rule', ['Appointment.identifier[0].value']]]],
  ['B-913: nobody takes part', { participant: [] }, [[422, 'required', ['Appointment.participant']]]],
  ['B-836, B-913: a wrong NHS number', actor({ identifier: { system: NHS, value: '9991226037' } }), [[422, 'value', ['Appointment.participant[0].actor.identifier']]]],
  ['B-836: an NHS number with spaces', actor({ identifier: { system: NHS, value: '999 122 6036' } }), [[422, 'value', ['Appointment.participant[0].actor.identifier']]]],
  ['B-913: the patient as a contained resource', actor({ reference: '#P1' }), [[422, 'required', ['Appointment.participant[0].actor.identifier']]]],
  ['B-913: a reference to somebody else', actor({ identifier: { system: NHS, value: '9991226036' }, reference: 'https://demographics.spineservices.nhs.uk/9997478347' }), [[422, 'business-rule', ['Appointment.participant[0].actor.reference']]]],
  ['B-913: a patient who has declined', actor({ identifier: { system: NHS, value: '9991226036' } }, 'declined'), [[422, 'code-invalid', ['Appointment.participant[0].status']]]],
  ['B-913: an own identifier without a display', actor({ identifier: { system: 'https://other.example.nhs.uk/Id/patient', value: '1' } }), [[422, 'required', ['Appointment.participant[0].actor.display']]]],
  ['B-913: a national identifier that is no patient', actor({ identifier: { system: 'https://fhir.nhs.uk/Id/sds-user-id', value: '1' }, display: 'Dr Maud Inventsen' }), [[422, 'value', ['Appointment.participant[0].actor.identifier.system']]]],
  ['B-913: two patients', beside(numbered()), [[422, 'business-rule', ['Appointment.participant[1]']]]],
  ['a practitioner who takes part', beside({ actor: { reference: 'Practitioner/p-31', display: 'Dr Maud Inventsen' }, status: 'accepted' }), [[422, 'business-rule', ['Appointment.participant[1]']]]],
  ['a service that another system identifies', beside({ actor: { reference: 'HealthcareService/1', identifier: { system: NHS, value: '9991226036' } }, status: 'accepted' }), [[422, 'business-rule', ['Appointment.participant[1].actor.identifier.system']]]],
  ['a holder whose code is none', beside(atService({ holder: 'not a code' })), [[422, 'value', ['Appointment.participant[1].actor.identifier.value']]]],
  ['an unknown organisation', beside(atService({ holder: 'NOBODY99' })), [[422, 'not-found', ['Appointment.participant.actor.identifier']]]],
  ['a place without a name', beside(atPlace(' ')), [[422, 'required', ['Appointment.participant[1].actor.display']]]],
  ['a participant of another type', beside({ ...numbered(), type: [{ text: 'Midwife' }] }), [[422, 'business-rule', ['Appointment.participant[1].type']], [422, 'business-rule', ['Appointment.participant[1]']]]],
  ['a patient who cannot be recognised by what is said', { participant: [unnumbered({ traits: { family: '?', birthDate: '2999-01-01', postcode: '' } })] }, [
    ...['family', 'birthDate', 'postcode'].map((part) => [422, part === 'birthDate' ? 'value' : 'required', [`Appointment.participant[0].actor.extension[0].extension.where(url='${part}')`]]),
  ]],
  ['a label of another system, which might ask for more', labelled({ system: 'http://hl7.org/fhir/v3/ActCode', code: 'PSY' }), [[422, 'business-rule', ['Appointment.meta.security[0].system']]]],
  ['a label that there is not', labelled({ system: 'http://hl7.org/fhir/v3/Confidentiality', code: 'secret' }), [[422, 'code-invalid', ['Appointment.meta.security[0].code']]]],
  ['B-029: a modifier that nobody knows', { modifierExtension: [{ url: 'https://example.com/not', valueBoolean: true }] }, [[422, 'extension', ['Appointment.modifierExtension']]]],
  ['B-831: another resource', { resourceType: 'Patient' }, [[400, 'structure', ['Appointment.resourceType']]]],
  ['B-831: a text where a list belongs', { participant: 'somebody' }, [[400, 'structure', ['Appointment.participant']]]],
];

describe('what is not registered', () => {
  test.each(REFUSED)('%s', async (_name, change, expected) => {
    const { door } = await aRegistrar();
    const before = await db.registryEntry.count();
    const told = await post(door, { ...aRegistration(), ...change });
    expect(issuesOf(told)).toEqual(expected);
    expect(told.text).not.toMatch(/999122603|Toothache|Visitson|secret@/);
    expect(await db.registryEntry.count()).toBe(before);
  });

  test('B-423: all that is wrong is told at once', async () => {
    const { door } = await aRegistrar();
    const told = await post(door, { ...aRegistration(), description: 'Toothache', ...pointer('http://other.example.nhs.uk/1'), end: 'soon', participant: [] });
    expect(issuesOf(told)).toEqual([
      [422, 'business-rule', ['Appointment.description']],
      [422, 'value', ['Appointment.identifier[0].value']],
      [422, 'value', ['Appointment.end']],
      [422, 'required', ['Appointment.participant']],
    ]);
  });

  test('B-915: the same pointer again is 422 duplicate, whoever sends it', async () => {
    const [one, other] = await Promise.all([aRegistrar(), aRegistrar()]);
    const url = aPointer();
    expect((await post(one.door, aRegistration({ url }))).status).toBe(201);
    for (const { door } of [one, other]) expect(issuesOf(await post(door, aRegistration({ url }), { 'x-request-id': newId() }))).toEqual([[422, 'duplicate', ['Appointment.identifier[0].value']]]);
  });

  test('B-043, B-044, B-915: the same X-Request-Id again is 409 with the Location below the root of the registry, whatever the body', async () => {
    const { door } = await aRegistrar();
    const headers = { 'x-request-id': newId() };
    const first = await post(door, aRegistration(), headers);
    expect([first.headers.get('x-correlation-id'), first.status]).toEqual([headers['x-request-id'], 201]);
    for (const body of [aRegistration(), 'no JSON at all']) {
      const again = await post(door, body, headers);
      expect([again.status, again.resource?.issue, again.headers.get('location')]).toMatchObject([409, [{ code: 'duplicate', diagnostics: 'X-Request-Id has been used previously' }], first.headers.get('location')]);
    }
  });

  test('B-046: a failed attempt does not use up its id', async () => {
    const { door } = await aRegistrar();
    const headers = { 'x-request-id': newId() };
    expect((await post(door, { ...aRegistration(), end: 'soon' }, headers)).status).toBe(422);
    expect((await post(door, aRegistration({ others: [atService({ holder: 'NOBODY99' })] }), headers)).status).toBe(422);
    expect((await post(door, aRegistration(), headers)).status).toBe(201);
  });

  test.each<[string, number, string, Record<string, string>]>([
    ['B-031: two megabytes', 413, ' '.repeat(2_000_000), {}],
    ['B-026: no format that is known', 415, 'hello', { 'content-type': 'text/plain' }],
    ['B-831: no JSON', 400, '{ "resourceType": ', {}],
    ['B-031: an external entity', 400, '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><Appointment xmlns="http://hl7.org/fhir"><comment value="&b;"/></Appointment>', { 'content-type': XML }],
    ['B-031: a bomb of entities', 400, '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><Appointment xmlns="http://hl7.org/fhir"><comment value="&c;"/></Appointment>', { 'content-type': XML }],
    ['B-031: JSON of a thousand levels', 400, '['.repeat(1_000) + ']'.repeat(1_000), {}],
  ])('%s', async (_name, status, body, headers) => {
    const { door } = await aRegistrar();
    const told = await post(door, body, { ...headers, accept: 'application/fhir+json' });
    expect([told.status, faultsOf(told.resource), told.text.includes('root:')]).toEqual([status, [], false]);
  });
});

test('B-928: nothing is ever asked of the address that a pointer has', async () => {
  let connections = 0;
  const listener = createServer((socket) => {
    connections += 1;
    socket.destroy();
  }).listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { door } = await aRegistrar();
  const nhsNumber = syntheticNhsNumber();
  const url = `https://127.0.0.1:${portOf(listener.address())}/STU3/Appointment/1`;

  const registered = await post(door, aRegistration({ url, patient: numbered(nhsNumber) }));
  await post(door, aRegistration({ url }));
  const path = `/Appointment/${registered.resource?.id}`;
  await door(path);
  await door(`/Appointment?patient=${nhsNumber}`);
  await door(`/Appointment?identifier=${encodeURIComponent(url)}`);
  const changed = await door(path, { method: 'PUT', headers: { 'if-match': '1' }, body: { ...registered.resource, status: 'cancelled' } });

  expect([registered.status, changed.status, connections]).toEqual([201, 200, 0]);
  listener.close();
  await once(listener, 'close');
});

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}
