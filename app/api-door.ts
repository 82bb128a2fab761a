import { fhir } from '@/lib/fhir/app';

/** Hands a request to the API, which decides about everything in it, whatever its method. */
export function answer(request: Request): Promise<Response> {
  const headers = new Headers(request.headers);
  // Next drops Content-Encoding, so that what the API compressed could not be read: the web server around both compresses instead.
  headers.delete('accept-encoding');
  return fhir.fetch(new Request(request, { headers }));
}
