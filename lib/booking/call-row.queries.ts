import type { Ctx } from '@/lib/auth/actor';
import type { Call } from '@/lib/booking/schema';
import { db } from '@/lib/platform/db';

/** A call with all that its pages show of it, in the columns of one statement. */
export type CallRow = PatientColumns & CallColumns & OutcomeColumns & Pick<Call, 'contacts' | 'skips' | 'disposition'>;

type PatientColumns = {
  patientId: string;
  nhsNumber: string | null;
  givenName: string;
  familyName: string;
  birthDate: Date;
  sex: string;
  addressLine: string | null;
  town: string | null;
  homePostcode: string;
  phone: string | null;
  isUnknown: boolean;
};

type CallColumns = {
  id: string;
  state: string;
  openedAt: Date;
  endedAt: Date | null;
  handlerId: string;
  handlerName: string;
  callerName: string | null;
  callerRelationship: string | null;
  dispositionAt: Date;
  dueAt: Date | null;
  postcode: string;
  latitude: number;
  longitude: number;
  icbCode: string | null;
  country: string;
  placePrecision: string;
  isAtHome: boolean;
  practiceCode: string | null;
  practiceName: string | null;
  symptomGroup: number | null;
  discriminators: number[];
};

type OutcomeColumns = {
  appointmentId: string | null;
  reference: string | null;
  movesId: string | null;
  movesVersion: number | null;
  movesReference: string | null;
  movesStartsAt: Date | null;
  movesServiceId: string | null;
  movesServiceName: string | null;
  referralId: string | null;
  referredTo: string | null;
  referralReason: string | null;
  closeReason: string | null;
  closeText: string | null;
};

/**
 * One call of the actor's own organisation, or null. The appointment is the live one, else the latest; what it moves is its
 * own live appointment, or the one that it was opened to move, while that is booked and not begun at `ctx.now`.
 */
export async function callRow({ actor, now }: Ctx, callId: string): Promise<CallRow | null> {
  // Raw: one statement over eleven tables, on every page of a call; the typed interface would make as many round trips.
  // Appointments are found by their patient, who is the call's: they are indexed by it.
  const [row] = await db.$queryRaw<CallRow[]>`
    SELECT call.id, call.state, call.opened_at AS "openedAt", call.ended_at AS "endedAt", call.handler_id AS "handlerId", staff.name AS "handlerName",
      patient.id AS "patientId", patient.nhs_number AS "nhsNumber", patient.given_name AS "givenName", patient.family_name AS "familyName",
      patient.birth_date AS "birthDate", patient.sex, patient.address_line AS "addressLine", patient.town,
      patient.postcode AS "homePostcode", patient.phone, patient.is_unknown AS "isUnknown",
      call.caller_name AS "callerName", call.caller_relationship AS "callerRelationship",
      jsonb_build_object('code', disposition.code, 'title', disposition.title, 'family', disposition.family, 'contactMode', disposition.contact_mode,
        'timeframeMinutes', disposition.timeframe_minutes, 'timeframeLabel', disposition.timeframe_label,
        'outsideTimeframeRule', disposition.outside_timeframe_rule, 'numericId', disposition.numeric_id) AS disposition,
      call.disposition_at AS "dispositionAt", call.due_at AS "dueAt", call.postcode, call.latitude, call.longitude, call.icb_code AS "icbCode",
      call.country, call.place_precision AS "placePrecision", call.is_at_home AS "isAtHome",
      call.practice_code AS "practiceCode", practice.name AS "practiceName", call.symptom_group AS "symptomGroup", call.discriminators,
      led_to.id AS "appointmentId", led_to.reference,
      moved.id AS "movesId", moved.version AS "movesVersion", moved.reference AS "movesReference", moved.starts_at AS "movesStartsAt",
      moved.service_id AS "movesServiceId", moved_service.name AS "movesServiceName",
      referral.id AS "referralId", referred.name AS "referredTo", referral.reason AS "referralReason",
      call.close_reason AS "closeReason", call.close_text AS "closeText",
      coalesce((
        SELECT jsonb_agg(jsonb_build_object('rank', rank, 'isPatient', is_patient, 'name', name, 'relationship', relationship, 'phone', phone) ORDER BY rank, id)
        FROM call_contact
        WHERE call_id = call.id), '[]') AS contacts,
      coalesce((
        SELECT jsonb_agg(jsonb_build_object('serviceId', skipped.id, 'serviceName', skipped.name, 'reason', reject_reason.text, 'comment', call_skip.comment)
          ORDER BY call_skip.at, skipped.name)
        FROM call_skip
        JOIN service skipped ON skipped.id = call_skip.service_id
        JOIN reject_reason ON reject_reason.id = call_skip.reason_id
        WHERE call_skip.call_id = call.id), '[]') AS skips
    FROM call
    JOIN staff ON staff.id = call.handler_id
    JOIN patient ON patient.id = call.patient_id
    JOIN disposition ON disposition.code = call.disposition_code
    LEFT JOIN organisation practice ON practice.ods_code = call.practice_code
    LEFT JOIN LATERAL (
      SELECT id, reference, released_at
      FROM appointment
      WHERE call_id = call.id AND patient_id = call.patient_id
      ORDER BY released_at DESC NULLS FIRST, booked_at DESC
      LIMIT 1) led_to ON true
    LEFT JOIN appointment moved ON moved.id = CASE call.state WHEN 'open' THEN call.moves_id WHEN 'booked' THEN led_to.id END
      AND moved.status = 'booked' AND moved.starts_at > ${now}::timestamptz
    LEFT JOIN service moved_service ON moved_service.id = moved.service_id
    LEFT JOIN referral ON referral.call_id = call.id AND referral.appointment_id IS NULL AND referral.uncoupled_at IS NULL
    LEFT JOIN service referred ON referred.id = referral.service_id
    WHERE call.id = ${callId}::uuid AND call.organisation_code = ${actor.organisation.code}`;
  return row ?? null;
}
