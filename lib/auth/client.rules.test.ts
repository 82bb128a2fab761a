import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SCOPES } from '@/lib/auth/actor';
import { decideToken, isThroughProxy, readClaims, scopesIn, speaksFor } from '@/lib/auth/client.rules';
import type { ClientRequest, RegisteredClient } from '@/lib/auth/client.schema';

const ROOT = 'https://onward.example.nhs.uk/STU3';
const REGISTRY = 'https://onward.example.nhs.uk/registry/STU3';
const NOW = new Date('2026-11-24T10:00:00Z');
const AT = NOW.getTime() / 1_000;
const ODS = 'https://fhir.nhs.uk/Id/ods-organization-code';

/** The sample of section 3.1 of the reference, at the moment of the tests. */
const SAMPLE = {
  iss: 'https://consumer.example.nhs.uk/',
  sub: 'u-204',
  aud: ROOT,
  iat: AT,
  exp: AT + 300,
  reason_for_request: 'directcare',
  requested_scope: 'patient/appointment.write',
  requesting_device: { resourceType: 'Device', identifier: [{ system: 'https://consumer.example.nhs.uk/Id/device', value: 'DESK-7' }], model: 'Example Triage', version: '8.1.0' },
  requesting_organization: { resourceType: 'Organization', name: 'Example 111 East', identifier: [{ system: ODS, value: 'Y99901' }] },
  requesting_practitioner: {
    ...{ resourceType: 'Practitioner', id: 'u-204', name: [{ family: 'Samplewright', given: ['Orla'], prefix: ['Ms'] }] },
    identifier: [
      { system: 'https://fhir.nhs.uk/Id/sds-user-id', value: 'UNK' },
      { system: 'https://fhir.nhs.uk/Id/sds-role-profile-id', value: 'R0260' },
      { system: 'https://consumer.example.nhs.uk/Id/user', value: 'orla.s' },
    ],
  },
};

const CLIENT: RegisteredClient = {
  ...{ id: 'client', name: 'Example Triage', organisations: [{ code: 'Y99901', name: 'Example 111' }, { code: 'Y99902', name: 'Another 111' }], scopes: SCOPES },
  ...{ services: { book: ['*'], cancel: ['*'] }, isBehindProxy: false, needsProxyHeaders: false, needsDocument: true, refusesLongTokens: false },
  ...{ requestsPerMinute: 600, keys: [] },
};
const REQUEST: ClientRequest = {
  ...{ authorization: null, proxy: { traceId: 't', from: '1', to: '2', interactionId: 'i' }, audience: ROOT, scope: 'patient/appointment.write' },
  ...{ interaction: 'create:appointment', now: NOW, requestId: 'r', correlationId: null },
};

test('B-101 to B-112: the sample of the reference is accepted, and says who asks', () => {
  expect(decide({})).toEqual({
    ok: true,
    value: {
      organisation: { code: 'Y99901', name: 'Example 111' },
      scopes: ['patient/appointment.read', 'patient/appointment.write'],
      device: { model: 'Example Triage', version: '8.1.0', identifiers: [{ system: 'https://consumer.example.nhs.uk/Id/device', value: 'DESK-7' }] },
      user: { id: 'u-204', name: 'Ms Orla Samplewright', sdsUserId: null, roleProfileId: 'R0260' },
    },
  });
});

