'use client';

import { useActionState, type ReactNode } from 'react';
import { FormTop } from '@/components/layout/form-top';
import type { Kept } from '@/components/layout/kept-form';
import { Link } from '@/components/ui/link';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormState } from '@/lib/platform/form';

/** What the page of a lever gives its form: the values that it starts with, and what was kept of it. */
export type LeverStart = { serviceId: string; start: Record<string, string>; kept: Kept };

type LeverFrameProps = LeverStart & {
  action: (before: FormState, form: FormData) => Promise<FormState>;
  fields: (typed: { values: Record<string, string>; faults: Record<string, string> }) => ReactNode;
  button: { words: string; pendingWords: string };
  leaveWords: string;
};

/** The frame of a lever that needs something typed. Whatever is refused, nothing typed is lost. */
export function LeverFrame({ serviceId, start, kept, action, fields, button, leaveWords }: LeverFrameProps) {
  const [state, send] = useActionState<FormState, FormData>(action, { values: kept.draft ?? start });
  return (
    <form action={send} noValidate key={JSON.stringify(state)}>
      <input type="hidden" name="serviceId" value={serviceId} />
      <FormTop kept={kept} state={state} />
      <div className="panel mb-4">{fields({ values: state.values, faults: state.fields ?? {} })}</div>
      <div className="flex flex-wrap items-center gap-5">
        <SubmitButton variant="primary" pendingWords={button.pendingWords}>
          {button.words}
        </SubmitButton>
        <Link href={`/schedules/${serviceId}`}>{leaveWords}</Link>
      </div>
    </form>
  );
}
