'use client';

import { useEffect, useRef } from 'react';
import { Button, LinkButton } from '@/components/ui/button';
import { HoldCountdown } from '@/components/booking/hold-countdown';
import { slotWords } from '@/components/booking/slot-words';
import type { SlotRow } from '@/lib/booking/schema';
import { clockTime, durationWords, minutesBetween, whenWords } from '@/lib/platform/time-words';

type SlotLineProps = {
  callId: string;
  slot: SlotRow;
  isGone: boolean;
  /** The number key that holds it. */
  holdKey: number | null;
  now: Date;
  release: (form: FormData) => Promise<void>;
};

/** One place in time: when, how, with whom, and the one thing to do with it. */
export function SlotLine({ callId, slot, isGone, holdKey, now, release }: SlotLineProps) {
  const isMine = slot.state === 'mine' && !isGone;
  const heldWords = isGone ? null : heldByAnother(slot, now);
  return (
    <div className={`flex items-center gap-3 border-b border-line py-1 ${isMine ? '-mx-4 bg-held px-4' : ''}`}>
      <p className={`mb-0 w-28 shrink-0 tabular ${isGone ? 'text-quiet line-through' : ''}`}>
        <strong className={slot.minutesOver > 0 && !isGone ? 'text-over' : ''}>{whenWords(slot.startsAt, now)}</strong> <span className="text-detail text-quiet">to {clockTime(slot.endsAt)}</span>
      </p>
      <p className="mb-0 min-w-0 flex-1 text-detail">
        {isGone ? 'Just taken' : slotWords(slot)}
        {slot.minutesOver > 0 && !isGone ? ` · over by ${durationWords(slot.minutesOver)}` : ''}
        {heldWords ? <span className="block text-quiet">{heldWords}</span> : null}
        {isMine && slot.heldUntil ? (
          <span className="block">
            <strong>Held for you</strong>, <HoldCountdown until={slot.heldUntil} now={now} /> ·{' '}
            <Button type="submit" variant="link" formAction={release}>
              let go
            </Button>
          </span>
        ) : null}
      </p>
      {isGone || heldWords ? null : <NextStep callId={callId} slot={slot} holdKey={holdKey} now={now} />}
    </div>
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
      <LinkButton href={`/calls/${callId}/check`} variant="primary">
        Check and book
      </LinkButton>
    </span>
  );
}

function NextStep({ callId, slot, holdKey, now }: Pick<SlotLineProps, 'callId' | 'slot' | 'holdKey' | 'now'>) {
  if (slot.state === 'mine') return <CheckAndBook callId={callId} />;
  return (
    <Button type="submit" variant="secondary" name="slotId" value={slot.id} data-hold-key={holdKey ?? undefined} aria-label={`Hold ${whenWords(slot.startsAt, now)}`}>
      Hold {holdKey ? <kbd aria-hidden="true">{holdKey}</kbd> : null}
    </Button>
  );
}
