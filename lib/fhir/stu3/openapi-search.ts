import { queryParameter } from '@/lib/fhir/stu3/openapi-parts';
import type { ApiParameter } from '@/lib/fhir/stu3/openapi-types';

/** How the parameter that names the patient may be spelt (B-701). */
export const PATIENT_SPELLINGS = [
  'patient, Patient, identifier, patient.identifier, patient:Patient.identifier, actor, actor:Patient.identifier, participant.actor.identifier',
  'Appointment.participant.actor, Appointment.participant.actor.identifier, Appointment.participant.actor:Patient.identifier',
].join(', ');

/** What narrows a search for appointments, besides whose they are. */
export const NARROWING_PARAMETERS: readonly ApiParameter[] = [
  queryParameter('_id', { description: 'One appointment by its id; also written appointmentId (B-705).' }),
  queryParameter('version', { description: 'With _id: only if this is its version (B-705).' }),
  queryParameter('start', {
    description: 'When they start, as in a search for slots; also written date. Without it: those that have not ended (B-707, B-708).',
    schema: { type: 'array', items: { type: 'string' } },
    example: 'ge2027-03-03',
  }),
  queryParameter('status', { description: 'Statuses, with commas between several (B-708).', example: 'booked' }),
];
