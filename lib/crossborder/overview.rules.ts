import type { LedgerSum } from '@/lib/crossborder/ledger.schema';
import { coversCommissioner, type CommissionerScope } from '@/lib/crossborder/scope.rules';

/** Bookings that count, and pence. */
export type Figure = { bookings: number; pence: number };

/** A month of an area: what it owes others, what others owe it, and what crosses borders within it. */
export type MonthFigures = { owes: Figure; isOwed: Figure; within: Figure };

/** Adds up the sums of a month from where an area stands. A region that covers both sides of a pair owes itself nothing: that is within it. */
export function monthFigures(sums: readonly LedgerSum[], scope: CommissionerScope): MonthFigures {
  const sides = sums.map((sum) => ({ sum, pays: coversCommissioner(scope, sum.payer), hosts: coversCommissioner(scope, sum.host) }));
  const add = (isCounted: (side: { pays: boolean; hosts: boolean }) => boolean) => total(sides.filter(isCounted).map(({ sum }) => sum));
  return { owes: add(({ pays, hosts }) => pays && !hosts), isOwed: add(({ pays, hosts }) => hosts && !pays), within: add(({ pays, hosts }) => pays && hosts) };
}

function total(sums: readonly LedgerSum[]): Figure {
  return sums.reduce(({ bookings, pence }, sum) => ({ bookings: bookings + bookingsOf(sum), pence: pence + sum.pence }), { bookings: 0, pence: 0 });
}

function bookingsOf({ counts }: LedgerSum): number {
  return counts.attended + counts.noshow + counts['to-come'] + counts.unstated;
}
