'use client';

import { TextArea } from '@/components/ui/text-area';
import { TextInput } from '@/components/ui/text-input';
import { ProfileForm, type ProfileTarget } from '../profile-form';

export function WordsForm({ form, first }: { form: ProfileTarget; first: Record<string, string> }) {
  return (
    <ProfileForm
      form={form}
      section="words"
      first={first}
      fields={({ values, faults }) => (
        <>
          <TextArea name="handlerInstructions" label="Instructions for the call handler" optional hint="Shown before the slots. No patient’s details." error={faults['handlerInstructions']} defaultValue={values['handlerInstructions']} />
          <TextArea name="patientInformation" label="Text for the patient" optional hint="Read out after booking: where to go, what to bring" error={faults['patientInformation']} defaultValue={values['patientInformation']} />
          <TextArea name="accessNeeds" label="Access" optional rows={2} hint="Step-free entrance, hearing loop, interpreters, parking" error={faults['accessNeeds']} defaultValue={values['accessNeeds']} />
          <div className="flex flex-wrap gap-x-8">
            <TextInput name="publicPhone" label="Telephone for the public" optional width={20} type="tel" error={faults['publicPhone']} defaultValue={values['publicPhone']} autoComplete="off" />
            <TextInput name="staffPhone" label="Telephone for clinicians, never read out" optional width={20} type="tel" error={faults['staffPhone']} defaultValue={values['staffPhone']} autoComplete="off" />
          </div>
          <TextInput name="website" label="Website" optional type="url" error={faults['website']} defaultValue={values['website']} autoComplete="off" spellCheck={false} />
        </>
      )}
    />
  );
}
