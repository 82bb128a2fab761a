import { z } from 'zod';
import { oneLine } from '@/lib/patient/schema';

export const MAX_KEEP_REASON = 200;

/** How another appointment of the patient meets the one that is to be booked: docs/rules.md#guard. */
export const CONFLICT_KINDS = ['overlap', 'same-service', 'same-family'] as const;

/** What a call handler chose about one conflict. `version`: of the entry that was looked at. */
export const guardChoice = z
  .object({
    entryId: z.uuid(),
    version: z.coerce.number().int().positive(),
    choice: z.enum(['keep', 'move', 'cancel'], 'Choose what becomes of that appointment'),
    reason: oneLine.pipe(z.string().max(MAX_KEEP_REASON, `Why both are kept must have ${MAX_KEEP_REASON} characters or fewer`)),
  })
  .refine(({ choice, reason }) => choice !== 'keep' || reason !== '', { path: ['reason'], message: 'Say why both are kept' });
export type GuardChoiceInput = z.infer<typeof guardChoice>;
