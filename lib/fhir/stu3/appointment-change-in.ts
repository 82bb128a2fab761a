import type { ApiAppointment, DirectChange } from '@/lib/booking/direct.schema';
import { fault } from '@/lib/fhir/shared/outcome';
import type { Fault } from '@/lib/fhir/shared/route';
import { differencesOf } from '@/lib/fhir/stu3/appointment-differences';
import { readReason } from '@/lib/fhir/stu3/appointment-in';
import { toAppointment } from '@/lib/fhir/stu3/appointment-out';
import type { SentAppointment } from '@/lib/fhir/stu3/appointment-schema';
import { requiredCode, within, type Place } from '@/lib/fhir/stu3/place';
import { unsoundIn } from '@/lib/fhir/stu3/unsound';
import { ok, refuse, type Result } from '@/lib/platform/result';

const DESCRIPTION = 'Appointment.description';

/** The body of an update has another id than its address (B-606). */
export const OTHER_ID: Fault = {
  status: 400,
  issues: [{ severity: 'error', code: 'invalid', details: 'BAD_REQUEST', diagnostics: 'The id of the body is not the id of the address', expression: 'Appointment.id' }],
};

/** What a change is asked of: the raw body, the appointment as it stands, and the version that was read. */
type Asked = { body: unknown; standing: ApiAppointment; version: number; root: string };

/**
 * What the body of an update wants of an appointment (B-606, B-609 to B-612): to cancel it, to enter it in error, or, its status left
 * as it is, to give it another reason. Refuses with 400 another id than the appointment's; with 422 a status that nobody may set here,
 * a reason that is blank or too long, and what stands nowhere in a body. What else differs is for the command to refuse.
 */
export function toChange(sent: SentAppointment, { body, standing, version, root }: Asked): Result<DirectChange, Fault> {
  const { id: appointmentId } = standing;
  if (sent.id !== undefined && sent.id.toLowerCase() !== appointmentId) {
    return refuse(OTHER_ID);
  }
  const place: Place = { path: 'Appointment', faults: unsoundIn('Appointment', body) };
  const wanted = readWanted(place, { sent, standing });
  if (!wanted || place.faults.length > 0) return refuse({ status: 422, issues: place.faults });
  return ok({ appointmentId, version, wanted, differences: (read) => differencesBesides(wanted, { sent, read, root }) });
}

/** The version that `If-Match` names: `W/"2"`, `"2"` or `2`. Refuses with 412 when there is none, `*` or a list (B-063, B-065). */
export function readVersionMatch(header: string | null): Result<number, Fault> {
  const [, quoted, bare] = /^(?:(?:W\/)?"(\d{1,9})"|(\d{1,9}))$/.exec(header?.trim() ?? '') ?? [];
  const version = quoted ?? bare;
  if (version !== undefined) return ok(Number(version));
  return fault(412, { severity: 'error', code: 'conflict', details: 'FHIR_CONSTRAINT_VIOLATION', diagnostics: 'If-Match is required', location: 'http.If-Match' });
}

function readWanted(place: Place, { sent, standing }: { sent: SentAppointment; standing: ApiAppointment }): DirectChange['wanted'] | null {
  const status = requiredCode(within(place, 'status'), { sent: sent.status, codes: ['cancelled', 'entered-in-error', 'booked'] });
  if (status === 'cancelled') return { method: 'cancel' };
  if (status === 'entered-in-error') return { method: 'enter-in-error' };
  if (status === null) return null;
  // Gone, it is a difference like any other.
  const reason = sent.description === undefined ? standing.reason : readReason(within(place, 'description'), sent.description);
  return reason === null ? null : { method: 'amend', reason };
}

function differencesBesides({ method }: DirectChange['wanted'], { sent, read, root }: { sent: SentAppointment; read: ApiAppointment; root: string }): string[] {
  const differences = differencesOf({ sent, read: { ...toAppointment(root, read) }, root });
  return method === 'amend' && sent.description !== undefined ? differences.filter((path) => path !== DESCRIPTION) : differences;
}
