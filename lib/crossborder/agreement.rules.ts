import { AGREEMENT_STEPS, type AgreementState, type AgreementStep, type Side } from '@/lib/crossborder/agreement.schema';
import type { Area, Commissioner } from '@/lib/crossborder/schema';
import { coversArea, coversCommissioner, type CommissionerScope } from '@/lib/crossborder/scope.rules';
import type { Refusal } from '@/lib/platform/errors';
import type { LocalDate } from '@/lib/platform/time-words';

/** The two sides of an agreement. */
export type Sides = Readonly<Record<Side, Area>>;

/** Somebody who acts, and for which sides they speak. */
export type Speaker = { id: string; speaksFor: Readonly<Record<Side, boolean>> };

/** What of a version decides what may be done with it. `isUsed`: something was booked by it; `open`: a later version that is not settled yet. */
export type AgreementFacts = {
  state: AgreementState;
  validFrom: LocalDate;
  validTo: LocalDate | null;
  proposed: { byId: string; side: Side } | null;
  isUsed: boolean;
  open: { version: number } | null;
  /** What the sides are called. */
  names: Readonly<Record<Side, string>>;
};

const STATE_WORDS: Readonly<Record<AgreementState, string>> = {
  draft: 'a draft',
  proposed: 'proposed',
  agreed: 'agreed',
  declined: 'declined',
  superseded: 'replaced by a later version',
  withdrawn: 'withdrawn',
};

/** Each step: in which states it may be done, and how a refusal says it. */
const STEPS: Readonly<Record<AgreementStep, { states: readonly AgreementState[]; wanted: string }>> = {
  edit: { states: ['draft', 'declined'], wanted: 'changed' },
  propose: { states: ['draft', 'declined'], wanted: 'proposed' },
  'take-back': { states: ['proposed'], wanted: 'taken back' },
  agree: { states: ['proposed'], wanted: 'agreed to' },
  decline: { states: ['proposed'], wanted: 'declined' },
  withdraw: { states: ['draft', 'declined', 'agreed'], wanted: 'withdrawn' },
  end: { states: ['agreed'], wanted: 'ended' },
  'new-version': { states: ['agreed'], wanted: 'given a new version' },
  clone: { states: ['draft', 'proposed', 'agreed', 'declined', 'superseded', 'withdrawn'], wanted: 'copied' },
  'what-if': { states: ['draft', 'proposed', 'declined'], wanted: 'replayed' },
};

type Asked = { facts: AgreementFacts; who: Speaker; today: LocalDate };

/** The steps that somebody may take on a London day, in the order of buttons; whether the dates allow it is told when it is tried. */
export function mayDo(asked: Asked): AgreementStep[] {
  return AGREEMENT_STEPS.filter((step) => stepRefusal(step, asked) === null);
}

/**
 * Why a step may not be taken: the person speaks for neither side, or not for the one that has to; the version is in another state, in force or used; or
 * it is their own proposal. Null: it may. Source: docs/rules.md#across-borders.
 */
export function stepRefusal(step: AgreementStep, { facts, who, today }: Asked): Refusal | null {
  const { state, names, proposed, validFrom, validTo, isUsed, open } = facts;
  const { speaksFor } = who;
  const wrongState = (words: string): Refusal => ({ code: 'agreement-not-in-state', state: words, wanted: STEPS[step].wanted });
  if (!speaksFor.from && !speaksFor.to) return { code: 'agreement-outside-area', area: `${names.from} or ${names.to}` };
  if (!STEPS[step].states.includes(state)) return wrongState(STATE_WORDS[state]);
  if (step === 'take-back' && proposed && !speaksFor[proposed.side]) return { code: 'agreement-outside-area', area: names[proposed.side] };
  if ((step === 'agree' || step === 'decline') && proposed) return answerRefusal(proposed, { who, names });
  if (step === 'withdraw' && state === 'agreed' && isUsed) return wrongState('agreed, with bookings by it already');
  if (step === 'withdraw' && state === 'agreed' && validFrom <= today) return wrongState('in force since its first day');
  if (step === 'end' && validTo !== null && validTo < today) return wrongState('over');
  if (step === 'new-version' && open) return wrongState(`followed by version ${open.version} that is not settled yet`);
  return null;
}

/** Why an agreement with this first day may not be proposed or agreed to on a London day: nothing is agreed for days that are over. */
export function beginRefusal({ validFrom }: { validFrom: LocalDate }, today: LocalDate): Refusal | null {
  return validFrom < today ? { code: 'agreement-starts-in-past', from: validFrom } : null;
}

/** Why an agreed version may not end with this last day: it is over, it is no earlier than what was agreed, or it is before the first day. */
export function endRefusal({ validFrom, validTo }: { validFrom: LocalDate; validTo: LocalDate | null }, { lastDay, today }: { lastDay: LocalDate; today: LocalDate }): Refusal | null {
  if (lastDay < today) return { code: 'agreement-end-in-past', to: lastDay };
  if (validTo !== null && lastDay >= validTo) return { code: 'agreement-ends-later', to: validTo };
  if (lastDay < validFrom) return { code: 'agreement-not-in-state', state: 'not begun by then', wanted: 'ended before its first day: withdraw it' };
  return null;
}

/** The side that somebody proposes for: whoever speaks for both counts for the patients' one. */
export function proposingSide({ speaksFor }: Speaker): Side {
  return speaksFor.from ? 'from' : 'to';
}

/** For which sides a scope speaks; `known`: every commissioner by code. */
export function speaksFor(scope: CommissionerScope, sides: Sides, known: ReadonlyMap<string, Commissioner>): Record<Side, boolean> {
  const speaks = (area: Area) => coversArea(scope, area, area.kind === 'commissioner' ? (known.get(area.code) ?? null) : null);
  return { from: speaks(sides.from), to: speaks(sides.to) };
}

/** Whether somebody may see an agreement: one of its sides is theirs, or one that theirs is part of, as a region or anybody. */
export function maySee(scope: CommissionerScope, { from, to }: Sides, known: ReadonlyMap<string, Commissioner>): boolean {
  return [from, to].some((area) => isConcerned(scope, area, known));
}

/** The codes of sides that a scope may see agreements of, besides those about anybody; null: all. */
export function codesSeen({ isNational, codes }: CommissionerScope, known: ReadonlyMap<string, Commissioner>): string[] | null {
  if (isNational) return null;
  const within = [...known.values()].filter((commissioner) => coversCommissioner({ isNational, codes }, commissioner));
  return [...new Set([...codes, ...within.flatMap(({ code, regionCode }) => (regionCode === null ? [code] : [code, regionCode]))])];
}

function answerRefusal({ byId, side }: { byId: string; side: Side }, { who, names }: { who: Speaker; names: AgreementFacts['names'] }): Refusal | null {
  const other = side === 'from' ? 'to' : 'from';
  if (byId === who.id) return { code: 'agreement-own-proposal' };
  return who.speaksFor[other] ? null : { code: 'agreement-outside-area', area: names[other] };
}

function isConcerned(scope: CommissionerScope, area: Area, known: ReadonlyMap<string, Commissioner>): boolean {
  const seen = codesSeen(scope, known);
  return seen === null || area.kind === 'any' || seen.includes(area.code);
}
