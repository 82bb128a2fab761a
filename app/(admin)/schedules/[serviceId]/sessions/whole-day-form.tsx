'use client';

import { useActionState } from 'react';
import { KeptForm, type Kept } from '@/components/layout/kept-form';
import { RefusalNotice } from '@/components/layout/refusal-notice';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormState } from '@/lib/platform/form';
import { proposeWholeDay } from './actions';

type WholeDayFormProps = { kind: 'cancel-session' | 'restore-session'; serviceId: string; sessionId: string; words: string; kept: Kept };

/** One button that proposes something for the whole of a session. */
export function WholeDayForm({ kind, serviceId, sessionId, words, kept }: WholeDayFormProps) {
  const [{ refused }, send] = useActionState<FormState, FormData>(proposeWholeDay, { values: {} });
  return (
    <form action={send}>
      <input type="hidden" name="kind" value={kind} />
      <input type="hidden" name="serviceId" value={serviceId} />
      <input type="hidden" name="sessionId" value={sessionId} />
      <KeptForm kept={kept} isDraftShown={false} />
      {refused ? <RefusalNotice refused={refused} /> : null}
      <SubmitButton variant="secondary" pendingWords="Working it out…">
        {words}
      </SubmitButton>
    </form>
  );
}
