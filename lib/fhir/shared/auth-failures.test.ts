import { expect, test } from 'vitest';
import type { TokenFault } from '@/lib/auth/client.schema';
import { authFault } from '@/lib/fhir/shared/auth-failures';

const TABLE: [requirement: string, fault: TokenFault, code: string, words: string, header: string][] = [
  ['B-130', { reason: 'missing' }, 'login', 'No access token', 'Bearer'],
  ['B-131', { reason: 'malformed', part: 'payload' }, 'security', 'Access token is not valid: payload', 'Bearer error="invalid_token"'],
  ['B-132', { reason: 'signature' }, 'security', 'Access token is not valid: signature', 'Bearer error="invalid_token"'],
  ['B-133', { reason: 'expired' }, 'expired', 'Access token has expired', 'Bearer error="invalid_token"'],
  ['B-134', { reason: 'issued-in-future' }, 'security', 'Access token is not valid: iat', 'Bearer error="invalid_token"'],
  ['B-135', { reason: 'audience' }, 'security', 'Access token is for another system', 'Bearer error="invalid_token"'],
  ['B-136', { reason: 'claim', claim: 'sub' }, 'security', 'Access token is not valid: sub', 'Bearer error="invalid_token"'],
  ['B-137', { reason: 'scope', needed: 'organization/slot.read' }, 'forbidden', 'Scope does not allow', 'Bearer error="insufficient_scope"'],
  ['B-138', { reason: 'organisation', odsCode: 'Y99901' }, 'forbidden', 'Organisation Y99901 may not', 'Bearer error="insufficient_scope"'],
  ['B-011', { reason: 'proxy-headers' }, 'security', 'This client must send Ssp-', 'Bearer error="invalid_token"'],
];

test.each(TABLE)('%s, B-140, B-141: a token that is %j is 403 %s', (_requirement, refused, code, words, header) => {
  const { status, issues, headers } = authFault(refused);
  expect(status).toBe(403);
  expect(issues).toMatchObject([{ severity: 'error', code, details: 'ACCESS_DENIED' }]);
  expect(issues[0]?.diagnostics?.startsWith(words)).toBe(true);
  expect(headers).toEqual({ 'WWW-Authenticate': header });
});
