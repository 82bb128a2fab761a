import type { SelectOption } from '@/components/ui/select';
import { knownCommissioners } from '@/lib/crossborder/commissioner.queries';

export type AreaGroup = { legend: string; options: readonly SelectOption[] };

/**
 * The codes of every area that an agreement may be between: boards under their region, nations, whole regions. The boards that were abolished come
 * last: who looks for an old name finds it, and is told what came in its place.
 */
export async function areaGroups(): Promise<AreaGroup[]> {
  const { byCode, successors, regions } = await knownCommissioners();
  const commissioners = [...byCode.values()].sort((one, other) => one.name.localeCompare(other.name));
  const current = commissioners.filter(({ code }) => !successors.has(code));
  return [
    ...regions.map(({ code, name }) => ({ legend: name, options: current.filter(({ regionCode }) => regionCode === code).map(optionOf) })),
    { legend: 'Nations', options: current.filter(({ regionCode }) => regionCode === null).map(optionOf) },
    { legend: 'Whole regions', options: regions.map(({ code, name }) => ({ value: code, words: `${name}, all of it` })) },
    { legend: 'Abolished on 1 April 2026', options: commissioners.filter(({ code }) => successors.has(code)).map(optionOf) },
  ];
}

function optionOf({ code, name }: { code: string; name: string }): SelectOption {
  return { value: code, words: name };
}
