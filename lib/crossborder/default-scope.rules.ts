import { NATION_CODES, type Nation } from '@/lib/crossborder/schema';
import type { CommissionerScope } from '@/lib/crossborder/scope.rules';

/** The nations that have a default, in the order in which they are shown. */
export const NATIONS: readonly Nation[] = ['E', 'W', 'S'];

export const NATION_WORDS: Readonly<Record<Nation, string>> = { E: 'England', W: 'Wales', S: 'Scotland' };

/** Whether a scope may set what holds in a nation where nothing is agreed: the national team, and in Wales and Scotland its own commissioners. */
export function maySetDefault({ isNational, codes }: CommissionerScope, nation: Nation): boolean {
  return isNational || (nation !== 'E' && codes.has(NATION_CODES[nation]));
}
