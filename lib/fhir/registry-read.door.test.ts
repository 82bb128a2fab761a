import { describe, expect, test } from 'vitest';
import { formatsOf } from '@/lib/fhir/shared/format';
import { STU3_ELEMENTS } from '@/lib/fhir/stu3/elements';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { anApiAppointment } from '@/prisma/factories/api-appointment';
import { anAppointment } from '@/prisma/factories/appointment';
import { aRegisteredEntry } from '@/prisma/factories/entry';
import { syntheticNhsNumber } from '@/prisma/factories/patient';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';
import { REGISTRY_ROOT, type Door, type Told } from '@/scripts/test-support/fhir/door';
import { aPointer, aRegistrar, aRegistration, atPlace, atService, numbered, unnumbered } from '@/scripts/test-support/fhir/registrations';
import { faultsOf } from '@/scripts/test-support/fhir/stu3-schema';

const NHS = 'https://fhir.nhs.uk/Id/nhs-number';
const OWN = 'https://onward.example.nhs.uk';
const formats = formatsOf(STU3_ELEMENTS);

/** One patient with three appointments elsewhere: one that is over, one to come, one after it that was cancelled. */
async function threeOfOnePatient() {
  const { system, door } = await aRegistrar();
  const nhsNumber = syntheticNhsNumber();
  const entry = (days: number, status: 'booked' | 'cancelled' = 'booked') => aRegisteredEntry({ nhsNumber, startsAt: addMinutes(A_TUESDAY_AT_TEN, days * 24 * 60), status });
  const [past, coming, cancelled] = [await entry(-2), await entry(1), await entry(2, 'cancelled')];
  return { system, door, nhsNumber, past, coming, cancelled };
}

async function found(door: Door, query: string): Promise<Told> {
  const told = await door(`/Appointment?${query}`);
  expect([told.status, told.resource?.resourceType, faultsOf(told.resource)], told.text).toEqual([200, 'Bundle', []]);
  return told;
}

async function idsOf(door: Door, query: string): Promise<(string | undefined)[]> {
  return ((await found(door, query)).resource?.entry ?? []).map((entry) => entry.resource.id);
}

async function registered(door: Door, body: unknown): Promise<Told & { id: string }> {
  const told = await door('/Appointment', { method: 'POST', body });
  expect([told.status, faultsOf(told.resource)], told.text).toEqual([201, []]);
  return { ...told, id: told.resource?.id ?? '' };
}

describe('reading', () => {
  test('B-060, B-061, B-920: the current version and each before it, with its ETag, time and address', async () => {
    const { door } = await aRegistrar();
    const { id, resource } = await registered(door, aRegistration());
    await door(`/Appointment/${id}`, { method: 'PUT', headers: { 'if-match': 'W/"1"' }, body: { ...resource, status: 'cancelled' } });
    const [now, then] = [await door(`/Appointment/${id}`), await door(`/Appointment/${id}/_history/1`)];
    expect([now.status, now.headers.get('etag'), now.headers.get('content-location'), now.resource?.['status']]).toEqual([200, 'W/"2"', `${REGISTRY_ROOT}/Appointment/${id}/_history/2`, 'cancelled']);
    expect([then.status, then.headers.get('etag'), then.resource]).toEqual([200, 'W/"1"', resource]);
    expect((await door(`/Appointment/${id}`, { headers: { 'if-none-match': 'W/"2"' } })).status).toBe(304);
  });

  test('B-503: ids and versions that are not there, malformed ones included, are 404 and not repeated', async () => {
    const { door } = await aRegistrar();
    const { id } = await aRegisteredEntry({});
    for (const path of [newId(), '9991226036', 'a%20b', `${id}/_history/2`, `${id}/_history/0`, `${id}/_history/x`, `${id}/_history/99999999999`]) {
      const { status, resource, text } = await door(`/Appointment/${path}`);
      expect([path, status, resource?.issue?.[0]?.code, faultsOf(resource)]).toEqual([path, 404, 'not-found', []]);
      expect(text).not.toContain('9991226036');
    }
  });

  test('B-508: every look is audited, with the client', async () => {
    const { system, door } = await aRegistrar();
    const { id } = await aRegisteredEntry({});
    await door(`/Appointment/${id}`);
    expect(await db.auditEvent.findMany({ where: { type: 'registry.viewed', subject: id } })).toMatchObject([{ actorId: system.actor.id }]);
  });

  test('B-906: in XML it is what it is in JSON', async () => {
    const { door } = await aRegistrar();
    const { id, resource } = await registered(door, aRegistration({ patient: unnumbered(), others: [atPlace('<LS1> & "3EX"')] }));
    const { text } = await door(`/Appointment/${id}?_format=xml`);
    expect(formats.read(text, 'xml')).toEqual({ ok: true, value: resource });
  });
});

