'use client';

import { useActionState } from 'react';
import { KeptForm, type Kept } from '@/components/layout/kept-form';
import { RefusalNotice } from '@/components/layout/refusal-notice';
import { DispositionField } from '@/components/call/disposition-field';
import { MovedPatient, type MovedAppointment } from '@/components/call/moved-patient';
import { PatientFields } from '@/components/call/patient-fields';
import { SymptomFields, type SymptomGroup } from '@/components/call/symptom-fields';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Radios } from '@/components/ui/radios';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextInput } from '@/components/ui/text-input';
import type { Refused } from '@/lib/platform/form';
import { start, type CallFormState } from './actions';

type CallFormProps = {
  dispositions: readonly { code: string; title: string }[];
  symptomGroups: readonly SymptomGroup[];
  /** The appointment that the call is opened to move, with its patient, who then is not asked for. */
  moves: MovedAppointment | null;
  kept: Kept;
};

/** Everything that a call begins with, on one screen; whatever comes back, nothing typed is lost. */
export function CallForm({ dispositions, symptomGroups, moves, kept }: CallFormProps) {
  const [state, send] = useActionState<CallFormState, FormData>(start, { values: kept.draft ?? {} });
  const { values, fields = {}, refused } = state;
  // React resets an uncontrolled form after its action: a new key makes it take what was typed as its defaults.
  const key = JSON.stringify(state);
  return (
    <form action={send} noValidate key={key}>
      <KeptForm kept={kept} isDraftShown={state.values === kept.draft} />
      <ErrorSummary errors={fields} />
      {refused && !isBesideItsField(refused) ? <RefusalNotice refused={refused} /> : null}
      {/* What Enter presses, wherever the typing is: the button that goes on, not the first one on the page. */}
      <button type="submit" name="intent" value="start" tabIndex={-1} aria-hidden="true" className="nhsuk-u-visually-hidden">
        Find services
      </button>
      <div className="grid items-start gap-5 min-[56rem]:grid-cols-2">
        {moves ? <MovedPatient moves={moves} /> : <PatientFields values={values} fields={fields} patient={state.patient ?? null} />}
        <section aria-labelledby="call-heading" className="border border-line bg-panel p-5">
          <h2 id="call-heading" className="nhsuk-heading-s mb-3">
            This call
          </h2>
          <DispositionField dispositions={dispositions} values={values} error={fields['disposition']} refused={refused} />
          <WhereFields values={values} fields={fields} />
          <CallerFields values={values} fields={fields} />
          <SymptomFields groups={symptomGroups} values={values} fields={fields} refused={refused} />
          <div className="mt-5">
            <SubmitButton name="intent" value="start">
              Find services
            </SubmitButton>
          </div>
        </section>
      </div>
    </form>
  );
}

function isBesideItsField({ refusal }: Refused): boolean {
  return refusal.code.startsWith('disposition-') || refusal.code.startsWith('practice-');
}

type FieldsProps = { values: Record<string, string>; fields: Record<string, string> };

function WhereFields({ values, fields }: FieldsProps) {
  return (
    <TextInput
      name="postcode"
      label="Where the patient is now"
      hint="Postcode, or its first half. Leave empty when at home."
      error={fields['postcode']}
      defaultValue={values['postcode']}
      width={10}
      autoComplete="off"
      spellCheck={false}
    />
  );
}

function CallerFields({ values, fields }: FieldsProps) {
  const caller = (
    <div className="grid gap-x-4 sm:grid-cols-2">
      <TextInput name="callerName" label="Their name" error={fields['callerName']} defaultValue={values['callerName']} autoComplete="off" />
      <TextInput name="callerRelationship" label="Relationship" error={fields['callerRelationship']} defaultValue={values['callerRelationship']} autoComplete="off" />
    </div>
  );
  return (
    <>
      <Radios
        name="callerIs"
        legend="Who is calling?"
        inline
        error={fields['callerIs']}
        defaultValue={values['callerIs'] ?? 'patient'}
        options={[
          { value: 'patient', words: 'The patient' },
          { value: 'other', words: 'Somebody else', reveal: caller },
        ]}
      />
      <TextInput
        name="callbackPhone"
        label="Number to call back"
        optional
        error={fields['callbackPhone']}
        defaultValue={values['callbackPhone']}
        type="tel"
        width={20}
        autoComplete="off"
      />
    </>
  );
}
