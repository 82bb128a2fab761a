import { z } from 'zod';
import { MAX_REASON } from '@/lib/booking/schema';
import { oneLine } from '@/lib/patient/schema';
import { isId } from '@/lib/platform/id';

/** Why a call is closed without a service, in the words that the form shows. */
export const CLOSE_REASONS = {
  'caller-declined': 'Caller declined every service',
  'caller-gone': 'Caller hung up or cannot be reached',
  'passed-to-clinician': 'Passed to a clinician',
  'other-care': 'Patient went to other care, such as 999',
  'no-service': 'No service could be found',
  'opened-in-error': 'Call opened by mistake',
  other: 'Another reason',
} as const;
export type CloseReason = keyof typeof CLOSE_REASONS;

export function isCloseReason(value: unknown): value is CloseReason {
  return typeof value === 'string' && Object.hasOwn(CLOSE_REASONS, value);
}

/** Why a referral is sent without a booking (U-091). */
export const REFERRAL_REASONS = {
  'no-slots': 'No slot in time',
  'no-booking-here': 'The service takes no bookings here',
  'caller-declined': 'Caller declined the times offered',
  'service-asked': 'The service asked for a referral alone',
  other: 'Another reason',
} as const;
export type ReferralReason = keyof typeof REFERRAL_REASONS;

export function isReferralReason(value: unknown): value is ReferralReason {
  return typeof value === 'string' && Object.hasOwn(REFERRAL_REASONS, value);
}

const details = oneLine.pipe(z.string().max(MAX_REASON, `Details must have ${MAX_REASON} characters or fewer`));
const needsWords = { path: ['text'], message: 'Say what the other reason is' };

export const closeRequest = z
  .object({ callId: z.uuid(), reason: z.custom<CloseReason>(isCloseReason, 'Choose why the call is closed'), text: details })
  .refine((request) => request.reason !== 'other' || request.text !== '', needsWords);
export type CloseRequest = z.infer<typeof closeRequest>;

export const referRequest = z
  .object({ callId: z.uuid(), serviceId: z.uuid(), reason: z.custom<ReferralReason>(isReferralReason, 'Choose why there is no booking'), text: details })
  .refine((request) => request.reason !== 'other' || request.text !== '', needsWords);
export type ReferRequest = z.infer<typeof referRequest>;

export const handOverRequest = z.object({ callId: z.uuid(), staffId: z.custom<string>((value) => typeof value === 'string' && isId(value), 'Choose the colleague') });
export type HandOverRequest = z.infer<typeof handOverRequest>;

/** What was ticked as read to the caller: labels of `readBackLines`, as a comma list. */
export const readBackRequest = z.object({ callId: z.uuid(), lines: oneLine.transform((typed) => typed.split(',').filter(Boolean)) });
export type ReadBackRequest = z.infer<typeof readBackRequest>;
