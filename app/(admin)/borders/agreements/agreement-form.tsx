'use client';

import { useActionState } from 'react';
import { BetweenFields, HoldsFields, type AgreementFieldChoices } from '@/components/crossborder/agreement-fields';
import { AgreementLiveLook } from '@/components/crossborder/agreement-live-look';
import type { AgreementLook } from '@/components/crossborder/agreement-look';
import { AccountableFields, SaysFields } from '@/components/crossborder/agreement-terms-fields';
import { ChangedNotice } from '@/components/layout/changed-notice';
import { KeptForm, type Kept } from '@/components/layout/kept-form';
import { RefusalNotice } from '@/components/layout/refusal-notice';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { SubmitButton } from '@/components/ui/submit-button';
import { save } from './actions';
import type { AgreementFormState } from './form-state';

/** Which version is changed, as which edition; null for a new agreement. */
export type AgreementTarget = { id: string; version: number; edition: number };

type AgreementFormProps = { target: AgreementTarget | null; choices: AgreementFieldChoices; start: Record<string, string>; look: AgreementLook; kept: Kept };

export function AgreementForm({ target, choices, start, look, kept }: AgreementFormProps) {
  const [state, send] = useActionState<AgreementFormState, FormData>(save, { values: kept.draft ?? start });
  const { values, fields: faults = {} } = state;
  const back = target ? `/borders/agreements/${target.id}/${target.version}` : '/borders/agreements';
  return (
    <form action={send} noValidate key={JSON.stringify(state)}>
      {Object.entries(target ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <KeptForm kept={kept} isDraftShown={values === kept.draft} />
      <ErrorSummary errors={faults} />
      <Refused state={state} href={back} />
      <div className="grid grid-cols-1 items-start gap-x-5 min-[64rem]:grid-cols-[minmax(0,1fr)_24rem]">
        <div>
          <BetweenFields choices={choices} values={values} faults={faults} />
          <HoldsFields choices={choices} values={values} faults={faults} />
          <SaysFields choices={choices} values={values} faults={faults} />
          <AccountableFields choices={choices} values={values} faults={faults} />
        </div>
        <div className="mb-4 min-[64rem]:sticky min-[64rem]:top-4">
          <AgreementLiveLook first={state.look ?? look} />
        </div>
      </div>
      <div className="full-bleed border-t border-line bg-panel min-[48rem]:sticky min-[48rem]:bottom-0">
        <div className="page-width flex flex-wrap items-center gap-x-5 gap-y-2 py-3">
          <SubmitButton pendingWords="Saving…">Save as a draft</SubmitButton>
          <Link href={back}>Cancel</Link>
          <p className="mb-0 text-detail text-quiet">Nothing holds until it is proposed and the other side has agreed.</p>
        </div>
      </div>
    </form>
  );
}

function Refused({ state: { refused, successors, put }, href }: { state: AgreementFormState; href: string }) {
  if (put) return <Notice tone="info" title={`${put} is chosen now`} focus>Check the rest, and save it.</Notice>;
  if (!refused) return null;
  if (!successors) return <ChangedNotice refused={refused} code="agreement-changed" href={href} />;
  return (
    <RefusalNotice refused={refused}>
      <div className="mt-2 flex flex-wrap gap-3">
        {successors.choices.map(({ value, words }) => (
          <SubmitButton key={value} variant="secondary" name="put" value={`${successors.field} ${value} ${words}`}>
            Choose {words}
          </SubmitButton>
        ))}
      </div>
    </RefusalNotice>
  );
}
