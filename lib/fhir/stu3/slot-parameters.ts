import { MAX_API_SLOTS, type ApiSlotSearch } from '@/lib/booking/api-slots.schema';
import { badParameter } from '@/lib/fhir/shared/outcome';
import type { Fault, Parameter } from '@/lib/fhir/shared/route';
import { boundsOf, listOf, tokenOf, valuesOf, withPlus, type Bounds } from '@/lib/fhir/shared/search';
import { targetOf } from '@/lib/fhir/stu3/references';
import { chained, includesOf, type Include } from '@/lib/fhir/stu3/slot-includes';
import { isId } from '@/lib/platform/id';
import { ok, type Result } from '@/lib/platform/result';

/** A search for slots as it was understood, and the parameters that say so again (B-350). */
export type SlotQuery = { search: ApiSlotSearch; includes: ReadonlySet<Include>; understood: readonly Parameter[] };

/** Where the next page begins, in the links of Onward's own pages. */
export const AFTER = '_after';

const SERVICE_NAMES = ['service', 'schedule.actor:healthcareservice', 'schedule.actor:HealthcareService', '_schedule.actor:healthcareservice'];
const DATE_NAMES = ['start', 'end'];
const KNOWN = [...SERVICE_NAMES, ...DATE_NAMES, 'status', '_id', '_count', AFTER, '_format'];
const STATUS_SYSTEM = 'http://hl7.org/fhir/slotstatus';
const STATUSES = ['free', 'busy', 'busy-unavailable', 'busy-tentative', 'entered-in-error'];

/**
 * Reads the parameters of a search for slots (B-301 to B-311), `root` being the service root. Unknown ones are ignored (B-030). Refuses, with
 * 400 and its name, a known one that cannot be used, and a window that is over (B-306).
 */
export function slotQuery(query: readonly Parameter[], { root, now }: { root: string; now: Date }): Result<SlotQuery, Fault> {
  const services = servicesOf(valuesOf(query, SERVICE_NAMES), root);
  if (!services.ok) return services;
  const statuses = statusesOf(valuesOf(query, ['status']));
  if (!statuses.ok) return statuses;
  const start = windowOf('start', query, now);
  if (!start.ok) return start;
  const end = windowOf('end', query, now);
  if (!end.ok) return end;
  const page = pageOf(query);
  if (!page.ok) return page;

  const includes = chained(new Set(query.flatMap((parameter) => includesOf(parameter) ?? [])));
  const search = { ...page.value, services: services.value, statuses: statuses.value, start: start.value, end: end.value, ids: idsOf(valuesOf(query, ['_id'])) };
  const wanted = { services: includes.has('HealthcareService'), organisations: includes.has('Organization') };
  return ok({ search: { ...search, includes: wanted }, includes, understood: understoodOf(query) });
}

/** The ids of the services named, by any of the forms that name one; null when none is (B-301). */
function servicesOf(values: readonly string[], root: string): Result<readonly string[] | null, Fault> {
  if (values.length === 0) return ok(null);
  const ids = listOf(values).map((value) => serviceOf(value, root));
  return ids.includes('') ? badParameter('service', 'service must have the id of a service, such as 2000080401') : ok(ids);
}

function serviceOf(value: string, root: string): string {
  const target = targetOf(value, root);
  if (target && 'type' in target && target.type === 'HealthcareService') return target.id;
  return tokenOf(value).value;
}

function statusesOf(values: readonly string[]): Result<{ free: boolean; busy: boolean }, Fault> {
  if (values.length === 0) return ok({ free: true, busy: true });
  const codes = listOf(values).map((value) => codeOf(value));
  if (!codes.every((code) => STATUSES.includes(code))) return badParameter('status', `status must be one or more of ${STATUSES.join(', ')}`);
  return ok({ free: codes.includes('free'), busy: codes.includes('busy') });
}

function codeOf(value: string): string {
  const token = tokenOf(value);
  return token.system === null || token.system === STATUS_SYSTEM ? token.value : value;
}

function windowOf(name: string, query: readonly Parameter[], now: Date): Result<Bounds, Fault> {
  const bounds = boundsOf(name, valuesOf(query, [name]));
  if (!bounds.ok) return bounds;
  const { before } = bounds.value;
  return before && before <= now ? badParameter(name, `the window of ${name} is in the past`) : bounds;
}

/** What is no UUID is the id of nothing; UUIDs come in any case. */
function idsOf(values: readonly string[]): readonly string[] | null {
  return values.length === 0 ? null : listOf(values).filter(isId).map((id) => id.toLowerCase());
}

function pageOf(query: readonly Parameter[]): Result<{ count: number | null; after: string | null }, Fault> {
  const [count] = valuesOf(query, ['_count']);
  if (count !== undefined && !/^\d{1,9}$/.test(count)) return badParameter('_count', '_count must be a whole number, 0 or more');
  const [after] = valuesOf(query, [AFTER]);
  if (after !== undefined && !isId(after)) return badParameter(AFTER, `${AFTER} is for the next links of Onward alone`);
  return ok({ count: count === undefined ? null : Math.min(Number(count), MAX_API_SLOTS), after: after ?? null });
}

function understoodOf(query: readonly Parameter[]): Parameter[] {
  return query
    .filter((parameter) => KNOWN.includes(parameter[0]) || includesOf(parameter) !== null)
    .map(([name, value]) => [name, DATE_NAMES.includes(name) ? withPlus(value) : value]);
}
