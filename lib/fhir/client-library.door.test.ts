import { Client } from 'fhir-kit-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { aSystem } from '@/prisma/factories/client';
import { syntheticNhsNumber } from '@/prisma/factories/patient';
import { aService } from '@/prisma/factories/service';
import { A_TUESDAY_AT_TEN } from '@/prisma/factories/staff';
import { aToken } from '@/prisma/factories/token';
import { aBooking, slotsToBook } from '@/scripts/test-support/fhir/bookings';
import { served } from '@/scripts/test-support/fhir/serve';

// A library that others wrote, over real HTTP: what it takes for granted is what FHIR says.
const appointment = z.looseObject({ resourceType: z.literal('Appointment'), id: z.string(), status: z.string(), meta: z.looseObject({ versionId: z.string() }) });
const bundle = z.looseObject({ type: z.literal('searchset'), total: z.number(), entry: z.array(z.looseObject({ resource: z.looseObject({ resourceType: z.string(), id: z.string() }) })).default([]) });

let close: () => Promise<void>;
let client: Client;

beforeAll(async () => {
  const server = await served(() => A_TUESDAY_AT_TEN);
  close = server.close;
  client = new Client({ baseUrl: `${server.origin}/STU3`, bearerToken: await aToken(await aSystem(), { now: A_TUESDAY_AT_TEN }) });
});

afterAll(() => close());

test('a FHIR client library reads the capabilities, searches, books, reads, cancels and finds', async () => {
  expect(await client.request('metadata')).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion: '3.0.1' });

  const service = await aService();
  const [slot] = await slotsToBook(3, { serviceId: service.id });
  if (!slot) throw new Error('no slot was made');
  const searchParams = { service: service.dosId, start: 'ge2026-11-24T10:00:00+00:00', status: 'free', _include: 'Slot:schedule' };
  const found = bundle.parse(await client.search({ resourceType: 'Slot', searchParams }));
  expect(found.total).toBe(3);
  expect(found.entry[0]?.resource.id).toBe(slot.id);
  expect(found.entry.at(-1)?.resource.resourceType).toBe('Schedule');

  const nhsNumber = syntheticNhsNumber();
  const booked = appointment.parse(await client.create({ resourceType: 'Appointment', body: { ...aBooking({ slot, nhsNumber }) } }));
  expect(booked).toMatchObject({ status: 'booked', meta: { versionId: '1' } });

  const read = appointment.parse(await client.read({ resourceType: 'Appointment', id: booked.id }));
  expect(read).toEqual(booked);

  const options = { headers: { 'If-Match': 'W/"1"' } };
  const cancelled = appointment.parse(await client.update({ resourceType: 'Appointment', id: booked.id, body: { ...read, status: 'cancelled' }, options }));
  expect(cancelled).toMatchObject({ status: 'cancelled', meta: { versionId: '2' } });

  expect(appointment.parse(await client.vread({ resourceType: 'Appointment', id: booked.id, version: '1' }))).toEqual(booked);
  const ofPatient = bundle.parse(await client.search({ resourceType: 'Appointment', searchParams: { patient: `https://fhir.nhs.uk/Id/nhs-number|${nhsNumber}` } }));
  expect(ofPatient.entry.map(({ resource }) => [resource.id, resource['status']])).toEqual([[booked.id, 'cancelled']]);
});

test('a FHIR client library follows the references of a slot to its place of care', async () => {
  const service = await aService();
  await slotsToBook(1, { serviceId: service.id });
  const searchParams = { service: service.dosId, _include: 'Slot:schedule', '_include:iterate': 'Schedule:actor:HealthcareService' };
  const found = bundle.parse(await client.search({ resourceType: 'Slot', searchParams }));
  const types = found.entry.map(({ resource }) => resource.resourceType);
  expect(types).toEqual(['Slot', 'Schedule', 'HealthcareService']);

  for (const { resource } of found.entry) {
    expect(await client.read({ resourceType: resource.resourceType, id: resource.id })).toMatchObject({ resourceType: resource.resourceType, id: resource.id });
  }
});

test('a FHIR client library is told in an OperationOutcome why something was refused', async () => {
  const refused = z.object({ response: z.looseObject({ status: z.number(), data: z.unknown() }) });
  const error: unknown = await client.read({ resourceType: 'Appointment', id: 'nobody' }).catch((reason: unknown) => reason);
  expect(refused.parse(error).response).toMatchObject({ status: 404, data: { resourceType: 'OperationOutcome', issue: [{ code: 'not-found' }] } });
});
