import { record } from '@/lib/audit/record';
import type { Ctx, SystemActor } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import type { ApiOrganisation, ApiService } from '@/lib/directory/api-directory.schema';
import { db, Prisma } from '@/lib/platform/db';

/** An ApiService as JSON, for statements that name `service`. */
export const SERVICE_JSON = Prisma.sql`json_build_object('dosId', service.dos_id, 'name', service.name, 'odsCode', service.ods_code,
  'address', service.address, 'postcode', service.postcode, 'publicPhone', service.public_phone)`;

/** An ApiOrganisation as JSON, for statements that name `organisation`. */
export const ORGANISATION_JSON = Prisma.sql`json_build_object('odsCode', organisation.ods_code, 'name', organisation.name, 'kind', organisation.kind)`;

/**
 * A service by its DoS service id, as the resource that was asked for, or null. The look is audited (B-815). Throws ForbiddenError without
 * `slot:search`.
 */
export async function apiService(ctx: Ctx<SystemActor>, { dosId, as }: { dosId: string; as: 'HealthcareService' | 'Location' }): Promise<ApiService | null> {
  requirePermission(ctx.actor, 'slot:search');
  const found = canBeCode(dosId)
    ? await db.service.findUnique({ where: { dosId }, select: { dosId: true, name: true, odsCode: true, address: true, postcode: true, publicPhone: true } })
    : null;
  await recordRead(ctx, { type: as, id: found?.dosId });
  return found;
}

/** An organisation by its ODS code, or null. The look is audited (B-815). Throws ForbiddenError without `slot:search`. */
export async function apiOrganisation(ctx: Ctx<SystemActor>, odsCode: string): Promise<ApiOrganisation | null> {
  requirePermission(ctx.actor, 'slot:search');
  const found = canBeCode(odsCode) ? await db.organisation.findUnique({ where: { odsCode }, select: { odsCode: true, name: true, kind: true } }) : null;
  await recordRead(ctx, { type: 'Organization', id: found?.odsCode });
  return found;
}

/** Audits that another system read a resource of the directory (B-815). An id that nothing has is not kept: anything may have been sent in its place. */
export async function recordRead(ctx: Ctx<SystemActor>, { type, id }: { type: string; id: string | undefined }): Promise<void> {
  await record(db, ctx, { type: 'directory.read', subject: id, detail: { resource: type, found: id !== undefined } });
}

// PostgreSQL takes no NUL in a text: what cannot be an id is not looked for.
function canBeCode(text: string): boolean {
  return /^[A-Za-z0-9.-]{1,64}$/.test(text);
}
