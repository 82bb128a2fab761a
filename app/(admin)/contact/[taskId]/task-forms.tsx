'use client';

import { useActionState, type ReactNode } from 'react';
import { FormTop } from '@/components/layout/form-top';
import type { Kept } from '@/components/layout/kept-form';
import type { ButtonVariant } from '@/components/ui/button';
import { Radios } from '@/components/ui/radios';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextInput } from '@/components/ui/text-input';
import type { FormState } from '@/lib/platform/form';
import { attempt, settle } from './actions';

type TaskFormProps = { target: { taskId: string; version: number }; isSettled: boolean; kept: Kept };

/** What came of ringing. */
export function AttemptForm(form: TaskFormProps) {
  return (
    <TaskForm
      {...form}
      name="attempt"
      title="After you have rung"
      send={attempt}
      button={{ words: 'Record it', variant: 'primary' }}
      fields={({ values, fields = {} }) => (
        <>
          <Radios
            name="result"
            legend="What came of it?"
            columns
            error={fields['result']}
            defaultValue={values['result']}
            options={[
              { value: 'told', words: 'Reached and told', hint: 'They leave the list' },
              { value: 'reached', words: 'Reached, not settled yet' },
              { value: 'no-answer', words: 'No answer' },
              { value: 'left-message', words: 'Left a message' },
              { value: 'wrong-number', words: 'Wrong number' },
            ]}
          />
          <TextInput name="note" label="Note for colleagues" optional error={fields['note']} defaultValue={values['note']} autoComplete="off" />
        </>
      )}
    />
  );
}

/** Ends it without another ring. */
export function SettleForm(form: TaskFormProps) {
  return (
    <TaskForm
      {...form}
      name="settle"
      title="Or settle it without ringing"
      send={settle}
      button={{ words: 'Settle', variant: 'secondary' }}
      fields={({ values, fields = {} }) => (
        <>
          <Radios
            name="outcome"
            legend="How did it end?"
            inline
            error={fields['outcome']}
            defaultValue={values['outcome']}
            options={[
              { value: 'told', words: 'Told in another way' },
              { value: 'not-needed', words: 'Not needed' },
              { value: 'gave-up', words: 'Could not be reached' },
            ]}
          />
          <TextInput name="text" label="In your words" hint="Needed when nobody could be reached" error={fields['text']} defaultValue={values['text']} autoComplete="off" />
        </>
      )}
    />
  );
}

type FrameProps = TaskFormProps & {
  name: string;
  title: string;
  send: (before: FormState, form: FormData) => Promise<FormState>;
  button: { words: string; variant: ButtonVariant };
  fields: (state: FormState) => ReactNode;
};

// The version is that of the page, not of what was typed: once the page has shown what a colleague did, the same words may be sent.
function TaskForm({ target, isSettled, kept, name, title, send, button, fields }: FrameProps) {
  const [state, submit] = useActionState<FormState, FormData>(send, { values: kept.draft ?? {} });
  // Settled by a colleague meanwhile it still says so, with the words that were typed.
  if (isSettled && !state.refused) return null;
  return (
    <form action={submit} noValidate key={JSON.stringify(state)} aria-labelledby={`${name}-heading`} className="panel mb-5">
      <h2 id={`${name}-heading`} className="nhsuk-heading-s mb-2">
        {title}
      </h2>
      <input type="hidden" name="taskId" value={target.taskId} />
      <input type="hidden" name="version" value={target.version} />
      <input type="hidden" name="form" value={name} />
      <FormTop kept={kept} state={state} />
      {fields(state)}
      {isSettled ? null : (
        <SubmitButton variant={button.variant} pendingWords="Saving…">
          {button.words}
        </SubmitButton>
      )}
    </form>
  );
}
