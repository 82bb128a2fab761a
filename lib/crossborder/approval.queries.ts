import { z } from 'zod';
import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { hasPermission, requirePermission } from '@/lib/auth/permissions';
import { decideAnswer, isForThem, type Question } from '@/lib/crossborder/approval.rules';
import type { ApprovalNow, ApprovalRow, ApprovalState } from '@/lib/crossborder/approval.schema';
import { knownCommissioners, type Commissioners } from '@/lib/crossborder/commissioner.queries';
import { countOnDuty, dutyUntil } from '@/lib/crossborder/duty.queries';
import { approver, type Approver, type Commissioner } from '@/lib/crossborder/schema';
import { coveredCodes, scopeOf } from '@/lib/crossborder/scope.rules';
import { db, type Prisma, type Tx } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { isId } from '@/lib/platform/id';
import { addMinutes, ageOn, DAY_MINUTES, fromDateColumn, startOfLondonDay } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';

/** The most questions that are shown at once, waiting or answered. */
const MOST_LISTED = 50;
/** Holds are counted in minutes: a question of a day ago has long lapsed. Read by index, a day is little. */
const OLDEST_MINUTES = DAY_MINUTES;

/** A question as a command answers it. */
export type AskedQuestion = Question & { id: string; callId: string; slotId: string; patientId: string };

/**
 * The newest question of a call, about one slot or any; null when nothing was asked, or another organisation asked it. It waits for as long
 * as the call holds the slot. Not audited: it tells of no patient, and the call reads it again every few seconds.
 */
export async function approvalOf(ctx: Ctx, { callId, slotId }: { callId: string; slotId: string | null }): Promise<ApprovalNow | null> {
  if (!isId(callId) || (slotId !== null && !isId(slotId))) return null;
  const row = await db.borderApproval.findFirst({
    where: { callId, ...(slotId ? { slotId } : {}), organisationCode: ctx.actor.organisation.code },
    orderBy: [{ askedAt: 'desc' }, { id: 'desc' }],
    select: QUESTION_COLUMNS,
  });
  if (!row) return null;
  const question = questionOf(row, await knownCommissioners());
  const sides = sidesToAsk(question);
  return {
    ...{ id: row.id, state: stateOf(row, ctx.now), askedAt: row.askedAt, heldUntil: heldUntilOf(row, ctx.now), approvers: question.approvers },
    onDuty: sides.length > 0 ? await countOnDuty(ctx, { sides, except: row.askedById }) : 0,
    answered: row.answeredAt && row.answeredBy ? { at: row.answeredAt, by: row.answeredBy.name, as: approver.parse(row.answeredAs), text: row.answerText } : null,
  };
}

/**
 * The questions that the person may answer, on duty or not: first those that wait, the first asked first, then those of today that were answered
 * or that lapsed, the newest first; at most 50 of each. Without the patient's name or number. Audited as a look, but for those in `seen`, which the
 * page has shown already and reads again. Throws ForbiddenError without `approval:answer`.
 */
export async function approvalInbox(ctx: Ctx, seen: readonly string[] = []): Promise<readonly ApprovalRow[]> {
  requirePermission(ctx.actor, 'approval:answer');

  const known = await knownCommissioners();
  const mine = inSight(ctx, known);
  const today = startOfLondonDay(londonDate(ctx.now));
  const [open, settled, duty] = await Promise.all([
    db.borderApproval.findMany({ where: { ...mine, ...openAt(ctx) }, orderBy: [{ askedAt: 'asc' }, { id: 'asc' }], take: MOST_LISTED, select: ROW_COLUMNS }),
    db.borderApproval.findMany({
      where: { ...mine, AND: { OR: [{ answeredAt: { gte: today } }, { state: 'waiting', askedAt: { gte: today } }] } },
      orderBy: [{ askedAt: 'desc' }, { id: 'desc' }],
      take: 2 * MOST_LISTED,
      select: ROW_COLUMNS,
    }),
    dutyUntil(ctx),
  ]);
  const look = { ctx, known, isOnDuty: duty !== null };
  const rowsOf = (found: readonly Row[]) => found.filter((row) => isForThem(ctx.actor, questionOf(row, known))).map((row) => inboxRow(row, look));
  const waiting = rowsOf(open).filter(({ state }) => state === 'waiting');
  const over = rowsOf(settled).filter(({ state }) => state !== 'waiting');
  const shown = [...waiting, ...over.slice(0, MOST_LISTED)];
  await recordLook(ctx, shown.filter(({ id }) => !seen.includes(id)));
  return shown;
}

/** How many questions wait for somebody like the person, on duty or not; 0 for whoever answers none. Tells of no patient. */
export async function waitingApprovals(ctx: Ctx): Promise<number> {
  if (!hasPermission(ctx.actor, 'approval:answer')) return 0;
  const known = await knownCommissioners();
  const open = await db.borderApproval.findMany({ where: { ...inSight(ctx, known), ...openAt(ctx) }, take: MOST_LISTED, select: QUESTION_COLUMNS });
  return open.filter((row) => stateOf(row, ctx.now) === 'waiting' && isForThem(ctx.actor, questionOf(row, known))).length;
}

/** One question, as whoever may answer it is decided; null when there is none. */
export async function askedQuestion(approvalId: string): Promise<AskedQuestion | null> {
  const row = isId(approvalId) ? await db.borderApproval.findUnique({ where: { id: approvalId }, select: QUESTION_COLUMNS }) : null;
  return row && { ...questionOf(row, await knownCommissioners()), id: row.id, callId: row.callId, slotId: row.slotId, patientId: row.call.patientId };
}

