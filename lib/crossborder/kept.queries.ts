import { z } from 'zod';
import { knownCommissioners } from '@/lib/crossborder/commissioner.queries';
import { approver, howFound, lookedAt, outcome, party, type Commissioner, type Found, type KeptDecision } from '@/lib/crossborder/schema';
import { db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/id';

const ruleKind = z.enum(['same', 'unknown', 'agreement', 'default']);
const looked = z.array(lookedAt);

/** What was decided about the border when an appointment was booked; null for one from before decisions were kept, and when there is none. */
export async function keptDecision(appointmentId: string): Promise<KeptDecision | null> {
  return (await keptDecisions([appointmentId])).get(appointmentId) ?? null;
}

/** The same of several appointments, by their ids. Those without one are left out. */
export async function keptDecisions(appointmentIds: readonly string[]): Promise<ReadonlyMap<string, KeptDecision>> {
  const ids = appointmentIds.filter(isId);
  if (ids.length === 0) return new Map();
  const [rows, { byCode }] = await Promise.all([rowsOf(ids), knownCommissioners()]);
  return new Map(rows.map((row) => [row.appointmentId, keptOf(row, byCode)]));
}

/** With which words approval was asked for, and answered. */
export type ApprovalTexts = { asked: string; answer: string | null };

/** The words of questions for approval, by their ids. */
export async function approvalTexts(approvalIds: readonly string[]): Promise<ReadonlyMap<string, ApprovalTexts>> {
  const rows = await db.borderApproval.findMany({ where: { id: { in: approvalIds.filter(isId) } }, select: { id: true, askedText: true, answerText: true } });
  return new Map(rows.map(({ id, askedText: asked, answerText: answer }) => [id, { asked, answer }]));
}

type Row = Awaited<ReturnType<typeof rowsOf>>[number];

function rowsOf(appointmentIds: string[]) {
  return db.borderDecision.findMany({
    where: { appointmentId: { in: appointmentIds } },
    include: { approval: { select: { approvers: true, answeredAt: true, answeredAs: true, answerText: true, answeredBy: { select: { name: true } } } } },
  });
}

function keptOf(row: Row, byCode: ReadonlyMap<string, Commissioner>): KeptDecision {
  const { isCrossing, ruleId, ruleVersion, ruleWords, isOverride, pricePence, noshowPence, at, approval, carriedFromId } = row;
  const found = (code: string | null, how: string): Found => ({ commissioner: code === null ? null : (byCode.get(code) ?? unlisted(code)), how: howFound.parse(how) });
  return {
    ...{ isCrossing, isOverride, pricePence, noshowPence, at },
    responsible: found(row.responsibleCode, row.responsibleHow),
    host: found(row.hostCode, row.hostHow),
    contractArea: found(row.contractCode, row.contractHow),
    payer: row.payerCode === null ? null : (byCode.get(row.payerCode) ?? unlisted(row.payerCode)),
    outcome: outcome.parse(row.outcome),
    failedContact: party.parse(row.failedContact),
    followUp: party.parse(row.followUp),
    approvers: z.array(approver).parse(approval?.approvers ?? []),
    rule: { kind: ruleKind.parse(row.ruleKind), id: ruleId, version: ruleVersion, words: ruleWords },
    looked: looked.parse(row.looked),
    approval: approvedOf(approval),
    isCarriedOn: carriedFromId !== null,
  };
}

function approvedOf(approval: Row['approval']): KeptDecision['approval'] {
  if (!approval?.answeredAt || !approval.answeredBy) return null;
  return { state: 'approved', by: approval.answeredBy.name, as: approver.parse(approval.answeredAs), at: approval.answeredAt, text: approval.answerText };
}

// What was kept outlives the list of commissioners.
function unlisted(code: string): Commissioner {
  return { code, name: code, regionCode: null };
}
