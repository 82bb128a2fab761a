import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { isAdminOf, requirePermission } from '@/lib/auth/permissions';
import { settleAffected, type SettledCounts } from '@/lib/booking/affected.commands';
import { servicesOfEdit } from '@/lib/booking/dry-run.queries';
import { lookAgain, type Look } from '@/lib/booking/look.queries';
import { storedProposal, type StoredProposal } from '@/lib/booking/proposal.queries';
import { noteRefitted, refitIn } from '@/lib/booking/refit.commands';
import { db, violates, type Tx } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { transact } from '@/lib/platform/transact';
import type { AffectedChoice } from '@/lib/schedule/schema';
import { lockServices, writePlan } from '@/lib/schedule/write-plan.commands';

export type ApplyRequest = {
  proposalId: string;
  /** Of what was looked at. */
  fingerprint: string;
  /** For each affected appointment, by its id; those that nobody chose for are kept. */
  choices: Readonly<Record<string, AffectedChoice>>;
};

export type Applied = { serviceId: string; added: number; withdrawn: number; affected: number };

/** What a booking that came in between violates: what was looked at is not so any more. */
const OVERTAKEN = ['appointment_no_overlap', 'appointment_one_live_per_call', 'appointment_one_live_per_slot'] as const;

/**
 * Applies a proposal that was looked at, in one transaction: sessions and slots, and what becomes of each affected appointment, with
 * somebody to contact for each. Orphans that fit again are refitted. Audited, once for each service.
 *
 * Refuses with `proposal-not-found`, `proposal-applied`, `proposal-stale` (somebody changed the schedule, or bookings, meanwhile), and with
 * what `proposeEdit` refuses with; then nothing is changed. Every refusal is audited. Throws ForbiddenError without `schedule:change`.
 */
export async function applyProposal(ctx: Ctx, request: ApplyRequest): Promise<Result<Applied, Refusal>> {
  requirePermission(ctx.actor, 'schedule:change');

  const proposal = await storedProposal(ctx, request.proposalId);
  const outcome = proposal ? await attempt(ctx, proposal, request) : refuse({ code: 'proposal-not-found' });
  if (!outcome.ok) {
    const subject = proposal?.serviceId ?? request.proposalId.slice(0, 36);
    await record(db, ctx, { type: 'schedule.change-refused', subject, detail: { code: outcome.error.code, proposal: request.proposalId.slice(0, 36) } });
  }
  return outcome;
}

async function attempt(ctx: Ctx, proposal: StoredProposal, request: ApplyRequest): Promise<Result<Applied, Refusal>> {
  const serviceIds = servicesOfEdit(proposal.edit);
  if (!serviceIds.every((id) => isAdminOf(ctx.actor, id))) return refuse({ code: 'service-not-found' });
  if (proposal.appliedAt) return refuse({ code: 'proposal-applied', at: proposal.appliedAt });
  try {
    return await transact(async (tx) => {
      // Changes of one service's schedules take their turn from here on: whoever comes second looks at what the first one left.
      await lockServices(tx, serviceIds);
      const claimed = await claimProposal(tx, ctx, proposal.id);
      return claimed.ok ? applyUnderLock(tx, ctx, { proposal, request }) : claimed;
    });
  } catch (error) {
    if (OVERTAKEN.some((constraint) => violates(error, constraint))) return refuse({ code: 'proposal-stale', change: null });
    throw error;
  }
}

/** The claim is the lock: of two that apply the same proposal at once, exactly one finds it not applied. */
async function claimProposal(tx: Tx, { now }: Ctx, id: string): Promise<Result<null, Refusal>> {
  const claimed = await tx.scheduleProposal.updateMany({ where: { id, appliedAt: null }, data: { appliedAt: now } });
  if (claimed.count === 1) return ok(null);
  const { appliedAt } = await tx.scheduleProposal.findUniqueOrThrow({ where: { id }, select: { appliedAt: true } });
  return refuse({ code: 'proposal-applied', at: appliedAt ?? now });
}

async function applyUnderLock(tx: Tx, ctx: Ctx, { proposal, request }: { proposal: StoredProposal; request: ApplyRequest }): Promise<Result<Applied, Refusal>> {
  const { edit, serviceId } = proposal;
  const looked = await lookAgain(tx, ctx, { edit, fingerprint: request.fingerprint });
  if (!looked.ok) return looked;
  const look = looked.value;
  if (!(await lockAppointments(tx, look))) return refuse({ code: 'proposal-stale', change: null });
  const written = await writePlan(tx, ctx, look);
  if (!written.ok) return written;

  const settled = await settleAffected(tx, ctx, { edit, affected: look.affected, choices: request.choices });
  if (!settled.ok) return settled;
  await noteRefitted(tx, ctx, look.plan.refitted.map(({ slot }) => slot));
  const refitted = await refitIn(tx, ctx, look.serviceIds);
  await recordChange(tx, ctx, { proposal, look, counts: { ...settled.value, refitted: refitted + look.plan.refitted.length } });
  const { added, reopened, withdrawn } = look.plan;
  return ok({ serviceId, added: added.length + reopened.length, withdrawn: withdrawn.length, affected: look.affected.length });
}

/**
 * Locks the affected appointments, each after its patient and all before any slot, as whoever books or moves does: nobody waits in a circle.
 * False when one is not in the version that was looked at.
 */
async function lockAppointments(tx: Tx, { affected }: Look): Promise<boolean> {
  // Raw: the typed interface has no row locks.
  const rows = await tx.$queryRaw<{ id: string; version: number }[]>`
    SELECT appointment.id, appointment.version
    FROM patient
    JOIN appointment ON appointment.patient_id = patient.id
    WHERE appointment.id = ANY (${affected.map(({ appointmentId }) => appointmentId)}::uuid[])
    ORDER BY patient.id, appointment.id
    FOR NO KEY UPDATE OF patient, appointment`;
  const versions = new Map(rows.map(({ id, version }) => [id, version]));
  return affected.every(({ appointmentId, version }) => versions.get(appointmentId) === version);
}

async function recordChange(tx: Tx, ctx: Ctx, { proposal, look, counts }: { proposal: StoredProposal; look: Look; counts: SettledCounts & { refitted: number } }): Promise<void> {
  const { plan } = look;
  for (const serviceId of look.serviceIds) {
    const count = (slots: readonly { serviceId: string }[]) => slots.filter((slot) => slot.serviceId === serviceId).length;
    const slots = { added: count(plan.added), reopened: count(plan.reopened.map(({ wanted }) => wanted)), withdrawn: count(plan.withdrawn) };
    const affected = count(look.affected);
    await record(tx, ctx, { type: 'schedule.changed', subject: serviceId, detail: { proposal: proposal.id, edit: proposal.edit.kind, ...slots, affected, ofAll: { ...counts } } });
  }
}