describe('searching by patient', () => {
  test('B-701, B-921: every spelling of the parameter, the past left out', async () => {
    const { door, nhsNumber, coming, cancelled } = await threeOfOnePatient();
    const names = [
      ...['Patient', 'Appointment.participant.actor:Patient.identifier', 'Appointment.participant.actor', 'identifier', 'patient', 'patient.identifier', 'patient:Patient.identifier'],
      ...['actor', 'actor:Patient.identifier', 'participant.actor.identifier', 'Appointment.participant.actor.identifier'],
    ];
    for (const name of names) expect(await idsOf(door, `${encodeURIComponent(name)}=${encodeURIComponent(`${NHS}|${nhsNumber}`)}`)).toEqual([coming.id, cancelled.id]);
  });

  test('B-702, B-921: every form of the number, also with the parameter `identifier`', async () => {
    const { door, nhsNumber, coming, cancelled } = await threeOfOnePatient();
    const national = 'https://demographics.spineservices.nhs.uk/';
    for (const name of ['patient', 'identifier']) {
      for (const value of [`|${nhsNumber}`, nhsNumber, `${nhsNumber.slice(0, 3)} ${nhsNumber.slice(3)}`, `${national}${nhsNumber}`, `${national}Patient/${nhsNumber}`]) {
        expect(await idsOf(door, `${name}=${encodeURIComponent(value)}`)).toEqual([coming.id, cancelled.id]);
      }
    }
  });

  test('B-350, B-709, B-711, B-921: a searchset by start, versioned addresses, the patient alone, each with its pointer', async () => {
    const { door, nhsNumber, coming, cancelled } = await threeOfOnePatient();
    const { resource } = await found(door, `colour=green&Patient=${nhsNumber}`);
    expect(resource).toMatchObject({
      ...{ type: 'searchset', total: 2, link: [{ relation: 'self', url: `${REGISTRY_ROOT}/Appointment?Patient=${nhsNumber}` }] },
      entry: [
        { fullUrl: `${REGISTRY_ROOT}/Appointment/${coming.id}/_history/1`, resource: { identifier: [{ system: 'urn:ietf:rfc:3986', value: coming.externalId }], status: 'booked' } },
        { fullUrl: `${REGISTRY_ROOT}/Appointment/${cancelled.id}/_history/1`, resource: { status: 'cancelled' } },
      ],
    });
    expect(Object.keys(resource?.entry?.[0]?.resource ?? {})).toEqual(['resourceType', 'id', 'meta', 'identifier', 'status', 'start', 'end', 'created', 'participant']);
  });

  test('B-703, B-704: not ten digits is 400, a wrong check digit finds nobody, and the whole registry is never listed', async () => {
    const { door } = await aRegistrar();
    for (const query of ['patient=123456789', 'patient=abc', `patient=${encodeURIComponent(`${NHS}|abc`)}`, '', 'status=booked', 'patient=', 'date=ge2026-01-01', 'patient=9991226036&date=soon', 'patient=9991226036&status=moved', 'patient=9991226036&patient=9997478347']) {
      const { status, resource } = await door(`/Appointment?${query}`);
      expect([query, status, faultsOf(resource)]).toEqual([query, 400, []]);
    }
    expect(await idsOf(door, 'patient=1234567890')).toEqual([]);
  });

  test('B-705, B-707, B-708: by id and version, by window and by status', async () => {
    const { door, nhsNumber, past, coming, cancelled } = await threeOfOnePatient();
    expect(await idsOf(door, `_id=${past.id}`)).toEqual([past.id]);
    expect(await idsOf(door, `_id=${coming.id}&version=2`)).toEqual([]);
    expect(await idsOf(door, `patient=${nhsNumber}&date=ge2026-11-01`)).toEqual([past.id, coming.id, cancelled.id]);
    expect(await idsOf(door, `patient=${nhsNumber}&start=lt2026-11-24`)).toEqual([past.id]);
    expect(await idsOf(door, `patient=${nhsNumber}&status=cancelled,noshow`)).toEqual([cancelled.id]);
  });

  test('B-007: a form that is posted to _search acts as the GET', async () => {
    const { door, nhsNumber, coming, cancelled } = await threeOfOnePatient();
    const { status, resource } = await door('/Appointment/_search', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `patient=${nhsNumber}` });
    expect([status, resource?.entry?.map((entry) => entry.resource.id)]).toEqual([200, [coming.id, cancelled.id]]);
  });

  test('B-702, B-913: by the identifier of the system that registered', async () => {
    const { door } = await aRegistrar();
    const { id } = await registered(door, aRegistration({ patient: unnumbered({ value: 'L-20418' }) }));
    expect(await idsOf(door, `patient=${encodeURIComponent('https://other.example.nhs.uk/Id/patient|L-20418')}`)).toEqual([id]);
    expect(await idsOf(door, `patient=${encodeURIComponent('https://third.example.nhs.uk/Id/patient|L-20418')}`)).toEqual([]);
  });

  test('an entry that people linked to a patient is found by their NHS number, and says so from then on', async () => {
    const { door } = await aRegistrar();
    const { id } = await registered(door, aRegistration({ patient: unnumbered() }));
    const nhsNumber = syntheticNhsNumber();
    const { startsAt, endsAt, status } = await db.registryEntry.update({ where: { id }, data: { nhsNumber, linkedAt: A_TUESDAY_AT_TEN, version: 2 } });
    await db.registryEntryVersion.create({ data: { entryId: id, version: 2, status, startsAt, endsAt, nhsNumber, at: A_TUESDAY_AT_TEN } });
    expect(await idsOf(door, `patient=${nhsNumber}`)).toEqual([id]);
    expect((await door(`/Appointment/${id}`)).resource).toMatchObject({ participant: [{ actor: { identifier: { system: NHS, value: nhsNumber } } }, {}] });
    expect((await door(`/Appointment/${id}/_history/1`)).text).not.toContain(nhsNumber);
  });

  test('B-712: each search is audited, without the number', async () => {
    const { system, door, nhsNumber } = await threeOfOnePatient();
    await idsOf(door, `patient=${nhsNumber}`);
    const audit = await db.auditEvent.findMany({ where: { type: 'registry.searched', actorId: system.actor.id } });
    expect(audit).toHaveLength(1);
    expect(JSON.stringify(audit[0]?.detail)).not.toContain(nhsNumber);
  });

  test('B-706: a thousand entries of one patient are one answer, in JSON and in XML', { timeout: 30_000 }, async () => {
    const { door } = await aRegistrar();
    const nhsNumber = syntheticNhsNumber();
    const { organisationCode, registeredByCode, startsAt, endsAt, status } = await aRegisteredEntry({ nhsNumber });
    const more = Array.from({ length: 999 }, () => ({ id: newId(), source: 'registered', externalId: aPointer(), nhsNumber, organisationCode, registeredByCode, startsAt, endsAt, status, createdAt: startsAt, confirmedAt: startsAt }));
    await db.registryEntry.createMany({ data: more });
    await db.registryEntryVersion.createMany({ data: more.map(({ id }) => ({ entryId: id, version: 1, status, startsAt, endsAt, nhsNumber, at: A_TUESDAY_AT_TEN })) });
    const { resource } = await door(`/Appointment?patient=${nhsNumber}`);
    expect([resource?.total, resource?.entry?.length]).toEqual([1_000, 1_000]);
    expect((await door(`/Appointment?patient=${nhsNumber}&_format=xml`)).text.match(/<Appointment/g)).toHaveLength(1_000);
  });
});

