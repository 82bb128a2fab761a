import { hasRole, type Actor, type Ctx } from '@/lib/auth/actor';
import type { Call } from '@/lib/booking/schema';
import type { Gender, ReferralRole, SearchRequest } from '@/lib/directory/schema';
import { addMinutes, daysBetween } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';

const AFTER_CALL_MINUTES = 30;
const GENDERS: Readonly<Record<string, Gender>> = { female: 'F', male: 'M' };

/** The directory search of a call, as of now and free of identity (D-004): the exact age in days (D-003), and the role of who searches (D-014). */
export function searchOf(ctx: Ctx, call: Call): SearchRequest {
  return {
    place: call.place,
    ageDays: daysBetween(call.patient.birthDate, londonDate(ctx.now)),
    gender: genderOf(call.patient.sex),
    disposition: call.disposition,
    symptomGroup: call.symptomGroup,
    discriminators: call.discriminators,
    practiceCode: call.practice?.code ?? null,
    role: referralRoleOf(ctx.actor),
    at: ctx.now,
    dueAt: call.dueAt,
  };
}

/**
 * Whether a call is still worked on at `now`, and so a reason to look at the patient's other appointments: while it is open or its appointment can be
 * moved, and for half an hour after its end. Later a look needs a reason of its own. Source: docs/rules.md#registry.
 */
export function isUnderWay({ state, moves, endedAt }: Pick<Call, 'state' | 'moves' | 'endedAt'>, now: Date): boolean {
  return state === 'open' || moves !== null || (endedAt !== null && now < addMinutes(endedAt, AFTER_CALL_MINUTES));
}

/** The gender that services are profiled for (D-009); anything but female and male is I. */
export function genderOf(sex: string): Gender {
  return GENDERS[sex] ?? 'I';
}

/** The role that services are profiled for (D-014). */
export function referralRoleOf(actor: Actor): ReferralRole {
  return hasRole(actor, 'clinician') ? 'clinician' : 'call-handler';
}