describe('B-131: a claim that is missing or of the wrong kind is named, never its content', () => {
  const organisation = SAMPLE.requesting_organization;
  const practitioner = SAMPLE.requesting_practitioner;
  test.each<[string, object, string]>([
    ['B-102 no issuer', { iss: undefined }, 'iss'],
    ['B-103 no subject', { sub: undefined }, 'sub'],
    ['B-104 an audience that is a number', { aud: 7 }, 'aud'],
    ['B-105 no expiry', { exp: undefined }, 'exp'],
    ['B-105 an expiry in words', { exp: '1804068300' }, 'exp'],
    ['B-105 a broken second', { exp: AT + 0.5 }, 'exp'],
    ['B-106 no time of issue', { iat: undefined }, 'iat'],
    ['B-108 no reason', { reason_for_request: undefined }, 'reason_for_request'],
    ['B-109 no scope', { requested_scope: undefined }, 'requested_scope'],
    ['B-123 the older claim `scope` alone', { requested_scope: undefined, scope: 'patient/*.read' }, 'requested_scope'],
    ['B-110 no device', { requesting_device: undefined }, 'requesting_device'],
    ['B-110 a device without a version', { requesting_device: { ...SAMPLE.requesting_device, version: undefined } }, 'requesting_device.version'],
    ['B-110 a device without identifiers', { requesting_device: { ...SAMPLE.requesting_device, identifier: [] } }, 'requesting_device.identifier'],
    ['B-110 another resource', { requesting_device: { ...SAMPLE.requesting_device, resourceType: 'Patient' } }, 'requesting_device.resourceType'],
    ['B-111 no organisation', { requesting_organization: undefined }, 'requesting_organization'],
    ['B-111 an organisation without an ODS code', { requesting_organization: { ...organisation, identifier: [{ system: 'x', value: 'Y99901' }] } }, 'requesting_organization.identifier'],
    ['B-111 words where the ODS code belongs', { requesting_organization: { ...organisation, identifier: [{ system: ODS, value: 'Jo Bloggs' }] } }, 'requesting_organization.identifier'],
    ['B-112 a practitioner without an id', { requesting_practitioner: { ...practitioner, id: undefined } }, 'requesting_practitioner.id'],
    ['B-112 a practitioner without a name', { requesting_practitioner: { ...practitioner, name: [{}] } }, 'requesting_practitioner.name'],
    ['a character that cannot be kept', { sub: 'u\x00204' }, 'sub'],
    ['half a character', { sub: 'u\ud800' }, 'sub'],
  ])('%s', (_name, claims, part) => {
    expect(readClaims({ ...SAMPLE, ...claims })).toEqual({ ok: false, error: { reason: 'malformed', part } });
  });

  test.each([null, undefined, 'text', 7, []])('a payload that is %s', (payload) => {
    expect(readClaims(payload)).toMatchObject({ ok: false, error: { reason: 'malformed' } });
  });
});

describe('the claims are decided in the order and with the margins of the reference', () => {
  test.each<[string, object, object | null]>([
    ['B-105, B-107: 4 s after `exp`, within the margin', { exp: AT - 4, iat: AT - 304 }, null],
    ['B-133: 5 s after `exp`', { exp: AT - 5, iat: AT - 305 }, { reason: 'expired' }],
    ['B-133 goes before everything else', { exp: AT - 60, iat: AT + 60, aud: 'x', sub: 'x' }, { reason: 'expired' }],
    ['B-107: issued 30 s ahead', { iat: AT + 30, exp: AT + 330 }, null],
    ['B-134: issued 31 s ahead', { iat: AT + 31, exp: AT + 331, aud: 'x' }, { reason: 'issued-in-future' }],
    ['not valid yet', { nbf: AT + 31 }, { reason: 'claim', claim: 'nbf' }],
    ['B-107: a life above 300 s, unless the client says otherwise', { exp: AT + 3_600 }, null],
    ['B-104: one slash at the end', { aud: `${ROOT}/` }, null],
    ['B-104: an array with the root', { aud: ['https://other.example.nhs.uk', ROOT] }, null],
    ['B-135: another system', { aud: 'https://other.example.nhs.uk/STU3', sub: 'x' }, { reason: 'audience' }],
    ['B-135: our other root', { aud: 'https://onward.example.nhs.uk/registry/STU3' }, { reason: 'audience' }],
    ['B-135: the root in other letters', { aud: ROOT.toUpperCase() }, { reason: 'audience' }],
    ['B-136: another reason', { reason_for_request: 'secondaryuses', sub: 'x' }, { reason: 'claim', claim: 'reason_for_request' }],
    ['B-136: the subject is not the practitioner', { sub: 'u-205', requested_scope: 'x' }, { reason: 'claim', claim: 'sub' }],
    ['B-112: no practitioner, then any subject', { requesting_practitioner: undefined, sub: 'a-client' }, null],
    ['B-137: no scope at all', { requested_scope: '' }, { reason: 'scope', needed: 'patient/appointment.write' }],
    ['B-137: a scope of reading', { requested_scope: 'patient/appointment.read' }, { reason: 'scope', needed: 'patient/appointment.write' }],
    ['B-123: a scope of slots', { requested_scope: 'organization/slot.read' }, { reason: 'scope', needed: 'patient/appointment.write' }],
    ['B-109: several scopes are a set', { requested_scope: ' organization/slot.read  patient/appointment.write other ' }, null],
    ['B-111: an organisation that the client acts for', { requesting_organization: organisation('y99902') }, null],
    ['B-138: another organisation', { requesting_organization: organisation('Y99903') }, { reason: 'organisation', odsCode: 'Y99903' }],
  ])('%s', (_name, claims, error) => {
    expect(decide(claims)).toMatchObject(error ? { ok: false, error } : { ok: true });
  });

  test('B-107: a life above 300 s is refused when the client is set so', () => {
    const strict = { ...CLIENT, refusesLongTokens: true };
    expect(decide({ exp: AT + 301 }, strict)).toEqual({ ok: false, error: { reason: 'claim', claim: 'exp' } });
    expect(decide({ exp: AT + 300 }, strict)).toMatchObject({ ok: true });
  });

  test('B-011: missing headers of the proxy are refused only of a client that needs them', () => {
    const request = { ...REQUEST, proxy: { ...REQUEST.proxy, from: null } };
    expect(decide({}, CLIENT, request)).toMatchObject({ ok: true });
    expect(decide({}, { ...CLIENT, needsProxyHeaders: true }, request)).toEqual({ ok: false, error: { reason: 'proxy-headers' } });
    expect(decide({}, { ...CLIENT, needsProxyHeaders: true })).toMatchObject({ ok: true });
  });

  test('B-902: at the registry, which is reached directly, they are not missed', () => {
    const request: ClientRequest = { ...REQUEST, audience: REGISTRY, scope: 'registry/appointment.read', proxy: { ...REQUEST.proxy, from: null } };
    const claims = { aud: REGISTRY, requested_scope: 'registry/appointment.read' };
    expect(decide(claims, { ...CLIENT, needsProxyHeaders: true }, request)).toMatchObject({ ok: true });
  });

  test('B-104: our other root asks for a token of its own audience', () => {
    const request = { ...REQUEST, audience: REGISTRY };
    expect(decide({}, CLIENT, request)).toEqual({ ok: false, error: { reason: 'audience' } });
    expect(decide({ aud: [ROOT, REGISTRY] }, CLIENT, request)).toMatchObject({ ok: true });
  });
});

