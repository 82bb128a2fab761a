import type { Context, Hono } from 'hono';
import type { SystemActor } from '@/lib/auth/actor';
import { codesOf, isAway } from '@/lib/fhir/shared/away';
import { carryOut } from '@/lib/fhir/shared/carry-out';
import type { Formats } from '@/lib/fhir/shared/format';
import { PATIENCE, type Patience } from '@/lib/fhir/shared/limits';
import { memberOf } from '@/lib/fhir/shared/member';
import { fault } from '@/lib/fhir/shared/outcome';
import { respond, respondDocument } from '@/lib/fhir/shared/respond';
import type { Answer, Fault, Route } from '@/lib/fhir/shared/route';
import { openVisit, type Visit } from '@/lib/fhir/shared/visit';
import { publicUrl } from '@/lib/platform/env';
import { log } from '@/lib/platform/log';
import { refuse, type Result } from '@/lib/platform/result';

/** One service root: everything below `path`. */
export type FhirRoot = {
  /** Such as `/STU3`. */
  path: string;
  routes: readonly Route[];
  formats: Formats;
  /** Plain JSON about the root, by its path below it: told without a token. */
  documents?: Readonly<Record<string, (root: string) => object>>;
  clock: () => Date;
  patience?: Patience;
};

/** What a request found at its path: a way to decide it, and the pattern of the path for the log. */
type Place = { root: FhirRoot; pattern: string; decide: (visit: Visit, welcome: (actor: SystemActor) => void) => Promise<Result<Answer, Fault>> };

/**
 * Answers everything below a service root by the rules of sections 2 and 11 of the reference: its routes, 405 with `Allow` for another
 * method on a known path (B-005), 404 for any other path (B-006). HEAD is a GET without its body. There is no CORS: other systems call
 * this, not browsers, and OPTIONS is one more method that is not allowed.
 */
export function mountFhir(app: Hono, root: FhirRoot): void {
  const at = (path: string) => `${root.path}${path}`;
  for (const [path, document] of Object.entries(root.documents ?? {})) {
    app.get(at(path), (c) => respondDocument(openVisit(c.req.raw, root.clock()), document(addressOf(root))));
    app.all(at(path), (c) => serve(c, methodsAt(root, { pattern: path, methods: ['GET'] })));
  }
  for (const [path, routes] of byPath(root.routes)) {
    for (const route of routes) app.on(route.method, at(path), (c) => serve(c, routeAt(c, { root, route })));
    const methods = routes.map(({ method }) => method);
    app.all(at(path), (c) => serve(c, methodsAt(root, { pattern: path, methods })));
  }
  app.all(root.path, (c) => serve(c, nothingAt(root)));
  app.all(at('/*'), (c) => serve(c, nothingAt(root)));
}

function addressOf({ path }: FhirRoot): string {
  return `${publicUrl()}${path}`;
}

/** The routes of each path; paths with a name in them come last, or `/Slot/_search` would be the Slot of the id `_search`. */
function byPath(routes: readonly Route[]): [path: string, routes: Route[]][] {
  const paths = [...new Set(routes.map(({ path }) => path))].toSorted((a, b) => Number(a.includes(':')) - Number(b.includes(':')));
  return paths.map((path) => [path, routes.filter((route) => route.path === path)]);
}

function routeAt(c: Context, { root, route }: { root: FhirRoot; route: Route }): Place {
  const { formats, patience = PATIENCE } = root;
  const decide: Place['decide'] = async (visit, welcome) => {
    if (visit.wrong) return refuse(visit.wrong);
    const errand = { visit, route, params: c.req.param(), root: addressOf(root), formats, patience, address: sourceOf(c), welcome };
    return carryOut(errand);
  };
  return { root, pattern: route.path, decide };
}

function methodsAt(root: FhirRoot, { pattern, methods }: { pattern: string; methods: readonly string[] }): Place {
  const allowed = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
  const { error } = fault(405, { severity: 'error', code: 'not-supported', details: 'BAD_REQUEST', diagnostics: `Allowed here: ${allowed}` });
  return { root, pattern, decide: async () => refuse({ ...error, headers: { Allow: allowed } }) };
}

function nothingAt(root: FhirRoot): Place {
  const diagnostics = 'There is nothing at this path: see /metadata for what there is';
  return { root, pattern: '/*', decide: async () => fault(404, { severity: 'error', code: 'not-found', details: 'NO_RECORD_FOUND', diagnostics }) };
}

async function serve(c: Context, place: Place): Promise<Response> {
  const startedAt = performance.now();
  const { root } = place;
  const visit = openVisit(c.req.raw, root.clock());
  let actor: SystemActor | undefined;
  let response: Response;
  try {
    const decided = await place.decide(visit, (client) => (actor = client));
    response = await respond(visit, { decided, formats: root.formats });
  } catch (error) {
    logFault(error, { visit, place });
    response = await respond(visit, { decided: faultOf(visit, error), formats: root.formats });
  }
  const { requestId, correlationId } = visit;
  const line = { route: `${root.path}${place.pattern}`, method: visit.request.method, status: response.status, ms: Math.round(performance.now() - startedAt) };
  // Successes are in the audit; what failed was somebody's fault, and is looked for here (B-048, B-814).
  log[response.status < 400 ? 'debug' : 'info']({ ...line, requestId, correlationId, client: actor?.id, organisation: actor?.organisation.code }, 'API request');
  return response;
}

/** The answer to what was thrown: its id and nothing else, or when to come back (B-813, B-847). */
function faultOf(visit: Visit, error: unknown): { ok: false; error: Fault } {
  if (!isAway(error)) return fault(500, { severity: 'fatal', code: 'exception', details: 'INTERNAL_SERVER_ERROR', diagnostics: visit.requestId });
  const away = fault(503, { severity: 'fatal', code: 'transient', details: 'INTERNAL_SERVER_ERROR', diagnostics: visit.requestId });
  return refuse({ ...away.error, headers: { 'Retry-After': '5' } });
}

/** Names and codes alone: the words of an error may quote what was sent. */
function logFault(error: unknown, { visit, place }: { visit: Visit; place: Place }): void {
  const { requestId, correlationId, request } = visit;
  const name = error instanceof Error ? error.name : typeof error;
  log.error({ route: `${place.root.path}${place.pattern}`, method: request.method, requestId, correlationId, error: name, codes: codesOf(error) }, 'API fault');
}

/** The peer of the connection where the server tells it, else what the web server before us says. */
function sourceOf(c: Context): string {
  const bindings: unknown = c.env;
  const peer = ['incoming', 'socket', 'remoteAddress'].reduce(memberOf, bindings);
  return typeof peer === 'string' ? peer : (c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? 'unknown');
}
