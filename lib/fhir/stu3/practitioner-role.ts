import type { CodeableConcept, Coding, PractitionerRole } from 'fhir/r3';
import { headingOf } from '@/lib/fhir/stu3/heading';
import type { ApiPractitionerRole } from '@/lib/schedule/api-schedule.schema';

const GENERAL_PRACTITIONER: Coding = {
  system: 'https://fhir.hl7.org.uk/STU3/CodeSystem/CareConnect-SDSJobRoleName-1',
  code: 'R0260',
  display: 'General Medical Practitioner',
};

/** Roles in services' own words, in small letters, that are surely one of the Spine's job roles (B-209). */
const JOB_ROLES = new Map([
  ['general practitioner', GENERAL_PRACTITIONER],
  ['general medical practitioner', GENERAL_PRACTITIONER],
  ['gp', GENERAL_PRACTITIONER],
]);

/** In which role somebody sees patients (B-241): the words of the service, and the national code where they are surely one. */
export function practitionerRoleResource({ id, name, odsCode, practitionerId }: ApiPractitionerRole): PractitionerRole {
  return {
    ...headingOf('PractitionerRole', id),
    ...(practitionerId ? { practitioner: { reference: `Practitioner/${practitionerId}` } } : {}),
    organization: { reference: `Organization/${odsCode}` },
    code: [codeOf(name)],
  };
}

function codeOf(name: string): CodeableConcept {
  const coding = JOB_ROLES.get(name.toLowerCase());
  return coding ? { coding: [coding], text: name } : { text: name };
}
