import type { NextRequest } from 'next/server';
import { providerName, providerSignIn } from '@/lib/auth/config';
import { returnPath, signInPath } from '@/lib/auth/return-path.rules';

/** Sends the browser to the OpenID Connect provider; a plain link leads here, so that it works without JavaScript. */
export async function GET(request: NextRequest): Promise<Response> {
  const from = returnPath(request.nextUrl.searchParams.get('from'));
  const location = providerName() ? await providerSignIn(from) : signInPath(from);
  return new Response(null, { status: 303, headers: { Location: location, 'Cache-Control': 'no-store' } });
}
