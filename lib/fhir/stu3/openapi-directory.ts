import type { FhirResource } from 'fhir/r3';
import { operation, pathParameter } from '@/lib/fhir/stu3/openapi-parts';
import { directoryExamples } from '@/lib/fhir/stu3/openapi-slot-example';
import type { Operation, PathItem } from '@/lib/fhir/stu3/openapi-types';

const READS = [
  { type: 'Slot', words: 'A slot, free or busy.' },
  { type: 'Schedule', words: 'The diary that a slot belongs to.' },
  { type: 'HealthcareService', words: 'A service, by its id in the directory of services.' },
  { type: 'Organization', words: 'The provider of a service, by its ODS code.' },
  { type: 'Location', words: 'The place of care of a service.' },
  { type: 'Practitioner', words: 'Who will see the patient, where that is known.' },
  { type: 'PractitionerRole', words: 'The role in which somebody will see the patient.' },
] as const;

/** Reads of slots and of what references lead to (B-507). */
export function directoryPaths(root: string): Record<string, PathItem> {
  const examples = directoryExamples(root);
  return Object.fromEntries(READS.map(({ type, words }) => [`/${type}/{id}`, { get: read(words, examples[type]) }]));
}

/** The statement of what the server can do (section 10). */
export function capabilityPaths(named: { id: string; tag: string; summary: string }): Record<string, PathItem> {
  const get = operation({
    ...named,
    description: 'A CapabilityStatement, with any token or none. It may be kept.',
    scopes: [],
    parameters: [],
    success: { status: 200, description: 'The CapabilityStatement.', headers: [], resource: 'CapabilityStatement', examples: {} },
    failures: [],
  });
  return { '/metadata': { get } };
}

function read(words: string, example: FhirResource): Operation {
  const type = example.resourceType;
  return operation({
    id: `read${type}`,
    tag: type === 'Slot' ? 'Slots' : 'Directory',
    summary: `Read ${/^[AEIOU]/.test(type) ? 'an' : 'a'} ${type}`,
    description: words,
    scopes: ['organization/slot.read'],
    parameters: [pathParameter('id', { description: `The id of the ${type}, as references give it.`, example: example.id ?? '' })],
    success: { status: 200, description: `The ${type}.`, headers: ['ETag', 'Content-Location'], resource: type, examples: { [type]: { summary: words, value: example } } },
    failures: ['not-found'],
  });
}
