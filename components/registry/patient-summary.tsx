import { patientCard } from '@/components/call/patient-words';
import { numberWords, reasonWords } from '@/components/registry/patient-words';
import { Notice } from '@/components/ui/notice';
import { birthDateWords } from '@/lib/platform/time-words';
import type { OpenedPatient } from '@/lib/registry/patient.schema';

/** Who it is, and how long the reason to look still holds. */
export function PatientSummary({ opened, now }: { opened: OpenedPatient; now: Date }) {
  const { patient, deceasedOn } = opened;
  const { name, about, address } = patientCard(patient, now);
  return (
    <>
      <h1 className="nhsuk-heading-l mb-1 wrap-anywhere">{name}</h1>
      <p className="mb-1 wrap-anywhere">{[about, numberWords(patient), address].join(' · ')}</p>
      <p className="mb-4 text-detail text-quiet tabular">{reasonWords(opened)} This look is recorded.</p>
      {deceasedOn ? (
        <Notice tone="warning" title={`The register says that this patient died on ${birthDateWords(deceasedOn)}`}>
          What is still to come below may have to be cancelled.
        </Notice>
      ) : null}
    </>
  );
}
