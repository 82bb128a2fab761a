'use client';

import { useActionState, type ReactNode } from 'react';
import { RefusalNotice } from '@/components/layout/refusal-notice';
import type { FormState } from '@/lib/platform/form';
import { take } from './actions';

/** The form around whatever has buttons that take somebody or give them back; `back` is where it stands. */
export function TakeForm({ back, children }: { back: Record<string, string>; children: ReactNode }) {
  const [{ refused }, send] = useActionState<FormState, FormData>(take, { values: {} });
  return (
    <form action={send}>
      {Object.entries(back).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {refused ? <RefusalNotice refused={refused} /> : null}
      {children}
    </form>
  );
}
