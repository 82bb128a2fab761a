import { createHash } from 'node:crypto';
import { RateLimiterPrisma } from 'rate-limiter-flexible';
import { record } from '@/lib/audit/record';
import type { Ctx, JobActor, StaffActor } from '@/lib/auth/actor';
import { isPassword } from '@/lib/auth/password.commands';
import { activeStaff, staffIdOfSubject } from '@/lib/auth/queries';
import type { SignInForm } from '@/lib/auth/schema';
import { db } from '@/lib/platform/db';
import type { RefusalOf } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';

/** Nobody acts yet while somebody signs in: only the time and the id of the request are known. */
type Moment = Omit<Ctx, 'actor'>;

type SignInRefusal = RefusalOf<'sign-in-wrong'> | RefusalOf<'sign-in-slowed'>;

const WINDOW_SECONDS = 5 * 60;

// A whole 111 centre may share one network address: its limit only stops one source from trying many people.
const byEmail = limiter('sign-in-email', 5);
const byAddress = limiter('sign-in-address', 100);

/**
 * Lets in a person with a password; only the demonstration has such accounts.
 *
 * Refuses with `sign-in-wrong` alike for an unknown email, a wrong password and a disabled person, taking the
 * same time, and with `sign-in-slowed` after 5 wrong tries for one email, or 100 from one network address,
 * within 5 minutes. Success starts the email's count again. Both ways are audited, without the email.
 */
export async function signIn(moment: Moment, { email, password, address }: SignInForm & { address: string }): Promise<Result<{ staffId: string }, SignInRefusal>> {
  const keys = { email: digest(email.toLowerCase()), address: digest(address) };
  const slowed = await slowedUntil(keys);
  if (slowed) return refused(moment, slowed);

  const account = await db.staff.findFirst({ where: { email: { equals: likeItself(email), mode: 'insensitive' } }, select: { id: true, passwordHash: true } });
  const isRight = await isPassword(password, account?.passwordHash ?? null);
  const actor = isRight && account ? await activeStaff(account.id) : null;
  if (!actor) {
    await Promise.all([byEmail.penalty(keys.email), byAddress.penalty(keys.address)]);
    return refused(moment, { code: 'sign-in-wrong' });
  }

  // Asked again: many tries sent at once all found the count low before the first of them was counted.
  const slowedSince = await slowedUntil(keys);
  if (slowedSince) return refused(moment, slowedSince);
  await byEmail.delete(keys.email);
  await recordSignedIn(moment, actor, 'password');
  return ok({ staffId: actor.id });
}

/**
 * Lets in the person whom the OpenID Connect provider vouched for. Refuses with `sign-in-wrong` when nobody
 * active has this subject. Both ways are audited, without the subject.
 */
export async function admitSubject(moment: Moment, subject: string): Promise<Result<{ staffId: string }, RefusalOf<'sign-in-wrong'>>> {
  const staffId = await staffIdOfSubject(subject);
  const actor = staffId ? await activeStaff(staffId) : null;
  if (!actor) return refused(moment, { code: 'sign-in-wrong' });
  await recordSignedIn(moment, actor, 'provider');
  return ok({ staffId: actor.id });
}

async function slowedUntil(keys: { email: string; address: string }): Promise<RefusalOf<'sign-in-slowed'> | null> {
  const counts = await Promise.all([byEmail.get(keys.email), byAddress.get(keys.address)]);
  const waits = counts.flatMap((count) => (count?.remainingPoints === 0 ? [Math.ceil(count.msBeforeNext / 1_000)] : []));
  return waits.length > 0 ? { code: 'sign-in-slowed', retrySeconds: Math.max(1, ...waits) } : null;
}

async function refused<Code extends SignInRefusal>(moment: Moment, refusal: Code): Promise<{ ok: false; error: Code }> {
  const door: Ctx<JobActor> = { ...moment, actor: { kind: 'job', id: 'sign-in' } };
  await record(db, door, { type: 'staff.sign-in-refused', detail: { code: refusal.code } });
  return refuse(refusal);
}

async function recordSignedIn(moment: Moment, actor: StaffActor, by: 'password' | 'provider'): Promise<void> {
  await record(db, { ...moment, actor }, { type: 'staff.signed-in', subject: actor.id, detail: { by } });
}

// Prisma compares without regard to case by ILIKE, in which these are wildcards.
function likeItself(email: string): string {
  return email.replace(/[\\%_]/g, (character) => `\\${character}`);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function limiter(keyPrefix: string, points: number): RateLimiterPrisma {
  return new RateLimiterPrisma({ storeClient: db, keyPrefix, points, duration: WINDOW_SECONDS });
}
