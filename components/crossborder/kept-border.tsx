import { DecisionPanel } from '@/components/crossborder/decision-panel';
import type { KeptDecision } from '@/lib/crossborder/schema';

/** What was decided about the border when an appointment was booked. */
export function KeptBorder({ decision, now }: { decision: KeptDecision | null; now: Date }) {
  return (
    <section aria-labelledby="border-heading" className="mt-6">
      <h2 id="border-heading" className="nhsuk-heading-s mb-2">
        Border, as decided when it was booked
      </h2>
      {decision ? <DecisionPanel decision={decision} now={now} /> : <p className="mb-5">No decision was kept: it was booked before borders were decided.</p>}
    </section>
  );
}
