import { z } from 'zod';
import { oneLine } from '@/lib/patient/schema';

/** Why somebody looks at what they do not need for a call, in the words of the form. */
export const ACCESS_REASONS = {
  'patient-asks': 'The patient, or who cares for them, is asking',
  'direct-care': 'I am arranging care for the patient now',
  safeguarding: 'Safeguarding',
  complaint: 'A complaint or an incident',
  other: 'Another reason',
} as const;
export type AccessReason = keyof typeof ACCESS_REASONS;

/** For so long a look needs no further reason. */
export const ACCESS_MINUTES = 30;

const MAX_TEXT = 200;

/** The reason for a look, as its form sends it: `why` and, for another reason, `whyText`. */
export const accessReason = z
  .object({
    why: z.custom<AccessReason>((value) => typeof value === 'string' && Object.hasOwn(ACCESS_REASONS, value), 'Choose why you need to look'),
    whyText: oneLine.pipe(z.string().max(MAX_TEXT, `Details must have ${MAX_TEXT} characters or fewer`)),
  })
  .refine(({ why, whyText }) => why !== 'other' || whyText !== '', { path: ['whyText'], message: 'Say what the other reason is' });
export type AccessReasonInput = z.infer<typeof accessReason>;

/** A line of the auditor's list of looks that needed a reason. */
export type AccessLine = {
  id: string;
  at: Date;
  kind: 'sealed' | 'patient';
  staffName: string;
  organisation: string;
  roles: readonly string[];
  patient: { id: string; nhsNumber: string | null; name: string } | null;
  entryId: string | null;
  reason: AccessReason;
  text: string | null;
};
