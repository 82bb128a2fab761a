import NextAuth, { getServerSession, type AuthOptions } from 'next-auth';
import { cookies } from 'next/headers';
import { NextRequest, NextResponse } from 'next/server';
import { z } from 'zod';
import { staffIdOfSubject } from '@/lib/auth/queries';
import { COOKIE_HOURS, SESSION_HOURS, sessionClaims, type SessionClaims } from '@/lib/auth/schema';
import { admitSubject } from '@/lib/auth/sign-in.commands';
import { env } from '@/lib/platform/env';
import { newId } from '@/lib/platform/id';
import { log } from '@/lib/platform/log';
import { addMinutes, readClock } from '@/lib/platform/time';

declare module 'next-auth' {
  interface Session {
    staffId?: string;
    endsAt?: number;
  }
}
declare module 'next-auth/jwt' {
  interface JWT {
    staffId?: string;
    endsAt?: number;
  }
}

const PROVIDER = 'oidc';

/** What next-auth answers to a request for one of its own paths, given as its parts below /api/auth. */
export async function askNextAuth(request: NextRequest, nextauth: string[]): Promise<Response> {
  const answer: unknown = await NextAuth(request, { params: { nextauth } }, authOptions());
  if (!(answer instanceof Response)) throw new Error('next-auth gave no answer');
  return answer;
}

/** What the session cookie of this request says, ended or not; null without a cookie of ours. */
export async function readClaims(): Promise<SessionClaims | null> {
  const session = sessionClaims.safeParse(await getServerSession(authOptions()));
  return session.success ? session.data : null;
}

/** What a session that begins now says. */
export function newClaims(staffId: string): SessionClaims {
  return { staffId, endsAt: Math.floor(addMinutes(readClock(), SESSION_HOURS * 60).getTime() / 1_000) };
}

/** The name of the OpenID Connect provider for its button, or null when the settings name none. */
export function providerName(): string | null {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_NAME } = env();
  return OIDC_ISSUER && OIDC_CLIENT_ID ? (OIDC_NAME ?? 'your organisation') : null;
}

/**
 * Where the browser must go to sign in with the provider and come back to `from`; sets the cookies that this needs.
 * Does what next-auth's own client does with JavaScript, so that a plain link is enough.
 */
export async function providerSignIn(from: string): Promise<string> {
  const csrf = await askKeepingCookies('csrf', new NextRequest(urlOf('csrf')));
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await csrf.json());
  const body = new URLSearchParams({ csrfToken, callbackUrl: from });
  const answer = await askKeepingCookies(`signin/${PROVIDER}`, new NextRequest(urlOf(`signin/${PROVIDER}`), { method: 'POST', body }));
  return answer.headers.get('location') ?? '/sign-in?error=OAuthSignin';
}

/** The secret that session cookies are encrypted with. Throws when it is not set. */
export function secret(): string {
  const { NEXTAUTH_SECRET } = env();
  if (!NEXTAUTH_SECRET) throw new Error('NEXTAUTH_SECRET is not set: run the app with npm start, which makes one');
  return NEXTAUTH_SECRET;
}

/** Whether the site is served by HTTPS, so that its cookies must be too. */
export function isSecure(): boolean {
  return env().NEXTAUTH_URL?.startsWith('https://') ?? false;
}

/** What next-auth needs: encrypted session cookies, and the one OpenID Connect provider when the settings name it. */
function authOptions(): AuthOptions {
  return {
    secret: secret(),
    useSecureCookies: isSecure(),
    session: { strategy: 'jwt', maxAge: COOKIE_HOURS * 60 * 60 },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/sign-in', verifyRequest: '/sign-in' },
    providers: providers(),
    callbacks: {
      signIn: async ({ account }) => (await admitSubject({ now: readClock(), requestId: newId() }, account?.providerAccountId ?? '')).ok,
      jwt: async ({ token, account }) => (account ? { ...(await claimsOfSubject(account.providerAccountId)) } : token),
      session: ({ session, token }) => ({ ...session, staffId: token.staffId, endsAt: token.endsAt }),
    },
    // Codes alone: what next-auth would add may hold tokens and names.
    logger: {
      error: (code) => log.error({ code }, 'sign-in failed'),
      warn: (code) => log.warn({ code }, 'sign-in warning'),
      debug: () => undefined,
    },
  };
}

async function askKeepingCookies(path: string, request: NextRequest): Promise<Response> {
  const answer = await askNextAuth(request, path.split('/'));
  const jar = await cookies();
  // Set on this request's own answer, where next-auth's next step reads them too.
  for (const cookie of new NextResponse(null, { headers: answer.headers }).cookies.getAll()) jar.set(cookie);
  return answer;
}

function urlOf(path: string): string {
  return new URL(`/api/auth/${path}`, env().NEXTAUTH_URL ?? 'http://localhost:3000').href;
}

async function claimsOfSubject(subject: string): Promise<SessionClaims> {
  const staffId = await staffIdOfSubject(subject);
  if (!staffId) throw new Error('Somebody who is not let in cannot have a session');
  return newClaims(staffId);
}

function providers(): AuthOptions['providers'] {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = env();
  const name = providerName();
  if (!name || !OIDC_ISSUER || !OIDC_CLIENT_ID) return [];
  return [
    {
      id: PROVIDER,
      name,
      type: 'oauth',
      wellKnown: `${OIDC_ISSUER.replace(/\/$/, '')}/.well-known/openid-configuration`,
      authorization: { params: { scope: 'openid' } },
      idToken: true,
      checks: ['pkce', 'state', 'nonce'],
      clientId: OIDC_CLIENT_ID,
      clientSecret: OIDC_CLIENT_SECRET,
      profile: ({ sub }: { sub: string }) => ({ id: sub }),
    },
  ];
}
