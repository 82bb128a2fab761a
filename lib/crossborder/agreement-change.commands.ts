import { record } from '@/lib/audit/record';
import type { AuditDetail, AuditType } from '@/lib/audit/events';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { agreementRow, columnsOf, contentOf, factsOf, type AgreementRow } from '@/lib/crossborder/agreement-row.queries';
import { maySee, stepRefusal, type Speaker } from '@/lib/crossborder/agreement.rules';
import type { AgreementContent, AgreementStep } from '@/lib/crossborder/agreement.schema';
import { knownCommissioners } from '@/lib/crossborder/commissioner.queries';
import type { Area } from '@/lib/crossborder/schema';
import { scopeOf } from '@/lib/crossborder/scope.rules';
import { db, type Prisma, type Tx } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { londonDate } from '@/lib/platform/time-words';

/** The version that was looked at, and as which edition. */
export type Looked = { id: string; version: number; edition: number };

/** The version to change as it is now. */
export type Found = { row: AgreementRow; content: AgreementContent; who: Speaker };

/**
 * Takes a step with the version that was looked at: `work` is done when the rules allow it. Refuses as `stepRefusal` does, and with `agreement-not-found`
 * or `agreement-changed` when it is another edition. Every refusal is audited. Throws ForbiddenError without `agreement:change`.
 */
export async function takeStep(ctx: Ctx, { step, looked }: { step: AgreementStep; looked: Looked }, work: (found: Found) => Promise<Result<Looked, Refusal>>): Promise<Result<Looked, Refusal>> {
  requirePermission(ctx.actor, 'agreement:change');
  return audited(ctx, { id: looked.id, step }, attempt(ctx, { step, looked }, work));
}

/** Audits what `change` refuses; `id`: of the agreement, if there is one. */
export async function audited<Value>(ctx: Ctx, { id, step }: { id: string | null; step: string }, change: Promise<Result<Value, Refusal>>): Promise<Result<Value, Refusal>> {
  const outcome = await change;
  if (!outcome.ok) await record(db, ctx, { type: 'agreement.change-refused', subject: id?.slice(0, 36), detail: { step, code: outcome.error.code } });
  return outcome;
}

/** Changes the version that was found, with its audit row. Refuses with `agreement-changed` when somebody else was first. */
export async function claimVersion(tx: Tx, ctx: Ctx, claim: { row: AgreementRow; data: Prisma.AgreementUncheckedUpdateManyInput; type: AuditType; detail?: AuditDetail }): Promise<Result<Looked, Refusal>> {
  const { id, version, edition, state } = claim.row;
  // The claim is the lock: of two who change it at once, exactly one finds the edition that both looked at.
  const claimed = await tx.agreement.updateMany({ where: { id, version, edition, state }, data: { ...claim.data, edition: edition + 1, changedAt: ctx.now } });
  if (claimed.count === 0) return refuse({ code: 'agreement-changed', at: ctx.now });
  await record(tx, ctx, { type: claim.type, subject: id, detail: { version, edition: edition + 1, ...claim.detail } });
  return ok({ id, version, edition: edition + 1 });
}

/** Writes a draft with its audit row; `made`: how it came to be. */
export async function insertDraft(tx: Tx, ctx: Ctx, { id, version, content, made }: { id: string; version: number; content: AgreementContent; made: AuditDetail }): Promise<Result<Looked, Refusal>> {
  await tx.agreement.create({ data: { ...columnsOf(content), id, version, state: 'draft', createdAt: ctx.now, changedAt: ctx.now, createdById: ctx.actor.id } });
  await record(tx, ctx, { type: 'agreement.created', subject: id, detail: { version, ...made, after: auditedContent(content) } });
  return ok({ id, version, edition: 1 });
}

/** What an agreement says, as it is audited: codes, numbers and dates, without its title. */
export function auditedContent({ title: _title, from, to, dispositions, families, weekdays, approvers, ...rest }: AgreementContent): AuditDetail {
  return { ...rest, from: areaText(from), to: areaText(to), dispositions: [...dispositions], families: [...families], weekdays: weekdays.map(String), approvers: [...approvers] };
}

async function attempt(ctx: Ctx, { step, looked }: { step: AgreementStep; looked: Looked }, work: (found: Found) => Promise<Result<Looked, Refusal>>): Promise<Result<Looked, Refusal>> {
  const [row, known] = await Promise.all([agreementRow(looked), knownCommissioners()]);
  if (!row) return refuse({ code: 'agreement-not-found' });
  const content = contentOf(row);
  if (!maySee(scopeOf(ctx.actor), content, known.byCode)) return refuse({ code: 'agreement-not-found' });
  if (row.edition !== looked.edition) return refuse({ code: 'agreement-changed', at: row.changedAt });

  const { facts, who } = await factsOf(ctx, { row, known });
  const refused = stepRefusal(step, { facts, who, today: londonDate(ctx.now) });
  return refused ? refuse(refused) : work({ row, content, who });
}

function areaText(area: Area): string {
  return area.kind === 'any' ? 'any' : area.code;
}
