import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { publicJwk, type PublicJwk } from '@/lib/auth/client.schema';

/** The algorithms that a key of a client can be registered for: public keys alone, never `none`, never a shared secret. */
export const KEY_ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'EdDSA'] as const;
export type KeyAlgorithm = (typeof KEY_ALGORITHMS)[number];

const RSA_BITS = 2048;
const typed = z.string().default('');

/**
 * A public key as it is pasted: a JWK, or PEM. Key id and algorithm may be left to the JWK; an algorithm that nobody named is the usual
 * one of the kind of key. Faults by field, in words; a private key is one of them. What comes out holds the public members alone.
 */
export const clientKeyForm = z
  .object({ kid: typed, algorithm: typed, publicKey: typed.pipe(z.string().trim().min(1, 'Paste the public key').max(20_000, 'This is too long to be a key')) })
  .transform(({ kid, algorithm, publicKey }, ctx) => {
    const key = readKey(publicKey);
    if (typeof key === 'string') return fault(ctx, 'publicKey', key);
    const named = { kid: kid.trim() || key.kid, algorithm: algorithm.trim() || key.alg || usualFor(key.publicKey) };
    if (!/^[\x21-\x7e]{1,100}$/.test(named.kid)) return fault(ctx, 'kid', 'Enter the id of the key, its “kid”, without spaces');
    const chosen = KEY_ALGORITHMS.find((known) => known === named.algorithm);
    if (!chosen || !suits(key.publicKey, chosen)) return fault(ctx, 'algorithm', 'Choose an algorithm that this kind of key can sign with');
    return { kid: named.kid, algorithm: chosen, publicKey: key.publicKey };
  });

export type ClientKeyForm = z.infer<typeof clientKeyForm>;

type Pasted = { publicKey: PublicJwk; kid: string; alg: string };

const labels = z.object({ kid: z.string().catch(''), alg: z.string().catch('') });

const NO_KEY = 'Paste a public key as a JWK or as PEM: this is neither';
const PRIVATE = 'This is a private key. Keep it to yourself, make a new pair as this one has been shown, and paste the public key';

/** The key with what its JWK says of it, or what is wrong, in words. */
function readKey(pasted: string): Pasted | string {
  // Asked first: Node would make a public key of a private one without a word.
  if (/PRIVATE KEY/.test(pasted)) return PRIVATE;
  if (pasted.startsWith('-----BEGIN')) return keyOf(() => createPublicKey(pasted), { kid: '', alg: '' });
  const json = jsonOf(pasted);
  if (json === null) return NO_KEY;
  if (['d', 'p', 'k'].some((member) => member in json)) return PRIVATE;
  return keyOf(() => createPublicKey({ key: json as JsonWebKey, format: 'jwk' }), labels.parse(json));
}

function keyOf(read: () => KeyObject, { kid, alg }: { kid: string; alg: string }): Pasted | string {
  try {
    const key = read();
    const publicKey = publicJwk.parse(key.export({ format: 'jwk' }));
    const bits = key.asymmetricKeyDetails?.modulusLength ?? RSA_BITS;
    if (bits < RSA_BITS) return `An RSA key must have at least ${RSA_BITS} bits: this one has ${bits}`;
    return usualFor(publicKey) ? { publicKey, kid, alg } : 'Keys of this kind cannot be used: use RSA, P-256, P-384 or Ed25519';
  } catch {
    return NO_KEY;
  }
}

function jsonOf(text: string): object | null {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? json : null;
  } catch {
    return null;
  }
}

function usualFor({ kty, crv }: PublicJwk): KeyAlgorithm | '' {
  if (kty === 'RSA') return 'RS256';
  if (crv === 'P-256') return 'ES256';
  if (crv === 'P-384') return 'ES384';
  return crv === 'Ed25519' ? 'EdDSA' : '';
}

function suits(key: PublicJwk, algorithm: KeyAlgorithm): boolean {
  return key.kty === 'RSA' ? /^[RP]S/.test(algorithm) : usualFor(key) === algorithm;
}

function fault(ctx: z.RefinementCtx, field: string, message: string): never {
  ctx.addIssue({ code: 'custom', path: [field], message });
  return z.NEVER;
}
