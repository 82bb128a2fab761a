import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Scope } from '@/lib/auth/actor';
import { addSecret } from '@/lib/auth/client-secrets.commands';
import { fhirApp } from '@/lib/fhir/app';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { anApiAppointment } from '@/prisma/factories/api-appointment';
import { aSystem } from '@/prisma/factories/client';
import { aRegisteredEntry } from '@/prisma/factories/entry';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';
import { aToken } from '@/prisma/factories/token';
import { aDoor, REGISTRY_ROOT, type Told } from '@/scripts/test-support/fhir/door';
import { aRegistrar, aRegistration } from '@/scripts/test-support/fhir/registrations';
import { faultsOf } from '@/scripts/test-support/fhir/stu3-schema';

const MAY: Record<'read' | 'search' | 'register' | 'change', readonly Scope[]> = {
  read: ['registry/appointment.read', 'registry/appointment.write'],
  search: ['registry/appointment.read', 'registry/appointment.write'],
  register: ['registry/appointment.write'],
  change: ['registry/appointment.write'],
};
const SCOPES: readonly Scope[] = ['organization/slot.read', 'patient/appointment.read', 'patient/appointment.write', 'registry/appointment.read', 'registry/appointment.write'];

/** A token that a client makes itself, without a signature. */
function unsigned(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
}

function refusal({ status, resource }: Told): unknown {
  return [status, resource?.issue?.[0]?.code, faultsOf(resource)];
}

describe('who may do what', () => {
  test.each(SCOPES)('B-123, B-904: what %s allows at the registry, and nothing more', async (scope) => {
    const { system } = await aRegistrar();
    const door = aDoor({ token: await aToken(system, { scopes: [scope], now: A_TUESDAY_AT_TEN }), root: REGISTRY_ROOT });
    const { id } = await aRegisteredEntry({ organisationCode: system.actor.organisation.code });
    const told = {
      read: await door(`/Appointment/${id}`),
      search: await door('/Appointment?patient=9991226036'),
      register: await door('/Appointment', { method: 'POST', body: aRegistration() }),
      change: await door(`/Appointment/${id}`, { method: 'PUT', headers: { 'if-match': '1' }, body: aRegistration() }),
    };
    for (const [name, answer] of Object.entries(told)) {
      const isAllowed = Object.entries(MAY).some(([interaction, scopes]) => interaction === name && scopes.includes(scope));
      expect([name, answer.status === 403]).toEqual([name, !isAllowed]);
      if (!isAllowed) expect(refusal(answer)).toEqual([403, 'forbidden', []]);
    }
  });

  test('B-123, B-904: a scope of the registry neither finds slots nor books nor reads bookings', async () => {
    const system = await aSystem();
    const { id } = await anApiAppointment(system);
    const door = aDoor({ token: await aToken(system, { scopes: ['registry/appointment.write'], now: A_TUESDAY_AT_TEN }) });
    for (const told of [await door('/Slot'), await door(`/Appointment/${id}`), await door('/Appointment', { method: 'POST', body: {} })]) expect(refusal(told)).toEqual([403, 'forbidden', []]);
  });

  test('B-130 to B-142: no token, and one that is badly built, before the body is read', async () => {
    for (const [token, code] of [[null, 'login'], ['nonsense', 'security']] as const) {
      const told = await aDoor({ token, root: REGISTRY_ROOT })('/Appointment', { method: 'POST', body: '{ "no JSON' });
      expect(refusal(told)).toEqual([403, code, []]);
      expect(told.headers.get('www-authenticate')).toMatch(/^Bearer/);
    }
  });

  test('B-135: a token for the booking API alone is for another system', async () => {
    const { issuer } = await aConsumer();
    const claims = { ...(await claimsOf(issuer)), aud: 'https://onward.example.nhs.uk/STU3' };
    expect((await aDoor({ token: unsigned(claims) })('/Slot')).status).toBe(200);
    expect((await aDoor({ token: unsigned(claims), root: REGISTRY_ROOT })('/Appointment?patient=9991226036')).status).toBe(403);
  });

  test('B-143: /metadata answers anybody, with its own statement', async () => {
    const told = await aDoor({ token: null, root: REGISTRY_ROOT })('/metadata');
    expect([told.status, faultsOf(told.resource)]).toEqual([200, []]);
    expect(told.resource).toMatchObject({ resourceType: 'CapabilityStatement', name: 'Onward Appointment Registry', rest: [{ resource: [{ type: 'Appointment', updateCreate: false }] }] });
    expect((await aDoor({ token: null, root: REGISTRY_ROOT })('/metadata?_format=xml')).text).toContain('<CapabilityStatement xmlns="http://hl7.org/fhir">');
  });
});

