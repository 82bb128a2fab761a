import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { db, type Prisma } from '@/lib/platform/db';
import { isId } from '@/lib/platform/id';
import { entryStatus, type EntryStatus } from '@/lib/registry/schema';

/** What may be known of an entry before it is opened; `isOpen`: it need not be, or not again yet. */
export type ShutEntry = { id: string; startsAt: Date; endsAt: Date; status: EntryStatus; isOpen: boolean };

/** Which of these entries the actor has opened with a reason that still holds; somebody else's reason opens nothing for them. */
export async function openedEntries(ctx: Ctx, entryIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (entryIds.length === 0) return new Set();
  const opened = await db.registryAccess.findMany({ where: { ...ownAccess(ctx), kind: 'sealed', entryId: { in: [...entryIds] } }, select: { entryId: true } });
  return new Set(opened.flatMap(({ entryId }) => entryId ?? []));
}

/** Whether the actor gave a reason to look at this patient that still holds. */
export async function hasAccessTo(ctx: Ctx, patientId: string): Promise<boolean> {
  if (!isId(patientId)) return false;
  return (await db.registryAccess.count({ where: { ...ownAccess(ctx), kind: 'patient', patientId } })) > 0;
}

/**
 * Times and status of an entry, for whoever is about to open it; null when there is none. The look is audited. Throws ForbiddenError
 * without `registry:open-sealed`.
 */
export async function shutEntry(ctx: Ctx, entryId: string): Promise<ShutEntry | null> {
  requirePermission(ctx.actor, 'registry:open-sealed');
  if (!isId(entryId)) return null;

  const entry = await db.registryEntry.findUnique({
    where: { id: entryId },
    select: { id: true, startsAt: true, endsAt: true, status: true, isSealed: true, appointment: { select: { patientId: true } } },
  });
  if (!entry) return null;
  const { appointment, status, isSealed, ...times } = entry;
  const opened = isSealed ? await openedEntries(ctx, [entryId]) : null;
  await record(db, ctx, { type: 'registry.viewed', subject: entryId, patientId: appointment?.patientId, detail: { count: 1 } });
  return { ...times, status: entryStatus.parse(status), isOpen: !opened || opened.has(entryId) };
}

// Expiry is a comparison at read time: no job takes an access away.
function ownAccess({ actor, now }: Ctx): Prisma.RegistryAccessWhereInput {
  return { staffId: actor.id, at: { lte: now }, expiresAt: { gt: now } };
}
