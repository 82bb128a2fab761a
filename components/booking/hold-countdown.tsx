import { Button } from '@/components/ui/button';

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

/** A hold can be extended once; then it says that it was. */
export function ExtendButton({ canExtend }: { canExtend: boolean }) {
  if (!canExtend) return <span>extended</span>;
  return (
    <Button type="submit" variant="link" name="extend" value="yes" data-key="e" data-command="Extend the hold">
      extend
      <kbd aria-hidden="true">E</kbd>
    </Button>
  );
}
