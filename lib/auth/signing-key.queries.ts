import { publicJwk, type PublicKey } from '@/lib/auth/client.schema';
import { db } from '@/lib/platform/db';

/** How long a process may go on by what it read of the keys. */
const KNOWN_MS = 5_000;

let known: { keys: Promise<PublicKey[]>; readAt: number } | undefined;

/**
 * The public halves of the keys whose signatures count at `now`, for the set that is published and for tokens that come back: those that sign, that
 * will soon, and that did until an hour ago. Read again after five seconds of the caller's clock.
 */
export async function publishedKeys(now: Date): Promise<PublicKey[]> {
  const age = now.getTime() - (known?.readAt ?? 0);
  if (known && age >= 0 && age < KNOWN_MS) return known.keys;

  const keys = readKeys(now);
  known = { keys, readAt: now.getTime() };
  try {
    const found = await keys;
    // The very first key signs at once: a process that saw none must not hold on to that.
    if (found.length === 0) forgetSigningKeys();
    return found;
  } catch (error) {
    forgetSigningKeys();
    throw error;
  }
}

/** Has this process read the keys again: called after one was made. */
export function forgetSigningKeys(): void {
  known = undefined;
}

async function readKeys(now: Date): Promise<PublicKey[]> {
  const keys = await db.signingKey.findMany({
    where: { OR: [{ retiresAt: null }, { retiresAt: { gt: now } }] },
    select: { kid: true, algorithm: true, publicKey: true },
    orderBy: [{ signsFrom: 'desc' }, { kid: 'asc' }],
  });
  return keys.map(({ kid, algorithm, publicKey }) => ({ kid, algorithm, publicKey: publicJwk.parse(publicKey) }));
}
