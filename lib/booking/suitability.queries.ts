import type { Ctx } from '@/lib/auth/actor';
import { referralRoleOf } from '@/lib/booking/call.rules';
import { EMERGENCY_DEPARTMENT } from '@/lib/directory/rank.rules';
import { Prisma, type Tx } from '@/lib/platform/db';
import type { SuitabilityCheck } from '@/lib/platform/errors';
import { isId } from '@/lib/platform/id';
import { londonDate } from '@/lib/platform/time-words';

/**
 * The first part of a service's profile that the patient or the need does not meet, or null, for a statement that joins `call`,
 * `patient` and `service`: the checks of the search that no circumstance changes (D-008 to D-010, D-012 to D-015, D-018). An
 * emergency department takes everybody: it is the catch-all when no other service is left (D-041).
 */
export function suitabilitySql({ actor, now }: Ctx): Prisma.Sql {
  const ageDays = Prisma.sql`(${londonDate(now)}::date - patient.birth_date)`;
  return Prisma.sql`
    CASE
      WHEN service.type_id = ${EMERGENCY_DEPARTMENT}::int THEN NULL
      WHEN NOT EXISTS (SELECT FROM service_disposition d WHERE d.service_id = service.id AND d.code = call.disposition_code) THEN 'disposition'
      WHEN NOT EXISTS (SELECT FROM service_age a WHERE a.service_id = service.id AND ${ageDays} BETWEEN a.days_from AND a.days_to) THEN 'age'
      -- As genderOf says it: anything but female and male is I (D-009).
      WHEN NOT CASE patient.sex WHEN 'female' THEN 'F' WHEN 'male' THEN 'M' ELSE 'I' END = ANY (service.genders) THEN 'gender'
      WHEN NOT ${referralRoleOf(actor)}::text = ANY (service.referral_roles) THEN 'role'
      WHEN call.icb_code IS NOT NULL AND EXISTS (SELECT FROM service_area r WHERE r.service_id = service.id)
        AND NOT EXISTS (SELECT FROM service_area r WHERE r.service_id = service.id AND r.icb_code = call.icb_code) THEN 'area'
      WHEN service.is_restricted AND EXISTS (SELECT FROM service_practice p WHERE p.service_id = service.id)
        AND NOT EXISTS (SELECT FROM service_practice p WHERE p.service_id = service.id AND p.practice = call.practice_code) THEN 'practices'
      WHEN ${unmetSymptomsSql()} THEN 'symptoms'
    END`;
}

/** What a referral without a booking is decided on. */
type ReferralOffer = { serviceId: string; serviceName: string; isBookingOnly: boolean; unsuitable: SuitabilityCheck | null; dispositionCode: string };

/** An active service as it is for a call of the actor's own organisation; null when there is no such service or call. */
export async function referralOfferFor(tx: Tx, ctx: Ctx, { callId, serviceId }: { callId: string; serviceId: string }): Promise<ReferralOffer | null> {
  if (!isId(callId) || !isId(serviceId)) return null;
  // Raw: the suitability of a service is said once, for bookings and referrals.
  const [offer] = await tx.$queryRaw<ReferralOffer[]>`
    SELECT service.id AS "serviceId", service.name AS "serviceName", service.is_booking_only AS "isBookingOnly",
      ${suitabilitySql(ctx)} AS unsuitable, call.disposition_code AS "dispositionCode"
    FROM call
    JOIN patient ON patient.id = call.patient_id
    JOIN service ON service.id = ${serviceId}::uuid AND service.status = 'active'
    WHERE call.id = ${callId}::uuid AND call.organisation_code = ${ctx.actor.organisation.code}`;
  return offer ?? null;
}

// Not profiled for the symptom group of the call, or not for all of its discriminators that are valid in that group (D-008, D-012).
// Without a group there is nothing to meet.
function unmetSymptomsSql(): Prisma.Sql {
  return Prisma.sql`(
    call.symptom_group IS NOT NULL AND (
      NOT EXISTS (SELECT FROM service_symptom y WHERE y.service_id = service.id AND y.group_id = call.symptom_group)
      OR EXISTS (
        SELECT FROM symptom_pair v
        WHERE v.group_id = call.symptom_group AND v.discriminator_id = ANY (call.discriminators)
          AND NOT EXISTS (SELECT FROM service_symptom y WHERE y.service_id = service.id AND y.group_id = v.group_id AND y.discriminator_id = v.discriminator_id))))`;
}
