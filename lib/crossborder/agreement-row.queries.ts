import { speaksFor, type AgreementFacts, type Sides, type Speaker } from '@/lib/crossborder/agreement.rules';
import { AGREEMENT_STATES, type AgreementContent, type AgreementState, type Side } from '@/lib/crossborder/agreement.schema';
import { areaCode, areaFrom } from '@/lib/crossborder/area.rules';
import type { Commissioners } from '@/lib/crossborder/commissioner.queries';
import { keyOf } from '@/lib/crossborder/key.rules';
import { approver, outcome, party, type Area } from '@/lib/crossborder/schema';
import { scopeOf } from '@/lib/crossborder/scope.rules';
import { areaWords } from '@/lib/crossborder/words.rules';
import type { Ctx } from '@/lib/auth/actor';
import { db, type Prisma, type Tx } from '@/lib/platform/db';
import { isId } from '@/lib/platform/id';
import { fromDateColumn, toDateColumn } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';

const NAME = { select: { name: true } } as const;
const WITH_NAMES = { createdBy: NAME, proposedBy: NAME, settledBy: NAME } as const;

/** A version as it is stored, with the names of who did what. */
export type AgreementRow = Prisma.AgreementGetPayload<{ include: typeof WITH_NAMES }>;

/** One version, or null. */
export async function agreementRow({ id, version }: { id: string; version: number }): Promise<AgreementRow | null> {
  return isId(id) ? db.agreement.findUnique({ where: { id_version: { id, version } }, include: WITH_NAMES }) : null;
}

/** The versions that meet a condition, at most `most`, by title. */
export async function agreementRows(where: Prisma.AgreementWhereInput, most: number): Promise<AgreementRow[]> {
  return db.agreement.findMany({ where, include: WITH_NAMES, orderBy: [{ title: 'asc' }, { id: 'asc' }, { version: 'desc' }], take: most });
}

/** What a stored version says. */
export function contentOf(row: AgreementRow): AgreementContent {
  const { title, serviceTypeId, serviceId, dispositions, families, weekdays, fromMinute, toMinute, dailyQuota, pricePence, noshowPence } = row;
  return {
    ...{ title, serviceTypeId, serviceId, dispositions, families, weekdays, fromMinute, toMinute, dailyQuota, pricePence, noshowPence },
    from: areaFrom(row.fromKind, row.fromCode),
    to: areaFrom(row.toKind, row.toCode),
    validFrom: fromDateColumn(row.validFrom),
    validTo: row.validTo && fromDateColumn(row.validTo),
    outcome: outcome.parse(row.outcome),
    failedContact: party.parse(row.failedContact),
    followUp: party.parse(row.followUp),
    approvers: row.approvers.map((who) => approver.parse(who)),
  };
}

/** How a version's content is stored. */
export function columnsOf({ from, to, validFrom, validTo, ...content }: AgreementContent) {
  const { title, serviceTypeId, serviceId, fromMinute, toMinute, dailyQuota, outcome: says, pricePence, noshowPence, failedContact, followUp } = content;
  return {
    ...{ title, serviceTypeId, serviceId, fromMinute, toMinute, dailyQuota, outcome: says, pricePence, noshowPence, failedContact, followUp },
    ...{ fromKind: from.kind, fromCode: areaCode(from), toKind: to.kind, toCode: areaCode(to), key: keyOf({ from, to, ...content }) },
    ...{ dispositions: [...content.dispositions], families: [...content.families], weekdays: [...content.weekdays], approvers: [...content.approvers] },
    ...{ validFrom: toDateColumn(validFrom), validTo: validTo && toDateColumn(validTo) },
  };
}

/** What decides what the person who looks may do with a version. `known`: what codes stand for. */
export async function factsOf(ctx: Ctx, { row, known }: { row: AgreementRow; known: Commissioners }): Promise<{ facts: AgreementFacts; who: Speaker }> {
  const [used, open] = await Promise.all([
    db.borderDecision.findFirst({ where: { ruleId: row.id, ruleVersion: row.version, ruleKind: 'agreement' }, select: { ruleId: true } }),
    db.agreement.findFirst({ where: { id: row.id, version: { gt: row.version }, state: { in: ['draft', 'proposed', 'declined'] } }, select: { version: true } }),
  ]);
  const standpoint = standpointOf(ctx, { row, known });
  return { ...standpoint, facts: { ...standpoint.facts, isUsed: used !== null, open } };
}

/** The same without what takes a read of its own: enough to say whether it waits for the person's answer. */
export function standpointOf({ actor }: Ctx, { row, known }: { row: AgreementRow; known: Commissioners }): { facts: AgreementFacts; who: Speaker } {
  const { from, to, validFrom, validTo } = contentOf(row);
  return {
    facts: { state: stateOf(row), validFrom, validTo, proposed: proposedBy(row), isUsed: false, open: null, names: sideNames({ from, to }, known) },
    who: { id: actor.id, speaksFor: speaksFor(scopeOf(actor), { from, to }, known.byCode) },
  };
}

/** The state of a stored version. */
export function stateOf({ state }: { state: string }): AgreementState {
  return AGREEMENT_STATES.find((known) => known === state) ?? 'withdrawn';
}

/** What a side is called now. */
export function areaName(area: Area, { byCode, regions }: Commissioners): string {
  return areaWords(area, new Map([...[...byCode.values()], ...regions].map(({ code, name }) => [code, name])));
}

/** What the two sides are called where it is said who acts for them. */
export function sideNames({ from, to }: Sides, known: Commissioners): Record<Side, string> {
  const nameOf = (area: Area) => (area.kind === 'any' ? 'the whole country' : areaName(area, known));
  return { from: nameOf(from), to: nameOf(to) };
}

/** The agreed version of another agreement that says what holds for the same on some of the same days, or null. */
export async function overlapping({ id, content }: { id: string; content: AgreementContent }): Promise<{ title: string; version: number; from: LocalDate; to: LocalDate | null } | null> {
  const until = content.validTo ? { validFrom: { lte: toDateColumn(content.validTo) } } : {};
  const found = await db.agreement.findFirst({
    where: { key: keyOf(content), state: 'agreed', id: { not: id }, OR: [{ validTo: null }, { validTo: { gte: toDateColumn(content.validFrom) } }], ...until },
    orderBy: [{ validFrom: 'asc' }, { id: 'asc' }],
    select: { title: true, version: true, validFrom: true, validTo: true },
  });
  return found && { title: found.title, version: found.version, from: fromDateColumn(found.validFrom), to: found.validTo && fromDateColumn(found.validTo) };
}

/** The number that a further version of an agreement has. */
export async function nextVersion(tx: Tx, id: string): Promise<number> {
  const { _max: last } = await tx.agreement.aggregate({ where: { id }, _max: { version: true } });
  return (last.version ?? 0) + 1;
}

function proposedBy({ proposedById, proposedSide }: AgreementRow): { byId: string; side: Side } | null {
  return proposedById && (proposedSide === 'from' || proposedSide === 'to') ? { byId: proposedById, side: proposedSide } : null;
}
