import type { FhirResource } from 'fhir/r3';
import type { Ctx, SystemActor } from '@/lib/auth/actor';
import type { ApiSlots, Withheld } from '@/lib/booking/api-slots.schema';
import type { Entry } from '@/lib/fhir/shared/bundle';
import { outcomeOf } from '@/lib/fhir/shared/outcome';
import type { Issue } from '@/lib/fhir/shared/route';
import { healthcareServiceResource } from '@/lib/fhir/stu3/healthcare-service';
import { locationResource } from '@/lib/fhir/stu3/location';
import { organizationResource } from '@/lib/fhir/stu3/organization';
import { practitionerResource } from '@/lib/fhir/stu3/practitioner';
import { practitionerRoleResource } from '@/lib/fhir/stu3/practitioner-role';
import { scheduleResource } from '@/lib/fhir/stu3/schedule';
import { slotResource } from '@/lib/fhir/stu3/slot';
import type { Include } from '@/lib/fhir/stu3/slot-includes';

/** The slots that were found, then what was asked for besides, each once (B-330 to B-332, B-345, B-352). `root` is the service root. */
export function slotEntries(found: ApiSlots, includes: ReadonlySet<Include>, root: string): Entry[] {
  const channels = new Map(found.schedules.map(({ id, channel }) => [id, channel]));
  const slots = found.slots.map((slot) => slotResource(slot, channels.get(slot.scheduleId) ?? null));
  const entryOf = (resource: FhirResource, mode: 'match' | 'include'): Entry => ({ fullUrl: `${root}/${resource.resourceType}/${resource.id}`, resource, mode });
  return [...slots.map((slot) => entryOf(slot, 'match')), ...included(found, includes, root).map((resource) => entryOf(resource, 'include'))];
}

/** Why there is nothing, as the one entry of an answer without slots (B-343); none where nothing is withheld. */
export function withheldEntry({ actor, requestId }: Ctx<SystemActor>, withheld: readonly Withheld[]): Entry[] {
  if (withheld.length === 0) return [];
  const issues = withheld.map((reason): Issue => ({ severity: 'information', code: 'informational', diagnostics: WORDS[reason](actor.organisation.code) }));
  return [{ fullUrl: `urn:uuid:${requestId}`, resource: outcomeOf(requestId, issues), mode: 'outcome' }];
}

const WORDS: Record<Withheld, (odsCode: string) => string> = {
  'service-closed': () => 'The service takes no bookings',
  'organisation-refused': (odsCode) => `The service takes no bookings from organisation ${odsCode}`,
  'client-not-allowed': () => 'This client is not registered to book at the service',
  'closed-for-a-time': () => 'The service is closed for at least a part of the time asked for',
  'slots-not-offered': () => 'There are free slots that cannot be booked now: kept for local use, not open for booking yet, or too near to their start',
};

function included({ schedules, services, organisations }: ApiSlots, includes: ReadonlySet<Include>, root: string): FhirResource[] {
  const when = <Row>(include: Include, rows: readonly Row[], resource: (row: Row) => FhirResource) => (includes.has(include) ? rows.map(resource) : []);
  const practitioners = onceEach(schedules.flatMap(({ practitioner }) => practitioner ?? []));
  const roles = onceEach(schedules.flatMap(({ role }) => role ?? []));
  return [
    ...when('Schedule', schedules, (schedule) => scheduleResource(schedule, root)),
    ...when('HealthcareService', services, healthcareServiceResource),
    ...when('Organization', organisations, organizationResource),
    ...when('Location', services, locationResource),
    ...when('Practitioner', practitioners, practitionerResource),
    ...when('PractitionerRole', roles, practitionerRoleResource),
  ];
}

/** Of several diaries of one person the first says who it is. */
function onceEach<Row extends { id: string }>(rows: readonly Row[]): Row[] {
  return [...new Map(rows.toReversed().map((row) => [row.id, row])).values()].toReversed();
}
