/** `4:31 left` of a hold, or that it has run out; `now` must tick. */
export function HoldCountdown({ until, now }: { until: Date; now: Date }) {
  const seconds = Math.max(0, Math.ceil((until.getTime() - now.getTime()) / 1_000));
  if (seconds === 0) return <span>the hold has run out</span>;
  return (
    <span className="tabular" role="timer" aria-label="Time left of the hold">
      {Math.floor(seconds / 60)}:{String(seconds % 60).padStart(2, '0')} left
    </span>
  );
}
