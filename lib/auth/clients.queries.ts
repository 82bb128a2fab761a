import { record } from '@/lib/audit/record';
import { SCOPES, type Ctx, type JobActor, type Scope, type StaffActor } from '@/lib/auth/actor';
import type { ClientForm } from '@/lib/auth/client-form.schema';
import { requirePermission } from '@/lib/auth/permissions';
import { db } from '@/lib/platform/db';
import { isId } from '@/lib/platform/id';

/** Who looks after API clients: a system admin, or `npm run clients`. */
export type Manager = Ctx<StaffActor | JobActor>;

/** A client in the list of all. */
export type ClientLine = { id: string; name: string; organisation: { code: string; name: string }; scopes: readonly Scope[]; isActive: boolean; isDemonstration: boolean };

/** A client with all that can be changed of it. Secrets are known by their ids alone; `revokedAt` null: it counts. */
export type ClientDetail = ClientForm & {
  id: string;
  version: number;
  organisation: { code: string; name: string };
  isActive: boolean;
  isDemonstration: boolean;
  createdAt: Date;
  secrets: readonly { id: string; createdAt: Date; revokedAt: Date | null }[];
  keys: readonly { kid: string; algorithm: string; createdAt: Date; revokedAt: Date | null }[];
};

const MOST_CLIENTS = 1_000;

/** Every API client by name, at most 1,000. The look is audited. Throws ForbiddenError without `client:manage`. */
export async function listClients(ctx: Manager): Promise<ClientLine[]> {
  requirePermission(ctx.actor, 'client:manage');
  const clients = await db.apiClient.findMany({
    select: { id: true, name: true, organisation: { select: { odsCode: true, name: true } }, scopes: true, isActive: true, isDemonstration: true },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: MOST_CLIENTS,
  });
  await record(db, ctx, { type: 'client.listed', detail: { clients: clients.length } });
  return clients.map(({ organisation, scopes, ...client }) => ({ ...client, organisation: { code: organisation.odsCode, name: organisation.name }, scopes: knownOf(scopes) }));
}

/** One API client, or null. Throws ForbiddenError without `client:manage`. */
export async function clientFor(ctx: Manager, clientId: string): Promise<ClientDetail | null> {
  requirePermission(ctx.actor, 'client:manage');
  if (!isId(clientId)) return null;
  const found = await db.apiClient.findUnique({
    where: { id: clientId },
    include: {
      organisation: { select: { odsCode: true, name: true } },
      secrets: { select: { id: true, createdAt: true, revokedAt: true }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
      keys: { select: { kid: true, algorithm: true, createdAt: true, revokedAt: true }, orderBy: [{ createdAt: 'asc' }, { kid: 'asc' }] },
    },
  });
  return found && { ...found, organisation: { code: found.organisation.odsCode, name: found.organisation.name }, scopes: knownOf(found.scopes) };
}

/** The first of these DoS service ids that no service has, or null. */
export async function unknownService(dosIds: readonly string[]): Promise<string | null> {
  const found = new Set((await db.service.findMany({ where: { dosId: { in: [...dosIds] } }, select: { dosId: true } })).map(({ dosId }) => dosId));
  return dosIds.find((dosId) => !found.has(dosId)) ?? null;
}

/** The first of these ODS codes that no organisation has, or null. */
export async function unknownOrganisation(odsCodes: readonly string[]): Promise<string | null> {
  const found = new Set((await db.organisation.findMany({ where: { odsCode: { in: [...odsCodes] } }, select: { odsCode: true } })).map(({ odsCode }) => odsCode));
  return odsCodes.find((odsCode) => !found.has(odsCode)) ?? null;
}

/** When something of this client was changed last; null when nothing was. */
export async function lastClientChange(clientId: string): Promise<Date | null> {
  const last = await db.auditEvent.findFirst({
    where: { subject: clientId, type: { startsWith: 'client.' }, NOT: { type: { in: ['client.listed', 'client.change-refused'] } } },
    select: { at: true },
    orderBy: { seq: 'desc' },
  });
  return last?.at ?? null;
}

function knownOf(scopes: readonly string[]): Scope[] {
  return SCOPES.filter((scope) => scopes.includes(scope));
}
