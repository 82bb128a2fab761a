import type { Ctx, SystemActor } from '@/lib/auth/actor';
import { requirePermission, type Permission } from '@/lib/auth/permissions';
import { versionOf } from '@/lib/booking/api-appointment.queries';
import { decideBooker } from '@/lib/booking/booker.queries';
import { carryOutChange, recordChangeRefusal, type Changed } from '@/lib/booking/change.commands';
import { decideChanger, decideDirectChange } from '@/lib/booking/direct.rules';
import type { DirectChange } from '@/lib/booking/direct.schema';
import type { StandingAppointment } from '@/lib/booking/write-change.commands';
import type { Refusal } from '@/lib/platform/errors';
import { isId } from '@/lib/platform/id';
import { ok, refuse, type Result } from '@/lib/platform/result';

type DirectMethod = DirectChange['wanted']['method'];

const PERMISSION: Record<DirectMethod, Permission> = { cancel: 'appointment:cancel', amend: 'appointment:amend', 'enter-in-error': 'appointment:mark-in-error' };

/**
 * Cancels an appointment for another system, gives it another reason, or marks that it should never have been: the version that the system
 * read, before it begins (B-601 to B-615). A request that carries a correlation id is carried out once.
 *
 * Refuses, in this order, with `request-repeated`, `appointment-not-found`, `organisation-refused`, `cancel-restricted`,
 * `appointment-changed`, `appointment-already-cancelled`, `appointment-cannot-become`, `appointment-in-past`, `appointment-differs` when
 * more differs than is wanted, or `appointment-unchanged` for the reason that it has. Every refusal is audited. Throws ForbiddenError
 * without the permission of what is wanted.
 */
export async function changeDirectly(ctx: Ctx<SystemActor>, request: DirectChange): Promise<Result<Changed, Refusal>> {
  const { appointmentId, wanted } = request;
  requirePermission(ctx.actor, PERMISSION[wanted.method]);

  const outcome = repeatRefused(await carryOut(ctx, request));
  if (!outcome.ok) await recordChangeRefusal(ctx, { method: wanted.method, appointmentId, refusal: outcome.error });
  return outcome;
}

async function carryOut(ctx: Ctx<SystemActor>, request: DirectChange): Promise<Result<Changed, Refusal>> {
  const { appointmentId, wanted } = request;
  if (!isId(appointmentId)) return refuse({ code: 'appointment-not-found' });
  return carryOutChange(ctx, {
    ...{ appointmentId, method: wanted.method, columns: wanted.method === 'amend' ? { reason: wanted.reason } : {} },
    inbound: ctx.correlationId ? { door: 'stu3', method: 'PUT', requestId: ctx.correlationId } : null,
    decide: (standing) => decide(ctx, request, standing),
  });
}

async function decide(ctx: Ctx<SystemActor>, { version, wanted, differences }: DirectChange, standing: StandingAppointment): Promise<Result<null, Refusal>> {
  const changer = decideChanger(standing, ctx.actor);
  if (!changer.ok) return changer;
  const booker = await decideBooker(ctx, standing);
  if (!booker.ok) return booker;
  const possible = decideDirectChange(standing, { method: wanted.method, version }, ctx.now);
  if (!possible.ok) return possible;

  const read = await versionOf({ id: standing.id, version });
  if (!read) throw new Error('an appointment has lost a version');
  const elements = differences(read);
  if (elements.length > 0) return refuse({ code: 'appointment-differs', elements });
  return wanted.method === 'amend' && wanted.reason === standing.reason ? refuse({ code: 'appointment-unchanged' }) : ok(null);
}

// The screens give the first answer again; this standard tells a repeat apart (B-043).
function repeatRefused(outcome: Result<Changed, Refusal>): Result<Changed, Refusal> {
  if (!outcome.ok || !outcome.value.isRepeat) return outcome;
  const { appointmentId, version } = outcome.value;
  return refuse({ code: 'request-repeated', appointmentId, version });
}
