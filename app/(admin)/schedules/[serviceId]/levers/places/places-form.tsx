'use client';

import { Radios } from '@/components/ui/radios';
import { TextInput } from '@/components/ui/text-input';
import { addPlaces } from '../actions';
import { LeverFrame, type LeverStart } from '../lever-frame';

type PlacesFormProps = LeverStart & { sessions: readonly { value: string; words: string; hint: string }[] };

export function PlacesForm({ sessions, ...start }: PlacesFormProps) {
  return (
    <LeverFrame
      {...start}
      action={addPlaces}
      button={{ words: 'See what it does', pendingWords: 'Looking…' }}
      leaveWords="Add none"
      fields={({ values, faults }) => (
        <>
          <Radios name="sessionId" legend="In which session?" error={faults['sessionId']} defaultValue={values['sessionId']} options={sessions} />
          <div className="flex flex-wrap gap-6">
            <TextInput name="from" label="From" error={faults['from']} defaultValue={values['from']} width={5} autoComplete="off" />
            <TextInput name="to" label="To" error={faults['to']} defaultValue={values['to']} width={5} autoComplete="off" />
            <TextInput name="places" label="More places at a time" error={faults['places']} defaultValue={values['places']} width={3} inputMode="numeric" autoComplete="off" />
          </div>
        </>
      )}
    />
  );
}
