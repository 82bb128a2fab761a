import { z } from 'zod';

/** Signing in lasts for one long shift. */
export const SESSION_HOURS = 12;

/** The cookie outlives the session, so that a form sent too late can be kept for the person who typed it. */
export const COOKIE_HOURS = 24;

/** What is typed on the sign-in page. */
export const signInForm = z.object({
  email: text('Enter your email address', 'Email address is too long', 254),
  password: text('Enter your password', 'Password is too long', 200),
});

export type SignInForm = z.infer<typeof signInForm>;

/** What the session cookie says, encrypted: who, and until when in seconds since 1970. */
export const sessionClaims = z.object({ staffId: z.uuid(), endsAt: z.number() });

export type SessionClaims = z.infer<typeof sessionClaims>;

// PostgreSQL takes no NUL in a text.
function text(missing: string, tooLong: string, longest: number) {
  return z
    .string({ error: missing })
    .transform((typed) => typed.replaceAll('\0', '').trim())
    .pipe(z.string().min(1, missing).max(longest, tooLong));
}
