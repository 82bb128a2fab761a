import { hasRole, type Ctx } from '@/lib/auth/actor';
import type { Call } from '@/lib/booking/schema';
import type { Gender, SearchRequest } from '@/lib/directory/schema';
import type { Sex } from '@/lib/patient/schema';
import { daysBetween } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';

const GENDERS: Record<Sex, Gender> = { female: 'F', male: 'M', indeterminate: 'I' };

/** The directory search of a call, as of now and free of identity (D-004): the exact age in days (D-003), and the role of who searches (D-014). */
export function searchOf(ctx: Ctx, call: Call): SearchRequest {
  return {
    place: call.place,
    ageDays: daysBetween(call.patient.birthDate, londonDate(ctx.now)),
    gender: GENDERS[call.patient.sex],
    disposition: call.disposition,
    symptomGroup: call.symptomGroup,
    discriminators: call.discriminators,
    practiceCode: call.practice?.code ?? null,
    role: hasRole(ctx.actor, 'clinician') ? 'clinician' : 'call-handler',
    at: ctx.now,
    dueAt: call.dueAt,
  };
}
