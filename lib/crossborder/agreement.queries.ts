import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { agreementRow, agreementRows, areaName, contentOf, factsOf, standpointOf, stateOf, type AgreementRow } from '@/lib/crossborder/agreement-row.queries';
import { codesSeen, maySee, mayDo, stepRefusal } from '@/lib/crossborder/agreement.rules';
import type { AgreementContent, AgreementLine, AgreementVersion, Standing } from '@/lib/crossborder/agreement.schema';
import { knownCommissioners, type Commissioners } from '@/lib/crossborder/commissioner.queries';
import { standingAmong } from '@/lib/crossborder/conflict.rules';
import { liveAgreements } from '@/lib/crossborder/queries';
import { scopeOf } from '@/lib/crossborder/scope.rules';
import { bankHolidays, dispositions } from '@/lib/directory/queries';
import { db, type Prisma } from '@/lib/platform/db';
import { toDateColumn } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';

/** Which agreements a list shows. `drafts`: also those proposed and declined; `over`: also superseded and withdrawn. `area`: a code of one of its sides. */
export type LineFilter = { state: 'live' | 'coming' | 'drafts' | 'over' | 'all'; area: string | null };

const MOST_LINES = 500;
const MOST_VERSIONS = 100;

/** One version with what the person who looks may do; null when there is none, or it is nothing of theirs. Throws ForbiddenError without `border:read`. */
export async function agreementVersion(ctx: Ctx, asked: { id: string; version: number }): Promise<AgreementVersion | null> {
  requirePermission(ctx.actor, 'border:read');
  const [row, known] = await Promise.all([agreementRow(asked), knownCommissioners()]);
  if (!row || !maySee(scopeOf(ctx.actor), contentOf(row), known.byCode)) return null;
  return versionOf(ctx, { row, known, places: await placesOf([row]) });
}

/** Every version of an agreement, the latest first, at most 100; empty when there is none that the person may see. Throws ForbiddenError without `border:read`. */
export async function agreementVersions(ctx: Ctx, id: string): Promise<readonly AgreementVersion[]> {
  requirePermission(ctx.actor, 'border:read');
  const [rows, known] = await Promise.all([agreementRows({ id }, MOST_VERSIONS), knownCommissioners()]);
  const seen = rows.filter((row) => maySee(scopeOf(ctx.actor), contentOf(row), known.byCode));
  const places = await placesOf(seen);
  const versions = await Promise.all(seen.map((row) => versionOf(ctx, { row, known, places })));
  return versions.sort((one, other) => other.version - one.version);
}

/** The agreements of the person's areas, those that wait for their answer first, then by title; at most 500. Throws ForbiddenError without `border:read`. */
export async function agreementLines(ctx: Ctx, { state, area }: LineFilter): Promise<readonly AgreementLine[]> {
  requirePermission(ctx.actor, 'border:read');
  const known = await knownCommissioners();
  const where: Prisma.AgreementWhereInput = { AND: [seenBy(ctx, known), inState(state, londonDate(ctx.now)), area === null ? {} : aboutCodes([area])] };
  // Proposals are read by themselves: however long the list is, none that waits is cut off.
  const [proposed, others] = await Promise.all([agreementRows({ AND: [where, { state: 'proposed' }] }, MOST_LINES), agreementRows({ AND: [where, { state: { not: 'proposed' } }] }, MOST_LINES)]);
  const rows = [...proposed, ...others];
  const places = await placesOf(rows);
  const lines = rows.map((row) => lineOf(ctx, { row, known, places }));
  return lines.sort(byTitleButMineFirst).slice(0, MOST_LINES);
}

/** How many proposals wait for the person to agree or decline, at most 500. Throws ForbiddenError without `border:read`. */
export async function waitingForMe(ctx: Ctx): Promise<number> {
  requirePermission(ctx.actor, 'border:read');
  const known = await knownCommissioners();
  const rows = await agreementRows({ AND: [seenBy(ctx, known), { state: 'proposed' }] }, MOST_LINES);
  return rows.filter((row) => isForMe(ctx, row, known)).length;
}

/**
 * How a draft stands to everything that is agreed from today on, and where nothing is agreed even with it. `id`: of its agreement, whose older versions give
 * way to it; null for a new one. Throws ForbiddenError without `border:read`.
 */
export async function standingOf(ctx: Ctx, { id, content }: { id: string | null; content: AgreementContent }): Promise<Standing> {
  requirePermission(ctx.actor, 'border:read');
  const today = londonDate(ctx.now);
  const [live, known, needs, holidays] = await Promise.all([liveAgreements(today), knownCommissioners(), dispositions(), bankHolidays()]);
  const named = [content, ...live].flatMap(({ serviceId }) => serviceId ?? []);
  const services = await db.service.findMany({ where: { id: { in: named } }, select: { id: true, typeId: true, icbCode: true } });
  const commissioners = [...known.byCode.values()].filter(({ code }) => !known.successors.has(code));
  return standingAmong({ id, content }, { live, world: { today, commissioners, needs, holidays, services: new Map(services.map((service) => [service.id, service])) } });
}

