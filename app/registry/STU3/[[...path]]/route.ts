import { fhir } from '@/lib/fhir/app';

export const dynamic = 'force-dynamic';

export { answer as GET, answer as HEAD, answer as POST, answer as PUT, answer as PATCH, answer as DELETE, answer as OPTIONS };

/** Hands the request to the API, which decides about everything in it. */
function answer(request: Request): Promise<Response> {
  const headers = new Headers(request.headers);
  // Next drops Content-Encoding, so that what the API compressed could not be read: the web server around both compresses instead.
  headers.delete('accept-encoding');
  return fhir.fetch(new Request(request, { headers }));
}
