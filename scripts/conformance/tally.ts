import type { Level, Outcome, State } from './model';

export const LEVELS: readonly Level[] = ['MUST', 'SHOULD', 'MAY'];
export const STATES: readonly State[] = ['pass', 'fail', 'skip', 'offered', 'not offered', 'not testable'];

/** How many requirements of a level ended in a state. */
export function countOf(outcomes: readonly Outcome[], level: Level, state: State): number {
  return outcomes.filter((outcome) => outcome.level === level && outcome.state === state).length;
}

/** Whether every MUST that could be tested is met. */
export function isConformant(outcomes: readonly Outcome[]): boolean {
  return countOf(outcomes, 'MUST', 'fail') === 0;
}

/** One line of the terminal for one requirement. */
export function lineOf({ id, level, title, state, words }: Outcome): string {
  return `${state.toUpperCase().padEnd(12)} ${id}  ${level.padEnd(6)}  ${title}${words && state !== 'pass' ? `\n${' '.repeat(21)}${words}` : ''}`;
}

/** The counts for the terminal, one line for each level. */
export function summaryLines(outcomes: readonly Outcome[]): readonly string[] {
  return LEVELS.map((level) => {
    const counts = STATES.map((state) => [state, countOf(outcomes, level, state)] as const).filter(([, count]) => count > 0);
    return `${level.padEnd(6)}  ${counts.map(([state, count]) => `${count} ${state}`).join(', ') || 'none'}`;
  });
}
