import fc from 'fast-check';

/** Who acts: two call handlers and a supervisor of one organisation, and a call handler of another. */
export const ACTORS = {
  asha: { role: 'call-handler', organisation: 'ours' },
  ben: { role: 'call-handler', organisation: 'ours' },
  supervisor: { role: 'supervisor', organisation: 'ours' },
  stranger: { role: 'call-handler', organisation: 'theirs' },
} as const;
export type ActorName = keyof typeof ACTORS;

/** Calls by patient and first handler: two patients have two calls each, so that their appointments may overlap. */
export const CALLS: readonly { patient: number; handler: ActorName }[] = [
  { patient: 0, handler: 'asha' },
  { patient: 0, handler: 'ben' },
  { patient: 1, handler: 'asha' },
  { patient: 2, handler: 'ben' },
  { patient: 2, handler: 'asha' },
];

export const SLOT_MINUTES = 10;
/** All calls are due at this minute. */
export const DUE_MINUTE = 50;

/** Slots by service and start, in minutes: two services at the same times, and one slot after the due time. */
export const SLOTS: readonly { service: number; startsAt: number }[] = [
  { service: 0, startsAt: 20 },
  { service: 0, startsAt: 30 },
  { service: 0, startsAt: 40 },
  { service: 0, startsAt: 60 },
  { service: 1, startsAt: 20 },
  { service: 1, startsAt: 30 },
  { service: 1, startsAt: 40 },
];

/** The minute at which a slot begins. */
export function startOf(slot: number): number {
  return SLOTS[slot]?.startsAt ?? 0;
}

const KINDS = ['hold', 'extend', 'let-go', 'book', 'move', 'cancel', 'amend', 'in-error', 'arrive', 'fulfil', 'noshow', 'undo', 'take-over', 'hand-over', 'close', 'refer'] as const;

/** One command by one person. Changes of an appointment are of the latest of the call; `isStale`: with a version that is not the present one. */
export type Step = {
  kind: (typeof KINDS)[number];
  actor: ActorName;
  call: number;
  slot: number;
  to: ActorName;
  approver: ActorName | 'clinician' | null;
  isStale: boolean;
  /** What whoever books chooses about the patient's other appointment; null: nothing. */
  besides: 'keep' | 'move' | 'cancel' | null;
  /** Done by whoever has the call, and booking what it holds: most of life. */
  isApt: boolean;
  /** Gone by before the step. */
  minutes: number;
};

/**
 * A step as it is taken: with what its actor saw before, which of the appointments of the call, from 0, in which version, and which of the patient's
 * other call; null when there is none.
 */
export type TakenStep = Step & { seen: { nth: number; version: number } | null; other: { call: number; nth: number; version: number } | null };

const actor = fc.constantFrom<ActorName>('asha', 'asha', 'asha', 'ben', 'ben', 'ben', 'supervisor', 'stranger');

/** One step of any kind. */
const aStep: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...KINDS),
  actor,
  call: fc.nat(CALLS.length - 1),
  slot: fc.nat(SLOTS.length - 1),
  to: actor,
  approver: fc.constantFrom<Step['approver']>(null, 'asha', 'ben', 'clinician', 'clinician'),
  isStale: fc.constantFrom(false, false, false, false, true),
  besides: fc.constantFrom<Step['besides']>('keep', 'keep', 'move', 'cancel', null),
  isApt: fc.constantFrom(true, true, true, false),
  minutes: fc.constantFrom(0, 0, 0, 0, 0, 0, 1, 2, 5),
});

/** What belongs together, in one call: alone, steps drawn at random seldom come as far as a booking. */
const TURNS: readonly (readonly Step['kind'][])[] = [['hold', 'book'], ['hold', 'book'], ['hold', 'move'], ['hold', 'extend'], ['hold', 'book', 'hold', 'move'], ['arrive', 'fulfil', 'undo'], ['noshow', 'undo']];

/** `count` steps: now one of any kind, now a turn of several in one call. */
export function someSteps(count: number): fc.Arbitrary<readonly Step[]> {
  const turn = fc.oneof(
    fc.tuple(aStep),
    fc.tuple(aStep, fc.constantFrom(...TURNS)).map(([step, kinds]) => kinds.map((kind, index) => ({ ...step, kind, slot: (step.slot + index) % SLOTS.length, minutes: index === 0 ? step.minutes : 0 }))),
  );
  return fc.array(turn, { minLength: count, maxLength: count }).map((turns) => turns.flat().slice(0, count));
}