type Places = { types: ReadonlyMap<number, string>; services: ReadonlyMap<string, { name: string; dosId: string }> };
type Shown = { row: AgreementRow; known: Commissioners; places: Places };

async function placesOf(rows: readonly AgreementRow[]): Promise<Places> {
  const [types, services] = await Promise.all([
    db.serviceType.findMany({ where: { id: { in: rows.flatMap(({ serviceTypeId }) => serviceTypeId ?? []) } }, select: { id: true, name: true } }),
    db.service.findMany({ where: { id: { in: rows.flatMap(({ serviceId }) => serviceId ?? []) } }, select: { id: true, name: true, dosId: true } }),
  ]);
  return { types: new Map(types.map(({ id, name }) => [id, name])), services: new Map(services.map(({ id, ...service }) => [id, service])) };
}

async function versionOf(ctx: Ctx, { row, known, places }: Shown): Promise<AgreementVersion> {
  const { createdBy, changedAt, proposedAt, proposedBy, settledAt, settledBy, settledText } = row;
  const { facts, who } = await factsOf(ctx, { row, known });
  const proposed = facts.proposed && proposedAt ? { ...facts.proposed, at: proposedAt, by: proposedBy?.name ?? '' } : null;
  const settled = settledAt && settledBy ? { at: settledAt, by: settledBy.name, text: settledText } : null;
  return {
    ...contentOf(row),
    ...{ id: row.id, version: row.version, state: facts.state, edition: row.edition },
    ...namesOf({ row, known, places }),
    serviceDosId: row.serviceId === null ? null : (places.services.get(row.serviceId)?.dosId ?? null),
    ...{ createdBy: createdBy.name, changedAt, proposed, settled },
    may: mayDo({ facts, who, today: londonDate(ctx.now) }),
  };
}

function lineOf(ctx: Ctx, shown: Shown): AgreementLine {
  const { title, outcome, pricePence, validFrom, validTo, dailyQuota } = contentOf(shown.row);
  const { id, version } = shown.row;
  return { id, version, state: stateOf(shown.row), title, outcome, pricePence, validFrom, validTo, dailyQuota, ...namesOf(shown), isForMe: isForMe(ctx, shown.row, shown.known) };
}

function namesOf({ row, known, places }: Shown) {
  const { from, to, serviceTypeId, serviceId } = contentOf(row);
  return {
    fromName: areaName(from, known),
    toName: areaName(to, known),
    serviceTypeName: serviceTypeId === null ? null : (places.types.get(serviceTypeId) ?? `type ${serviceTypeId}`),
    serviceName: serviceId === null ? null : (places.services.get(serviceId)?.name ?? 'a service that is not in the directory'),
  };
}

function isForMe(ctx: Ctx, row: AgreementRow, known: Commissioners): boolean {
  return stepRefusal('agree', { ...standpointOf(ctx, { row, known }), today: londonDate(ctx.now) }) === null;
}

function byTitleButMineFirst(one: AgreementLine, other: AgreementLine): number {
  return Number(other.isForMe) - Number(one.isForMe) || one.title.localeCompare(other.title) || (one.id < other.id ? -1 : Number(one.id > other.id)) || other.version - one.version;
}

function seenBy({ actor }: Ctx, { byCode }: Commissioners): Prisma.AgreementWhereInput {
  const codes = codesSeen(scopeOf(actor), byCode);
  return codes === null ? {} : { OR: [{ fromKind: 'any' }, { toKind: 'any' }, aboutCodes(codes)] };
}

function aboutCodes(codes: string[]): Prisma.AgreementWhereInput {
  return { OR: [{ fromCode: { in: codes } }, { toCode: { in: codes } }] };
}

function inState(state: LineFilter['state'], today: ReturnType<typeof londonDate>): Prisma.AgreementWhereInput {
  const day = toDateColumn(today);
  switch (state) {
    case 'live':
      return { state: 'agreed', validFrom: { lte: day }, OR: [{ validTo: null }, { validTo: { gte: day } }] };
    case 'coming':
      return { state: 'agreed', validFrom: { gt: day } };
    case 'drafts':
      return { state: { in: ['draft', 'proposed', 'declined'] } };
    case 'over':
      return { OR: [{ state: { in: ['superseded', 'withdrawn'] } }, { state: 'agreed', validTo: { lt: day } }] };
    case 'all':
      return {};
  }
}
