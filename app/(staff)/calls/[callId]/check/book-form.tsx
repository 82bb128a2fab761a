'use client';

import { Link } from '@/components/ui/link';
import { useActionState, type ReactNode } from 'react';
import { AlternativeSlots } from '@/components/booking/alternative-slots';
import { HoldCountdown } from '@/components/booking/hold-countdown';
import { OverFields } from '@/components/booking/over-fields';
import { useNow } from '@/components/call/use-now';
import { KeptForm, type Kept } from '@/components/layout/kept-form';
import { RefusalNotice } from '@/components/layout/refusal-notice';
import { Button } from '@/components/ui/button';
import { ErrorSummary } from '@/components/ui/error-summary';
import { Notice } from '@/components/ui/notice';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextInput } from '@/components/ui/text-input';
import type { OverRule } from '@/lib/booking/timeframe.rules';
import type { FormState } from '@/lib/platform/form';
import { book, release } from './actions';

type Held = { id: string; startsAt: Date; heldUntil: Date; minutesOver: number };

type BookFormProps = {
  callId: string;
  held: Held | null;
  rule: OverRule;
  dispositionCode: string;
  requestId: string;
  maxReason: number;
  kept: Kept;
  now: Date;
  /** The summary of what is held. */
  children: ReactNode;
};

/** The one field to type, what is about to be booked, and a bar that stays with the time of the hold. */
export function BookForm({ callId, held, rule, dispositionCode, requestId, maxReason, kept, now, children }: BookFormProps) {
  const [state, send] = useActionState<FormState, FormData>(book, { values: kept.draft ?? {} });
  const { values, fields = {}, refused } = state;
  const alternatives = refused && 'alternatives' in refused.refusal ? refused.refusal.alternatives : null;
  return (
    <form action={send} noValidate key={JSON.stringify(values)}>
      <input type="hidden" name="callId" value={callId} />
      <input type="hidden" name="slotId" value={held?.id ?? values['slotId'] ?? ''} />
      <input type="hidden" name="requestId" value={requestId} />
      <KeptForm kept={kept} isDraftShown={state.values === kept.draft} />
      <ErrorSummary errors={fields} />
      {refused ? <RefusalNotice refused={refused} /> : null}
      {alternatives ? <AlternativeSlots alternatives={alternatives} now={now} /> : null}
      {!held && !refused ? <NothingHeld callId={callId} /> : null}
      <div className="mb-4 border border-line bg-panel px-5 pt-4">
        <TextInput
          name="reason"
          label="Reason for the appointment"
          hint={`Shown in the service's list. No clinical detail. Up to ${maxReason} characters.`}
          error={fields['reason']}
          defaultValue={values['reason']}
          autoComplete="off"
        />
      </div>
      {held ? <OverFields rule={rule} minutesOver={held.minutesOver} dispositionCode={dispositionCode} values={values} fields={fields} /> : null}
      {children}
      {held ? <BookBar held={held} serverNow={now} /> : null}
    </form>
  );
}

function NothingHeld({ callId }: { callId: string }) {
  return (
    <Notice tone="warning" title="This call holds no slot">
      The hold has run out or was let go. <Link href={`/calls/${callId}/services`}>Choose a slot</Link> to go on.
    </Notice>
  );
}

function BookBar({ held, serverNow }: { held: Held; serverNow: Date }) {
  const now = useNow(serverNow);
  return (
    <div className="full-bleed sticky bottom-0 border-t border-line bg-panel">
      <div className="flex flex-wrap items-center justify-center gap-x-5 gap-y-2 py-3">
        <p className="mb-0">
          <strong>Held for you</strong> <HoldCountdown until={held.heldUntil} now={now} />
        </p>
        <SubmitButton pendingWords="Booking…">Book this appointment</SubmitButton>
        <Button type="submit" variant="link" formAction={release}>
          Let the slot go
        </Button>
      </div>
    </div>
  );
}
