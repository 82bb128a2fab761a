import { z } from 'zod';
import type { Approver, Commissioner } from '@/lib/crossborder/schema';
import { oneLine, requiredLine } from '@/lib/patient/schema';

export const MAX_APPROVAL_TEXT = 200;

/** What the check page sends to ask; the answer comes by itself. */
export const askRequest = z.object({ callId: z.uuid(), slotId: z.uuid(), text: requiredLine('reason for asking', MAX_APPROVAL_TEXT) });
export type AskRequest = z.infer<typeof askRequest>;

/** What the inbox sends, with when the question was asked as it was looked at: asked again, it is another one. Declining needs words that the call handler can pass on. */
export const answerRequest = z
  .object({ approvalId: z.uuid(), askedAt: z.iso.datetime().pipe(z.coerce.date()), answer: z.enum(['approve', 'decline'], 'Choose approve or decline'), text: oneLine.pipe(z.string().max(MAX_APPROVAL_TEXT, `Words must have ${MAX_APPROVAL_TEXT} characters or fewer`)) })
  .refine(({ answer, text }) => answer === 'approve' || text !== '', { path: ['text'], message: 'Say why it is declined: the call handler tells the patient' });
export type AnswerRequest = z.infer<typeof answerRequest>;

/** `lapsed`: nobody answered before the call let the slot go or its hold ran out. */
export type ApprovalState = 'waiting' | 'approved' | 'declined' | 'lapsed';

/** What the call sees of its question, and reads again every few seconds. */
export type ApprovalNow = {
  id: string;
  state: ApprovalState;
  askedAt: Date;
  heldUntil: Date | null;
  /** How many people could answer now: commissioners on duty; supervisors and clinicians of the organisation are not counted. */
  onDuty: number;
  approvers: readonly Approver[];
  answered: { at: Date; by: string; as: Approver; text: string | null } | null;
};

/** One question in the inbox: no name, no number of the patient. */
export type ApprovalRow = {
  id: string;
  state: ApprovalState;
  askedAt: Date;
  askedBy: string;
  organisation: string;
  text: string;
  /** When the hold runs out, and the question with it; null once it has. */
  heldUntil: Date | null;
  slot: { startsAt: Date; endsAt: Date };
  service: { name: string; typeName: string; place: string };
  patient: { ageYears: number; sex: string };
  disposition: { code: string; title: string; dueAt: Date | null };
  responsible: Commissioner | null;
  host: Commissioner | null;
  pricePence: number | null;
  ruleWords: string;
  isOverride: boolean;
  approvers: readonly Approver[];
  /** As what the person who looks may answer; null: they may not, or not while off duty. */
  mayAnswerAs: Approver | null;
  answered: { at: Date; by: string; text: string | null } | null;
};
