'use client';

import { useActionState, type ReactNode } from 'react';
import { FormTop } from '@/components/layout/form-top';
import type { Kept } from '@/components/layout/kept-form';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import type { FormState } from '@/lib/platform/form';

/** What every form about one appointment sends besides its fields: the version says what was looked at. */
export type ChangeTarget = { appointmentId: string; patientId: string; version: number; requestId: string };

type ChangeFormProps = {
  change: (before: FormState, form: FormData) => Promise<FormState>;
  target: ChangeTarget;
  kept: Kept;
  /** Why it cannot be changed any more; null while it can. */
  closed: string | null;
  fields: (state: FormState) => ReactNode;
  button: ReactNode;
  keepWords: string;
};

/** The frame of a form that changes one appointment. Whatever is refused, nothing typed is lost. */
export function ChangeForm({ change, target, kept, closed, fields, button, keepWords }: ChangeFormProps) {
  const [state, send] = useActionState<FormState, FormData>(change, { values: kept.draft ?? {} });
  const { values, refused } = state;
  const { appointmentId, patientId, version, requestId } = target;
  return (
    <form action={send} noValidate key={JSON.stringify(values)}>
      <input type="hidden" name="appointmentId" value={appointmentId} />
      <input type="hidden" name="patientId" value={patientId} />
      <input type="hidden" name="version" value={version} />
      {/* The first one again: what was perhaps carried out is then not carried out twice. */}
      <input type="hidden" name="requestId" value={values['requestId'] ?? requestId} />
      <FormTop kept={kept} state={state} />
      {closed && !refused ? <Notice tone="warning" title={closed} /> : null}
      {closed ? null : <div className="panel mb-4 pb-0">{fields(state)}</div>}
      <div className="flex flex-wrap items-center gap-5">
        {closed ? null : button}
        <Link href={`/appointments/${appointmentId}`}>{closed ? 'See the appointment' : keepWords}</Link>
      </div>
    </form>
  );
}
