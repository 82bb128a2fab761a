import { z } from 'zod';
import { oneLine } from '@/lib/patient/schema';
import { isAccessReason, type AccessReason } from '@/lib/registry/access-reason.schema';

/** For so long a look needs no further reason. */
export const ACCESS_MINUTES = 30;

const MAX_TEXT = 200;

/** The reason for a look, as its form sends it: `why` and, for another reason, `whyText`. */
export const accessReason = z
  .object({
    why: z.custom<AccessReason>(isAccessReason, 'Choose why you need to look'),
    whyText: oneLine.pipe(z.string().max(MAX_TEXT, `Details must have ${MAX_TEXT} characters or fewer`)),
  })
  .refine(({ why, whyText }) => why !== 'other' || whyText !== '', { path: ['whyText'], message: 'Say what the other reason is' });
export type AccessReasonInput = z.infer<typeof accessReason>;

/** What the form that opens a sealed entry sends. */
export const openRequest = z.intersection(z.object({ entryId: z.uuid() }), accessReason);
