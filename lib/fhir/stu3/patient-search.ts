import type { ApiAppointmentSearch } from '@/lib/booking/direct.schema';
import { appointmentStatus, type AppointmentStatus } from '@/lib/booking/schema';
import { badParameter } from '@/lib/fhir/shared/outcome';
import type { Fault, Parameter } from '@/lib/fhir/shared/route';
import { boundsOf, listOf, tokenOf, valuesOf } from '@/lib/fhir/shared/search';
import { localPatientSystem, NATIONAL_PATIENT, NHS_NUMBER } from '@/lib/fhir/stu3/appointment-systems';
import { ok, type Result } from '@/lib/platform/result';

/** The spellings of the one parameter that names the patient (B-701). */
const PATIENT = [
  ...['Patient', 'Appointment.participant.actor:Patient.identifier', 'Appointment.participant.actor', 'identifier'],
  ...['patient', 'patient.identifier', 'patient:Patient.identifier', 'actor', 'actor:Patient.identifier'],
  ...['participant.actor.identifier', 'Appointment.participant.actor.identifier'],
];
const IDS = ['_id', 'appointmentId'];
const WINDOW = ['date', 'start'];
const UNDERSTOOD = [...PATIENT, ...IDS, ...WINDOW, 'version', 'status'];

/** Statuses that FHIR has and no appointment here is ever in. */
const NEVER = ['proposed', 'pending'];
const MAX_VERSION = 2_147_483_647;

/** A search as it was understood: what is looked for, and the parameters that said so, in their order (B-350). */
type UnderstoodSearch = { search: ApiAppointmentSearch; understood: readonly Parameter[] };

/**
 * What a search for appointments asks for (B-701 to B-708); `root` is the service root. Unknown parameters are left out. Refuses with
 * 400 a patient parameter that is no NHS number and no id of Onward's, a bad date, status or version, and a search that names neither
 * a patient nor an appointment.
 */
export function toSearch(query: readonly Parameter[], root: string): Result<UnderstoodSearch, Fault> {
  const understood = query.filter(([name, value]) => UNDERSTOOD.includes(name) && value.trim() !== '');
  const patient = readPatientParameter(understood, root);
  if (!patient.ok) return patient;
  const ids = listOf(valuesOf(understood, IDS)).map((id) => id.toLowerCase());
  if (!patient.value && ids.length === 0) return badParameter('patient', 'Name a patient or an appointment: patient or _id is required', 'required');
  const version = readVersion(valuesOf(understood, ['version']));
  if (!version.ok) return version;
  const window = readWindow(understood);
  if (!window.ok) return window;
  const statuses = readStatuses(valuesOf(understood, ['status']));
  if (!statuses.ok) return statuses;

  const search = { patient: patient.value, ids: ids.length > 0 ? ids : null, version: version.value, window: window.value, statuses: statuses.value };
  return ok({ search, understood });
}

type Asked = ApiAppointmentSearch['patient'];

function readPatientParameter(query: readonly Parameter[], root: string): Result<Asked, Fault> {
  const [first, ...more] = query.filter(([name]) => PATIENT.includes(name));
  if (!first) return ok(null);
  const [name, value] = first;
  const asked = patientOf(value, root);
  if (!asked) return badParameter(name, `${name} must be an NHS number of ten digits, or system and value of an identifier from here`);
  if (more.some(([, other]) => JSON.stringify(patientOf(other, root)) !== JSON.stringify(asked))) return badParameter(name, 'A search is for one patient');
  return ok(asked);
}

// A wrong check digit finds nobody, which is no fault of the search (B-703, X-28).
function patientOf(value: string, root: string): Asked {
  const { system, value: said } = tokenOf(value.trim());
  if (system === localPatientSystem(root)) return said ? { by: 'local', patientId: said.toLowerCase() } : null;
  if (system !== null && system !== NHS_NUMBER) return null;
  const number = said.startsWith(NATIONAL_PATIENT) ? said.slice(NATIONAL_PATIENT.length).replace(/^Patient\//, '') : said;
  const nhsNumber = number.replace(/\s/g, '');
  return /^\d{10}$/.test(nhsNumber) ? { by: 'nhs-number', nhsNumber } : null;
}

function readVersion(values: readonly string[]): Result<number | null, Fault> {
  const [value, ...more] = new Set(values);
  if (value === undefined) return ok(null);
  const version = /^[1-9]\d*$/.test(value) ? Number(value) : 0;
  if (more.length > 0 || version === 0 || version > MAX_VERSION) return badParameter('version', 'version must be one whole number from 1 on');
  return ok(version);
}

function readWindow(query: readonly Parameter[]): Result<ApiAppointmentSearch['window'], Fault> {
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
