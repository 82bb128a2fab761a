'use client';

import { useActionState } from 'react';
import { ClientFields } from '@/components/clients/client-fields';
import { ChangedNotice } from '@/components/layout/changed-notice';
import { KeptForm, type Kept } from '@/components/layout/kept-form';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Link } from '@/components/ui/link';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormState } from '@/lib/platform/form';
import { save } from './actions';

/** `first`: the settings as they stand at `version`. */
type SettingsFormProps = { clientId: string; version: number; first: Record<string, string>; kept: Kept };

export function SettingsForm({ clientId, version, first, kept }: SettingsFormProps) {
  const [state, send] = useActionState<FormState, FormData>(save, { values: kept.draft ?? first });
  const { values, fields = {}, refused } = state;
  const page = `/clients/${clientId}`;
  return (
    <form action={send} noValidate key={JSON.stringify(state)}>
      <input type="hidden" name="clientId" value={clientId} />
      <input type="hidden" name="version" value={version} />
      <KeptForm kept={kept} isDraftShown={values === kept.draft} />
      <ErrorSummary errors={fields} />
      {refused ? <ChangedNotice refused={refused} code="client-changed" href={page} /> : null}
      <ClientFields values={values} faults={fields} />
      <div className="flex flex-wrap items-center gap-5">
        <SubmitButton pendingWords="Saving…">Save</SubmitButton>
        <Link href={page}>Leave them as they were</Link>
      </div>
    </form>
  );
}
