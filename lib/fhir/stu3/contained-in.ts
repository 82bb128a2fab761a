import { isDocument, isPatient, isSlot, type Contained, type ContainedDocument, type ContainedPatient, type ContainedSlot } from '@/lib/fhir/stu3/appointment-schema';
import { missing, within, wrong, type Place } from '@/lib/fhir/stu3/place';

/** A contained resource and where it stands. */
export type Found<Resource> = { resource: Resource; place: Place };

/** The three resources that an Appointment carries; null: it does not. */
type Carried = { patient: Found<ContainedPatient> | null; document: Found<ContainedDocument> | null; slot: Found<ContainedSlot> | null };

/**
 * The one Patient, DocumentReference and Slot of an Appointment at this place, in whatever order they came (B-287, B-299, B-408).
 * Reported are: one that is needed and not there, a second of a kind, and an id that is missing or given twice.
 */
export function carriedIn(place: Place, { contained, needs }: { contained: readonly Contained[]; needs: { document: boolean; slot: boolean } }): Carried {
  const all = contained.map((resource, index) => ({ resource, place: within(place, `contained[${index}]`) }));
  all.forEach(({ resource, place: at }, index) => {
    if (!resource.id) missing(within(at, 'id'));
    else if (contained.slice(0, index).some(({ id }) => id === resource.id)) wrong(within(at, 'id'), { says: 'Another contained resource has this id', code: 'invalid' });
    else if (!/^[A-Za-z0-9.-]{1,64}$/.test(resource.id)) wrong(within(at, 'id'), { says: 'An id has up to 64 letters, digits, dashes and dots' });
  });
  return {
    document: onlyOne(place, { found: all.flatMap(({ resource, place: at }) => (isDocument(resource) ? { resource, place: at } : [])), kind: 'DocumentReference', isNeeded: needs.document }),
    patient: onlyOne(place, { found: all.flatMap(({ resource, place: at }) => (isPatient(resource) ? { resource, place: at } : [])), kind: 'Patient', isNeeded: true }),
    slot: onlyOne(place, { found: all.flatMap(({ resource, place: at }) => (isSlot(resource) ? { resource, place: at } : [])), kind: 'Slot', isNeeded: needs.slot }),
  };
}

function onlyOne<Resource>(place: Place, { found, kind, isNeeded }: { found: readonly Found<Resource>[]; kind: string; isNeeded: boolean }): Found<Resource> | null {
  const [first, ...more] = found;
  for (const { place: at } of more) wrong(at, { says: `There must be exactly one contained ${kind}`, code: 'invalid' });
  if (!first && isNeeded) wrong(within(place, 'contained'), { says: `A contained ${kind} is required`, code: 'required' });
  return first ?? null;
}
