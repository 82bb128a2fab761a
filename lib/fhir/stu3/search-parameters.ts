import { appointmentStatus, type AppointmentStatus } from '@/lib/booking/schema';
import { badParameter } from '@/lib/fhir/shared/outcome';
import type { Fault, Parameter } from '@/lib/fhir/shared/route';
import { boundsOf, listOf, tokenOf, valuesOf, type Bounds } from '@/lib/fhir/shared/search';
import { NATIONAL_PATIENT } from '@/lib/fhir/stu3/appointment-systems';
import { ok, type Result } from '@/lib/platform/result';

/** The spellings of the one parameter that names the patient (B-701). */
export const PATIENT_NAMES = [
  ...['Patient', 'Appointment.participant.actor:Patient.identifier', 'Appointment.participant.actor', 'identifier'],
  ...['patient', 'patient.identifier', 'patient:Patient.identifier', 'actor', 'actor:Patient.identifier'],
  ...['participant.actor.identifier', 'Appointment.participant.actor.identifier'],
];
const IDS = ['_id', 'appointmentId'];
const WINDOW = ['date', 'start'];

/** Statuses that FHIR has and no appointment here is ever in. */
const NEVER = ['proposed', 'pending'];
const MAX_VERSION = 2_147_483_647;

/** What a search for appointments asks for besides which they are. Null: not asked for. */
type Narrowed = { version: number | null; window: Bounds | null; statuses: AppointmentStatus[] | null };

/** The parameters of a search that are known and say something (B-030). */
export function understoodOf(query: readonly Parameter[]): Parameter[] {
  const known = [...PATIENT_NAMES, ...IDS, ...WINDOW, 'version', 'status'];
  return query.filter(([name, value]) => known.includes(name) && value.trim() !== '');
}

/** The ids that a search names; null when it names none (B-705). */
export function idsIn(query: readonly Parameter[]): string[] | null {
  const ids = listOf(valuesOf(query, IDS)).map((id) => id.toLowerCase());
  return ids.length > 0 ? ids : null;
}

/** Version, window and statuses of a search (B-705, B-708). Refuses with 400 a bad version, date or status. */
export function readNarrowed(query: readonly Parameter[]): Result<Narrowed, Fault> {
  const version = readVersion(valuesOf(query, ['version']));
  if (!version.ok) return version;
  const window = readWindow(query);
  if (!window.ok) return window;
  const statuses = readStatuses(valuesOf(query, ['status']));
  if (!statuses.ok) return statuses;
  return ok({ version: version.value, window: window.value, statuses: statuses.value });
}

/** The NHS number in the value of a token, with or without its national address and spaces; null when it has not ten digits (B-702, B-703). */
export function nhsNumberIn(said: string): string | null {
  const number = said.startsWith(NATIONAL_PATIENT) ? said.slice(NATIONAL_PATIENT.length).replace(/^Patient\//, '') : said;
  const nhsNumber = number.replace(/\s/g, '');
  return /^\d{10}$/.test(nhsNumber) ? nhsNumber : null;
}

function readVersion(values: readonly string[]): Result<number | null, Fault> {
  const [value, ...more] = new Set(values);
  if (value === undefined) return ok(null);
  const version = /^[1-9]\d*$/.test(value) ? Number(value) : 0;
  if (more.length > 0 || version === 0 || version > MAX_VERSION) return badParameter('version', 'version must be one whole number from 1 on');
  return ok(version);
}

function readWindow(query: readonly Parameter[]): Result<Bounds | null, Fault> {
  const values = valuesOf(query, WINDOW);
  const name = query.find(([each]) => WINDOW.includes(each))?.[0];
  return name === undefined ? ok(null) : boundsOf(name, values);
}

function readStatuses(values: readonly string[]): Result<AppointmentStatus[] | null, Fault> {
  if (values.length === 0) return ok(null);
  const statuses: AppointmentStatus[] = [];
  for (const said of listOf(values)) {
    const code = tokenOf(said).value.replaceAll(' ', '-');
    const status = appointmentStatus.exclude(['moved']).safeParse(code);
    if (!status.success && !NEVER.includes(code)) return badParameter('status', 'status must be a code of FHIR, such as booked or cancelled, or several with commas');
    if (status.success) statuses.push(status.data);
    // One that was moved is cancelled to other systems (B-298).
    if (status.data === 'cancelled') statuses.push('moved');
  }
  return ok(statuses);
}
