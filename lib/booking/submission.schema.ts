import { z } from 'zod';

const humanName = z.object({ prefix: z.array(z.string()), given: z.array(z.string()), family: z.string() });

const telecom = z.object({ system: z.string(), value: z.string(), use: z.string().nullable(), rank: z.number().int().positive().nullable() });

const address = z.object({ use: z.string().nullable(), lines: z.array(z.string()), town: z.string().nullable(), district: z.string().nullable(), postcode: z.string() });

const coding = z.object({ system: z.string().nullable(), code: z.string(), display: z.string().nullable() });

const thirdParty = z.object({
  relationships: z.array(z.object({ coding: coding.nullable(), text: z.string().nullable() })),
  name: humanName,
  telecom: z.array(telecom),
  address: address.nullable(),
});

/** A patient as the system that booked knew them (B-250 to B-263). Dates are calendar dates, `yyyy-mm-dd`. */
const sentPatient = z.object({
  /** Ten digits, or null. */
  nhsNumber: z.string().nullable(),
  /** How the NHS number was verified; null without a number. */
  verification: coding.nullable(),
  name: humanName,
  gender: z.enum(['male', 'female', 'other', 'unknown']),
  birthDate: z.string(),
  addresses: z.array(address).min(1),
  telecom: z.array(telecom),
  thirdParties: z.array(thirdParty),
});

/** The clinical document that travels separately; `id` is its UUID, in small letters (B-270 to B-274). */
const sentDocument = z.object({
  id: z.string(),
  type: coding,
  contentType: z.string(),
  language: z.string().nullable(),
  indexedAt: z.string(),
});

/** What another system said with its booking besides slot, times and reason: kept as it was said, with the appointment. */
export const submission = z.object({
  patient: sentPatient,
  /** Null only from a client that need not name one. */
  document: sentDocument.nullable(),
  language: z.string().nullable(),
  incomingReferral: z.string().nullable(),
});

export type Submission = z.infer<typeof submission>;
export type SentPatient = Submission['patient'];
export type SentDocument = NonNullable<Submission['document']>;
export type SentName = SentPatient['name'];
export type SentTelecom = SentPatient['telecom'][number];
export type SentAddress = SentPatient['addresses'][number];
export type SentThirdParty = SentPatient['thirdParties'][number];
