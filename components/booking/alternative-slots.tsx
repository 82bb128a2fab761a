import { Button } from '@/components/ui/button';
import type { Alternatives } from '@/lib/platform/errors';
import { whenWords } from '@/lib/platform/time-words';

/** What is free instead, each a button that holds it and keeps what was typed. */
export function AlternativeSlots({ alternatives, now }: { alternatives: Alternatives; now: Date }) {
  const slots = alternatives.elsewhere ? [...alternatives.here, alternatives.elsewhere] : alternatives.here;
  if (slots.length === 0) return null;
  return (
    <section aria-labelledby="alternatives-heading" className="mb-4 border border-line bg-panel p-5">
      <h2 id="alternatives-heading" className="nhsuk-heading-s mb-2">
        Free now
      </h2>
      <ul className="m-0 list-none p-0">
        {slots.map((slot) => (
          <li key={slot.slotId} className="mb-2 flex flex-wrap items-center gap-3 last:mb-0">
            <Button type="submit" variant="secondary" name="holdInstead" value={slot.slotId}>
              Hold {whenWords(slot.startsAt, now)}
            </Button>
            <span className="text-detail">{slot.serviceName}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
