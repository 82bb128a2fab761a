import type { ApiAppointmentSearch } from '@/lib/booking/direct.schema';
import { badParameter } from '@/lib/fhir/shared/outcome';
import type { Fault, Parameter } from '@/lib/fhir/shared/route';
import { tokenOf } from '@/lib/fhir/shared/search';
import { localPatientSystem, NHS_NUMBER } from '@/lib/fhir/stu3/appointment-systems';
import { idsIn, nhsNumberIn, PATIENT_NAMES, readNarrowed, understoodOf } from '@/lib/fhir/stu3/search-parameters';
import { ok, type Result } from '@/lib/platform/result';

/** A search as it was understood: what is looked for, and the parameters that said so, in their order (B-350). */
type UnderstoodSearch = { search: ApiAppointmentSearch; understood: readonly Parameter[] };

/**
 * What a search for appointments asks for (B-701 to B-708); `root` is the service root. Unknown parameters are left out. Refuses with
 * 400 a patient parameter that is no NHS number and no id of Onward's, a bad date, status or version, and a search that names neither
 * a patient nor an appointment.
 */
export function toSearch(query: readonly Parameter[], root: string): Result<UnderstoodSearch, Fault> {
  const understood = understoodOf(query);
  const patient = readPatientParameter(understood, root);
  if (!patient.ok) return patient;
  const ids = idsIn(understood);
  if (!patient.value && !ids) return badParameter('patient', 'Name a patient or an appointment: patient or _id is required', 'required');
  const narrowed = readNarrowed(understood);
  if (!narrowed.ok) return narrowed;
  return ok({ search: { patient: patient.value, ids, ...narrowed.value }, understood });
}

type Asked = ApiAppointmentSearch['patient'];

function readPatientParameter(query: readonly Parameter[], root: string): Result<Asked, Fault> {
  const [first, ...more] = query.filter(([name]) => PATIENT_NAMES.includes(name));
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
  const nhsNumber = nhsNumberIn(said);
  return nhsNumber === null ? null : { by: 'nhs-number', nhsNumber };
}
