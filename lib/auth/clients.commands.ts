import type { AuditDetail } from '@/lib/audit/events';
import { record } from '@/lib/audit/record';
import { audited } from '@/lib/auth/client-change.commands';
import { EVERY_SERVICE, clientForm, type ClientForm } from '@/lib/auth/client-form.schema';
import { writeSecret } from '@/lib/auth/client-secrets.commands';
import { clientFor, lastClientChange, unknownOrganisation, unknownService, type ClientDetail, type Manager } from '@/lib/auth/clients.queries';
import { requirePermission } from '@/lib/auth/permissions';
import { violates } from '@/lib/platform/db';
import { publicUrl } from '@/lib/platform/env';
import type { Refusal } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { transact } from '@/lib/platform/transact';

const FIELDS = clientForm.keyof().options;

/** A new client with its first secret, which is shown once and kept as its digest. */
export type Registered = { clientId: string; secret: string };

/** A change of the client that was looked at as `version`. */
export type ClientChange = { clientId: string; version: number; client: ClientForm };

/**
 * Registers a system that may book through the API, with one secret.
 *
 * Refuses with `organisation-unknown`, `client-service-unknown`, `client-issuer-taken` (also when it is Onward's own) or `client-proxy-needs-issuer`.
 * Audited, and so is every refusal. Throws ForbiddenError without `client:manage`.
 */
export async function registerClient(ctx: Manager, client: ClientForm): Promise<Result<Registered, Refusal>> {
  requirePermission(ctx.actor, 'client:manage');
  return audited(ctx, null, attemptRegister(ctx, client));
}

/**
 * Changes what a client may do and how it says who it is; a form saved as it stood makes no new version.
 *
 * Refuses like registering, and with `client-not-found` or `client-changed` when it is no longer the version that was looked at.
 * Audited, and so is every refusal. Throws ForbiddenError without `client:manage`.
 */
export async function changeClient(ctx: Manager, change: ClientChange): Promise<Result<{ isChanged: boolean }, Refusal>> {
  requirePermission(ctx.actor, 'client:manage');
  return audited(ctx, change.clientId, attemptChange(ctx, change));
}

/**
 * Switches a client off, or on again: switched off, its tokens stop working within five seconds and it gets no new ones. Refuses with `client-not-found`.
 * Audited, and so is the refusal. Throws ForbiddenError without `client:manage`.
 */
export async function switchClient(ctx: Manager, { clientId, isActive }: { clientId: string; isActive: boolean }): Promise<Result<{ isChanged: boolean }, Refusal>> {
  requirePermission(ctx.actor, 'client:manage');
  return audited(ctx, clientId, attemptSwitch(ctx, { clientId, isActive }));
}

async function attemptRegister(ctx: Manager, client: ClientForm): Promise<Result<Registered, Refusal>> {
  const fault = await faultOf(client);
  if (fault) return refuse(fault);
  const clientId = newId();
  return withIssuer(client, () =>
    transact(async (tx) => {
      await tx.apiClient.create({ data: { ...client, id: clientId, createdAt: ctx.now } });
      const { secret } = await writeSecret(tx, ctx, clientId);
      await record(tx, ctx, { type: 'client.created', subject: clientId, detail: { ...client } });
      return ok({ clientId, secret });
    }),
  );
}

async function attemptChange(ctx: Manager, { clientId, version, client }: ClientChange): Promise<Result<{ isChanged: boolean }, Refusal>> {
  const before = await clientFor(ctx, clientId);
  if (!before) return refuse({ code: 'client-not-found' });
  if (before.version !== version) return changed(ctx, clientId);
  const fault = (await faultOf(client)) ?? proxyFault(before, client);
  if (fault) return refuse(fault);

  const difference = differenceOf(before, client);
  if (!difference) return ok({ isChanged: false });
  return withIssuer(client, () =>
    transact(async (tx) => {
      // The claim is the lock: of two who save at once, exactly one finds the version that both looked at.
      const claimed = await tx.apiClient.updateMany({ where: { id: clientId, version }, data: { ...client, version: { increment: 1 } } });
      if (claimed.count === 0) return changed(ctx, clientId);
      await record(tx, ctx, { type: 'client.changed', subject: clientId, detail: difference });
      return ok({ isChanged: true });
    }),
  );
}

async function attemptSwitch(ctx: Manager, { clientId, isActive }: { clientId: string; isActive: boolean }): Promise<Result<{ isChanged: boolean }, Refusal>> {
  const before = await clientFor(ctx, clientId);
  if (!before) return refuse({ code: 'client-not-found' });
  return transact(async (tx) => {
    const { count } = await tx.apiClient.updateMany({ where: { id: clientId, isActive: !isActive }, data: { isActive, version: { increment: 1 } } });
    if (count > 0) await record(tx, ctx, { type: 'client.changed', subject: clientId, detail: { isActive: [String(!isActive), String(isActive)] } });
    return ok({ isChanged: count > 0 });
  });
}

async function faultOf(client: ClientForm): Promise<Refusal | null> {
  const odsCode = await unknownOrganisation([client.organisationCode, ...client.actsFor]);
  if (odsCode) return { code: 'organisation-unknown', odsCode };
  const dosId = await unknownService([...client.bookServices, ...client.cancelServices].filter((id) => id !== EVERY_SERVICE));
  if (dosId) return { code: 'client-service-unknown', dosId };
  if (client.isBehindProxy && !client.issuer) return { code: 'client-proxy-needs-issuer' };
  // Tokens with that issuer are Onward's own: nobody else can make them.
  return client.issuer === publicUrl() ? { code: 'client-issuer-taken', issuer: client.issuer } : null;
}

// No form offers it: unsigned tokens are never taken from a client of the demonstration.
function proxyFault({ isDemonstration }: ClientDetail, { isBehindProxy }: ClientForm): Refusal | null {
  return isDemonstration && isBehindProxy ? { code: 'client-proxy-needs-issuer' } : null;
}

async function withIssuer<Value>({ issuer }: ClientForm, write: () => Promise<Result<Value, Refusal>>): Promise<Result<Value, Refusal>> {
  try {
    return await write();
  } catch (error) {
    if (issuer && violates(error, 'api_client_issuer_key')) return refuse({ code: 'client-issuer-taken', issuer });
    throw error;
  }
}

async function changed({ now }: Manager, clientId: string): Promise<Result<never, Refusal>> {
  return refuse({ code: 'client-changed', at: (await lastClientChange(clientId)) ?? now });
}

/** Before and after of each field that differs, or null. */
function differenceOf(before: ClientDetail, after: ClientForm): AuditDetail | null {
  const differences = FIELDS.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
  return differences.length > 0 ? Object.fromEntries(differences.map((field) => [field, { before: before[field], after: after[field] }])) : null;
}
