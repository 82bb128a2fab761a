import { profileOf } from '@/lib/fhir/stu3/appointment-systems';

type Type = Parameters<typeof profileOf>[0];

/**
 * What every resource that is sent begins with: its id and profile (B-201). Throws when the id is none that FHIR knows: what cannot be
 * sent as a valid resource is a fault, never a broken answer (B-346).
 */
export function headingOf<const Of extends Type>(type: Of, id: string): { resourceType: Of; id: string; meta: { profile: [string] } } {
  if (!/^[A-Za-z0-9.-]{1,64}$/.test(id)) throw new Error(`This id cannot be that of a ${type}`);
  return { resourceType: type, id, meta: { profile: profileOf(type) } };
}
