import { NATION_CODES, type Commissioner } from '@/lib/crossborder/schema';
import { db } from '@/lib/platform/db';

/** Regions and boards, current and abolished, and the nations: what codes stand for. */
export type Commissioners = {
  /** By code: current and abolished boards, and nations. */
  byCode: ReadonlyMap<string, Commissioner>;
  /** By code: what an abolished board became, the larger part first. */
  successors: ReadonlyMap<string, readonly Commissioner[]>;
  regions: readonly { code: string; name: string }[];
};

const NATIONS: readonly Commissioner[] = [
  { code: NATION_CODES.W, name: 'Wales', regionCode: null },
  { code: NATION_CODES.S, name: 'Scotland', regionCode: null },
];

let known: Promise<Commissioners> | null = null;

/** Every commissioner by its code. Read once a process: boards change by law, and with a new version of Onward's data. */
export function knownCommissioners(): Promise<Commissioners> {
  known ??= readCommissioners().catch((error: unknown) => {
    known = null;
    throw error;
  });
  return known;
}

async function readCommissioners(): Promise<Commissioners> {
  const [icbs, regions, successors] = await Promise.all([
    db.icb.findMany({ select: { code: true, shortName: true, regionCode: true }, orderBy: { shortName: 'asc' } }),
    db.region.findMany({ select: { code: true, name: true }, orderBy: { name: 'asc' } }),
    db.icbSuccessor.findMany({ select: { oldCode: true, newCode: true }, orderBy: { lsoaCount: 'desc' } }),
  ]);
  const byCode = new Map([...icbs.map(({ shortName, ...icb }) => ({ ...icb, name: shortName })), ...NATIONS].map((commissioner) => [commissioner.code, commissioner]));
  const became = new Map<string, Commissioner[]>();
  for (const { oldCode, newCode } of successors) {
    const successor = byCode.get(newCode);
    if (successor) became.set(oldCode, [...(became.get(oldCode) ?? []), successor]);
  }
  return { byCode, regions, successors: became };
}
