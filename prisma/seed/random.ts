/** A source of numbers that always gives the same ones for the same seed. */
export type Random = {
  /** Whether something of this share (0 to 1) happens this time. */
  chance: (share: number) => boolean;
  /** A whole number, both ends included. */
  between: (from: number, to: number) => number;
  pick: <const Item>(items: readonly [Item, ...Item[]]) => Item;
};

/** Mulberry32 on this seed: far from secret, good enough to invent opening hours. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return { chance: (share) => next() < share, between, pick: (items) => items[between(0, items.length - 1)] ?? items[0] };
}
