import { axisOf, isDrawn, placesOf, shareOf, type Axis, type Place } from '@/components/registry/timeline-scale';
import type { PatientEntry } from '@/lib/registry/schema';

export type Mark = Place & { entry: PatientEntry };

/** The appointments that one organisation holds; `hidden`: so many more than there is room for. */
export type Lane = { words: string; marks: readonly Mark[]; rows: number; hidden: number };

/** `far`: so many appointments are too far from now to be drawn. `now`: its share of the axis. */
export type Plot = { axis: Axis; now: number; lanes: readonly Lane[]; far: number };

const MOST_LANES = 8;
const MOST_ROWS = 10;
const OTHERS = 'Other organisations';

/**
 * A plot of these entries: a lane for each organisation that holds some, in the order of the entries; from the eighth on they share the
 * last lane. Marks that would touch stand above each other, at most ten.
 */
export function plotOf(entries: readonly PatientEntry[], now: Date): Plot {
  const drawn = entries.filter(({ startsAt }) => isDrawn(startsAt, now));
  const axis = axisOf(
    drawn.map(({ startsAt }) => startsAt),
    now,
  );
  return { axis, now: shareOf(now, axis), lanes: holdersOf(drawn).map(({ words, entries: held }) => laneOf(words, held, axis)), far: entries.length - drawn.length };
}

type Held = { words: string; entries: PatientEntry[] };

function holdersOf(entries: readonly PatientEntry[]): Held[] {
  const holders = new Map<string, Held>();
  for (const entry of entries) {
    const words = holderWords(entry);
    const key = entry.holder?.code ?? words;
    const held = holders.get(key);
    if (held) held.entries.push(entry);
    else holders.set(key, { words, entries: [entry] });
  }
  const all = [...holders.values()];
  if (all.length <= MOST_LANES) return all;
  return [...all.slice(0, MOST_LANES - 1), { words: OTHERS, entries: all.slice(MOST_LANES - 1).flatMap((held) => held.entries) }];
}

// Of a sealed appointment not even its holder is told.
function holderWords({ holder, isSealed }: PatientEntry): string {
  return holder?.name ?? (isSealed ? 'Sealed' : 'Holder not stated');
}

function laneOf(words: string, entries: readonly PatientEntry[], axis: Axis): Lane {
  const places = placesOf(entries.map(({ startsAt }) => shareOf(startsAt, axis)));
  const marks = entries.flatMap((entry, index) => {
    const place = places[index];
    return place && place.row < MOST_ROWS ? [{ entry, ...place }] : [];
  });
  return { words, marks, rows: Math.max(1, ...marks.map(({ row }) => row + 1)), hidden: entries.length - marks.length };
}
