'use client';

import { useActionState } from 'react';
import { Candidates } from '@/components/call/candidates';
import { FormTop } from '@/components/layout/form-top';
import type { Kept } from '@/components/layout/kept-form';
import { ReasonFields } from '@/components/registry/reason-fields';
import { DateInput } from '@/components/ui/date-input';
import { FocusOnShow } from '@/components/ui/focus-on-show';
import { Radios } from '@/components/ui/radios';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextInput } from '@/components/ui/text-input';
import { find, type FindPatientState } from './actions';

/** Who, and why; when several patients are meant, which, with the same reason. */
export function FindForm({ kept }: { kept: Kept }) {
  const [state, send] = useActionState<FindPatientState, FormData>(find, { values: kept.draft ?? {} });
  const { values, fields = {}, found } = state;
  return (
    <form action={send} noValidate key={JSON.stringify(state)}>
      <FormTop kept={kept} state={state} />
      <div className="grid items-start gap-5 min-[56rem]:grid-cols-2">
        <div className="panel pb-0">
          <WhoFields values={values} fields={fields} />
        </div>
        <div className="panel pb-0">
          <ReasonFields values={values} fields={fields} />
        </div>
      </div>
      <p className="mt-4">Your name, your reason and the patient are shown to the auditor. The reason holds for 30 minutes.</p>
      <SubmitButton pendingWords="Looking…" data-command="Find this patient">
        Find this patient
      </SubmitButton>
      {found ? (
        <FocusOnShow of={found} className="mt-4">
          <Candidates name="patientId" title={`${found.length} patients have this last name, date of birth and postcode: which one?`} candidates={found} />
        </FocusOnShow>
      ) : null}
    </form>
  );
}

type FieldsProps = { values: Record<string, string>; fields: Record<string, string> };

function WhoFields({ values, fields }: FieldsProps) {
  return (
    <Radios
      name="by"
      legend="Who is the patient?"
      defaultValue={values['by'] ?? 'nhs-number'}
      options={[
        { value: 'nhs-number', words: 'With the NHS number', reveal: <NumberField values={values} fields={fields} /> },
        { value: 'details', words: 'With last name, date of birth and postcode', reveal: <DetailFields values={values} fields={fields} /> },
      ]}
    />
  );
}

function NumberField({ values, fields }: FieldsProps) {
  return (
    <TextInput
      name="nhsNumber"
      label="NHS number"
      hint="10 digits, with or without spaces."
      error={fields['nhsNumber']}
      defaultValue={values['nhsNumber']}
      width={20}
      inputMode="numeric"
      autoComplete="off"
    />
  );
}

function DetailFields({ values, fields }: FieldsProps) {
  return (
    <>
      <TextInput name="familyName" label="Last name" error={fields['familyName']} defaultValue={values['familyName']} width={20} autoComplete="off" spellCheck={false} />
      <DateInput name="birth" legend="Date of birth" error={fields['birthDay']} values={{ day: values['birthDay'], month: values['birthMonth'], year: values['birthYear'] }} />
      <TextInput name="homePostcode" label="Home postcode" error={fields['homePostcode']} defaultValue={values['homePostcode']} width={10} autoComplete="off" spellCheck={false} />
    </>
  );
}
