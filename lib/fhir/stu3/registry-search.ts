import { badParameter } from '@/lib/fhir/shared/outcome';
import type { Fault, Parameter } from '@/lib/fhir/shared/route';
import { tokenOf } from '@/lib/fhir/shared/search';
import { NATIONAL_PATIENT, NHS_NUMBER } from '@/lib/fhir/stu3/appointment-systems';
import { pointerIn } from '@/lib/fhir/stu3/registry-pointer';
import { POINTER_SYSTEM } from '@/lib/fhir/stu3/registry-systems';
import { idsIn, nhsNumberIn, PATIENT_NAMES, readNarrowed, understoodOf } from '@/lib/fhir/stu3/search-parameters';
import { ok, type Result } from '@/lib/platform/result';
import type { EntrySearch } from '@/lib/registry/api-entry.schema';

/** A search as it was understood: what is looked for, and the parameters that said so, in their order (B-350). */
type UnderstoodSearch = { search: EntrySearch; understood: readonly Parameter[] };

type Patient = EntrySearch['patient'];
type Pointer = EntrySearch['pointer'];

/**
 * What a search of the registry asks for (B-921, B-922); `root` is that of the registry. Unknown parameters are left out. Refuses with 400 a patient
 * parameter that is neither an NHS number nor system and value of another identifier, a pointer that is no absolute https URL, a bad
 * date, status or version, and a search that names neither a patient, nor an entry, nor a pointer.
 */
export function toEntrySearch(query: readonly Parameter[], root: string): Result<UnderstoodSearch, Fault> {
  const understood = understoodOf(query);
  const pointer = readPointerParameter(understood.filter(isPointer), root);
  if (!pointer.ok) return pointer;
  const patient = readPatientParameter(understood.filter((parameter) => PATIENT_NAMES.includes(parameter[0]) && !isPointer(parameter)));
  if (!patient.ok) return patient;
  const ids = idsIn(understood);
  if (!patient.value && !pointer.value && !ids) return badParameter('patient', 'Name a patient, an entry or what it points to: patient, _id or identifier is required', 'required');
  const narrowed = readNarrowed(understood);
  if (!narrowed.ok) return narrowed;
  return ok({ search: { patient: patient.value, pointer: pointer.value, ids, ...narrowed.value }, understood });
}

/** Whether `identifier` is that of the entry, which is its pointer, and not that of its patient. */
function isPointer([name, value]: Parameter): boolean {
  if (name !== 'identifier') return false;
  const { system, value: said } = tokenOf(value.trim());
  return system === POINTER_SYSTEM || (system === null && /^[a-z][a-z\d+.-]*:/i.test(said) && !said.startsWith(NATIONAL_PATIENT));
}

function readPointerParameter(parameters: readonly Parameter[], root: string): Result<Pointer, Fault> {
  const pointers = parameters.map(([, value]) => pointerIn(root, tokenOf(value.trim()).value));
  const [first = null] = pointers;
  if (pointers.includes(null)) return badParameter('identifier', 'identifier must be the absolute https URL of an appointment, or the NHS number of a patient');
  if (pointers.some((other) => JSON.stringify(other) !== JSON.stringify(first))) return badParameter('identifier', 'A search is for one pointer');
  return ok(first);
}

function readPatientParameter(parameters: readonly Parameter[]): Result<Patient, Fault> {
  const [first, ...more] = parameters;
  if (!first) return ok(null);
  const [name, value] = first;
  const asked = patientOf(value);
  if (!asked) return badParameter(name, `${name} must be an NHS number of ten digits, or system and value of another identifier`);
  if (more.some(([, other]) => JSON.stringify(patientOf(other)) !== JSON.stringify(asked))) return badParameter(name, 'A search is for one patient');
  return ok(asked);
}

// A wrong check digit finds nobody, which is no fault of the search (B-703, X-28).
function patientOf(given: string): Patient {
  const { system, value } = tokenOf(given.trim());
  if (system !== null && system !== NHS_NUMBER) return value ? { by: 'local', system, value } : null;
  const nhsNumber = nhsNumberIn(value);
  return nhsNumber === null ? null : { by: 'nhs-number', nhsNumber };
}
