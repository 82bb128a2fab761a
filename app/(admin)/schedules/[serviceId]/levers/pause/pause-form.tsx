'use client';

import { Radios } from '@/components/ui/radios';
import { TextInput } from '@/components/ui/text-input';
import { pause } from '../actions';
import { LeverFrame, type LeverStart } from '../lever-frame';

type PauseFormProps = LeverStart & { lengths: readonly { value: string; words: string }[] };

export function PauseForm({ lengths, ...start }: PauseFormProps) {
  return (
    <LeverFrame
      {...start}
      action={pause}
      button={{ words: 'See what it does', pendingWords: 'Looking…' }}
      leaveWords="Do not pause"
      fields={({ values, faults }) => (
        <>
          <Radios name="minutes" legend="For how long?" inline error={faults['minutes']} defaultValue={values['minutes']} options={lengths} />
          <TextInput name="reason" label="Why?" hint="Call handlers are shown it: “Closed until 13:00: fire alarm”. Nothing about a patient." error={faults['reason']} defaultValue={values['reason']} autoComplete="off" />
        </>
      )}
    />
  );
}
