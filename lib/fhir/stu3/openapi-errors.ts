import { outcomeOf } from '@/lib/fhir/shared/outcome';
import type { Issue } from '@/lib/fhir/shared/route';
import type { Example } from '@/lib/fhir/stu3/openapi-types';

/** One way in which a request fails; `requirement` is its number in the standard's contract. */
type Failure = { requirement: string; status: number; when: string; issue: Issue };

const PATIENT = 'Appointment.contained[1]';
const DENIED = { severity: 'error', details: 'ACCESS_DENIED' } as const;
const BAD = { severity: 'error', details: 'BAD_REQUEST' } as const;
const PARAMETER = { severity: 'error', details: 'INVALID_PARAMETER' } as const;
const INVALID = { severity: 'error', details: 'INVALID_RESOURCE' } as const;
const CONSTRAINT = { severity: 'error', code: 'conflict', details: 'FHIR_CONSTRAINT_VIOLATION' } as const;
const FATAL = { severity: 'fatal', details: 'INTERNAL_SERVER_ERROR' } as const;

const FAILURES = {
  'no-token': { requirement: 'B-130', status: 403, when: 'No token was sent', issue: { ...DENIED, code: 'login', diagnostics: 'No access token' } },
  'token-malformed': { requirement: 'B-131', status: 403, when: 'The token is badly built', issue: { ...DENIED, code: 'security', diagnostics: 'Access token is not valid: exp' } },
  'token-signature': { requirement: 'B-132', status: 403, when: 'The signature is wrong, or its key unknown', issue: { ...DENIED, code: 'security', diagnostics: 'Access token is not valid: signature' } },
  'token-expired': { requirement: 'B-133', status: 403, when: 'The token has expired', issue: { ...DENIED, code: 'expired', diagnostics: 'Access token has expired' } },
  'token-future': { requirement: 'B-134', status: 403, when: 'The token is from the future', issue: { ...DENIED, code: 'security', diagnostics: 'Access token is not valid: iat' } },
  'token-audience': { requirement: 'B-135', status: 403, when: 'The token is for another system', issue: { ...DENIED, code: 'security', diagnostics: 'Access token is for another system' } },
  'token-claim': { requirement: 'B-136', status: 403, when: 'The reason is not direct care, or the subject is not the practitioner', issue: { ...DENIED, code: 'security', diagnostics: 'Access token is not valid: reason_for_request' } },
  'token-scope': { requirement: 'B-137', status: 403, when: 'The scope does not cover the interaction', issue: { ...DENIED, code: 'forbidden', diagnostics: 'Scope does not allow this: it takes patient/appointment.write' } },
  organisation: { requirement: 'B-138', status: 403, when: 'The organisation of the token may not act here', issue: { ...DENIED, code: 'forbidden', diagnostics: 'Organisation Y99901 may not use this system' } },
  'may-not-book': { requirement: 'B-843', status: 403, when: 'The service takes nothing from this organisation', issue: { ...DENIED, code: 'forbidden', diagnostics: 'Organisation Y99901 may not book at this service' } },
  'request-id': { requirement: 'B-049', status: 400, when: 'The X-Request-Id is too long', issue: { ...BAD, code: 'value', diagnostics: 'X-Request-Id may have 128 characters, and no control characters', location: 'http.X-Request-Id' } },
  unreadable: { requirement: 'B-831', status: 400, when: 'The body is not JSON or XML', issue: { ...BAD, severity: 'fatal', code: 'structure', diagnostics: 'The body is not JSON: line 3, column 14' } },
  'wrong-structure': { requirement: 'B-831', status: 400, when: 'The body is not an Appointment as FHIR builds it', issue: { ...BAD, code: 'structure', diagnostics: 'Invalid input: expected array, received string', expression: 'Appointment.participant' } },
  'bad-parameter': { requirement: 'B-832', status: 400, when: 'A known parameter has a bad value', issue: { ...PARAMETER, code: 'value', diagnostics: 'start must be a date or an instant such as ge2027-03-03T14:00:00%2B00:00, with a prefix ge, gt, le, lt, eq or none', location: 'http.start' } },
  'no-patient': { requirement: 'B-704', status: 400, when: 'Neither a patient nor an id is named', issue: { ...PARAMETER, code: 'required', diagnostics: 'Name a patient or an appointment: patient or _id is required', location: 'http.patient' } },
  'other-id': { requirement: 'B-606', status: 400, when: 'The body has another id than the address', issue: { ...BAD, code: 'invalid', diagnostics: 'The id of the body is not the id of the address', expression: 'Appointment.id' } },
  'element-missing': { requirement: 'B-833', status: 422, when: 'A required element is missing', issue: { ...INVALID, code: 'required', diagnostics: 'birthDate is required', expression: `${PATIENT}.birthDate` } },
  'value-wrong': { requirement: 'B-834', status: 422, when: 'A value or a code is wrong', issue: { ...INVALID, code: 'code-invalid', diagnostics: 'gender must be one of male, female, other, unknown', expression: `${PATIENT}.gender` } },
  'id-sent': { requirement: 'B-404', status: 422, when: 'A new appointment comes with an id', issue: { ...INVALID, code: 'invariant', diagnostics: 'An appointment gets its id when it is booked: leave id out', expression: 'Appointment.id' } },
  'modifier-unknown': { requirement: 'B-029', status: 422, when: 'An unknown modifierExtension is sent', issue: { ...INVALID, code: 'extension', diagnostics: 'This modifierExtension is not known here, so what it modifies cannot be understood', expression: 'Appointment.modifierExtension' } },
  'nhs-number-wrong': { requirement: 'B-836', status: 422, when: 'The NHS number is not valid: it has ten digits, without spaces, and the last one checks the others', issue: { severity: 'error', details: 'INVALID_NHS_NUMBER', code: 'value', diagnostics: 'The NHS number is not valid: it has ten digits, without spaces, and the last one checks the others', expression: `${PATIENT}.identifier[0]` } },
  'rank-missing': { requirement: 'B-262', status: 422, when: 'Not exactly one contact number has rank 1', issue: { ...INVALID, code: 'business-rule', diagnostics: 'Exactly one contact number must have rank 1: 2 have', expression: PATIENT } },
  'slot-unknown': { requirement: 'B-835', status: 422, when: 'There is no such slot or schedule', issue: { severity: 'error', details: 'REFERENCE_NOT_FOUND', code: 'not-found', diagnostics: 'There is no slot with this identifier', expression: 'Appointment.slot' } },
  'slot-past': { requirement: 'B-411', status: 422, when: 'The slot has begun', issue: { ...INVALID, code: 'business-rule', diagnostics: 'Slot is in the past', expression: 'Appointment.slot' } },
  'slot-taken': { requirement: 'B-412', status: 422, when: 'The slot is not free any more: search again', issue: { severity: 'error', details: 'DUPLICATE_REJECTED', code: 'processing', diagnostics: 'Slot no longer available' } },
  'border-refused': { requirement: 'B-413', status: 422, when: 'The commissioners refuse bookings for this patient at this service: choose another', issue: { ...INVALID, code: 'business-rule', diagnostics: 'The commissioners of patient and service refuse bookings across their border at this service' } },
  'border-approval-needed': { requirement: 'B-413', status: 422, when: 'The commissioners want to approve bookings for this patient at this service: choose another, or let NHS 111 book', issue: { ...INVALID, code: 'business-rule', diagnostics: 'A booking across this border needs an approval that only NHS 111 can ask for' } },
  'already-cancelled': { requirement: 'B-607', status: 422, when: 'The appointment is not booked any more', issue: { ...INVALID, code: 'business-rule', diagnostics: 'Appointment is already cancelled', expression: 'Appointment.status' } },
  'appointment-past': { requirement: 'B-608', status: 422, when: 'The appointment has begun', issue: { ...INVALID, code: 'business-rule', diagnostics: 'Appointment is in the past' } },
  'element-changed': { requirement: 'B-609', status: 422, when: 'More than the status differs: one issue for each element', issue: { ...INVALID, code: 'business-rule', diagnostics: 'Only status may change, or description alone', expression: 'Appointment.start' } },
  'request-repeated': { requirement: 'B-839', status: 409, when: 'The X-Request-Id was used with success: Location names what was made', issue: { severity: 'error', details: 'DUPLICATE_REJECTED', code: 'duplicate', diagnostics: 'X-Request-Id has been used previously', location: 'http.X-Request-Id' } },
  'version-stale': { requirement: 'B-840', status: 409, when: 'The appointment has changed since it was read', issue: { ...CONSTRAINT, diagnostics: 'The current version is 2', location: 'http.If-Match' } },
  'no-if-match': { requirement: 'B-841', status: 412, when: 'The version is not named', issue: { ...CONSTRAINT, diagnostics: 'If-Match is required', location: 'http.If-Match' } },
  'not-found': { requirement: 'B-842', status: 404, when: 'There is no such resource or version', issue: { severity: 'error', code: 'not-found', details: 'NO_RECORD_FOUND', diagnostics: 'There is no Appointment with this id' } },
  'service-unknown': { requirement: 'B-310', status: 404, when: 'None of the services named is known here', issue: { severity: 'error', code: 'not-found', details: 'NO_RECORD_FOUND', diagnostics: 'There is no HealthcareService/2000089999' } },
  'nothing-named': { requirement: 'B-704', status: 400, when: 'Neither a patient, nor an entry, nor a pointer is named', issue: { ...PARAMETER, code: 'required', diagnostics: 'Name a patient, an entry or what it points to: patient, _id or identifier is required', location: 'http.patient' } },
  'element-kept-out': { requirement: 'B-911', status: 422, when: 'An element is sent that the registry does not keep: one issue for each', issue: { ...INVALID, code: 'business-rule', diagnostics: 'description is not kept in the registry: leave it out', expression: 'Appointment.description' } },
  'pointer-wrong': { requirement: 'B-912', status: 422, when: 'The pointer is not an absolute https URL without a version', issue: { ...INVALID, code: 'value', diagnostics: 'The pointer must be an absolute https URL', expression: 'Appointment.identifier[0].value' } },
  'pointer-taken': { requirement: 'B-915', status: 422, when: 'The pointer is registered already', issue: { severity: 'error', details: 'DUPLICATE_REJECTED', code: 'duplicate', diagnostics: 'This pointer is registered already', expression: 'Appointment.identifier[0].value' } },
  'pointer-own': { requirement: 'B-905', status: 422, when: 'The appointment is held here', issue: { ...INVALID, code: 'business-rule', diagnostics: 'Appointments that are held here are in the registry by themselves', expression: 'Appointment.identifier[0].value' } },
  'end-before-start': { requirement: 'B-915', status: 422, when: 'The appointment ends before it starts', issue: { ...INVALID, code: 'value', diagnostics: 'end must be after start', expression: 'Appointment.end' } },
  'organisation-unknown': { requirement: 'B-835', status: 422, when: 'The organisation that holds the appointment is not known', issue: { severity: 'error', code: 'not-found', details: 'REFERENCE_NOT_FOUND', diagnostics: 'There is no organisation Y99999 here', expression: 'Appointment.participant.actor.identifier' } },
  'other-organisation': { requirement: 'B-926', status: 403, when: 'Another organisation registered this appointment', issue: { ...DENIED, code: 'forbidden', diagnostics: 'Only the organisation that registered this appointment may change its entry' } },
  'entry-differs': { requirement: 'B-923', status: 422, when: 'More differs than may change: one issue for each element', issue: { ...INVALID, code: 'business-rule', diagnostics: 'Only status may change, or start and end of what stays booked', expression: 'Appointment.created' } },
  'media-type': { requirement: 'B-845', status: 415, when: 'The format of the body or of the answer is not one of these', issue: { severity: 'error', details: 'UNSUPPORTED_MEDIA_TYPE', code: 'not-supported', diagnostics: 'Supported are application/fhir+json and application/fhir+xml', location: 'http.Content-Type' } },
  'too-large': { requirement: 'B-846', status: 413, when: 'The body is larger than 1 MB', issue: { ...BAD, code: 'too-long', diagnostics: 'The limit of a body is 1048576 bytes' } },
  'too-many': { requirement: 'B-846', status: 429, when: 'The client sends more requests than it may: wait for Retry-After', issue: { ...BAD, code: 'throttled', diagnostics: 'The limit of this client is 600 requests a minute' } },
  fault: { requirement: 'B-847', status: 500, when: 'A fault at our side: nothing was saved', issue: { ...FATAL, code: 'exception' } },
  away: { requirement: 'B-847', status: 503, when: 'A part is away: repeat with the same X-Request-Id after Retry-After', issue: { ...FATAL, code: 'transient' } },
} as const satisfies Record<string, Failure>;

export type FailureName = keyof typeof FAILURES;

/** How requests with a token fail before anything else is looked at (B-142). */
export const TOKEN_FAILURES = ['no-token', 'token-malformed', 'token-signature', 'token-expired', 'token-future', 'token-audience', 'token-claim', 'token-scope', 'organisation'] as const;

/** The status with which a request fails in this way, and what that means. */
export function failure(name: FailureName): Failure {
  return FAILURES[name];
}

/** An OperationOutcome for every failure, by its name. */
export function failureExamples(): Record<string, Example> {
  return Object.fromEntries(Object.entries(FAILURES).map(([name, each]) => [name, exampleOf(each)]));
}

function exampleOf({ requirement, when, issue }: Failure): Example {
  const description = issue.diagnostics ? `${issue.code}: ${issue.diagnostics}` : issue.code;
  return { summary: `${requirement}: ${when}`, description, value: outcomeOf('0d4f0c0a-9f0e-4a53-8a55-6c1d2e3f4a5b', [issue]) };
}
