import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { isAdminOf, servicesOf } from '@/lib/auth/permissions';
import { db } from '@/lib/platform/db';

/** A service that the actor is admin of, as the heading of its pages shows it. */
export type OwnService = {
  id: string;
  dosId: string;
  odsCode: string;
  name: string;
  typeName: string;
  address: string;
  postcode: string;
  isBookable: boolean;
  version: number;
};

const COLUMNS = {
  ...{ id: true, dosId: true, odsCode: true, name: true, address: true, postcode: true, isBookable: true, version: true },
  type: { select: { name: true } },
} as const;

/** A service of the actor's; null when it is another's or there is none, which is audited: whoever runs one learns nothing about others. */
export async function ownService(ctx: Ctx, id: string): Promise<OwnService | null> {
  const row = isAdminOf(ctx.actor, id) ? await db.service.findUnique({ where: { id }, select: COLUMNS }) : null;
  if (!row) await record(db, ctx, { type: 'service.access-refused', subject: id.slice(0, 36) });
  return row && ownServiceOf(row);
}

/** All services of the actor's, by name, then id. */
export async function ownServices(ctx: Ctx): Promise<OwnService[]> {
  const rows = await db.service.findMany({ where: { id: { in: servicesOf(ctx.actor) } }, select: COLUMNS, orderBy: [{ name: 'asc' }, { id: 'asc' }] });
  return rows.map(ownServiceOf);
}

function ownServiceOf({ type, ...row }: Omit<OwnService, 'typeName'> & { type: { name: string } }): OwnService {
  return { ...row, typeName: type.name };
}
