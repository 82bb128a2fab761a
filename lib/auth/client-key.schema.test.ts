import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clientKeyForm } from '@/lib/auth/client-key.schema';
import { fieldErrors } from '@/lib/platform/form';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const weak = generateKeyPairSync('rsa', { modulusLength: 1024 });
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
const p521 = generateKeyPairSync('ec', { namedCurve: 'P-521' });
const ed25519 = generateKeyPairSync('ed25519');

test.each<[string, KeyObject, string]>([
  ['RSA', rsa.publicKey, 'RS256'],
  ['P-256', p256.publicKey, 'ES256'],
  ['P-384', p384.publicKey, 'ES384'],
  ['Ed25519', ed25519.publicKey, 'EdDSA'],
])('a public key of kind %s is read as JWK and as PEM, for its usual algorithm', (_kind, key, algorithm) => {
  const publicKey = key.export({ format: 'jwk' });
  expect(clientKeyForm.parse({ publicKey: JSON.stringify({ ...publicKey, kid: 'one', use: 'sig' }) })).toEqual({ kid: 'one', algorithm, publicKey });
  expect(clientKeyForm.parse({ kid: 'two', publicKey: key.export({ format: 'pem', type: 'spki' }) })).toEqual({ kid: 'two', algorithm, publicKey });
});

test('what is typed goes before what the JWK says, and an RSA key can be for any RSA algorithm', () => {
  const jwk = JSON.stringify({ ...rsa.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS512' });
  expect(clientKeyForm.parse({ publicKey: jwk })).toMatchObject({ kid: 'one', algorithm: 'RS512' });
  expect(clientKeyForm.parse({ publicKey: jwk, kid: ' two ', algorithm: 'PS256' })).toMatchObject({ kid: 'two', algorithm: 'PS256' });
});

test('a private key is refused in words, whatever its form', () => {
  const shown = [
    rsa.privateKey.export({ format: 'pem', type: 'pkcs8' }),
    rsa.privateKey.export({ format: 'pem', type: 'pkcs1' }),
    p256.privateKey.export({ format: 'pem', type: 'sec1' }),
    JSON.stringify({ ...p256.privateKey.export({ format: 'jwk' }), kid: 'one' }),
    JSON.stringify({ kty: 'oct', k: 'c2VjcmV0', kid: 'one' }),
  ];
  for (const publicKey of shown) expect(faultsOf({ kid: 'one', publicKey })['publicKey']).toContain('private key');
});

test.each<[string, string, Record<string, string>]>([
  ['a weak RSA key', 'publicKey', { publicKey: pem(weak.publicKey) }],
  ['a curve that is not used', 'publicKey', { publicKey: pem(p521.publicKey) }],
  ['nothing', 'publicKey', { publicKey: ' ' }],
  ['words', 'publicKey', { publicKey: 'my key' }],
  ['a JWK of nothing', 'publicKey', { publicKey: '{}' }],
  ['PEM that is cut off', 'publicKey', { publicKey: pem(rsa.publicKey).slice(0, 60) }],
  ['no id', 'kid', { kid: '', publicKey: pem(rsa.publicKey) }],
  ['an id with spaces', 'kid', { kid: 'my key', publicKey: pem(rsa.publicKey) }],
  ['no signature at all', 'algorithm', { algorithm: 'none', publicKey: pem(rsa.publicKey) }],
  ['a shared secret', 'algorithm', { algorithm: 'HS256', publicKey: pem(rsa.publicKey) }],
  ['the algorithm of another kind of key', 'algorithm', { algorithm: 'ES256', publicKey: pem(rsa.publicKey) }],
  ['the algorithm of another curve', 'algorithm', { algorithm: 'ES384', publicKey: pem(p256.publicKey) }],
])('%s is refused at its field', (_name, field, typed) => {
  expect(Object.keys(faultsOf({ kid: 'one', ...typed }))).toEqual([field]);
});

test('nothing that is pasted makes it throw', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (publicKey) => void clientKeyForm.safeParse({ kid: 'one', publicKey })));
});

function faultsOf(typed: Record<string, unknown>): Record<string, string> {
  const form = clientKeyForm.safeParse(typed);
  return form.error ? fieldErrors(form.error) : {};
}

function pem(key: KeyObject): string {
  return key.export({ format: 'pem', type: 'spki' }).toString();
}
