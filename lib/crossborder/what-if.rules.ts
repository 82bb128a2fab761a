import { chargeOf, monthOf, previousMonth } from '@/lib/crossborder/ledger.rules';
import type { Month } from '@/lib/crossborder/ledger.schema';
import { decideBorder } from '@/lib/crossborder/rules';
import type { BorderFacts, BorderRules, LiveAgreement, Terms } from '@/lib/crossborder/schema';
import { compareSpecificity, covers, matchAt, momentOf, quotaKey, type Moment } from '@/lib/crossborder/specificity.rules';
import { LINES_KEPT, type ChangedBooking, type ReplayedBooking, type Shift, type WhatIfResult, type WorldSum } from '@/lib/crossborder/what-if.schema';
import type { LocalDate } from '@/lib/platform/time-words';

/** A replay is of one of the last so many whole months. */
const MONTHS_BACK = 12;

/** A replay that goes on page by page: `add` takes the next bookings, in the order in which they were made; `result` is that of all so far. */
export type Replay = { add: (bookings: readonly ReplayedBooking[]) => void; result: () => WhatIfResult };

/** What of a decision counts here. `quotaOf`: the key of the quota that it takes from. */
type Decided = Pick<Terms, 'outcome' | 'pricePence' | 'noshowPence'> & { ruleId: string; version: number; title: string; quotaOf: string | null };
type World = { candidates: (facts: BorderFacts) => readonly LiveAgreement[]; used: Map<string, number>; sum: WorldSum };
/** What is the same in both worlds. */
type Shared = { momentOf: (facts: BorderFacts) => Moment; defaultOf: (facts: BorderFacts) => Decided };

/**
 * Decides bookings twice, by the rules as they are and by those with a draft, and compares; the two differ in their agreements alone.
 *
 * Quotas count from zero, and a booking that ended before its time takes nothing of them. Nothing is known of searches: the safety override is
 * left out of both. Costs in pence, by what each appointment has come to: one that would be refused costs nothing. The same bookings in any
 * number of pages give the same result. Source: domain section 6.
 */
export function replayOf(before: BorderRules, after: BorderRules): Replay {
  const [one, other] = [worldOf(before), worldOf(after)];
  const shared = sharedBy(before);
  const shifts = new Map<string, Shift>();
  const lines: ChangedBooking[] = [];
  const counts = { bookings: 0, changed: 0 };

  function addOne(booking: ReplayedBooking): void {
    const [was, is] = [decideIn(one, booking, shared), decideIn(other, booking, shared)];
    counts.bookings += 1;
    if (isSame(was, is)) return;
    counts.changed += 1;
    const key = `${was.outcome} ${is.outcome}`;
    const shift = shifts.get(key) ?? { before: was.outcome, after: is.outcome, count: 0 };
    shifts.set(key, { ...shift, count: shift.count + 1 });
    if (lines.length < LINES_KEPT) lines.push(changedLine(booking, was, is));
  }

  return {
    add: (bookings) => bookings.forEach(addOne),
    result: () => ({ ...counts, before: { ...one.sum }, after: { ...other.sum }, shifts: [...shifts.values()].sort((few, many) => many.count - few.count), lines: [...lines] }),
  };
}

/** The agreements that hold on a London day, of all that are agreed. */
export function inForce(agreements: readonly LiveAgreement[], day: LocalDate): LiveAgreement[] {
  return agreements.filter(({ validFrom, validTo }) => validFrom <= day && (validTo === null || validTo >= day));
}

/** The same agreements with a draft as if it were agreed: a version takes the place of every other of its agreement. */
export function withDraft(agreements: readonly LiveAgreement[], draft: LiveAgreement): LiveAgreement[] {
  return [...agreements.filter(({ id }) => id !== draft.id), draft];
}

/** The same agreements as if each held from that London day on, without an end. */
export function withoutDates(agreements: readonly LiveAgreement[], from: LocalDate): LiveAgreement[] {
  return agreements.map((agreement) => ({ ...agreement, validFrom: from, validTo: null }));
}

/** The months that a replay may be of: the last twelve whole ones in London, the latest first. */
export function wholeMonths(now: Date): Month[] {
  const months: Month[] = [];
  for (let month = previousMonth(monthOf(now)); months.length < MONTHS_BACK; month = previousMonth(month)) months.push(month);
  return months;
}

