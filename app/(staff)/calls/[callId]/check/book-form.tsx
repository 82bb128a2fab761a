'use client';

import type { ReactNode } from 'react';
import { AlternativeSlots } from '@/components/booking/alternative-slots';
import { ExtendButton, HoldCountdown } from '@/components/booking/hold-countdown';
import { OverFields } from '@/components/booking/over-fields';
import { useNow } from '@/components/call/use-now';
import { ASK, AskPanel, canAsk } from '@/components/crossborder/ask-panel';
import { approvalMark, type AskWords } from '@/components/crossborder/ask-words';
import { useAnswer } from '@/components/crossborder/use-answer';
import { FormTop } from '@/components/layout/form-top';
import type { Kept } from '@/components/layout/kept-form';
import { useSureAction } from '@/components/layout/use-sure-action';
import { GuardFields, type Guard } from '@/components/registry/guard-fields';
import { Button } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { SubmitButton } from '@/components/ui/submit-button';
import { TextInput } from '@/components/ui/text-input';
import type { OverRule } from '@/lib/booking/timeframe.rules';
import type { FreshApproval } from '@/lib/crossborder/approval.client';
import type { Refused } from '@/lib/platform/form';
import { book, release } from './actions';

type Held = { id: string; startsAt: Date; heldUntil: Date; minutesOver: number; canExtend: boolean };

type BookFormProps = {
  call: { id: string; dispositionCode: string };
  held: Held | null;
  /** The appointment that this booking replaces, as it was looked at. */
  moves: { id: string; version: number; reason: string } | null;
  /** The patient's other appointments that stand against the slot. */
  guard: Guard;
  over: { rule: OverRule; clinicians: readonly { id: string; name: string }[] };
  /** `refusal`: why no booking of this slot goes ahead for this patient. `ask`: null where it needs no approval. */
  border: { refusal: string | null; ask: AskWords | null; answer: FreshApproval; maxText: number };
  requestId: string;
  maxReason: number;
  /** What is shown when the answer is lost on the way. */
  lost: Refused;
  kept: Kept;
  now: Date;
  /** The summary of what is held, and of what it replaces. */
  children: ReactNode;
};

const BOOK = { name: 'book', value: 'yes' } as const;

/** The one field to type, what is about to be booked, and a bar that stays with the time of the hold. */
export function BookForm({ call, held, moves, guard, over, border, requestId, maxReason, lost, kept, now, children }: BookFormProps) {
  const [state, send] = useSureAction(book, { values: kept.draft ?? {} }, lost);
  const answer = useAnswer({ callId: call.id, slotId: held?.id ?? '' }, border.answer);
  const { values, fields = {}, refused } = state;
  const alternatives = refused && 'alternatives' in refused.refusal ? refused.refusal.alternatives : null;
  // Not known whether it was done: sent again under its first id it is done once, and tells.
  const isUnknown = refused?.refusal.code === 'outcome-unknown';
  return (
    <form action={send} noValidate key={JSON.stringify(values)}>
      {/* The first button is what Enter in a field presses, whatever other buttons are above the field: it books, or asks where that comes first. */}
      <button type="submit" hidden {...(border.ask && canAsk(answer.approval) ? ASK : BOOK)} />
      <input type="hidden" name="callId" value={call.id} />
      <input type="hidden" name="slotId" value={held?.id ?? values['slotId'] ?? ''} />
      <input type="hidden" name="requestId" value={isUnknown ? values['requestId'] : requestId} />
      {moves ? <input type="hidden" name="movesId" value={moves.id} /> : null}
      {moves ? <input type="hidden" name="movesVersion" value={moves.version} /> : null}
      {/* Kept for somebody who looked at one of the appointments: they know why it is still here. */}
      <FormTop kept={kept.draft?.['look'] ? { ...kept, draft: null } : kept} state={state} />
      {alternatives ? <AlternativeSlots name="holdInstead" alternatives={alternatives} now={now} /> : null}
      {!held && !refused ? <NothingHeld callId={call.id} /> : null}
      {held ? <GuardFields guard={guard} values={values} fields={fields} isSent={values['slotId'] === held.id} /> : null}
      {border.refusal ? <RefusedAcross callId={call.id} refusal={border.refusal} /> : null}
      <div className="mb-4 border border-line bg-panel px-5 pt-4">
        <TextInput
          name="reason"
          label="Reason for the appointment"
          hint={`Shown in the service's list. No clinical detail. Up to ${maxReason} characters.`}
          error={fields['reason']}
          defaultValue={values['reason'] ?? moves?.reason}
          autoComplete="off"
        />
      </div>
      {held ? <OverFields over={{ ...over, minutesOver: held.minutesOver }} dispositionCode={call.dispositionCode} values={values} fields={fields} /> : null}
      {children}
      {held && border.ask ? <AskPanel callId={call.id} ask={border.ask} answer={answer} maxText={border.maxText} values={values} fields={fields} serverNow={now} /> : null}
      {held ? <BookBar held={held} approval={border.ask && approvalMark(answer.approval)} isMove={moves !== null} isRefused={border.refusal !== null} serverNow={now} /> : null}
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

function RefusedAcross({ callId, refusal }: { callId: string; refusal: string }) {
  return (
    <Notice tone="warning" title="This slot may not be booked for this patient">
      {refusal} <Link href={`/calls/${callId}/services`}>Choose another service</Link>: the list says for each what may be booked.
    </Notice>
  );
}

type BookBarProps = { held: Held; approval: string | null; isMove: boolean; isRefused: boolean; serverNow: Date };

function BookBar({ held, approval, isMove, isRefused, serverNow }: BookBarProps) {
  const now = useNow(serverNow);
  return (
    <div className="full-bleed sticky bottom-0 border-t border-line bg-panel">
      <div className="flex flex-wrap items-center justify-center gap-x-5 gap-y-2 py-3">
        <p className="mb-0">
          <strong>Held for you</strong> <HoldCountdown until={held.heldUntil} now={now} /> · <ExtendButton canExtend={held.canExtend} />
        </p>
        {approval ? (
          <p className="mb-0">
            Approval: <a href="#ask-heading">{approval}</a>
          </p>
        ) : null}
        {isRefused ? null : (
          <SubmitButton {...BOOK} pendingWords={isMove ? 'Moving…' : 'Booking…'} data-command={isMove ? 'Move this appointment' : 'Book this appointment'}>
            {isMove ? 'Move this appointment' : 'Book this appointment'}
          </SubmitButton>
        )}
        <Button type="submit" variant="link" formAction={release} data-key="l" data-command="Let the slot go">
          Let the slot go
          <kbd aria-hidden="true">L</kbd>
        </Button>
      </div>
    </div>
  );
}
