'use client';

import { standingWords } from '@/components/crossborder/approval-words';
import { RefusalNotice } from '@/components/layout/refusal-notice';
import { ErrorSummary } from '@/components/ui/error-summary';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextInput } from '@/components/ui/text-input';
import type { ApprovalRow } from '@/lib/crossborder/approval.schema';
import type { FormState } from '@/lib/platform/form';

type AnswerFormProps = { row: ApprovalRow; state: FormState; send: (form: FormData) => void };

/** Approves or declines one question; for whoever may not now, what it takes. */
export function AnswerForm({ row, state: { fields = {}, values, refused }, send }: AnswerFormProps) {
  const textField = `text-${row.id}`;
  const about = <span className="nhsuk-u-visually-hidden"> the booking at {row.service.name}</span>;
  if (!row.mayAnswerAs) {
    return (
      <>
        {refused ? <RefusalNotice refused={refused} /> : null}
        <p className="mb-0">Start your duty at the top of this page to answer.</p>
      </>
    );
  }
  return (
    <form action={send} noValidate key={JSON.stringify(values)}>
      {/* The first button is what Enter in the field presses: words are typed to decline, and nothing is approved by mistake. */}
      <button type="submit" name="answer" value="decline" hidden />
      <input type="hidden" name="approvalId" value={row.id} />
      <input type="hidden" name="askedAt" value={row.askedAt.toISOString()} />
      <ErrorSummary errors={fields} />
      {refused ? <RefusalNotice refused={refused} /> : null}
      <TextInput name={textField} label="Words for the call handler" hint="Needed to decline." defaultValue={values[textField]} error={fields[textField]} autoComplete="off" />
      <div className="flex flex-wrap gap-x-4">
        <SubmitButton variant="secondary" name="answer" value="approve" pendingWords="Approving">
          Approve{about}
        </SubmitButton>
        <SubmitButton variant="secondary" name="answer" value="decline" pendingWords="Declining">
          Decline{about}
        </SubmitButton>
      </div>
      <p className="mb-0 text-detail text-quiet">{standingWords(row.mayAnswerAs, row)}.</p>
    </form>
  );
}
