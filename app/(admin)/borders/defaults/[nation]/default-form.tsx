'use client';

import { useActionState } from 'react';
import type { TermsChoices } from '@/components/crossborder/agreement-terms-fields';
import { DefaultFields } from '@/components/crossborder/default-fields';
import { ChangedNotice } from '@/components/layout/changed-notice';
import { KeptForm, type Kept } from '@/components/layout/kept-form';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Link } from '@/components/ui/link';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormState } from '@/lib/platform/form';
import { change } from './actions';

type DefaultFormProps = { nation: string; version: number; choices: TermsChoices; start: Record<string, string>; kept: Kept };

export function DefaultForm({ nation, version, choices, start, kept }: DefaultFormProps) {
  const [state, send] = useActionState<FormState, FormData>(change, { values: kept.draft ?? start });
  const { values, fields: faults = {}, refused } = state;
  return (
    <form action={send} noValidate key={JSON.stringify(state)}>
      <input type="hidden" name="nation" value={nation} />
      <input type="hidden" name="seenVersion" value={version} />
      <KeptForm kept={kept} isDraftShown={values === kept.draft} />
      <ErrorSummary errors={faults} />
      {refused ? <ChangedNotice refused={refused} code="border-default-changed" href="/borders/defaults" /> : null}
      <DefaultFields choices={choices} values={values} faults={faults} />
      <div className="flex flex-wrap items-center gap-5">
        <SubmitButton pendingWords="Changing it…">Change the default</SubmitButton>
        <Link href="/borders/defaults">Leave it as it was</Link>
      </div>
    </form>
  );
}
