import type { Ctx } from '@/lib/auth/actor';
import { Prisma, type Tx } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';

/** The request for care that a call sends to a service. */
type NewReferral = { callId: string; patientId: string; serviceId: string; dispositionCode: string };

/**
 * A table expression that writes the referral of a booking, for a statement which has one named `claimed`: nothing claimed,
 * nothing written. So a booking and its referral are one statement, and no booking stands without one (U-094).
 */
export function newReferralSql({ actor, now }: Ctx, { appointmentId, ...referral }: NewReferral & { appointmentId: string }): Prisma.Sql {
  return Prisma.sql`
    referral AS (
      INSERT INTO referral (id, call_id, patient_id, service_id, disposition_code, appointment_id, sent_at, sent_by_id, sent_by_code)
      SELECT ${newId()}::uuid, ${referral.callId}::uuid, ${referral.patientId}::uuid, ${referral.serviceId}::uuid, ${referral.dispositionCode},
        ${appointmentId}::uuid, ${now}::timestamptz, ${actor.id}::uuid, ${actor.organisation.code}
      FROM claimed
    )`;
}

/** Writes a referral without a booking, with the reason for that and perhaps more words (U-091); its id. Part of the caller's transaction. */
export async function writeReferral(
  tx: Tx,
  { actor, now }: Ctx,
  { text, ...referral }: NewReferral & { reason: string; text: string },
): Promise<{ referralId: string }> {
  const written = await tx.referral.create({
    data: { id: newId(), ...referral, reasonText: text || null, sentAt: now, sentById: actor.id, sentByCode: actor.organisation.code },
    select: { id: true },
  });
  return { referralId: written.id };
}

/**
 * A table expression that uncouples the referral of a replaced appointment, for a statement which has one named `replaced` with
 * `id`. The new referral of the same call must come after it: one call has one that counts.
 */
export function uncoupledReferralSql({ now }: Ctx): Prisma.Sql {
  return Prisma.sql`
    uncoupled AS (
      UPDATE referral
      SET uncoupled_at = ${now}::timestamptz
      FROM replaced
      WHERE referral.appointment_id = replaced.id AND referral.uncoupled_at IS NULL
      RETURNING referral.id
    )`;
}

/**
 * Uncouples the referral of an appointment that ended before its time: it no longer counts, and is not taken as a referral in
 * its own right (U-111). Without a live one nothing happens. Part of the caller's transaction.
 */
export async function uncoupleReferral(tx: Tx, { appointmentId, at }: { appointmentId: string; at: Date }): Promise<void> {
  await tx.referral.updateMany({ where: { appointmentId, uncoupledAt: null }, data: { uncoupledAt: at } });
}
