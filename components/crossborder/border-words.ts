import { OUTCOME_TONES } from '@/components/crossborder/outcome-tones';
import type { TagTone } from '@/components/ui/tag';
import type { BorderDecision, Outcome } from '@/lib/crossborder/schema';
import { paysWords } from '@/lib/crossborder/words.rules';

/** What a row of the list says of a border: where, who pays and by which rule, and what stands in the way; no tag where nothing does. */
export type BorderNote = { line: string; tag: { tone: TagTone; words: string } | null };

/** The same for the chosen service, with what to do. `isInTheWay`: it must not be passed over. */
export type BorderAdvice = { title: string; todo: string; isInTheWay: boolean };

/** One line about a booking across a border; null where none is crossed, or none can be said to be. */
export function borderNote(decision: BorderDecision): BorderNote | null {
  if (!decision.isCrossing) return null;
  const { host, outcome } = decision;
  const says = outcome === 'refuse' ? [refusedWords(decision)] : [paysWords(decision), decision.isOverride ? overrideWords(decision) : ruleWords(decision)];
  return { line: [host.commissioner?.name ?? '', ...says].filter(Boolean).join(' · '), tag: tagOf(outcome) };
}

/** What the call handler must know of the border before a slot is held; null where none is crossed. `isSomeOpen`: refused for the earliest slot, not for all. */
export function borderAdvice(decision: BorderDecision, isSomeOpen = false): BorderAdvice | null {
  if (!decision.isCrossing) return null;
  const { host, outcome, isOverride } = decision;
  const where = `Across a border, in ${host.commissioner?.name ?? ''}`;
  const pays = `${paysWords(decision)}, by ${ruleName(decision)}.`;
  switch (outcome) {
    case 'allow':
      return { title: `${where}: allowed`, todo: pays, isInTheWay: false };
    case 'notify':
      return { title: `${where}: allowed, and the host is told`, todo: `${pays} The host is told by itself when you book.`, isInTheWay: false };
    case 'approval':
      return {
        title: `${where}: needs approval`,
        todo: `${isOverride ? `${sentence(overrideWords(decision))}. ${paysWords(decision)}.` : pays} You can hold a slot here, and ask for approval on the next page.`,
        isInTheWay: true,
      };
    case 'refuse':
      return { title: `${where}: refused${isSomeOpen ? ' at some times' : ''}`, todo: `${sentence(refusedWords(decision))}${isSomeOpen ? ' for the earliest slot. Another time may be held: you are told when it may not' : '. No slot can be held here for this patient: choose another service, the list says for each what may be booked'}.`, isInTheWay: true };
  }
}

/** Why a slot may not be booked, in a sentence; null where it may, or somebody may be asked. */
export function borderRefusal(decision: BorderDecision): string | null {
  return decision.outcome === 'refuse' ? `${sentence(refusedWords(decision))}.` : null;
}

/** Who pays where no border is crossed; null where one is, which takes more words. */
export function sameAreaWords({ isCrossing, responsible, host }: BorderDecision): string | null {
  if (isCrossing) return null;
  if (!responsible.commissioner || !host.commissioner) return 'Not known, so no border can be said to be crossed.';
  return `${responsible.commissioner.name}, the same area. No border is crossed.`;
}

const TAG_WORDS: Record<Outcome, string | null> = { allow: null, notify: 'Host is told', approval: 'Needs approval', refuse: 'Refused' };

function tagOf(outcome: Outcome): BorderNote['tag'] {
  const words = TAG_WORDS[outcome];
  return words === null ? null : { tone: OUTCOME_TONES[outcome], words };
}

function ruleWords(decision: BorderDecision): string {
  return decision.rule.kind === 'default' ? `no agreement: ${ruleName(decision)}` : ruleName(decision);
}

function refusedWords(decision: BorderDecision): string {
  return `refused by ${ruleName(decision)}`;
}

function overrideWords(decision: BorderDecision): string {
  return `${refusedWords(decision)}, but nothing else is free in time`;
}

/** `“Across the Pennines”` or `the national default`: the rule that decided, within a sentence. */
function ruleName({ rule, looked }: BorderDecision): string {
  const title = looked.find(({ ruleId, version }) => ruleId === rule.id && version === rule.version)?.title ?? rule.words;
  return rule.kind === 'default' ? `the ${title.charAt(0).toLowerCase()}${title.slice(1)}` : `“${title}”`;
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
