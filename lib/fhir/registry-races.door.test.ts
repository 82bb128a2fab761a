import { afterAll, beforeAll, expect, test } from 'vitest';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { aSystem } from '@/prisma/factories/client';
import { A_TUESDAY_AT_TEN } from '@/prisma/factories/staff';
import { aToken } from '@/prisma/factories/token';
import { aPointer, aRegistration } from '@/scripts/test-support/fhir/registrations';
import { served } from '@/scripts/test-support/fhir/serve';

type Sent = { path?: string; method?: string; headers?: Record<string, string>; body: object };

let base: string;
let tokens: string[];
let close: () => Promise<void>;

beforeAll(async () => {
  const server = await served(() => A_TUESDAY_AT_TEN);
  close = server.close;
  base = `${server.origin}/registry/STU3`;
  tokens = await Promise.all([aSystem(), aSystem()].map(async (system) => aToken(await system, { now: A_TUESDAY_AT_TEN })));
});

afterAll(() => close());

/** One request over HTTP, of the first or the second client. */
async function send({ path = '/Appointment', method = 'POST', headers = {}, body }: Sent, client = 0) {
  const own = { Authorization: `Bearer ${tokens[client]}`, 'Content-Type': 'application/fhir+json' };
  const answer = await fetch(`${base}${path}`, { method, headers: { ...own, ...headers }, body: JSON.stringify(body) });
  const resource: unknown = await answer.json();
  return { status: answer.status, location: answer.headers.get('location'), resource };
}

test('B-915: fifty registrations of one pointer at once, by two systems: one is registered, 49 are told that it is', async () => {
  const url = aPointer();
  const told = await Promise.all(Array.from({ length: 50 }, (_, index) => send({ headers: { 'X-Request-Id': newId() }, body: aRegistration({ url }) }, index % 2)));

  expect(told.map(({ status }) => status).toSorted()).toEqual([201, ...Array.from({ length: 49 }, () => 422)]);
  for (const { status, resource } of told) if (status === 422) expect(resource).toMatchObject({ issue: [{ code: 'duplicate', expression: ['Appointment.identifier[0].value'] }] });
  expect(await db.registryEntry.count({ where: { externalId: url } })).toBe(1);
});

test('B-047: one request that arrives ten times at once registers once; the others are told where', async () => {
  const url = aPointer();
  const request = { headers: { 'X-Request-Id': newId() }, body: aRegistration({ url }) };
  const told = await Promise.all(Array.from({ length: 10 }, () => send(request)));

  expect(told.map(({ status }) => status).toSorted()).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
  expect(new Set(told.map(({ location }) => location))).toEqual(new Set([expect.stringMatching(/\/registry\/STU3\/Appointment\/[0-9a-f-]{36}\/_history\/1$/)]));
  expect(await db.registryEntry.count({ where: { externalId: url } })).toBe(1);
});

test('B-064: ten who change the same version at once: one does, nine are told that it has changed', async () => {
  const body = aRegistration();
  const { location } = await send({ body });
  const path = new URL(location ?? '').pathname.replace('/registry/STU3', '').replace('/_history/1', '');
  const cancel = { path, method: 'PUT', headers: { 'If-Match': 'W/"1"' }, body: { ...body, status: 'cancelled' } };
  const told = await Promise.all(Array.from({ length: 10 }, () => send(cancel)));
  expect(told.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 9 }, () => 409)]);
});