test('B-122: changing includes reading, of what the client is registered for alone', () => {
  expect(scopesIn(['patient/appointment.write'], SCOPES)).toEqual(['patient/appointment.read', 'patient/appointment.write']);
  expect(scopesIn(['patient/appointment.write'], ['patient/appointment.read'])).toEqual(['patient/appointment.read']);
  expect(scopesIn(['patient/appointment.read'], ['patient/appointment.write'])).toEqual(['patient/appointment.read']);
  expect(scopesIn(['organization/slot.read'], ['patient/appointment.write'])).toEqual([]);
  expect(scopesIn(['patient/*.read', '*', '.default'], SCOPES)).toEqual([]);
});

test('B-123, B-904: the scopes of the registry and those of bookings include nothing of each other', () => {
  expect(scopesIn(['registry/appointment.write'], SCOPES)).toEqual(['registry/appointment.read', 'registry/appointment.write']);
  expect(scopesIn(['patient/appointment.write'], ['registry/appointment.write', 'registry/appointment.read'])).toEqual([]);
  expect(scopesIn(['registry/appointment.write'], ['patient/appointment.write', 'organization/slot.read'])).toEqual([]);
  expect(scopesIn(['registry/appointment.read'], ['registry/appointment.write'])).toEqual(['registry/appointment.read']);
});

test('B-902: everything but the registry comes through the Spine proxy', () => {
  expect(SCOPES.filter(isThroughProxy)).toEqual(['organization/slot.read', 'patient/appointment.read', 'patient/appointment.write']);
});

test('an assertion speaks for the client that made it, to this endpoint, for five minutes at most', () => {
  const claims = { iss: 'client', sub: 'client', aud: ['https://onward.example.nhs.uk/oauth2/token'], exp: AT + 300, iat: AT, jti: 'one' };
  const asked = { clientId: 'client', audiences: ['https://onward.example.nhs.uk/oauth2/token', 'https://onward.example.nhs.uk'], now: NOW };
  expect(speaksFor(claims, asked)).toBe(true);
  expect(speaksFor({ ...claims, aud: ['https://onward.example.nhs.uk/'] }, asked)).toBe(true);
  for (const wrong of [{ iss: 'other' }, { sub: 'other' }, { aud: ['https://other.example.nhs.uk'] }, { exp: AT - 5 }, { exp: AT + 331 }, { iat: AT + 31 }]) {
    expect(speaksFor({ ...claims, ...wrong }, asked)).toBe(false);
  }
});

test('no token makes the rules throw', () => {
  const anything = fc.anything();
  const nearly = fc.record({ iss: anything, sub: anything, aud: anything, exp: anything, iat: anything, requested_scope: anything, requesting_device: anything, requesting_organization: anything, requesting_practitioner: anything }, { requiredKeys: [] });
  fc.assert(fc.property(fc.oneof(anything, nearly, nearly.map((claims) => ({ ...SAMPLE, ...claims }))), (payload) => {
    const claims = readClaims(payload);
    if (claims.ok) decideToken(claims.value, { client: CLIENT, request: REQUEST });
  }));
});

function decide(claims: object, client = CLIENT, request = REQUEST) {
  const read = readClaims({ ...SAMPLE, ...claims });
  return read.ok ? decideToken(read.value, { client, request }) : read;
}

function organisation(code: string) {
  return { name: 'An organisation', identifier: [{ system: ODS, value: code }] };
}
