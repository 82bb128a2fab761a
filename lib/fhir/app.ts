import { Hono } from 'hono';
import { oauthApp } from '@/lib/fhir/oauth2/routes';
import { formatsOf } from '@/lib/fhir/shared/format';
import { mountFhir } from '@/lib/fhir/shared/http';
import { STU3_ELEMENTS } from '@/lib/fhir/stu3/elements';
import { openApi, registryApi } from '@/lib/fhir/stu3/openapi';
import type { OpenApi } from '@/lib/fhir/stu3/openapi-types';
import { REGISTRY_ROUTES } from '@/lib/fhir/stu3/registry-routes';
import { STU3_ROUTES } from '@/lib/fhir/stu3/routes';
import { readClock } from '@/lib/platform/time';

const STU3_FORMATS = formatsOf(STU3_ELEMENTS);

/**
 * The API for other systems: one application, mounted by Next beside the pages and by `npm run api` without them. A door: it reads `clock`
 * once for each request.
 */
export function fhirApp(clock: () => Date): Hono {
  const app = new Hono();
  app.route('/', oauthApp(clock));
  mountFhir(app, { path: '/STU3', routes: STU3_ROUTES, formats: STU3_FORMATS, documents: { '/openapi.json': openApi }, clock });
  mountFhir(app, { path: '/registry/STU3', routes: REGISTRY_ROUTES, formats: STU3_FORMATS, documents: { '/openapi.json': registryApi }, clock });
  return app;
}

const whole = fhirApp(readClock);

/** The application with the real clock. */
export const fhir: { fetch: (request: Request, bindings?: object) => Promise<Response> } = { fetch: async (request, bindings) => whole.fetch(request, bindings) };

/** The descriptions in OpenAPI of the booking API and of the registry's at this address, for the page that shows them. */
export function apiDescriptions(address: string): { booking: OpenApi; registry: OpenApi } {
  return { booking: openApi(`${address}/STU3`), registry: registryApi(`${address}/registry/STU3`) };
}
