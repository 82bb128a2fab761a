import { searchBundle, searchUrl } from '@/lib/fhir/shared/bundle';
import { notFound } from '@/lib/fhir/shared/outcome';
import type { Answer, Fault, FhirRequest, Route } from '@/lib/fhir/shared/route';
import { readVersionMatch } from '@/lib/fhir/stu3/appointment-change-in';
import { versionUrl } from '@/lib/fhir/stu3/appointment-out';
import { REGISTRY_METADATA_ROUTE } from '@/lib/fhir/stu3/capability';
import { faultOf } from '@/lib/fhir/stu3/refusals';
import { toEntryChange } from '@/lib/fhir/stu3/registry-change-in';
import { toRegistration } from '@/lib/fhir/stu3/registry-in';
import { toEntry, toEntryLine } from '@/lib/fhir/stu3/registry-out';
import { parseEntry } from '@/lib/fhir/stu3/registry-schema';
import { toEntrySearch } from '@/lib/fhir/stu3/registry-search';
import { isId, newId } from '@/lib/platform/id';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { apiEntries, apiEntry, earlierRegistration } from '@/lib/registry/api-entry.queries';
import type { ApiEntry } from '@/lib/registry/api-entry.schema';
import { changeRegistered } from '@/lib/registry/change-entry.commands';
import { registerEntry } from '@/lib/registry/register.commands';

/** The interactions of the registry: register, read, read a version, change, search by patient and by pointer (section 13). */
export const REGISTRY_ROUTES: readonly Route[] = [
  REGISTRY_METADATA_ROUTE,
  { method: 'POST', path: '/Appointment', interaction: 'registry:create:appointment', scope: 'registry/appointment.write', handle: register },
  { method: 'GET', path: '/Appointment', interaction: 'registry:search:appointment', scope: 'registry/appointment.read', handle: search },
  { method: 'POST', path: '/Appointment/_search', interaction: 'registry:search:appointment', scope: 'registry/appointment.read', handle: search },
  { method: 'GET', path: '/Appointment/:id', interaction: 'registry:read:appointment', scope: 'registry/appointment.read', handle: read },
  { method: 'PUT', path: '/Appointment/:id', interaction: 'registry:update:appointment', scope: 'registry/appointment.write', handle: change },
  { method: 'GET', path: '/Appointment/:id/_history/:vid', interaction: 'registry:read:appointment', scope: 'registry/appointment.read', handle: readVersion },
];

/** A version that no entry ever has: a change that names none is of another one than the newest. */
const NO_VERSION = 0;

type Answered = Result<Answer, Fault>;

async function register({ ctx, root, body }: FhirRequest): Promise<Answered> {
  const sent = await body();
  const registration = sent.ok ? toRegistration(sent.value, { now: ctx.now, root }) : sent;
  // A repeat is told before what is wrong with its body (B-402); with a sound one, the registration itself finds it.
  if (!registration.ok) return (await repeatOf({ ctx, root }, 'POST')) ?? registration;

  const registered = await registerEntry(ctx, registration.value);
  return registered.ok ? made(root, { entry: registered.value.entry, status: 201 }) : faultOf(registered.error, root);
}

async function read({ ctx, root, params }: FhirRequest): Promise<Answered> {
  const { id = '' } = params;
  const found = await apiEntry(ctx, { id });
  // A malformed id is not repeated: it may be somebody's NHS number.
  return found ? ok(answerOf(root, found)) : notFound(isId(id) ? `Appointment/${id}` : 'Appointment with this id');
}

async function readVersion({ ctx, root, params }: FhirRequest): Promise<Answered> {
  const { id = '', vid = '' } = params;
  const found = /^[1-9]\d{0,8}$/.test(vid) ? await apiEntry(ctx, { id, version: Number(vid) }) : null;
  return found ? ok(answerOf(root, found)) : notFound('such version of this Appointment');
}

async function change({ ctx, root, params, header, body }: FhirRequest): Promise<Answered> {
  const repeated = await repeatOf({ ctx, root }, 'PUT');
  if (repeated) return repeated;
  const sent = await body();
  if (!sent.ok) return sent;
  const parsed = parseEntry(sent.value);
  if (!parsed.ok) return parsed;

  const version = readVersionMatch(header('If-Match'));
  const asked = { body: sent.value, entryId: params['id'] ?? '', version: version.ok ? version.value : NO_VERSION, now: ctx.now, root, registrarCode: ctx.actor.organisation.code };
  const { change: wanted, fault } = toEntryChange(parsed.value, asked);
  const changed = await changeRegistered(ctx, wanted);
  if (changed.ok) return made(root, { entry: changed.value.entry, status: 200 });
  if (changed.error.code === 'entry-changed' && !version.ok) return version;
  return changed.error.code === 'entry-differs' && fault ? refuse(fault) : faultOf(changed.error, root);
}

async function search({ ctx, root, query }: FhirRequest): Promise<Answered> {
  const asked = toEntrySearch(query, root);
  if (!asked.ok) return asked;
  const found = await apiEntries(ctx, asked.value.search);
  const entries = found.map((entry) => ({ fullUrl: versionUrl(root, entry), resource: toEntryLine(root, entry), mode: 'match' as const }));
  const self = searchUrl(`${root}/Appointment`, asked.value.understood);
  return ok({ status: 200, resource: searchBundle({ id: newId(), now: ctx.now, self, total: found.length, entries }) });
}

/** The refusal of a request that was carried out before, found before its body is read (B-402, B-601). */
async function repeatOf({ ctx, root }: Pick<FhirRequest, 'ctx' | 'root'>, method: 'POST' | 'PUT'): Promise<{ ok: false; error: Fault } | null> {
  const earlier = await earlierRegistration(ctx, method);
  return earlier && faultOf({ code: 'registration-repeated', ...earlier }, root);
}

/** The answer to a change: the version that it made (B-914, B-927). */
function made(root: string, { entry, status }: { entry: ApiEntry; status: 200 | 201 }): Answered {
  return ok({ ...answerOf(root, entry), status, location: versionUrl(root, entry) });
}

function answerOf(root: string, entry: ApiEntry): Answer {
  const { version, changedAt } = entry;
  return { status: 200, resource: toEntry(root, entry), version: { id: String(version), at: changedAt, url: versionUrl(root, entry) } };
}
