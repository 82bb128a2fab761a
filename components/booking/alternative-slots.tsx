import { Button } from '@/components/ui/button';
import type { Alternatives, AlternativeSlot } from '@/lib/platform/errors';
import { whenWords } from '@/lib/platform/time-words';

type AlternativeSlotsProps = { name: 'slotId' | 'holdInstead'; alternatives: Alternatives; now: Date };

/** What is free instead, each a button that holds it and keeps what was typed; the number keys are theirs while they are shown. */
export function AlternativeSlots({ name, alternatives, now }: AlternativeSlotsProps) {
  const slots = offeredSlots(alternatives);
  if (slots.length === 0) return null;
  return (
    <section aria-labelledby="alternatives-heading" className="mb-4 border border-line bg-panel p-4">
      <h2 id="alternatives-heading" className="nhsuk-heading-s mb-2">
        {alternatives.held ? 'Or hold one of these' : 'Free now'}
        <span className="key-hint ml-2 text-detail font-normal text-quiet">{slots.length === 1 ? 'key 1' : `keys 1 to ${slots.length}`}</span>
      </h2>
      <ul className="m-0 list-none p-0">
        {slots.map((slot, index) => (
          <li key={slot.slotId} className="mb-1 flex flex-wrap items-center gap-x-3 last:mb-0">
            <Button type="submit" variant="secondary" name={name} value={slot.slotId} data-key={index + 1} data-command={`Hold ${whenWords(slot.startsAt, now)} at ${slot.serviceName}`}>
              Hold {whenWords(slot.startsAt, now)} <kbd aria-hidden="true">{index + 1}</kbd>
            </Button>
            <span className="text-detail">{slot.serviceName}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** In the order of their number keys: here by time, then the nearest elsewhere. */
export function offeredSlots({ here, elsewhere }: Alternatives): readonly AlternativeSlot[] {
  return elsewhere ? [...here, elsewhere] : here;
}
