import type { PatientCard } from '@/components/call/patient-words';

/** An appointment that a call is opened to move, and its patient, in words. */
export type MovedAppointment = { id: string; reference: string; about: string; patient: PatientCard };

/** Instead of the patient's fields: whose appointment it is. The patient is assessed again in this call (U-115). */
export function MovedPatient({ moves }: { moves: MovedAppointment }) {
  const { id, reference, about, patient } = moves;
  return (
    <section aria-labelledby="patient-heading" className="border border-line bg-panel p-5">
      <h2 id="patient-heading" className="nhsuk-heading-s mb-3">
        Patient
      </h2>
      <input type="hidden" name="movesId" value={id} />
      <div className="mb-3 border-l-4 border-green bg-page p-4">
        <p className="mb-1 text-lead font-bold wrap-anywhere">{patient.name}</p>
        <p className="mb-1">{patient.about}</p>
        <p className="mb-0">{patient.address}</p>
      </div>
      <p className="mb-1">
        <strong>{reference}</strong>, {about}
      </p>
      <p className="mb-0 text-detail text-quiet">It stands until another slot is booked instead. Check the date of birth and the address with the caller.</p>
    </section>
  );
}
