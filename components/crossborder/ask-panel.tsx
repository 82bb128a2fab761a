'use client';

import type { AskWords } from '@/components/crossborder/ask-words';
import { LiveAnswer } from '@/components/crossborder/live-answer';
import { useNow } from '@/components/call/use-now';
import { FocusOnShow } from '@/components/ui/focus-on-show';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextInput } from '@/components/ui/text-input';
import type { ApprovalNow, ApprovalState } from '@/lib/crossborder/approval.schema';

type AskPanelProps = {
  callId: string;
  ask: AskWords;
  answer: { approval: ApprovalNow | null; isLost: boolean };
  maxText: number;
  values: Record<string, string>;
  fields: Record<string, string>;
  serverNow: Date;
};

const TONES: Record<ApprovalState, string> = { waiting: 'border-amber bg-held', lapsed: 'border-amber bg-held', approved: 'border-green bg-green-pale', declined: 'border-red bg-red-pale' };

/** What a button sends that asks. */
export const ASK = { name: 'ask', value: 'yes' } as const;

/** Part of the form that books: whom to ask whether this may be booked, the question, and its answer when it comes. */
export function AskPanel({ callId, ask, answer, maxText, values, fields, serverNow }: AskPanelProps) {
  const now = useNow(serverNow);
  const { approval, isLost } = answer;
  const state = <LiveAnswer callId={callId} approval={approval} isLost={isLost} now={now} />;
  return (
    <section aria-labelledby="ask-heading" className={`mb-4 border-l-6 px-5 pt-4 pb-1 ${TONES[approval?.state ?? 'lapsed']}`}>
      <h2 id="ask-heading" className="nhsuk-heading-s mb-2">
        {canAsk(approval) ? 'Ask for approval' : 'Approval'}
      </h2>
      {/* Whoever has just asked is told first that it waits. */}
      {values['ask'] && approval ? (
        <FocusOnShow of={values['ask']} className="-mx-2 px-2">
          {state}
        </FocusOnShow>
      ) : (
        state
      )}
      {canAsk(approval) ? (
        <>
          <p className="mb-3">
            {ask.who} {ask.duty ? <strong>{ask.duty}</strong> : null}
          </p>
          <TextInput
            name="askText"
            label="Reason for asking"
            hint={`Why this patient needs this slot. Read by whoever answers: no name, no clinical detail. Up to ${maxText} characters.`}
            error={fields['askText']}
            defaultValue={values['askText']}
            autoComplete="off"
          />
          <SubmitButton variant="secondary" {...ASK} pendingWords="Asking…" data-command="Ask for approval">
            Ask for approval
          </SubmitButton>
        </>
      ) : null}
    </section>
  );
}

/** Whether the question may be asked now: it has not been, or nobody answered it. */
export function canAsk(approval: ApprovalNow | null): boolean {
  return !approval || approval.state === 'lapsed';
}
