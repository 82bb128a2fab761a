'use client';

import { useActionState, type ReactNode } from 'react';
import { RefusalNotice } from '@/components/layout/refusal-notice';
import type { FormState } from '@/lib/platform/form';
import { proposeLift } from './actions';

/** The form around the closures, whose buttons say which is to be lifted. */
export function LiftForm({ serviceId, children }: { serviceId: string; children: ReactNode }) {
  const [{ refused }, send] = useActionState<FormState, FormData>(proposeLift, { values: {} });
  return (
    <form action={send}>
      <input type="hidden" name="serviceId" value={serviceId} />
      {refused ? <RefusalNotice refused={refused} /> : null}
      {children}
    </form>
  );
}
