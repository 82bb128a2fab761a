const LONGEST = 2_000;
const BASE = 'http://onward.invalid';

/**
 * The page to go to after signing in: `from` when it is a path of this site, else the start page.
 * Browsers drop tabs and line ends and read a backslash as a slash, so a path with any of them is not trusted.
 */
export function returnPath(from: string | null | undefined): string {
  if (!from || from.length > LONGEST || !/^\/(?!\/)[^\\\p{Cc}]*$/u.test(from)) return '/';
  const url = URL.canParse(from, BASE) ? new URL(from, BASE) : null;
  // The dots of `/..//example.com` go away, and what is left would name another site.
  if (url?.origin !== BASE || url.pathname.startsWith('//') || isSignInItself(url.pathname)) return '/';
  return `${url.pathname}${url.search}`;
}

/** The address of the sign-in page that comes back to `from`. */
export function signInPath(from: string | undefined): string {
  return withFrom('/sign-in', from);
}

/** The address of the page shown while the database is away, which comes back to `from`. */
export function unavailablePath(from: string | undefined): string {
  return withFrom('/unavailable', from);
}

function withFrom(page: string, from: string | undefined): string {
  const back = returnPath(from);
  return back === '/' ? page : `${page}?from=${encodeURIComponent(back)}`;
}

// Coming back to these would go round in a circle, or sign out again.
function isSignInItself(pathname: string): boolean {
  return /^\/(sign-in|sign-out|unavailable|api)(\/|$)/.test(pathname);
}
