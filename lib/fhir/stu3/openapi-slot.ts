import { formContent, operation, queryParameter } from '@/lib/fhir/stu3/openapi-parts';
import { emptyBundleExample, slotBundleExample } from '@/lib/fhir/stu3/openapi-slot-example';
import type { ApiParameter, PathItem } from '@/lib/fhir/stu3/openapi-types';

const SERVICE_SPELLINGS = 'service, schedule.actor:healthcareservice, schedule.actor:HealthcareService or _schedule.actor:healthcareservice';

const DESCRIPTION = [
  'Finds the slots of services in a window of time, free or busy, of all diaries of the service. What your organisation may not book is left out.',
  'A slot that somebody holds is busy. A free slot that has begun is not returned: what is returned can be booked.',
  'Unknown parameters are ignored and left out of the self link. Nothing free: a Bundle without entries. Withheld from you, or the service is closed to booking: one OperationOutcome entry says why.',
].join('\n\n');

const INCLUDES = [
  { value: 'Slot:schedule', adds: 'the diary' },
  { value: 'Schedule:actor:HealthcareService', adds: 'the service' },
  { value: 'Schedule:actor:Practitioner', adds: 'who will see the patient' },
  { value: 'Schedule:actor:PractitionerRole', adds: 'in which role' },
  { value: 'HealthcareService:Organization', adds: 'the provider' },
  { value: 'HealthcareService:Location', adds: 'the place of care' },
];

const PARAMETERS: readonly ApiParameter[] = [
  queryParameter('service', {
    description: `Service ids of the directory, with commas between several; also HealthcareService/id and system|id. Written ${SERVICE_SPELLINGS} (B-301). Without it: the 1,000 earliest slots of all services that are open to you.`,
    example: '2000080401',
  }),
  queryParameter('status', { description: 'free, busy, or both with a comma. Without it: both (B-302).', example: 'free' }),
  queryParameter('start', {
    description: 'When the slot starts: ge, gt, le, lt or eq and a date, or a date and time with its offset. Twice: a window. Encode the + of an offset as %2B (B-303, B-304).',
    example: 'ge2027-03-03T14:00:00+00:00',
    schema: { type: 'array', items: { type: 'string' } },
  }),
  queryParameter('end', { description: 'The same for the end of the slot (B-308).', schema: { type: 'array', items: { type: 'string' } } }),
  queryParameter('_include', {
    description: `${INCLUDES.map(({ value, adds }) => `${value} adds ${adds}`).join('; ')}. Written _include, _include:iterate or _include:recurse; Schedule kinds need Slot:schedule, the last two the service (B-320 to B-333).`,
    example: 'Slot:schedule',
    schema: { type: 'array', items: { type: 'string' } },
  }),
  queryParameter('_id', { description: 'Slots by their ids (B-309).' }),
  queryParameter('_count', { description: 'At most so many slots, with a next link; 0: only the total (B-309).', schema: { type: 'integer', minimum: 0 }, example: '20' }),
];

/** The search for slots, by GET and by a form (section 5). */
export function slotPaths(root: string): Record<string, PathItem> {
  const shared = {
    tag: 'Slots',
    scopes: ['organization/slot.read'],
    success: {
      status: 200,
      description: 'A Bundle: slots by start, end and id, then what was included. Its total counts slots.',
      headers: [],
      resource: 'Bundle',
      examples: { found: slotBundleExample(root), nothing: emptyBundleExample(root) },
    },
  } as const;
  const search = operation({ ...shared, id: 'searchSlots', summary: 'Find slots', description: DESCRIPTION, parameters: PARAMETERS, failures: ['bad-parameter', 'service-unknown'] });
  const form = operation({
    ...shared,
    id: 'searchSlotsByForm',
    summary: 'Find slots by a form',
    description: 'The same search with its parameters in the body (B-007).',
    parameters: [],
    body: { description: 'The parameters of the search.', content: formContent(PARAMETERS) },
    failures: ['bad-parameter', 'service-unknown', 'too-large'],
  });
  return { '/Slot': { get: search }, '/Slot/_search': { post: form } };
}
