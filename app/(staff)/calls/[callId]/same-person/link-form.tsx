'use client';

import { useActionState } from 'react';
import { RefusalNotice } from '@/components/layout/refusal-notice';
import { Link } from '@/components/ui/link';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormState } from '@/lib/platform/form';
import { link, unlink } from './actions';

type LinkFormProps = { callId: string; entry: { id: string; version: number; isLinked: boolean }; back: string };

/** Nothing is typed: what is sent is the version of the entry that was looked at. */
export function LinkForm({ callId, entry, back }: LinkFormProps) {
  const [state, send] = useActionState<FormState, FormData>(entry.isLinked ? unlink : link, { values: {} });
  return (
    <form action={send}>
      <input type="hidden" name="callId" value={callId} />
      <input type="hidden" name="entryId" value={entry.id} />
      <input type="hidden" name="version" value={entry.version} />
      <input type="hidden" name="back" value={back} />
      {state.refused ? <RefusalNotice refused={state.refused} /> : null}
      <p>{entry.isLinked ? LINKED : LINKS}</p>
      <div className="flex flex-wrap items-center gap-5">
        <SubmitButton variant={entry.isLinked ? 'secondary' : 'primary'} pendingWords="Saving…">
          {entry.isLinked ? 'Undo: it is not certain' : 'It is the same person'}
        </SubmitButton>
        <Link href={back}>{entry.isLinked ? 'Leave it linked' : 'Not the same person: go back'}</Link>
      </div>
    </form>
  );
}

const LINKS = 'Check the name and the appointment with the caller: twins share a date of birth. When it is linked, every call handler sees it as this patient’s. It is recorded, and can be undone here.';
const LINKED = 'Somebody said that this is the same person’s. When that is undone, it is shown as “may be the same person” again. It is recorded.';
