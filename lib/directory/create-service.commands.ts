import { randomInt } from 'node:crypto';
import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { OLDEST_YEARS, daysOf } from '@/lib/directory/age.rules';
import { positionOf } from '@/lib/directory/profile.commands';
import type { NewService } from '@/lib/directory/profile.schema';
import { db, violates } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { transact } from '@/lib/platform/transact';

const ATTEMPTS = 5;
const DOS_ID_PREFIX = '9900';
const DOS_ID_DIGITS = 9;

/**
 * Makes a service of the actor's own organisation and makes the actor its admin: active, for every age and gender, without
 * dispositions or hours, and with bookings off. The same id again is the same service.
 *
 * Refuses with `place-unknown`; that is audited. Throws ForbiddenError without `service:create`, and when the type is unknown.
 */
export async function createService(ctx: Ctx, request: NewService): Promise<Result<{ serviceId: string }, Refusal>> {
  requirePermission(ctx.actor, 'service:create');

  const place = await positionOf(request.postcode);
  if (!place.ok) {
    await record(db, ctx, { type: 'service.change-refused', subject: request.id, detail: { code: place.error.code, section: 'created' } });
    return place;
  }
  return insert(ctx, { ...request, ...place.value });
}

type Row = NewService & { latitude: number; longitude: number; icbCode: string | null };

async function insert(ctx: Ctx, row: Row): Promise<Result<{ serviceId: string }, Refusal>> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await insertOnce(ctx, row);
    } catch (error) {
      if (violates(error, 'service_pkey')) return sentTwice(ctx, row.id);
      if (attempt === ATTEMPTS || !violates(error, 'service_dos_id_key')) throw error;
    }
  }
}

async function insertOnce(ctx: Ctx, { id, ...row }: Row): Promise<Result<{ serviceId: string }, Refusal>> {
  return transact(async (tx) => {
    const dosId = newDosId();
    await tx.service.create({
      data: {
        ...{ id, ...row, dosId, odsCode: ctx.actor.organisation.code, genders: ['F', 'M', 'I'], referralRoles: ['call-handler', 'clinician'] },
        ages: { create: [daysOf({ from: 0, to: OLDEST_YEARS })] },
      },
    });
    await tx.staffRole.create({ data: { staffId: ctx.actor.id, role: 'service-admin', scope: id } });
    await record(tx, ctx, { type: 'service.created', subject: id, detail: { dosId, odsCode: ctx.actor.organisation.code, typeId: row.typeId, postcode: row.postcode } });
    return ok({ serviceId: id });
  });
}

async function sentTwice(ctx: Ctx, serviceId: string): Promise<Result<{ serviceId: string }, Refusal>> {
  const role = await db.staffRole.findFirst({ where: { staffId: ctx.actor.id, role: 'service-admin', scope: serviceId }, select: { scope: true } });
  return role ? ok({ serviceId }) : refuse({ code: 'service-not-found' });
}

/** 13 digits that begin with 9900: no id of the national directory does. */
function newDosId(): string {
  return DOS_ID_PREFIX + String(randomInt(10 ** DOS_ID_DIGITS)).padStart(DOS_ID_DIGITS, '0');
}
