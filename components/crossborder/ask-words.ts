import type { ApprovalNow, ApprovalState } from '@/lib/crossborder/approval.schema';
import type { Approver, BorderDecision } from '@/lib/crossborder/schema';
import { clockTime } from '@/lib/platform/time-words';

/** What the call handler knows before asking: who may approve, and whether a commissioner of those is there; null: none may. */
export type AskWords = { who: string; duty: string | null };

/** Whom a booking's question is for; `onDuty`: how many commissioners of those who may answer are on duty. */
export function askWords(decision: Pick<BorderDecision, 'approvers' | 'responsible' | 'host'>, onDuty: number): AskWords {
  const { approvers } = decision;
  const who = orWords(approvers.map((approver) => approverOf(approver, decision)));
  return { who: who === '' ? 'Nobody is named by the rule.' : `${sentence(who)} may approve it.`, duty: dutyWords(approvers, onDuty) };
}

/** What has become of the question, in one sentence that is announced. Not asked: nothing. */
export function answerWords(approval: ApprovalNow | null): string | null {
  if (!approval) return null;
  const { state, askedAt, answered } = approval;
  const by = answered ? ` by ${answered.by} (${ANSWERED_AS[answered.as]})` : '';
  const text = answered?.text ? `: “${answered.text}”` : '';
  switch (state) {
    case 'waiting':
      return `Waiting for an answer since ${clockTime(askedAt)}.`;
    case 'approved':
      return `Approved${by}${text}. Now book the appointment.`;
    case 'declined':
      return `Declined${by}${text}.`;
    case 'lapsed':
      return 'Nobody answered before the hold ran out. Ask again while you hold a slot.';
  }
}

/** The state of the question beside the button that books, in a word or two. */
export function approvalMark(approval: ApprovalNow | null): string {
  return approval ? MARKS[approval.state] : 'not asked';
}

const MARKS: Record<ApprovalState, string> = { waiting: 'waiting', approved: 'approved', declined: 'declined', lapsed: 'not answered' };

const ANSWERED_AS: Record<Approver, string> = { host: 'host commissioner', responsible: 'responsible commissioner', supervisor: 'supervisor', clinician: 'clinician' };

function approverOf(approver: Approver, { responsible, host }: Pick<BorderDecision, 'responsible' | 'host'>): string {
  switch (approver) {
    case 'host':
      return `a commissioner of ${host.commissioner?.name ?? 'the host'}`;
    case 'responsible':
      return `a commissioner of ${responsible.commissioner?.name ?? 'the patient'}`;
    case 'supervisor':
      return 'your supervisor';
    case 'clinician':
      return 'a clinician';
  }
}

function dutyWords(approvers: readonly Approver[], onDuty: number): string | null {
  if (!approvers.some((approver) => approver === 'host' || approver === 'responsible')) return null;
  if (onDuty > 0) return onDuty === 1 ? '1 commissioner is on duty.' : `${onDuty} commissioners are on duty.`;
  const colleagues = orWords(approvers.flatMap((approver) => (approver === 'supervisor' ? ['your supervisor'] : approver === 'clinician' ? ['a clinician'] : [])));
  return colleagues === '' ? 'No commissioner is on duty: ring them, or choose another service.' : `No commissioner is on duty: ask ${colleagues}.`;
}

function orWords(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
