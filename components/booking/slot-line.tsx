'use client';

import { useEffect, useRef } from 'react';
import { Button, LinkButton } from '@/components/ui/button';
import { ExtendButton, HoldCountdown } from '@/components/booking/hold-countdown';
import { slotWords } from '@/components/booking/slot-words';
import type { SlotRow } from '@/lib/booking/schema';
import { clockTime, durationWords, minutesBetween, whenWords } from '@/lib/platform/time-words';

type SlotLineProps = {
  /** `mayHold`: false where the rules across borders refuse the service; what is held already stays. */
  call: { id: string; isMine: boolean; mayHold: boolean };
  slot: SlotRow;
  isGone: boolean;
  /** The number key that holds it. */
  holdKey: number | null;
  canExtend: boolean;
  now: Date;
  release: (form: FormData) => Promise<void>;
};

/** One place in time: when, how, with whom, and the one thing to do with it. */
export function SlotLine({ call, slot, isGone, holdKey, canExtend, now, release }: SlotLineProps) {
  const isMine = slot.state === 'mine' && !isGone;
  const heldWords = isGone ? null : heldByAnother(slot, now);
  const canGoOn = call.isMine && (call.mayHold || isMine);
  return (
    <div className={`flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line py-1 ${isMine ? '-mx-4 bg-held px-4' : ''}`}>
      <p className={`mb-0 w-28 flex-1 shrink-0 tabular sm:flex-none ${isGone ? 'text-quiet line-through' : ''}`}>
        <strong className={slot.minutesOver > 0 && !isGone ? 'text-over' : ''}>{whenWords(slot.startsAt, now)}</strong> <span className="text-detail text-quiet">to {clockTime(slot.endsAt)}</span>
      </p>
      <p className="order-last mb-0 min-w-0 flex-1 basis-full text-detail sm:order-none sm:basis-0">
        {isGone ? 'Just taken' : slotWords(slot)}
        {slot.minutesOver > 0 && !isGone ? ` · over by ${durationWords(slot.minutesOver)}` : ''}
        {heldWords ? <span className="block text-quiet">{heldWords}</span> : null}
        {isMine && slot.heldUntil ? <Held until={slot.heldUntil} canChange={call.isMine} canExtend={canExtend} now={now} release={release} /> : null}
      </p>
      {isGone || heldWords || !canGoOn ? null : <NextStep callId={call.id} slot={slot} holdKey={holdKey} now={now} />}
    </div>
  );
}

type HeldProps = { until: Date; canChange: boolean; canExtend: boolean; now: Date; release: (form: FormData) => Promise<void> };

function Held({ until, canChange, canExtend, now, release }: HeldProps) {
  return (
    <span className="block">
      <strong>Held for {canChange ? 'you' : 'this call'}</strong>, <HoldCountdown until={until} now={now} />
      {canChange ? (
        <>
          {' · '}
          <ExtendButton canExtend={canExtend} />
          {' · '}
          <Button type="submit" variant="link" formAction={release} data-key="l" data-command="Let the slot go">
            let go
            <kbd aria-hidden="true">L</kbd>
          </Button>
        </>
      ) : null}
    </span>
  );
}

function heldByAnother({ state, heldUntil }: SlotRow, now: Date): string | null {
  if (state !== 'held' || !heldUntil || heldUntil <= now) return null;
  return `Held by another call, free again in up to ${durationWords(minutesBetween(now, heldUntil) + 1)}`;
}

/** Takes the focus when the hold has just been made, so that Enter goes on. */
function CheckAndBook({ callId }: { callId: string }) {
  const place = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) place.current?.querySelector('a')?.focus({ preventScroll: true });
  }, []);
  return (
    <span ref={place}>
      <LinkButton href={`/calls/${callId}/check`} variant="primary" data-key="c" data-command="Check and book">
        Check and book
        <kbd aria-hidden="true">C</kbd>
      </LinkButton>
    </span>
  );
}

type NextStepProps = { callId: string; slot: SlotRow; holdKey: number | null; now: Date };

function NextStep({ callId, slot, holdKey, now }: NextStepProps) {
  if (slot.state === 'mine') return <CheckAndBook callId={callId} />;
  return (
    <Button
      type="submit"
      variant="secondary"
      name="slotId"
      value={slot.id}
      aria-label={`Hold ${whenWords(slot.startsAt, now)}`}
      data-key={holdKey ?? undefined}
      data-command={`Hold ${whenWords(slot.startsAt, now)}`}
    >
      Hold {holdKey ? <kbd aria-hidden="true">{holdKey}</kbd> : null}
    </Button>
  );
}
