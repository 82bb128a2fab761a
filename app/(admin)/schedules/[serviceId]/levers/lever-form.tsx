'use client';

import { useActionState, type ReactNode } from 'react';
import { RefusalNotice } from '@/components/layout/refusal-notice';
import type { FormState } from '@/lib/platform/form';
import { pull } from './actions';

/** The row of levers: links to those that ask something first, buttons for those that act at once. */
export function LeverForm({ serviceId, version, children }: { serviceId: string; version: number; children: ReactNode }) {
  const [{ refused }, send] = useActionState<FormState, FormData>(pull, { values: {} });
  return (
    <form action={send} aria-label="Today, at once" className="screen-only">
      <input type="hidden" name="serviceId" value={serviceId} />
      <input type="hidden" name="version" value={version} />
      {refused ? <RefusalNotice refused={refused} /> : null}
      <div className="flex flex-wrap gap-2">{children}</div>
    </form>
  );
}
