import type { RefusalOf } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { MINUTE_MS } from '@/lib/platform/time-words';

/** What a booking after the due time takes: nothing, the caller's informed agreement, or a clinician's approval as well. */
export type OverRule = 'none' | 'notice' | 'approval';

/** A slot against a call's due time. */
export type TimeframeCase = {
  startsAt: Date;
  /** Null: the disposition has no timeframe, so no rule applies. */
  dueAt: Date | null;
  disposition: { outsideTimeframeRule: string | null; timeframeMinutes: number | null };
  /** Whether the person who books may do so outside the timeframe. */
  isClinician: boolean;
};

/** What the form gave; `approver` is null when nobody was named. */
export type TimeframeGiven = { isCallerInformed: boolean; approver: Approver | null; approvalReason: string };

/** Who is said to have approved it. `isClinician`: an active clinician of the organisation of the person who books. */
export type Approver = { isSelf: boolean; isClinician: boolean };

/** The rule that applied: TF-01 in time, TF-02 a clinician with the caller informed, TF-03 notice, TF-04 approval. */
export type TimeframeDecision = { ruleId: 'TF-01' | 'TF-02' | 'TF-03' | 'TF-04'; minutesOver: number };

type TimeframeRefusal = RefusalOf<'approval-needed' | 'approver-is-self' | 'approver-not-clinician' | 'notice-needed'>;

/** Where the disposition names no rule: approval up to this many minutes of timeframe, notice above. */
const APPROVAL_UP_TO_MINUTES = 360;

/** Whole minutes, rounded up, by which a start is after the due time; 0 when in time or when nothing is due. */
export function minutesOver(startsAt: Date, dueAt: Date | null): number {
  return dueAt ? Math.max(0, Math.ceil((startsAt.getTime() - dueAt.getTime()) / MINUTE_MS)) : 0;
}

/** What booking a slot so many minutes after the due time takes (D-061), so that a screen can ask before it is sent. */
export function overRule(over: { minutesOver: number; disposition: TimeframeCase['disposition']; isClinician: boolean }): OverRule {
  if (over.minutesOver === 0) return 'none';
  return over.isClinician || !needsApproval(over.disposition) ? 'notice' : 'approval';
}

/**
 * May this slot be booked, with what was given? In time, which the due time itself still is: always. After it a clinician needs
 * the caller informed; anybody else the same, and, where the disposition asks for it, the approval of a clinician, who is
 * somebody else, and why. Source: D-061, U-080 to U-087, domain section 3.
 */
export function decideTimeframe(timeframe: TimeframeCase, given: TimeframeGiven): Result<TimeframeDecision, TimeframeRefusal> {
  const over = { ...timeframe, minutesOver: minutesOver(timeframe.startsAt, timeframe.dueAt) };
  const rule = overRule(over);
  if (rule === 'none') return ok({ ruleId: 'TF-01', minutesOver: 0 });
  if (rule === 'approval') return decideApproval(over.minutesOver, given);
  if (!given.isCallerInformed) return refuse({ code: 'notice-needed', minutesOver: over.minutesOver });
  return ok({ ruleId: timeframe.isClinician ? 'TF-02' : 'TF-03', minutesOver: over.minutesOver });
}

function decideApproval(minutesOver: number, { isCallerInformed, approver, approvalReason }: TimeframeGiven): Result<TimeframeDecision, TimeframeRefusal> {
  if (!isCallerInformed || !approver || approvalReason === '') return refuse({ code: 'approval-needed', minutesOver });
  if (approver.isSelf) return refuse({ code: 'approver-is-self' });
  return approver.isClinician ? ok({ ruleId: 'TF-04', minutesOver }) : refuse({ code: 'approver-not-clinician' });
}

function needsApproval({ outsideTimeframeRule, timeframeMinutes }: TimeframeCase['disposition']): boolean {
  if (outsideTimeframeRule === 'clinical_approval') return true;
  if (outsideTimeframeRule === 'notify') return false;
  return timeframeMinutes !== null && timeframeMinutes <= APPROVAL_UP_TO_MINUTES;
}
