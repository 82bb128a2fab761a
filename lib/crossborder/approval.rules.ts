import { hasRole, type StaffActor } from '@/lib/auth/actor';
import { APPROVERS, type Approver, type Commissioner } from '@/lib/crossborder/schema';
import { coversCommissioner, scopeOf } from '@/lib/crossborder/scope.rules';
import type { Refusal } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';

/** A question as far as it matters who may answer it; the organisation is the one that asks, by ODS code. */
export type Question = { organisationCode: string; askedById: string; responsible: Commissioner | null; host: Commissioner | null; approvers: readonly Approver[] };

/**
 * As what a person answers a question: the first of host, responsible, supervisor and clinician that its rule names and that they are. Nobody
 * answers what they asked; commissioners answer on duty.
 *
 * Refuses with `approval-not-found` (whoever has nothing to do with it), `approval-own`, `approval-not-yours` or `approver-off-duty`.
 * Source: docs/rules.md#approval.
 */
export function decideAnswer(actor: StaffActor, question: Question, isOnDuty: boolean): Result<Approver, Refusal> {
  const standings = standingsOf(actor, question);
  if (standings.length === 0) return refuse({ code: 'approval-not-found' });
  if (question.askedById === actor.id) return refuse({ code: 'approval-own' });
  const named = standings.filter((standing) => question.approvers.includes(standing));
  if (named.length === 0) return refuse({ code: 'approval-not-yours' });
  const [first] = named.filter((standing) => isOnDuty || !needsDuty(standing));
  return first ? ok(first) : refuse({ code: 'approver-off-duty' });
}

/** Whether the person may answer the question, on duty or not: then it is in their inbox. */
export function isForThem(actor: StaffActor, question: Question): boolean {
  return decideAnswer(actor, question, true).ok;
}

function standingsOf(actor: StaffActor, { organisationCode, host, responsible }: Question): Approver[] {
  const scope = scopeOf(actor);
  const isColleague = actor.organisation.code === organisationCode;
  const isA: Record<Approver, boolean> = {
    host: host !== null && coversCommissioner(scope, host),
    responsible: responsible !== null && coversCommissioner(scope, responsible),
    supervisor: isColleague && hasRole(actor, 'supervisor'),
    clinician: isColleague && hasRole(actor, 'clinician'),
  };
  return APPROVERS.filter((approver) => isA[approver]);
}

function needsDuty(approver: Approver): boolean {
  return approver === 'host' || approver === 'responsible';
}
