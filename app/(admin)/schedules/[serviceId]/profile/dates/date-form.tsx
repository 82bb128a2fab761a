'use client';

import { useActionState } from 'react';
import { RefusalNotice } from '@/components/layout/refusal-notice';
import { DateInput } from '@/components/ui/date-input';
import { Radios } from '@/components/ui/radios';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextInput } from '@/components/ui/text-input';
import type { FormState } from '@/lib/platform/form';
import { save } from '../actions';
import { ProfileForm, type ProfileTarget } from '../profile-form';

export function DateForm({ form, first }: { form: ProfileTarget; first: Record<string, string> }) {
  return (
    <ProfileForm
      form={form}
      section="dates"
      first={first}
      button="Save this date"
      fields={({ values, faults }) => (
        <>
          <DateInput name="date" legend="Date" error={faults['date']} values={{ day: values['dateDay'], month: values['dateMonth'], year: values['dateYear'] }} />
          <Radios
            name="kind"
            legend="On that date"
            error={faults['kind']}
            defaultValue={values['kind']}
            options={[
              { value: 'closed', words: 'Closed all day' },
              {
                value: 'open',
                words: 'Open at these hours',
                reveal: <TextInput name="hours" label="Hours" hint="Such as 10:00 to 14:00" error={faults['hours']} defaultValue={values['hours']} autoComplete="off" spellCheck={false} />,
              },
            ]}
          />
          <TextInput name="reason" label="Reason" optional error={faults['reason']} defaultValue={values['reason']} autoComplete="off" />
        </>
      )}
    />
  );
}

type RemoveDateProps = { serviceId: string; version: number; owner: string; date: string; words: string };

/** Gives a date its usual hours again. */
export function RemoveDate({ serviceId, version, owner, date, words }: RemoveDateProps) {
  const [{ refused }, send] = useActionState<FormState, FormData>(save, { values: {} });
  return (
    <form action={send}>
      <input type="hidden" name="serviceId" value={serviceId} />
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="formOwner" value={owner} />
      <input type="hidden" name="section" value="date-removed" />
      <input type="hidden" name="date" value={date} />
      {refused ? <RefusalNotice refused={refused} /> : null}
      <SubmitButton variant="link" pendingWords="Removing…">
        Remove<span className="nhsuk-u-visually-hidden"> the hours of {words}</span>
      </SubmitButton>
    </form>
  );
}
