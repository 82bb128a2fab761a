'use client';

import { useActionState, type ReactNode } from 'react';
import { RefusalNotice } from '@/components/layout/refusal-notice';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormState } from '@/lib/platform/form';
import { freeze } from './actions';

type FreezeFormProps = {
  /** What is frozen, with the sum that is shown, in pence. */
  target: { payer: string; host: string; month: string; pence: string };
  /** What it means; null where it cannot be done: then a refusal alone is shown, until the page is left. */
  children: ReactNode;
  words: string | null;
};

export function FreezeForm({ target, children, words }: FreezeFormProps) {
  const [{ refused }, send] = useActionState<FormState, FormData>(freeze, { values: {} });
  return (
    <form action={send}>
      {refused ? <RefusalNotice refused={refused} /> : null}
      {children}
      {words ? (
        <>
          {Object.entries(target).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <SubmitButton pendingWords="Freezing…">{words}</SubmitButton>
        </>
      ) : null}
    </form>
  );
}