/** Why a question took no answer: somebody was first, or the call does not hold the slot. */
export async function whyNotAnswered(tx: Tx, { approvalId, askedAt }: { approvalId: string; askedAt: Date }): Promise<Refusal> {
  const row = await tx.borderApproval.findUnique({ where: { id: approvalId }, select: { askedAt: true, answeredAt: true, answeredBy: { select: { name: true } } } });
  if (row?.answeredAt && row.answeredBy) return { code: 'approval-answered', by: row.answeredBy.name, at: row.answeredAt };
  return { code: row && row.askedAt.getTime() !== askedAt.getTime() ? 'approval-not-found' : 'approval-lapsed' };
}

const QUESTION_COLUMNS = {
  ...{ id: true, callId: true, slotId: true, organisationCode: true, responsibleCode: true, hostCode: true, approvers: true, askedAt: true, askedById: true, state: true },
  ...{ answeredAt: true, answeredAs: true, answerText: true, answeredBy: { select: { name: true } } },
  call: { select: { patientId: true } },
  slot: { select: { heldByCall: true, heldUntil: true } },
} satisfies Prisma.BorderApprovalSelect;

const ROW_COLUMNS = {
  ...QUESTION_COLUMNS,
  ...{ askedText: true, ruleWords: true, isOverride: true, pricePence: true },
  askedBy: { select: { name: true, organisation: { select: { name: true } } } },
  slot: { select: { ...QUESTION_COLUMNS.slot.select, startsAt: true, endsAt: true } },
  service: { select: { name: true, address: true, type: { select: { name: true } } } },
  call: { select: { patientId: true, dueAt: true, disposition: { select: { code: true, title: true } }, patient: { select: { birthDate: true, sex: true } } } },
} satisfies Prisma.BorderApprovalSelect;

type QuestionRow = Prisma.BorderApprovalGetPayload<{ select: typeof QUESTION_COLUMNS }>;
type Row = Prisma.BorderApprovalGetPayload<{ select: typeof ROW_COLUMNS }>;

// What `isForThem` says, as far as a statement can: that decides.
function inSight({ actor }: Ctx, known: Commissioners): Prisma.BorderApprovalWhereInput {
  const codes = coveredCodes(scopeOf(actor), known.byCode.values());
  const isColleague: Prisma.BorderApprovalWhereInput = { organisationCode: actor.organisation.code };
  return {
    askedById: { not: actor.id },
    OR: [
      { approvers: { has: 'host' }, hostCode: { in: codes } },
      { approvers: { has: 'responsible' }, responsibleCode: { in: codes } },
      { approvers: { has: 'supervisor' }, ...isColleague },
      { approvers: { has: 'clinician' }, ...isColleague },
    ],
  };
}

// Which call holds the slot is compared in memory: two columns of two tables.
function openAt({ now }: Ctx): Prisma.BorderApprovalWhereInput {
  return { state: 'waiting', askedAt: { gte: addMinutes(now, -OLDEST_MINUTES) }, slot: { heldUntil: { gt: now } } };
}

function questionOf({ organisationCode, askedById, responsibleCode, hostCode, approvers }: QuestionRow, known: Commissioners): Question {
  return { organisationCode, askedById, responsible: named(responsibleCode, known), host: named(hostCode, known), approvers: z.array(approver).parse(approvers) };
}

function named(code: string | null, { byCode }: Commissioners): Commissioner | null {
  return code === null ? null : (byCode.get(code) ?? null);
}

/** The commissioners whose people the rule names. */
function sidesToAsk({ approvers, host, responsible }: Question): Commissioner[] {
  const asked: Record<Approver, Commissioner | null> = { host, responsible, supervisor: null, clinician: null };
  return approvers.flatMap((each) => asked[each] ?? []);
}

function stateOf(row: QuestionRow, now: Date): ApprovalState {
  if (row.state === 'approved' || row.state === 'declined') return row.state;
  return heldUntilOf(row, now) ? 'waiting' : 'lapsed';
}

function heldUntilOf({ callId, slot: { heldByCall, heldUntil } }: QuestionRow, now: Date): Date | null {
  return heldByCall === callId && heldUntil && heldUntil > now ? heldUntil : null;
}

type Look = { ctx: Ctx; known: Commissioners; isOnDuty: boolean };

function inboxRow(row: Row, { ctx, known, isOnDuty }: Look): ApprovalRow {
  const { call, service, slot, askedBy, askedText, askedAt, ruleWords, isOverride, pricePence } = row;
  const question = questionOf(row, known);
  const { responsible, host, approvers } = question;
  const standing = decideAnswer(ctx.actor, question, isOnDuty);
  return {
    ...{ id: row.id, state: stateOf(row, ctx.now), askedAt, text: askedText, ruleWords, isOverride, pricePence, responsible, host, approvers },
    ...{ askedBy: askedBy.name, organisation: askedBy.organisation.name, heldUntil: heldUntilOf(row, ctx.now) },
    slot: { startsAt: slot.startsAt, endsAt: slot.endsAt },
    service: { name: service.name, typeName: service.type.name, place: service.address },
    patient: { ageYears: ageOn(fromDateColumn(call.patient.birthDate), londonDate(ctx.now)).years, sex: call.patient.sex },
    disposition: { ...call.disposition, dueAt: call.dueAt },
    mayAnswerAs: standing.ok ? standing.value : null,
    answered: row.answeredAt && row.answeredBy ? { at: row.answeredAt, by: row.answeredBy.name, text: row.answerText } : null,
  };
}

async function recordLook(ctx: Ctx, shown: readonly ApprovalRow[]): Promise<void> {
  if (shown.length === 0) return;
  await record(db, ctx, { type: 'approval.listed', detail: { count: shown.length, approvals: shown.map(({ id }) => id) } });
}
