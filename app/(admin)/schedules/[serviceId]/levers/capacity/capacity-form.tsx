'use client';

import { Radios } from '@/components/ui/radios';
import { Select } from '@/components/ui/select';
import { TextInput } from '@/components/ui/text-input';
import { sayCapacity } from '../actions';
import { LeverFrame, type LeverStart } from '../lever-frame';

const COLOURS = [
  { value: 'green', words: 'Green: as usual' },
  { value: 'amber', words: 'Amber: limited. Call handlers find you, and see that you are busy' },
  { value: 'red', words: 'Red: full. Searches do not find you; what is booked stands' },
];

type CapacityFormProps = LeverStart & { times: readonly { value: string; words: string }[] };

export function CapacityForm({ times, ...start }: CapacityFormProps) {
  return (
    <LeverFrame
      {...start}
      action={sayCapacity}
      button={{ words: 'Set capacity', pendingWords: 'Setting…' }}
      leaveWords="Leave it as it is"
      fields={({ values, faults }) => (
        <>
          <Radios name="colour" legend="How much can you take?" error={faults['colour']} defaultValue={values['colour']} options={COLOURS} />
          <Select name="resetsAt" label="Amber or red lasts" hint="Then it is green again by itself. Green needs no end." error={faults['resetsAt']} defaultValue={values['resetsAt']} options={times} />
          <TextInput name="note" label="Note for call handlers" optional error={faults['note']} defaultValue={values['note']} autoComplete="off" />
        </>
      )}
    />
  );
}
