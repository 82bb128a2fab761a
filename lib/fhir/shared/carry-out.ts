import type { Ctx, SystemActor } from '@/lib/auth/actor';
import { clientCtx } from '@/lib/auth/client-token';
import { authFault } from '@/lib/fhir/shared/auth-failures';
import { decideEncoding, readText } from '@/lib/fhir/shared/body';
import type { Formats } from '@/lib/fhir/shared/format';
import { countFailure, countRequest, inTime, type Patience } from '@/lib/fhir/shared/limits';
import { bodyFormat, decideForm } from '@/lib/fhir/shared/negotiate';
import { fault, notFound } from '@/lib/fhir/shared/outcome';
import type { Answer, Fault, FhirRequest, OpenRequest, Route } from '@/lib/fhir/shared/route';
import { decideParameters, type Visit } from '@/lib/fhir/shared/visit';
import { ForbiddenError } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';

/** A request on its way to the route that it is for. */
export type Errand = {
  visit: Visit;
  route: Route;
  params: Readonly<Record<string, string>>;
  /** The service root, absolute. */
  root: string;
  formats: Formats;
  patience: Patience;
  /** Where the request comes from: tokens that are refused are counted by it. */
  address: string;
  /** Told who it is as soon as that is known, for the log. */
  welcome: (actor: SystemActor) => void;
};

type Guarded = Extract<Route, { handle: (request: FhirRequest) => unknown; scope: string }>;

/**
 * Carries out one request: media types, token and scope, the client's limit, then the route's own work (B-401, B-402). The token is
 * looked at before the body is read and before anything is looked up (B-142). Refuses with whatever a client can act on; throws what is
 * a fault of ours.
 */
export async function carryOut(errand: Errand): Promise<Result<Answer, Fault>> {
  const { visit, route } = errand;
  const sent = decideSent(visit.request, route);
  if (!sent.ok) return sent;
  const limit = { ms: errand.patience.answerMs, late: tooSlow };
  if (route.scope === null) return inTime(route.handle(openRequest(errand, visit.query)), limit);

  const known = await identify(errand, route);
  if (!known.ok) return known;
  // B-503: no id is like that, and no text of PostgreSQL may be.
  if (Object.values(errand.params).some((param) => param.includes('\u0000'))) return notFound('resource of this id');
  const query = await wholeQuery(errand);
  if (!query.ok) return query;
  const request = { ...openRequest(errand, query.value), ctx: known.value, body: bodyOnce(errand) };
  return inTime(withinScope(route, request), limit);
}

/** Whether the route takes a form: a search by POST acts as the GET (B-007). */
function isSearchByPost({ method, path }: Route): boolean {
  return method === 'POST' && path.endsWith('/_search');
}

function decideSent(request: Request, route: Route): Result<null, Fault> {
  if (route.method === 'GET') return ok(null);
  const contentType = request.headers.get('content-type');
  const type = isSearchByPost(route) ? decideForm(contentType) : bodyFormat(contentType);
  return type.ok ? decideEncoding(request) : type;
}

async function identify({ visit, root, address, welcome }: Errand, { scope, interaction }: Guarded): Promise<Result<Ctx<SystemActor>, Fault>> {
  const { header, now, requestId, correlationId } = visit;
  const authorization = header('authorization');
  const client = await clientCtx({ authorization, proxy: proxyOf(header), audience: root, scope, interaction, now, requestId, correlationId });
  if (!client.ok) return refuse((await countFailure(address)) ?? authFault(client.error));

  const { ctx, requestsPerMinute } = client.value;
  welcome(ctx.actor);
  const throttled = await countRequest(ctx.actor.id, requestsPerMinute);
  return throttled ? refuse(throttled) : ok(ctx);
}

// Spelt with underscores by one of the sources (B-010).
function proxyOf(header: Visit['header']) {
  const either = (name: string) => header(`Ssp-${name}`) ?? header(`Ssp_${name}`);
  return { traceId: either('TraceID'), from: either('From'), to: either('To'), interactionId: either('InteractionID') };
}

function openRequest({ visit, root, params }: Errand, query: OpenRequest['query']): OpenRequest {
  return { now: visit.now, root, params, query, header: visit.header };
}

async function wholeQuery({ visit, route, patience }: Errand): Promise<Result<OpenRequest['query'], Fault>> {
  if (!isSearchByPost(route)) return ok(visit.query);
  const form = await readText(visit.request, patience.bodyMs);
  if (!form.ok) return form;
  const query = [...visit.query, ...new URLSearchParams(form.value)];
  const decided = decideParameters(query);
  return decided.ok ? ok(query) : decided;
}

/** The body, read when it is first asked for. */
function bodyOnce({ visit, formats, patience }: Errand): FhirRequest['body'] {
  let read: Promise<Result<unknown, Fault>> | undefined;
  return () => (read ??= readBody());

  async function readBody(): Promise<Result<unknown, Fault>> {
    const format = bodyFormat(visit.header('content-type'));
    if (!format.ok) return format;
    const text = await readText(visit.request, patience.bodyMs);
    return text.ok ? formats.read(text.value, format.value) : text;
  }
}

async function withinScope(route: Guarded, request: FhirRequest): Promise<Result<Answer, Fault>> {
  try {
    return await route.handle(request);
  } catch (error) {
    if (error instanceof ForbiddenError) return refuse(authFault({ reason: 'scope', needed: route.scope }));
    throw error;
  }
}

/** What goes on behind this answer is found by a repeat with the same X-Request-Id (B-044). */
function tooSlow(): { ok: false; error: Fault } {
  const diagnostics = 'This takes too long: send it again with the same X-Request-Id, and it is done once whatever became of it';
  const { error } = fault(503, { severity: 'fatal', code: 'transient', details: 'INTERNAL_SERVER_ERROR', diagnostics });
  return refuse({ ...error, headers: { 'Retry-After': '5' } });
}
