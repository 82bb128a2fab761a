'use client';

import { useActionState, type ReactNode } from 'react';
import { KeptForm, type Kept } from '@/components/layout/kept-form';
import { RefusalNotice } from '@/components/layout/refusal-notice';
import { AffectedBookings, type AffectedWords } from '@/components/schedule/affected-bookings';
import { Link } from '@/components/ui/link';
import { SubmitButton } from '@/components/ui/submit-button';
import type { FormState } from '@/lib/platform/form';
import { apply } from './actions';

type ApplyFormProps = {
  target: { serviceId: string; proposalId: string; fingerprint: string };
  lines: readonly AffectedWords[];
  changePath: string;
  kept: Kept;
  /** What happens to slots; between the refusal and the patients. */
  summary: ReactNode;
  bulk: ReactNode;
};

export function ApplyForm({ target, lines, changePath, kept, summary, bulk }: ApplyFormProps) {
  const [state, send] = useActionState<FormState, FormData>(apply, { values: kept.draft ?? {} });
  return (
    <form action={send} noValidate key={JSON.stringify([state, target.fingerprint])}>
      {Object.entries(target).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <KeptForm kept={kept} isDraftShown={state.values === kept.draft} />
      {state.refused ? <RefusalNotice refused={state.refused} /> : null}
      {summary}
      {lines.length > 0 ? (
        <section aria-labelledby="affected">
          <h2 id="affected" className="nhsuk-heading-m mb-2">
            {lines.length === 1 ? '1 patient who is booked loses this place' : `${lines.length} patients who are booked lose their places`}
          </h2>
          <p className="max-w-measure">
            Kept, an appointment is an orphan: it stands, and takes a place at its time as soon as one is free again. Whatever you choose, the patient comes on the list of people to contact.
          </p>
          {bulk}
          <AffectedBookings lines={lines} values={state.values} />
        </section>
      ) : null}
      <div className="flex flex-wrap items-center gap-5">
        <SubmitButton pendingWords="Applying…">Apply this change</SubmitButton>
        <Link href={changePath}>Change it</Link>
      </div>
    </form>
  );
}