describe('reached directly, not through the Spine proxy', () => {
  test('B-902: a client that must send the headers of the proxy to book needs none here', async () => {
    const { system, door } = await aRegistrar();
    await db.apiClient.update({ where: { id: system.actor.id }, data: { needsProxyHeaders: true } });
    expect((await door('/Appointment', { method: 'POST', body: aRegistration() })).status).toBe(201);
    expect((await aDoor({ token: await aToken(system, { now: A_TUESDAY_AT_TEN }) })('/Slot')).status).toBe(403);
  });

  test('B-101, B-902: a token without a signature, which only the proxy vouches for, is none here', async () => {
    const { issuer } = await aConsumer();
    const claims = await claimsOf(issuer);
    expect((await aDoor({ token: unsigned(claims) })('/Slot')).status).toBe(200);
    expect(refusal(await aDoor({ token: unsigned(claims), root: REGISTRY_ROOT })('/Appointment?patient=9991226036'))).toEqual([403, 'security', []]);
  });

  test('B-903, B-904: client credentials with the scope .default of the registry give a token that registers', async () => {
    const { actor } = await aSystem({ scopes: ['registry/appointment.write'] });
    const secret = await addSecret(await aHandler({ role: 'system-admin', scope: 'national' }), actor.id);
    if (!secret.ok) throw new Error(secret.error.code);
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: actor.id, client_secret: secret.value.secret, scope: `${REGISTRY_ROOT}/.default` });
    const answer = await fhirApp(() => A_TUESDAY_AT_TEN).fetch(new Request('https://onward.example.nhs.uk/oauth2/token', { method: 'POST', body: form }));
    expect(answer.status).toBe(200);
    const { access_token: token } = z.object({ token_type: z.literal('Bearer'), expires_in: z.literal(300), access_token: z.jwt() }).parse(await answer.json());
    expect((await aDoor({ token, root: REGISTRY_ROOT })('/Appointment', { method: 'POST', body: aRegistration() })).status).toBe(201);
  });
});

test('B-040, B-041, B-906: every answer has both ids, is not kept, and says so whatever it is', async () => {
  const { door } = await aRegistrar();
  const headers = { 'x-request-id': newId() };
  const answers = [
    await door('/Appointment?patient=9991226036', { headers }),
    await door('/Appointment?patient=1', { headers }),
    await door(`/Appointment/${newId()}`, { headers }),
    await door('/Appointment', { method: 'POST', headers, body: {} }),
    await door('/nothing', { headers }),
  ];
  for (const told of answers) {
    expect([told.headers.get('x-correlation-id'), told.headers.get('cache-control')]).toEqual([headers['x-request-id'], 'no-store']);
    expect(told.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    expect(faultsOf(told.resource)).toEqual([]);
  }
});

test('B-113, B-815: client, organisation, user, device and interaction are in the audit of a registration', async () => {
  const { system, door } = await aRegistrar();
  const { resource } = await door('/Appointment', { method: 'POST', body: aRegistration() });
  const event = await db.auditEvent.findFirstOrThrow({ where: { type: 'registry.registered', subject: resource?.id ?? '' } });
  expect(event).toMatchObject({
    actorId: system.actor.id,
    provenance: { interaction: 'registry:create:appointment', organisation: { code: system.actor.organisation.code }, user: { id: 'u-204' }, device: { model: 'Example Triage' } },
  });
});

/** A client that makes its own tokens and is behind the proxy. */
async function aConsumer() {
  const { actor } = await aSystem();
  const issuer = `https://consumer-${actor.id}.example.nhs.uk/`;
  await db.apiClient.update({ where: { id: actor.id }, data: { issuer, isBehindProxy: true } });
  return { actor, issuer };
}

/** The claims of section 3.1, for both roots and with every scope. */
async function claimsOf(issuer: string) {
  const client = await db.apiClient.findFirstOrThrow({ where: { issuer } });
  const at = A_TUESDAY_AT_TEN.getTime() / 1_000;
  return {
    ...{ iss: issuer, sub: 'u-204', aud: ['https://onward.example.nhs.uk/STU3', REGISTRY_ROOT], iat: at, exp: at + 300, reason_for_request: 'directcare' },
    requested_scope: SCOPES.join(' '),
    requesting_device: { resourceType: 'Device', identifier: [{ system: 'https://consumer.example.nhs.uk/Id/device', value: 'DESK-7' }], model: 'Example Triage', version: '8.1.0' },
    requesting_organization: { resourceType: 'Organization', name: 'Example 111', identifier: [{ system: 'https://fhir.nhs.uk/Id/ods-organization-code', value: client.organisationCode }] },
  };
}
