import type { Break, SessionPattern } from '@/lib/schedule/schema';

// Apart from slots.rules because browsers read it while somebody types: minutes of an ordinary day, no time zones.

type Hours = Pick<SessionPattern, 'opensMinute' | 'closesMinute' | 'breaks'>;

/** The stretches of a session between its breaks, `[fromMinute, toMinute)`, in order; none is empty. Breaks may come in any order. */
export function stretchesOf({ opensMinute, closesMinute, breaks }: Hours): Break[] {
  const stretches: Break[] = [];
  let fromMinute = opensMinute;
  for (const pause of breaks.toSorted((one, other) => one.fromMinute - other.fromMinute)) {
    const toMinute = Math.min(pause.fromMinute, closesMinute);
    if (fromMinute < toMinute) stretches.push({ fromMinute, toMinute });
    fromMinute = Math.max(fromMinute, pause.toMinute);
  }
  if (fromMinute < closesMinute) stretches.push({ fromMinute, toMinute: closesMinute });
  return stretches;
}

/** The slots of one place on an ordinary day: `[fromMinute, toMinute)` one after another, none across a break. */
export function slotMinutesOf(pattern: Hours & Pick<SessionPattern, 'slotMinutes'>): Break[] {
  const { slotMinutes } = pattern;
  // Half-typed numbers come here too: nothing, or less than a minute, makes no slot.
  if (!(slotMinutes >= 1)) return [];
  return stretchesOf(pattern).flatMap(({ fromMinute, toMinute }) =>
    Array.from({ length: Math.floor((toMinute - fromMinute) / slotMinutes) }, (_, index) => {
      const begins = fromMinute + index * slotMinutes;
      return { fromMinute: begins, toMinute: begins + slotMinutes };
    }),
  );
}

/** What a pattern offers on an ordinary day: slots over all places, how many an hour (to one decimal), and how many of them are kept back. */
export function capacitySum(pattern: SessionPattern): { slots: number; anHour: number; keptBack: number } {
  const slots = slotMinutesOf(pattern).length * pattern.places;
  const anHour = slots === 0 ? 0 : Math.round((pattern.places * 600) / pattern.slotMinutes) / 10;
  return { slots, anHour, keptBack: Math.floor((slots * pattern.keptBackPercent) / 100) };
}
