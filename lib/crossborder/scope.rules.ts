import type { StaffActor } from '@/lib/auth/actor';
import type { Area, Commissioner } from '@/lib/crossborder/schema';

/** What a commissioner acts for: ICBs or nations by code, regions by code with all their ICBs, or everything. */
export type CommissionerScope = { isNational: boolean; codes: ReadonlySet<string> };

/** The scope of whoever speaks for every commissioner. */
export const NATIONAL = 'national';

/** The areas that the person's commissioner roles cover; none without one. Source: domain section 7. */
export function scopeOf({ roles }: StaffActor): CommissionerScope {
  const scopes = roles.filter(({ role }) => role === 'commissioner').map(({ scope }) => scope);
  return { isNational: scopes.includes(NATIONAL), codes: new Set(scopes) };
}

/** Whether the scope covers this commissioner: by its own code, its region, or nationally. */
export function coversCommissioner({ isNational, codes }: CommissionerScope, { code, regionCode }: Commissioner): boolean {
  return isNational || codes.has(code) || (regionCode !== null && codes.has(regionCode));
}

/** The codes of those commissioners that the scope covers, for statements. */
export function coveredCodes(scope: CommissionerScope, commissioners: Iterable<Commissioner>): string[] {
  return [...commissioners].filter((commissioner) => coversCommissioner(scope, commissioner)).map(({ code }) => code);
}

/**
 * Whether the scope speaks for a side of an agreement. For a region that is the region itself, for any the national team: nobody binds
 * neighbours. `commissioner`: the one that the code names.
 */
export function coversArea(scope: CommissionerScope, area: Area, commissioner: Commissioner | null): boolean {
  if (scope.isNational) return true;
  if (area.kind === 'any') return false;
  if (area.kind === 'region') return scope.codes.has(area.code);
  return commissioner !== null && coversCommissioner(scope, commissioner);
}
