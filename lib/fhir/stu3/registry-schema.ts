import { z } from 'zod';
import type { Fault } from '@/lib/fhir/shared/route';
import { inList, many, one, statusCode, structureIssue } from '@/lib/fhir/stu3/structure';
import { ok, refuse, type Result } from '@/lib/platform/result';

// As for a booking: the schema says what stands where, not what must, and what is not named is kept as it is.
const text = z.string().optional();
const coding = { system: text, code: text };
const identifier = { use: text, system: text, value: text };
const extension = many({ url: text, extension: many({ url: text, valueString: text, valueDate: text }) });

const entry = z.looseObject({
  resourceType: z.literal('Appointment'),
  id: text,
  meta: one({ security: many(coding) }),
  identifier: z.preprocess(inList, many(identifier)),
  status: z.preprocess(statusCode, text),
  ...{ start: text, end: text, created: text },
  participant: many({
    status: text,
    type: many({ coding: many(coding) }),
    actor: one({ reference: text, display: text, identifier: one(identifier), extension }),
  }),
});

/** The body of an entry whose objects and arrays are where FHIR has them; any element may be missing or have a wrong value. */
export type SentEntry = z.infer<typeof entry>;
export type SentParticipant = NonNullable<SentEntry['participant']>[number];

/** Reads a body as one Appointment for the registry. Refuses with 400 `structure`, one issue for each place where FHIR has something else (B-403, B-831). */
export function parseEntry(body: unknown): Result<SentEntry, Fault> {
  const parsed = entry.safeParse(body);
  return parsed.success ? ok(parsed.data) : refuse({ status: 400, issues: parsed.error.issues.map(structureIssue) });
}
