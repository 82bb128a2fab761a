import { z } from 'zod';
import type { Fault } from '@/lib/fhir/shared/route';
import { inList, listOf, many, one, statusCode, structureIssue } from '@/lib/fhir/stu3/structure';
import { ok, refuse, type Result } from '@/lib/platform/result';

// Everything may be missing here, and what is not named is kept as it is: the schema says what stands where, not what must.
const text = z.string().optional();
// The samples of the standard write some elements as what they are not (B-424, X-24).
const texts = z.preprocess((sent) => (typeof sent === 'string' ? [sent] : sent), listOf(z.string()).optional());
const narrative = z.union([z.string(), z.looseObject({})]).optional();
const meta = one({ profile: texts });

const coding = { system: text, code: text, display: text };
const concept = { coding: many(coding), text };
const reference = { reference: text };
const identifierShape = { use: text, system: text, value: text, extension: many({ url: text, valueCodeableConcept: one(concept) }) };
const identifier = z.preprocess(inList, many(identifierShape));
const name = { use: text, text, family: text, given: texts, prefix: texts };
const telecom = many({ system: text, value: text, use: text, rank: z.number().optional() });
const address = { use: text, line: listOf(z.string()).optional(), city: text, district: text, postalCode: text };

const patient = z.looseObject({
  ...{ resourceType: z.literal('Patient'), id: text, meta, text: narrative, identifier },
  ...{ name: many(name), telecom, gender: text, birthDate: text, address: many(address) },
  contact: many({ relationship: many(concept), name: one(name), telecom, address: one(address) }),
});

const documentReference = z.looseObject({
  ...{ resourceType: z.literal('DocumentReference'), id: text, meta, text: narrative, identifier },
  ...{ status: text, type: one(concept), indexed: text },
  content: many({ attachment: one({ contentType: text, language: text, data: text, url: text }) }),
});

const slot = z.looseObject({
  ...{ resourceType: z.literal('Slot'), id: text, meta, text: narrative, identifier },
  ...{ schedule: one(reference), status: text, start: text, end: text },
});

const otherResource = z.looseObject({ resourceType: z.string(), id: text });

const contained = z.looseObject({ resourceType: z.string() }).transform((resource, context) => {
  const parsed = schemaFor(resource.resourceType).safeParse(resource);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) context.addIssue({ code: 'custom', path: [...path], message });
  return z.NEVER;
});

const appointment = z.looseObject({
  ...{ resourceType: z.literal('Appointment'), id: text, meta, text: narrative, language: text },
  contained: listOf(contained).optional(),
  status: z.preprocess(statusCode, text),
  ...{ description: text, start: text, end: text },
  ...{ slot: many(reference), supportingInformation: many(reference), incomingReferral: many(reference) },
  participant: many({ status: text, actor: one({ reference: text, display: text, identifier: one(identifierShape) }) }),
});

/** The body of an Appointment whose objects and arrays are where FHIR has them; any element may be missing or have a wrong value. */
export type SentAppointment = z.infer<typeof appointment>;
export type ContainedPatient = z.infer<typeof patient>;
export type ContainedDocument = z.infer<typeof documentReference>;
export type ContainedSlot = z.infer<typeof slot>;
export type Contained = NonNullable<SentAppointment['contained']>[number];
export type ContactPoints = z.infer<typeof telecom>;
export type Name = z.infer<z.ZodObject<typeof name>>;
export type Address = z.infer<z.ZodObject<typeof address>>;
export type Concept = z.infer<z.ZodObject<typeof concept>>;

export function isPatient(resource: Contained): resource is ContainedPatient {
  return resource.resourceType === 'Patient';
}

export function isDocument(resource: Contained): resource is ContainedDocument {
  return resource.resourceType === 'DocumentReference';
}

export function isSlot(resource: Contained): resource is ContainedSlot {
  return resource.resourceType === 'Slot';
}

/**
 * Reads a body as one Appointment (B-403), with the mistakes put right that the standard's own samples make (B-424). Elements that
 * nobody knows are kept and mean nothing (B-029). Refuses with 400 `structure`, one issue for each place where an object, an array,
 * a text or a number stands where FHIR has something else.
 */
export function parseAppointment(body: unknown): Result<SentAppointment, Fault> {
  const parsed = appointment.safeParse(body);
  if (parsed.success) return ok(parsed.data);
  return refuse({ status: 400, issues: parsed.error.issues.map(structureIssue) });
}

function schemaFor(resourceType: string) {
  if (resourceType === 'Patient') return patient;
  if (resourceType === 'DocumentReference') return documentReference;
  return resourceType === 'Slot' ? slot : otherResource;
}
