import { endSession } from '@/lib/auth/session';

/** Signs out, by the button in the header of every page. */
export async function POST(request: Request): Promise<Response> {
  // Nobody else's page may sign our people out in the middle of a call.
  if (request.headers.get('sec-fetch-site') === 'cross-site') return new Response(null, { status: 403 });
  await endSession();
  return new Response(null, { status: 303, headers: { Location: '/sign-in?signed-out=1' } });
}
