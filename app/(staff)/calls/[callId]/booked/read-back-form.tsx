'use client';

import { useActionState, type ReactNode } from 'react';
import { ReadBack } from '@/components/booking/read-back';
import { KeptForm, type Kept } from '@/components/layout/kept-form';
import { RefusalNotice } from '@/components/layout/refusal-notice';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormState } from '@/lib/platform/form';
import { saveReadBack } from './actions';

type ReadBackFormProps = {
  callId: string;
  lines: readonly { label: string; words: string }[];
  /** The labels that were recorded as read, as a comma list. */
  recorded: string;
  kept: Kept;
  /** Where else to go from here. */
  children: ReactNode;
};

export function ReadBackForm({ callId, lines, recorded, kept, children }: ReadBackFormProps) {
  const [state, send] = useActionState<FormState, FormData>(saveReadBack, { values: kept.draft ?? { lines: recorded } });
  const { values, refused } = state;
  return (
    <form action={send} key={JSON.stringify(values)}>
      <input type="hidden" name="callId" value={callId} />
      <KeptForm kept={kept} isDraftShown={state.values === kept.draft} />
      {refused ? <RefusalNotice refused={refused} /> : null}
      <ReadBack lines={lines} ticked={(values['lines'] ?? '').split(',')} />
      <div className="screen-only flex flex-wrap items-center gap-x-5 gap-y-2">
        <SubmitButton name="intent" value="new-call" pendingWords="Saving…" data-command="New call, and keep the ticks">
          New call
        </SubmitButton>
        <SubmitButton variant="secondary" name="intent" value="save" pendingWords="Saving…">
          Save the ticks
        </SubmitButton>
        {children}
      </div>
    </form>
  );
}