describe('searching by pointer', () => {
  test('B-922: with the system and without, encoded or not, in other letters and with a version', async () => {
    const { door } = await aRegistrar();
    const { id, externalId: url } = await aRegisteredEntry({ startsAt: addMinutes(A_TUESDAY_AT_TEN, -7 * 24 * 60) });
    for (const value of [url, `urn:ietf:rfc:3986|${url}`, `${url}/_history/3`, url.replace('https://other', 'HTTPS://Other')]) {
      expect(await idsOf(door, `identifier=${encodeURIComponent(value)}`)).toEqual([id]);
      expect(await idsOf(door, `identifier=${value}`)).toEqual([id]);
    }
    expect(await idsOf(door, `identifier=${encodeURIComponent(aPointer())}`)).toEqual([]);
  });

  test('B-922: what is no pointer is 400, two of them as well', async () => {
    const { door } = await aRegistrar();
    for (const query of ['identifier=http://other.example.nhs.uk/1', 'identifier=urn:ietf:rfc:3986|x', 'identifier=ftp://x', `identifier=${aPointer()}&identifier=${aPointer()}`]) {
      const { status, resource } = await door(`/Appointment?${query}`);
      expect([query, status, resource?.issue?.[0]]).toMatchObject([query, 400, { code: 'value', location: ['http.identifier'] }]);
    }
  });

  test('B-922: a pointer and a patient at once: both must hold', async () => {
    const { door, nhsNumber, coming } = await threeOfOnePatient();
    const pointer = `identifier=${encodeURIComponent(coming.externalId)}`;
    expect(await idsOf(door, `${pointer}&patient=${nhsNumber}`)).toEqual([coming.id]);
    expect(await idsOf(door, `${pointer}&patient=${syntheticNhsNumber()}`)).toEqual([]);
  });
});

