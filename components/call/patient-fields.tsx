import { DateInput } from '@/components/ui/date-input';
import { Details } from '@/components/ui/details';
import { Radios } from '@/components/ui/radios';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextInput } from '@/components/ui/text-input';
import type { PatientCard } from '@/components/call/patient-words';

type PatientFieldsProps = { values: Record<string, string>; fields: Record<string, string>; patient: PatientCard | null };

const DETAILS = ['givenName', 'familyName', 'birthDay', 'birthMonth', 'birthYear', 'ageYears', 'sex', 'homePostcode'] as const;

/** The patient: by NHS number from the register, shown to be checked, or by details typed in, or by what can be seen of somebody unknown. */
export function PatientFields({ values, fields, patient }: PatientFieldsProps) {
  const hasDetails = values['patientIs'] === 'unknown' || DETAILS.some((name) => values[name] || fields[name]);
  return (
    <section aria-labelledby="patient-heading" className="border border-line bg-panel p-5">
      <h2 id="patient-heading" className="nhsuk-heading-s mb-3">
        Patient
      </h2>
      <div className="flex flex-wrap items-end gap-x-3">
        <TextInput
          name="nhsNumber"
          label="NHS number"
          hint="10 digits, such as 999 747 8347"
          error={fields['nhsNumber']}
          defaultValue={values['nhsNumber']}
          width={10}
          inputMode="numeric"
          autoComplete="off"
          spellCheck={false}
        />
        <div className="mb-4">
          <SubmitButton variant="secondary" name="intent" value="find">
            Find patient
          </SubmitButton>
        </div>
      </div>
      {patient ? (
        <FoundPatient patient={patient} />
      ) : (
        <Details summary="No NHS number: type the details" open={hasDetails}>
          <TypedPatient values={values} fields={fields} />
        </Details>
      )}
    </section>
  );
}

function FoundPatient({ patient }: { patient: PatientCard }) {
  return (
    <div role="status" className="border-l-4 border-green bg-page p-4">
      <input type="hidden" name="checkedPatient" value={patient.id} />
      <p className="mb-1 text-lead font-bold">{patient.name}</p>
      <p className="mb-1">{patient.about}</p>
      <p className="mb-1">{patient.address}</p>
      <p className="mb-0 text-detail text-quiet">Check the date of birth and the address with the caller. Somebody else? Change the number.</p>
    </div>
  );
}

function TypedPatient({ values, fields }: Pick<PatientFieldsProps, 'values' | 'fields'>) {
  return (
    <>
      <Radios
        name="patientIs"
        legend="Does anybody know who it is?"
        defaultValue={values['patientIs'] ?? 'named'}
        options={[
          { value: 'named', words: 'Yes', reveal: <NamedPatient values={values} fields={fields} /> },
          {
            value: 'unknown',
            words: 'No, an unknown patient',
            reveal: (
              <TextInput name="ageYears" label="About how old?" hint="In whole years; 0 for a baby" error={fields['ageYears']} defaultValue={values['ageYears']} width={3} inputMode="numeric" autoComplete="off" />
            ),
          },
        ]}
      />
      <Radios
        name="sex"
        legend="Sex"
        inline
        error={fields['sex']}
        defaultValue={values['sex']}
        options={[
          { value: 'female', words: 'Female' },
          { value: 'male', words: 'Male' },
          { value: 'indeterminate', words: 'Not known' },
        ]}
      />
    </>
  );
}

function NamedPatient({ values, fields }: Pick<PatientFieldsProps, 'values' | 'fields'>) {
  return (
    <>
      <div className="grid gap-x-4 sm:grid-cols-2">
        <TextInput name="givenName" label="First name" error={fields['givenName']} defaultValue={values['givenName']} autoComplete="off" />
        <TextInput name="familyName" label="Last name" error={fields['familyName']} defaultValue={values['familyName']} autoComplete="off" />
      </div>
      <DateInput
        name="birth"
        legend="Date of birth"
        hint="For example, 6 11 2024"
        error={fields['birthDay']}
        values={{ day: values['birthDay'], month: values['birthMonth'], year: values['birthYear'] }}
      />
      <TextInput name="homePostcode" label="Home postcode" error={fields['homePostcode']} defaultValue={values['homePostcode']} width={10} autoComplete="off" spellCheck={false} />
    </>
  );
}
