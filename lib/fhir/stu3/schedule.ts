import type { Schedule } from 'fhir/r3';
import { headingOf } from '@/lib/fhir/stu3/heading';
import type { ApiSchedule } from '@/lib/schedule/api-schedule.schema';

/** A diary (B-220 to B-223): always of its service, of a practitioner and a role where they are stated. `root` is the service root. */
export function scheduleResource({ id, dosId, practitioner, role }: ApiSchedule, root: string): Schedule {
  return {
    ...headingOf('Schedule', id),
    identifier: [{ system: `${root.replace(/\/STU3$/, '')}/Id/schedule`, value: id }],
    actor: [
      { reference: `HealthcareService/${dosId}` },
      ...(practitioner ? [{ reference: `Practitioner/${practitioner.id}` }] : []),
      ...(role ? [{ reference: `PractitionerRole/${role.id}` }] : []),
    ],
  };
}
