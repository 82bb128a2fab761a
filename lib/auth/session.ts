import { randomBytes } from 'node:crypto';
import { decode, encode } from 'next-auth/jwt';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import type { Ctx } from '@/lib/auth/actor';
import { isSecure, newClaims, readClaims, secret } from '@/lib/auth/config';
import { claimDraft, DRAFT_MINUTES, keepDraft } from '@/lib/auth/draft.commands';
import { hasPermission, type Permission } from '@/lib/auth/permissions';
import { personOf } from '@/lib/auth/queries';
import { signInPath, unavailablePath } from '@/lib/auth/return-path.rules';
import { COOKIE_HOURS, sessionClaims } from '@/lib/auth/schema';
import { formValues } from '@/lib/platform/form';
import { newId } from '@/lib/platform/id';
import { readClock } from '@/lib/platform/time';

const DRAFT_COOKIE = 'onward.draft';
const OWNER_FIELD = 'formOwner';
const COOKIE_SECONDS = COOKIE_HOURS * 60 * 60;

type Visitor = { state: 'signed-in'; ctx: Ctx } | { state: 'signed-out'; lastStaffId: string | null } | { state: 'database-away' };

/**
 * Who acts in this request, for a page; `from` is its path, to come back to. Redirects to the sign-in page when
 * nobody is signed in, and to the page that waits for the database when that is away.
 */
export async function staffCtx(from?: string): Promise<Ctx> {
  const visitor = await visitorOfRender();
  if (visitor.state === 'database-away') redirect(unavailablePath(from));
  if (visitor.state === 'signed-out') redirect(signInPath(from));
  return visitor.ctx;
}

/** The same, for a page that only some roles have; others go to the start page, which says what theirs is for. */
export async function staffCtxWith(permission: Permission, from: string): Promise<Ctx> {
  const ctx = await staffCtx(from);
  if (!hasPermission(ctx.actor, permission)) redirect('/');
  return ctx;
}

/** Who acts, or null when nobody is signed in or the database is away: for what is shown on pages around their content. */
export async function maybeStaffCtx(): Promise<Ctx | null> {
  const visitor = await visitorOfRender();
  return visitor.state === 'signed-in' ? visitor.ctx : null;
}

/** Who acts, for the JSON that live lists read; null when nobody is signed in. Throws while the database is away. */
export async function apiCtx(): Promise<Ctx | null> {
  const visitor = await visitorNow();
  if (visitor.state === 'database-away') throw new Error('The database is away');
  return visitor.state === 'signed-in' ? visitor.ctx : null;
}

/**
 * Who acts, for an action that gets a typed form of the page at `path`. When the session has ended, keeps what was
 * typed for the same person, who finds it on that page by `takeDraft` after signing in again.
 */
export async function formCtx(form: FormData, path: string): Promise<Ctx> {
  const visitor = await visitorNow();
  if (visitor.state === 'signed-in') return visitor.ctx;
  if (visitor.state === 'database-away') redirect(unavailablePath(path));
  const staffId = visitor.lastStaffId ?? (await ownerOf(form));
  if (staffId) await keepTyped(staffId, form, path);
  redirect(signInPath(path));
}

/** Keeps what somebody typed on the page at `path` while they look at another: `takeDraft` gives it back when they return. */
export async function keepMeanwhile(ctx: Ctx, form: FormData, path: string): Promise<void> {
  await keepTyped(ctx.actor.id, form, path);
}

/** What this person had typed on the page at `path` when their session ended, or they looked elsewhere, by field name; once, else null. */
export async function takeDraft(ctx: Ctx, path: string): Promise<Record<string, string> | null> {
  const token = (await cookies()).get(DRAFT_COOKIE)?.value;
  return token ? claimDraft(ctx, { token, path }) : null;
}

/**
 * The value of a form's hidden field `formOwner`: who it was given to, sealed. With it a form is kept
 * even when the session's cookie is gone, not just out of date.
 */
export async function formOwner(ctx: Ctx): Promise<string> {
  return encode({ token: newClaims(ctx.actor.id), secret: secret(), salt: OWNER_FIELD, maxAge: COOKIE_SECONDS });
}

/** Signs the person in on this browser. */
export async function openSession(staffId: string): Promise<void> {
  const value = await encode({ token: newClaims(staffId), secret: secret(), maxAge: COOKIE_SECONDS });
  (await cookies()).set(sessionCookie(), value, { ...cookieOptions(), maxAge: COOKIE_SECONDS });
}

/** Signs whoever it is out on this browser, and forgets the way to what they had typed. */
export async function endSession(): Promise<void> {
  const jar = await cookies();
  jar.set(sessionCookie(), '', { ...cookieOptions(), maxAge: 0 });
  jar.set(DRAFT_COOKIE, '', { ...cookieOptions(), maxAge: 0 });
}

// Layout and page of one request share the answer, so that they act at one time under one request id.
const visitorOfRender = cache(visitorNow);

async function visitorNow(): Promise<Visitor> {
  const now = readClock();
  const claims = await readClaims();
  if (!claims) return { state: 'signed-out', lastStaffId: null };
  if (claims.endsAt * 1_000 <= now.getTime()) return { state: 'signed-out', lastStaffId: claims.staffId };
  const person = await personOf(claims.staffId);
  switch (person.state) {
    case 'known':
      return { state: 'signed-in', ctx: { actor: person.actor, now, requestId: newId() } };
    case 'unknown':
      return { state: 'signed-out', lastStaffId: null };
    case 'database-away':
      return person;
  }
}

async function keepTyped(staffId: string, form: FormData, path: string): Promise<void> {
  const token = randomBytes(32).toString('base64url');
  const values = Object.fromEntries(Object.entries(formValues(form)).filter(([name]) => name !== OWNER_FIELD));
  await keepDraft({ now: readClock() }, { token, staffId, path, values });
  (await cookies()).set(DRAFT_COOKIE, token, { ...cookieOptions(), maxAge: DRAFT_MINUTES * 60 });
}

async function ownerOf(form: FormData): Promise<string | null> {
  const sealed = form.get(OWNER_FIELD);
  if (typeof sealed !== 'string' || !sealed) return null;
  // A seal that is broken or out of date says nothing about who typed: then nothing is kept.
  const opened = await decode({ token: sealed, secret: secret(), salt: OWNER_FIELD }).catch(() => null);
  return sessionClaims.safeParse(opened).data?.staffId ?? null;
}

// The name that next-auth reads.
function sessionCookie(): string {
  return isSecure() ? '__Secure-next-auth.session-token' : 'next-auth.session-token';
}

function cookieOptions() {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure() } as const;
}
