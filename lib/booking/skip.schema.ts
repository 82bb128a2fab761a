/** Why one service was passed over, as typed: one of the directory's twelve reject reasons, with a comment where it asks for one (D-053). */
export type SkipInput = { serviceId: string; reasonId: number; comment: string };

/** One service above the chosen one that has no reason yet, with the one that the facts suggest: 31 no appointments, 42 too far; else null. */
export type SkipNeeded = { serviceId: string; serviceName: string; suggestedId: number | null };

/** A reject reason as the screens offer it (D-052, D-053). */
export type RejectReason = { id: number; text: string; requiresComment: boolean; clinicianOnly: boolean };

/**
 * The skips of a form, from its fields `skip-<serviceId>` and `comment-<serviceId>`. An empty choice is left out: the command
 * then says which service lacks a reason.
 */
export function skipsIn(values: Record<string, string>): SkipInput[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const serviceId = /^skip-([0-9a-f-]{36})$/.exec(name)?.[1];
    if (!serviceId || !/^\d{1,3}$/.test(value)) return [];
    return [{ serviceId, reasonId: Number(value), comment: (values[`comment-${serviceId}`] ?? '').trim().slice(0, MAX_COMMENT) }];
  });
}

const MAX_COMMENT = 200;
