'use client';

import { useActionState, type ReactNode } from 'react';
import { ChangedNotice } from '@/components/layout/changed-notice';
import { KeptForm, type Kept } from '@/components/layout/kept-form';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Link } from '@/components/ui/link';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormState } from '@/lib/platform/form';
import { save } from './actions';

/** Which profile a form changes, as which version, and what it outlives its session with. */
export type ProfileTarget = { serviceId: string; version: number; kept: Kept };

type ProfileFormProps = {
  form: ProfileTarget;
  section: string;
  /** The fields as they stand. */
  first: Record<string, string>;
  fields: (typed: { values: Record<string, string>; faults: Record<string, string> }) => ReactNode;
  button?: string;
};

/** One part of the profile: saved at once, or everything typed comes back with what is wrong. */
export function ProfileForm({ form: { serviceId, version, kept }, section, first, fields, button = 'Save' }: ProfileFormProps) {
  const [state, send] = useActionState<FormState, FormData>(save, { values: kept.draft ?? first });
  const { values, fields: faults = {}, refused } = state;
  const profile = `/schedules/${serviceId}/profile`;
  return (
    <form action={send} noValidate key={JSON.stringify(state)}>
      <input type="hidden" name="serviceId" value={serviceId} />
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="section" value={section} />
      <KeptForm kept={kept} isDraftShown={state.values === kept.draft} />
      <ErrorSummary errors={faults} />
      {refused ? <ChangedNotice refused={refused} code="service-changed" href={profile} /> : null}
      <div className="mb-4 border border-line bg-panel px-5 pt-4">{fields({ values, faults })}</div>
      <div className="flex flex-wrap items-center gap-5">
        <SubmitButton pendingWords="Saving…">{button}</SubmitButton>
        <Link href={profile}>Cancel</Link>
      </div>
    </form>
  );
}
