import { z } from 'zod';
import type { Ctx } from '@/lib/auth/actor';
import { isAdminOf, requirePermission, servicesOf } from '@/lib/auth/permissions';
import { db, type Prisma } from '@/lib/platform/db';

const MOST_LISTED = 200;
const MOST_PAST = 30;

/** A closure or pause as its list shows it. Half-open `[startsAt, endsAt)`. */
export type ClosureLine = {
  id: string;
  kind: 'closure' | 'pause';
  startsAt: Date;
  endsAt: Date;
  reason: string;
  /** Those of the actor's that it shuts. */
  services: readonly { id: string; name: string }[];
  /** How many services of others it shuts with them. */
  otherServices: number;
  createdAt: Date;
  createdBy: string | null;
  liftedAt: Date | null;
};

export type Closures = { running: ClosureLine[]; coming: ClosureLine[]; past: ClosureLine[] };

/**
 * The closures and pauses of one of the actor's services: those at `ctx.now` and those to come by their start, and the last 30 that are
 * over or were lifted, newest first. None of another's service. Throws ForbiddenError without `schedule:read`.
 */
export async function closureListOf(ctx: Ctx, serviceId: string): Promise<Closures> {
  requirePermission(ctx.actor, 'schedule:read');
  if (!isAdminOf(ctx.actor, serviceId)) return { running: [], coming: [], past: [] };

  const { now } = ctx;
  const own = { services: { some: { serviceId } } };
  const [standing, over] = await Promise.all([
    db.closure.findMany({ where: { ...own, liftedAt: null, endsAt: { gt: now } }, orderBy: [{ startsAt: 'asc' }, { id: 'asc' }], take: MOST_LISTED, select: COLUMNS }),
    db.closure.findMany({ where: { ...own, OR: [{ liftedAt: { not: null } }, { endsAt: { lte: now } }] }, orderBy: [{ endsAt: 'desc' }, { id: 'desc' }], take: MOST_PAST, select: COLUMNS }),
  ]);
  const names = await namesOf([...standing, ...over]);
  const lines = (rows: readonly ClosureRow[]) => rows.map((row) => lineOf(ctx, row, names));
  const isRunning = ({ startsAt }: ClosureRow) => startsAt <= now;
  return { running: lines(standing.filter(isRunning)), coming: lines(standing.filter((row) => !isRunning(row))), past: lines(over) };
}

/**
 * The services of the actor's that a closure shuts, when it stands and shuts `serviceId` too; none otherwise. Throws ForbiddenError without
 * `schedule:read`.
 */
export async function servicesShutBy(ctx: Ctx, { serviceId, closureId }: { serviceId: string; closureId: string }): Promise<string[]> {
  requirePermission(ctx.actor, 'schedule:read');
  if (!isAdminOf(ctx.actor, serviceId) || !z.uuid().safeParse(closureId).success) return [];

  const closure = await db.closure.findFirst({
    where: { id: closureId, liftedAt: null, endsAt: { gt: ctx.now }, services: { some: { serviceId } } },
    select: { services: { where: { serviceId: { in: servicesOf(ctx.actor) } }, orderBy: { serviceId: 'asc' }, select: { serviceId: true } } },
  });
  return closure?.services.map((row) => row.serviceId) ?? [];
}

const COLUMNS = {
  ...{ id: true, kind: true, startsAt: true, endsAt: true, reason: true, createdAt: true, createdById: true, liftedAt: true },
  services: { select: { service: { select: { id: true, name: true } } }, orderBy: [{ service: { name: 'asc' } }, { serviceId: 'asc' }] },
} satisfies Prisma.ClosureSelect;

type ClosureRow = Prisma.ClosureGetPayload<{ select: typeof COLUMNS }>;

function lineOf({ actor }: Ctx, { kind, services, createdById, ...row }: ClosureRow, names: ReadonlyMap<string, string>): ClosureLine {
  const own = services.map(({ service }) => service).filter(({ id }) => isAdminOf(actor, id));
  return { ...row, kind: z.enum(['closure', 'pause']).parse(kind), services: own, otherServices: services.length - own.length, createdBy: names.get(createdById) ?? null };
}

async function namesOf(rows: readonly ClosureRow[]): Promise<Map<string, string>> {
  const staff = await db.staff.findMany({ where: { id: { in: rows.map(({ createdById }) => createdById) } }, select: { id: true, name: true } });
  return new Map(staff.map(({ id, name }) => [id, name]));
}
