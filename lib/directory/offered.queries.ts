import { Prisma } from '@/lib/platform/db';

/**
 * Whether calls may have slot `o` at `now`, as a condition: the booking horizon has come, nothing is kept back any more, and the notice has not
 * passed. One copy for every count, list and claim. Source: docs/rules.md#slots.
 */
export function offeredSql(now: Date): Prisma.Sql {
  return Prisma.sql`(o.offered_from IS NULL OR o.offered_from <= ${now}::timestamptz)
    AND (o.kept_back_until IS NULL OR o.kept_back_until <= ${now}::timestamptz)
    AND (o.offered_until IS NULL OR o.offered_until >= ${now}::timestamptz)`;
}

/** The same condition for typed calls, to be put beside others under `AND`. */
export function offeredAt(now: Date): Prisma.SlotWhereInput {
  return {
    AND: [
      { OR: [{ offeredFrom: null }, { offeredFrom: { lte: now } }] },
      { OR: [{ keptBackUntil: null }, { keptBackUntil: { lte: now } }] },
      { OR: [{ offeredUntil: null }, { offeredUntil: { gte: now } }] },
    ],
  };
}