describe('appointments that are held here', () => {
  test('B-905, B-922: a booking on the screens and one through the API are found by patient and by their own address', async () => {
    const { system, door } = await aRegistrar();
    const nhsNumber = syntheticNhsNumber();
    const { id, serviceId } = await anApiAppointment(system, { patient: { nhsNumber } });
    const service = await db.service.findUniqueOrThrow({ where: { id: serviceId } });
    const { resource } = await found(door, `patient=${nhsNumber}`);
    const entry = resource?.entry?.[0]?.resource;
    expect(entry).toMatchObject({ identifier: [{ value: `${OWN}/STU3/Appointment/${id}` }], status: 'booked' });
    expect(await idsOf(door, `identifier=${encodeURIComponent(`${OWN}/STU3/Appointment/${id}`)}`)).toEqual([entry?.id]);
    expect((await door(`/Appointment/${entry?.id}`)).resource).toMatchObject({ participant: [{}, { actor: { reference: `${OWN}/STU3/HealthcareService/${service.dosId}`, identifier: { value: service.odsCode }, display: service.name } }, { actor: { display: service.postcode } }] });

    const onScreen = await anAppointment(await aHandler());
    const own = await found(door, `identifier=${encodeURIComponent(`${OWN}/STU3/Appointment/${onScreen.id}`)}`);
    expect(own.resource).toMatchObject({ total: 1 });
  });

  test('B-255: a patient of ours without an NHS number is named by our own identifier', async () => {
    const { system, door } = await aRegistrar();
    const { id, patientId } = await anApiAppointment(system, { patient: { nhsNumber: null, verification: null } });
    const { resource } = await found(door, `patient=${encodeURIComponent(`${OWN}/Id/patient|${patientId}`)}`);
    expect(resource?.entry?.[0]?.resource).toMatchObject({ identifier: [{ value: `${OWN}/STU3/Appointment/${id}` }], participant: [{ actor: { identifier: { system: `${OWN}/Id/patient`, value: patientId } } }] });
  });

  test('B-926: nobody outside changes them in the registry', async () => {
    const { system, door } = await aRegistrar();
    const { id } = await anApiAppointment(system);
    const entry = await db.registryEntry.findUniqueOrThrow({ where: { appointmentId: id } });
    const { resource } = await door(`/Appointment/${entry.id}`);
    expect((await door(`/Appointment/${entry.id}`, { method: 'PUT', headers: { 'if-match': '1' }, body: { ...resource, status: 'cancelled' } })).status).toBe(403);
  });
});

describe('sealed entries', () => {
  test('another organisation is told times and status alone; whoever registered is told all', async () => {
    const [registrar, other] = await Promise.all([aRegistrar(), aRegistrar()]);
    const nhsNumber = syntheticNhsNumber();
    const url = aPointer();
    const { id, resource } = await registered(registrar.door, aRegistration({ url, patient: numbered(nhsNumber), others: [atService({ dosId: '2000089120', name: 'Leeds Sexual Health' }), atPlace('LS1 3EX')], isSealed: true }));
    expect(resource).toMatchObject({ identifier: [{ value: url }], meta: { security: [{ system: 'http://hl7.org/fhir/v3/Confidentiality', code: 'R' }] }, participant: [{}, {}, {}] });

    const veiled = await other.door(`/Appointment/${id}`);
    expect([veiled.status, faultsOf(veiled.resource), Object.keys(veiled.resource ?? {})]).toEqual([200, [], ['resourceType', 'id', 'meta', 'status', 'start', 'end', 'created', 'participant']]);
    expect(veiled.resource).toMatchObject({ meta: { security: [{ code: 'R' }] }, participant: [{ actor: { identifier: { value: nhsNumber } } }] });
    for (const told of [veiled, await found(other.door, `patient=${nhsNumber}`), await other.door(`/Appointment/${id}/_history/1`)]) {
      expect(told.text).not.toMatch(new RegExp(`Sexual|2000089120|LS1|${url}|${registrar.system.actor.organisation.code}`));
    }
    expect(await idsOf(other.door, `identifier=${encodeURIComponent(url)}`)).toEqual([]);
    expect((await registrar.door(`/Appointment/${id}`)).resource).toEqual(resource);
  });

  test.each([['R', true], ['V', true], ['N', false], ['U', false]])('the label %s seals: %s', async (code, isSealed) => {
    const { door } = await aRegistrar();
    const { resource } = await registered(door, { ...aRegistration(), meta: { security: [{ system: 'http://hl7.org/fhir/v3/Confidentiality', code }] } });
    expect(JSON.stringify(resource?.meta).includes('"code":"R"')).toBe(isSealed);
  });
});