function worldOf({ agreements }: BorderRules): World {
  const sorted = agreements.toSorted(compareSpecificity);
  const ofPayer = remembered(payerCode, ({ responsible }) => sorted.filter(({ from }) => covers(from, responsible.commissioner)));
  // Of thousands of agreements a handful is about both sides of a booking.
  const candidates = remembered(pairCodes, (facts) => ofPayer(facts).filter(({ to }) => covers(to, facts.host.commissioner)));
  return { candidates, used: new Map(), sum: { allow: 0, notify: 0, approval: 0, refuse: 0, pence: 0 } };
}

function sharedBy(rules: BorderRules): Shared {
  return {
    momentOf: remembered(({ startsAt }) => startsAt.getTime(), ({ startsAt }) => momentOf(startsAt, rules.holidays)),
    defaultOf: remembered(({ service, disposition, ...facts }) => `${pairCodes(facts)} ${service.typeId} ${disposition?.timeframeMinutes}`, (facts) => withoutAgreements(facts, rules)),
  };
}

/**
 * The outcome, price and rule that `decideBorder` gives, without the list of what else was looked at: a tenth of its work, and a month is long.
 * The first candidate that holds decides, as they are sorted by specificity; else what is decided where nothing is agreed.
 */
function decideIn({ candidates, used, sum }: World, booking: ReplayedBooking, { momentOf: momentFor, defaultOf }: Shared): Decided {
  const { facts, status } = booking;
  const moment = momentFor(facts);
  const found = candidates(facts).find((agreement) => matchAt(agreement, facts, { used, moment }) === null);
  const decided = found ? byAgreement(found, moment.day) : defaultOf(facts);
  if (decided.quotaOf !== null && status !== 'cancelled') used.set(decided.quotaOf, (used.get(decided.quotaOf) ?? 0) + 1);
  sum[decided.outcome] += 1;
  sum.pence += penceOf(booking, decided);
  return decided;
}

function byAgreement({ id, version, title, outcome, pricePence, noshowPence, dailyQuota }: LiveAgreement, day: LocalDate): Decided {
  return { outcome, pricePence, noshowPence, ruleId: id, version, title, quotaOf: dailyQuota === null ? null : quotaKey(id, day) };
}

function withoutAgreements(facts: BorderFacts, rules: BorderRules): Decided {
  const { outcome, pricePence, noshowPence, rule, looked } = decideBorder(facts, { ...rules, agreements: [] });
  return { outcome, pricePence, noshowPence, ruleId: rule.id, version: rule.version, title: looked[0]?.title ?? rule.words, quotaOf: null };
}

function isSame(one: Decided, other: Decided): boolean {
  return one.ruleId === other.ruleId && one.version === other.version && one.outcome === other.outcome && one.pricePence === other.pricePence && one.noshowPence === other.noshowPence;
}

function changedLine(booking: ReplayedBooking, was: Decided, is: Decided): ChangedBooking {
  const { reference, facts } = booking;
  return { reference, startsAt: facts.startsAt, serviceName: facts.service.name, before: shown(was), after: shown(is), pence: penceOf(booking, is) - penceOf(booking, was) };
}

function shown({ outcome, pricePence, title }: Decided): ChangedBooking['before'] {
  return { outcome, pricePence, title };
}

function penceOf({ status }: ReplayedBooking, decided: Decided): number {
  return decided.outcome === 'refuse' ? 0 : chargeOf(status, decided);
}

function payerCode({ responsible }: Pick<BorderFacts, 'responsible'>): string {
  return `${responsible.commissioner?.code}`;
}

function pairCodes(facts: Pick<BorderFacts, 'responsible' | 'host'>): string {
  return `${payerCode(facts)} ${facts.host.commissioner?.code}`;
}

/** Finds once for each key: commissioners, types, timeframes and the slots' starts of a month are few. */
function remembered<Found>(keyOf: (facts: BorderFacts) => string | number, find: (facts: BorderFacts) => Found): (facts: BorderFacts) => Found {
  const known = new Map<string | number, Found>();
  return (facts) => {
    const key = keyOf(facts);
    const found = known.get(key) ?? find(facts);
    known.set(key, found);
    return found;
  };
}
