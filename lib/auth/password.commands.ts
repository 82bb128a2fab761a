import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Cost: 16 MiB of memory, about a twentieth of a second. It is stored with each digest, so a later one may cost more. */
const COST = { N: 2 ** 14, r: 8, p: 1 };
const KEY_BYTES = 32;

/** A salted scrypt digest of a password, with its cost, to be stored. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/**
 * Whether `password` is the one that was stored. Takes as long without a stored one as with one,
 * so that the time of an answer does not tell who has an account.
 */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const [scheme, N, r, p, salt, key] = (stored ?? '').split('$');
  if (scheme !== 'scrypt' || !salt || !key) {
    await derive(password, randomBytes(16), COST);
    return false;
  }
  const derived = await derive(password, Buffer.from(salt, 'base64url'), { N: Number(N), r: Number(r), p: Number(p) });
  return timingSafeEqual(derived, Buffer.from(key, 'base64url'));
}

function derive(password: string, salt: Buffer, cost: typeof COST): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // One spelling of an accented letter, whichever keyboard it came from.
    scrypt(password.normalize('NFKC'), salt, KEY_BYTES, cost, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
