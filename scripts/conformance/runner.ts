import type { Check, Kit, Outcome, Requirement, State } from './model';
import type { Exchange } from './provider';
import { Unknown } from './verdict';

type Verdict = { state: 'pass' | 'fail' | 'skip'; words: string; exchanges: readonly Exchange[] };

type Plan = {
  requirements: readonly Requirement[];
  checks: readonly Check[];
  untestable: Readonly<Record<string, string>>;
  /** Told of each requirement as soon as it is decided. */
  tell: (outcome: Outcome) => void;
};

const NEEDS = {
  bookings: 'nothing is booked with --read-only',
  'narrow-tokens': 'needs tokens of single scopes: give --token-endpoint or --private-key',
  'own-tokens': "needs tokens of the kit's own making: give --private-key",
};

/** Runs the checks in their order, one after the other; the outcomes come in the order of the requirements. */
export async function runChecks(kit: Kit, { requirements, checks, untestable, tell }: Plan): Promise<readonly Outcome[]> {
  const outcomes = new Map<string, Outcome>();
  const verdicts = new Map<string, Verdict[]>();
  const left = new Map<string, number>();
  for (const { id } of checks) left.set(id, (left.get(id) ?? 0) + 1);
  const decide = (requirement: Requirement, outcome: Omit<Outcome, keyof Requirement>) => {
    const decided = { ...requirement, ...outcome };
    outcomes.set(requirement.id, decided);
    tell(decided);
  };
  for (const check of checks) {
    const requirement = requirements.find(({ id }) => id === check.id);
    if (!requirement) continue;
    const those = [...(verdicts.get(check.id) ?? []), await verdictOf(check, kit)];
    verdicts.set(check.id, those);
    // A requirement with several checks is decided by all of them together.
    if (those.length === left.get(check.id)) decide(requirement, joined(requirement, those));
  }
  for (const requirement of requirements) {
    if (outcomes.has(requirement.id)) continue;
    decide(requirement, { state: 'not testable', words: untestable[requirement.id] ?? '', exchanges: [] });
  }
  return requirements.flatMap(({ id }) => outcomes.get(id) ?? []);
}

async function verdictOf(check: Check, kit: Kit): Promise<Verdict> {
  const lacking = (check.needs ?? []).find((need) => !isThere(need, kit));
  if (lacking) return { state: 'skip', words: NEEDS[lacking], exchanges: [] };
  const before = kit.provider.exchanges.length;
  const { state, words } = await attempt(check, kit);
  return { state, words, exchanges: kit.provider.exchanges.slice(before) };
}

async function attempt(check: Check, kit: Kit): Promise<Omit<Verdict, 'exchanges'>> {
  try {
    await check.run(kit);
    return { state: 'pass', words: '' };
  } catch (error) {
    if (error instanceof Unknown) return { state: 'skip', words: error.message };
    // No answer, or one that breaks off, is a failure of the provider as well.
    return { state: 'fail', words: error instanceof Error ? error.message : String(error) };
  }
}

function isThere(need: keyof typeof NEEDS, { tokens, facts }: Kit): boolean {
  if (need === 'bookings') return facts.canBook;
  return need === 'narrow-tokens' ? tokens.canNarrow : tokens.make !== null;
}

function joined({ level }: Requirement, verdicts: readonly Verdict[]): Omit<Outcome, keyof Requirement> {
  const states = verdicts.map(({ state }) => state);
  const state = states.includes('fail') ? 'fail' : states.includes('pass') ? 'pass' : 'skip';
  const words = verdicts.flatMap((verdict) => (verdict.words && (verdict.state === state || verdict.state === 'skip') ? [verdict.words] : []));
  return { state: level === 'MAY' ? ofMay(state) : state, words: [...new Set(words)].join('; '), exchanges: verdicts.flatMap(({ exchanges }) => exchanges) };
}

function ofMay(state: Verdict['state']): State {
  if (state === 'skip') return 'skip';
  return state === 'pass' ? 'offered' : 'not offered';
}
