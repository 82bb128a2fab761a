import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Model } from '@/scripts/test-support/workflow/model';
import { someSteps, type Step, type TakenStep } from '@/scripts/test-support/workflow/steps';
import { World } from '@/scripts/test-support/workflow/world';

// The same steps in every run, unless npm run test:soak asks for more, or for those of another seed.
const STEPS = Number(process.env['ONWARD_STEPS'] ?? 10_000);
const SEED = Number(process.env['ONWARD_SEED'] ?? 111);
const STEPS_A_RUN = 50;

test('every command by anybody, in any order and at any time, answers as the workflow says and leaves exactly what it says', { timeout: STEPS * 100 }, async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(someSteps(STEPS_A_RUN), async (steps) => {
      const [model, world] = [new Model(), await World.made()];
      for (const typed of steps) {
        const step = model.taken(typed);
        const answer = await world.answer(step);
        expect([step, answer]).toEqual([step, model.expected(step)]);
        expect([step, await world.snapshot()]).toEqual([step, model.snapshot()]);
        count(seen, step, answer);
      }
    }),
    { seed: SEED, numRuns: STEPS / STEPS_A_RUN, endOnFailure: true },
  );
  expect([...WANTED].filter((answer) => !seen.has(answer))).toEqual([]);
});

test('two people at once are answered, and leave things, as if one had come after the other', { timeout: STEPS * 100 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.tuple(someSteps(STEPS_A_RUN), someSteps(STEPS_A_RUN)), async ([mine, theirs]) => {
      const world = await World.made();
      let model = new Model();
      for (const [index, typed] of mine.entries()) {
        const both = [model.taken(typed), model.taken({ ...(theirs[index] ?? typed), minutes: 0 })] as const;
        const answers = await Promise.all(both.map((step) => world.answer(step)));
        const found = { answers, snapshot: await world.snapshot() };
        const possible = possibilities(model, both);
        const fitting = possible.find(({ said }) => isDeepStrictEqual(said, found));
        expect(fitting, JSON.stringify({ both, found, possible: possible.map(({ said }) => said) })).toBeDefined();
        model = fitting?.after ?? model;
      }
    }),
    { seed: SEED, numRuns: STEPS / STEPS_A_RUN / 10, endOnFailure: true },
  );
});

/** What the model says of two steps in either order; a loser is told, and holds another slot a moment later. */
function possibilities(model: Model, [one, other]: readonly [TakenStep, TakenStep]) {
  return (['at once', 'after', 'after, reversed'] as const).flatMap((losersHold) =>
    [false, true].map((isReversed) => {
      const after = model.copy();
      const order = isReversed ? [{ ...other, minutes: one.minutes }, { ...one, minutes: 0 }] : [one, other];
      const answers = after.together(order, losersHold);
      return { after, said: { answers: isReversed ? answers.toReversed() : answers, snapshot: after.snapshot() } };
    }),
  );
}

function count(seen: Map<string, number>, { kind }: Step, answer: string): void {
  seen.set(`${kind}: ${answer}`, (seen.get(`${kind}: ${answer}`) ?? 0) + 1);
}

/** What the steps must have come to at least once, or they prove little. */
const WANTED = [
  ...['hold', 'extend', 'let-go', 'book', 'move', 'cancel', 'amend', 'in-error', 'arrive', 'fulfil', 'noshow', 'undo', 'take-over', 'hand-over', 'close', 'refer'].map((kind) => `${kind}: ok`),
  ...['slot-taken', 'slot-held', 'slot-in-past', 'call-with-colleague', 'call-not-found', 'call-ended', 'call-already-booked'].map((code) => `hold: ${code}`),
  ...['hold-expired', 'call-already-booked', 'approval-needed', 'approver-is-self', 'approver-not-clinician', 'guard-choice-needed'].map((code) => `book: ${code}`),
  ...['move-to-same-slot', 'appointment-changed', 'appointment-already-cancelled', 'appointment-in-past', 'appointment-cannot-become', 'hold-expired', 'guard-choice-needed'].map((code) => `move: ${code}`),
  ...['appointment-changed', 'appointment-already-cancelled', 'appointment-in-past', 'appointment-cannot-become'].map((code) => `cancel: ${code}`),
  ...['appointment-changed', 'appointment-not-found', 'attendance-not-recorded'].map((code) => `undo: ${code}`),
];
