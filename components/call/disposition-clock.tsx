'use client';

import { clockTime, dayWords, durationWords, londonDate, minutesBetween } from '@/lib/platform/time-words';
import { useNow } from '@/components/call/use-now';

type ClockProps = { dispositionAt: Date; dueAt: Date | null; serverNow: Date };

/** "1 h 43 min left", running. The edge is green, amber in the last quarter, red when over; the words say it too. */
export function DispositionClock({ dispositionAt, dueAt, serverNow }: ClockProps) {
  const now = useNow(serverNow);
  if (!dueAt) return <p className="mb-0 border-l-4 border-line pl-3 text-quiet">No time set by the disposition</p>;

  const left = minutesBetween(now, dueAt);
  const whole = minutesBetween(dispositionAt, dueAt);
  const edge = left < 0 ? 'border-red' : left * 4 <= whole ? 'border-amber' : 'border-green';
  return (
    <div role="timer" aria-label="Disposition clock" className={`border-l-4 ${edge} pl-3 text-right`}>
      <p className="mb-0 text-clock font-bold tabular">{left >= 0 ? `${durationWords(left)} left` : `Over by ${durationWords(-left)}`}</p>
      <p className="mb-0 text-detail text-quiet tabular">
        due by {clockTime(dueAt)} {dayWords(londonDate(dueAt), now)}
      </p>
    </div>
  );
}
