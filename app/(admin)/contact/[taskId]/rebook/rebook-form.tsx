'use client';

import { useActionState, type ReactNode } from 'react';
import { FormTop } from '@/components/layout/form-top';
import type { Kept } from '@/components/layout/kept-form';
import { Link } from '@/components/ui/link';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormState } from '@/lib/platform/form';
import { rebook } from './actions';

type RebookFormProps = { target: { taskId: string; version: number; requestId: string }; kept: Kept; children: ReactNode };

/** The form around the free places. */
export function RebookForm({ target, kept, children }: RebookFormProps) {
  const [state, send] = useActionState<FormState, FormData>(rebook, { values: kept.draft ?? {} });
  return (
    <form action={send} noValidate>
      <input type="hidden" name="taskId" value={target.taskId} />
      <input type="hidden" name="version" value={target.version} />
      {/* The first one again: what was perhaps carried out is then not carried out twice. */}
      <input type="hidden" name="requestId" value={state.values['requestId'] ?? target.requestId} />
      <FormTop kept={kept} state={state} />
      {children}
      <div className="flex flex-wrap items-center gap-5">
        <SubmitButton pendingWords="Rebooking…">Rebook to this time</SubmitButton>
        <Link href={`/contact/${target.taskId}`}>Leave it</Link>
      </div>
    </form>
  );
}
