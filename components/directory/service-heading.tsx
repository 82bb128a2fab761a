import type { Place, SearchAnswer } from '@/lib/directory/schema';
import { clockTime } from '@/lib/platform/time-words';

const MILES_PER_KM = 0.621371; // D-033.

/** How many of how many, within what distance, and when that was true. */
export function ServiceHeading({ answer, place, now }: { answer: SearchAnswer; place: Place; now: Date }) {
  const miles = Math.round(answer.distanceKm * MILES_PER_KM);
  return (
    <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4">
      <h1 className="nhsuk-heading-m mb-0">Services that can help</h1>
      <p className="mb-0 text-detail text-quiet tabular">
        {answer.services.length} of {answer.matched} within {miles} miles{place.precision === 'postcode' ? '' : ', distances approximate'} · searched {clockTime(now)}
      </p>
    </div>
  );
}
