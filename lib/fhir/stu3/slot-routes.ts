import { createHash } from 'node:crypto';
import type { HealthcareService, Location, Organization, Practitioner, PractitionerRole, Schedule, Slot } from 'fhir/r3';
import type { Ctx, SystemActor } from '@/lib/auth/actor';
import { apiSlot } from '@/lib/booking/api-slot.queries';
import { apiOrganisation, apiService } from '@/lib/directory/api-directory.queries';
import { notFound } from '@/lib/fhir/shared/outcome';
import type { Answer, Fault, FhirRequest, Route } from '@/lib/fhir/shared/route';
import { healthcareServiceResource } from '@/lib/fhir/stu3/healthcare-service';
import { locationResource } from '@/lib/fhir/stu3/location';
import { organizationResource } from '@/lib/fhir/stu3/organization';
import { practitionerResource } from '@/lib/fhir/stu3/practitioner';
import { practitionerRoleResource } from '@/lib/fhir/stu3/practitioner-role';
import { scheduleResource } from '@/lib/fhir/stu3/schedule';
import { slotResource } from '@/lib/fhir/stu3/slot';
import { searchSlots } from '@/lib/fhir/stu3/slot-search';
import { ok, type Result } from '@/lib/platform/result';
import { apiPractitioner, apiPractitionerRole, apiSchedule } from '@/lib/schedule/api-schedule.queries';

const SCOPE = 'organization/slot.read';
const VERSION_LENGTH = 16;

/** The search for slots, by GET and by a form (B-007), and the reads of slots and of all that references of slots lead to (B-507). */
export const SLOT_ROUTES: readonly Route[] = [
  { method: 'GET', path: '/Slot', interaction: 'search:slot', scope: SCOPE, handle: searchSlots },
  { method: 'POST', path: '/Slot/_search', interaction: 'search:slot', scope: SCOPE, handle: searchSlots },
  readOf('Slot', async (ctx, id) => {
    const found = await apiSlot(ctx, id);
    return found && slotResource(found.slot, found.channel);
  }),
  readOf('Schedule', async (ctx, id, root) => {
    const found = await apiSchedule(ctx, id);
    return found && scheduleResource(found, root);
  }),
  readOf('HealthcareService', async (ctx, id) => {
    const found = await apiService(ctx, { dosId: id, as: 'HealthcareService' });
    return found && healthcareServiceResource(found);
  }),
  readOf('Organization', async (ctx, id) => {
    const found = await apiOrganisation(ctx, id);
    return found && organizationResource(found);
  }),
  readOf('Location', async (ctx, id) => {
    const found = await apiService(ctx, { dosId: id, as: 'Location' });
    return found && locationResource(found);
  }),
  readOf('Practitioner', async (ctx, id) => {
    const found = await apiPractitioner(ctx, id);
    return found && practitionerResource(found);
  }),
  readOf('PractitionerRole', async (ctx, id) => {
    const found = await apiPractitionerRole(ctx, id);
    return found && practitionerRoleResource(found);
  }),
];

type Directory = Slot | Schedule | HealthcareService | Organization | Location | Practitioner | PractitionerRole;
type Read = (ctx: Ctx<SystemActor>, id: string, root: string) => Promise<Directory | null>;

/** The read of one type by its id; 404 for an id that is not there, malformed ones included (B-842). */
function readOf(type: Directory['resourceType'], read: Read): Route {
  const handle = async ({ ctx, root, params }: FhirRequest): Promise<Result<Answer, Fault>> => {
    const { id = '' } = params;
    const resource = await read(ctx, id, root);
    return resource ? ok(versioned(resource, root)) : notFound(wordsFor(type, id));
  };
  return { method: 'GET', path: `/${type}/:id`, interaction: `read:${type.toLowerCase()}`, scope: SCOPE, handle };
}

/** Directory data has no versions: a digest of what is sent stands for one, so that a client sees when it has changed (B-060). */
function versioned(resource: Directory, root: string): Answer {
  const versionId = createHash('sha1').update(JSON.stringify(resource)).digest('hex').slice(0, VERSION_LENGTH);
  const url = `${root}/${resource.resourceType}/${resource.id}`;
  const sent = { ...resource, meta: { versionId, ...resource.meta } };
  return { status: 200, resource: sent, version: { id: versionId, at: null, url } };
}

// What cannot be an id is not repeated: anything may have been sent in its place (B-813).
function wordsFor(type: string, id: string): string {
  return /^[A-Za-z0-9.-]{1,64}$/.test(id) ? `${type}/${id}` : `${type} of that id`;
}
