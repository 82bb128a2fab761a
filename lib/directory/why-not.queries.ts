import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { judgementsFor } from '@/lib/directory/candidate.queries';
import { isAmongNearest } from '@/lib/directory/rank.rules';
import type { SearchRequest } from '@/lib/directory/schema';
import { listFor, prepareSearch } from '@/lib/directory/search.queries';
import type { Chosen } from '@/lib/directory/shown.queries';
import { canBeChosen, reasonsAgainst, type Judgement, type Standing } from '@/lib/directory/why-not.rules';
import { db } from '@/lib/platform/db';

type List = Awaited<ReturnType<typeof listFor>>;

/** Where services stand in one list, by id, and how many the list has. */
export type Standings = { listed: number; isCatchAll: boolean; standings: ReadonlyMap<string, { standing: Standing; canChoose: boolean }> };

/**
 * Where services stand in the list that this search gives now, by id, with every reason why they are not in it, and whether they
 * may be chosen all the same. The pipeline, ranking and limits are the search's own (D-006 to D-041). Ids that nobody has are
 * left out. Throws ForbiddenError without `directory:search`.
 */
export async function whyNotInList(ctx: Ctx, asked: { request: SearchRequest; serviceIds: readonly string[] }): Promise<Standings['standings']> {
  requirePermission(ctx.actor, 'directory:search');

  const { standings } = await standingsIn(ctx, asked);
  return standings;
}

/** The same with the length of the list, for queries that ask first who may search. */
export async function standingsIn(ctx: Ctx, { request, serviceIds }: { request: SearchRequest; serviceIds: readonly string[] }): Promise<Standings> {
  const prepared = await prepareSearch(ctx, request);
  const [list, judgements] = await Promise.all([listFor(prepared), judgementsFor(prepared, serviceIds)]);
  const names = await namesOf(list.chosen);
  const standings = judgements.map((judgement) => {
    const standing = listedOf(judgement, list) ?? leftOutOf(reasonsAgainst(judgement, prepared)) ?? outrankedOf(judgement, list, names);
    return [judgement.id, { standing, canChoose: canBeChosen(judgement) }] as const;
  });
  return { listed: list.chosen.length, isCatchAll: list.isCatchAll, standings: new Map(standings) };
}

function listedOf({ id }: Judgement, { chosen }: List): Standing | null {
  const index = chosen.findIndex((one) => one.id === id);
  return index === -1 ? null : { kind: 'listed', position: index + 1 };
}

function leftOutOf(reasons: ReturnType<typeof reasonsAgainst>): Standing | null {
  return reasons.length === 0 ? null : { kind: 'left-out', reasons };
}

function outrankedOf({ id, typeId }: Judgement, { passed, chosen }: List, names: ReadonlyMap<string, string>): Standing {
  if (!isAmongNearest(id, passed)) return { kind: 'too-many-nearer' };
  const sameType = new Set(passed.filter((candidate) => candidate.typeId === typeId).map((candidate) => candidate.id));
  const by = chosen.flatMap((one, index) => (sameType.has(one.id) ? [{ position: index + 1, name: names.get(one.id) ?? '' }] : []));
  return { kind: 'outranked', by };
}

async function namesOf(chosen: readonly Chosen[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db.service.findMany({ where: { id: { in: chosen.map(({ id }) => id) } }, select: { id: true, name: true } });
  return new Map(rows.map(({ id, name }) => [id, name]));
}
