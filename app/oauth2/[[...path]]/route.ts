import { fhir } from '@/lib/fhir/app';

export const dynamic = 'force-dynamic';

export { answer as GET, answer as HEAD, answer as POST, answer as PUT, answer as PATCH, answer as DELETE, answer as OPTIONS };

/** Hands the request to the API, which decides about everything in it. */
function answer(request: Request): Promise<Response> {
  return fhir.fetch(request);
}
