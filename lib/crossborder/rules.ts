import { nationOf } from '@/lib/crossborder/commissioner.rules';
import { defaultTerms } from '@/lib/crossborder/default.rules';
import { APPROVERS, type BorderDecision, type BorderFacts, type BorderRule, type BorderRules, type Commissioner, type LiveAgreement, type LookedAt, type QuotaUse, type Terms } from '@/lib/crossborder/schema';
import { compareLevels, compareSpecificity, covers, matchAt, momentOf, type Moment } from '@/lib/crossborder/specificity.rules';

/** What each rule says; an agreement and a default have ids of their own besides. */
export const BORDER_RULES = {
  'XB-01': 'The responsible commissioner is the host: no border is crossed. Allowed, within contract.',
  'XB-02': 'One of the two is not known: no border can be said to be crossed. Allowed, within contract.',
  'XB-03': 'A border is crossed and agreements hold: the most specific says what happens, at what price and who is accountable.',
  'XB-04': 'A border is crossed and no agreement holds: the default of the responsible commissioner’s nation.',
  'XB-05': 'XB-03 or XB-04 refuses, but no other service of the search has a slot in time that is not refused as well: it needs approval, by anybody who may approve, within contract. Not for bookings of other systems, which search for themselves.',
} as const;

const MOST_LOOKED = 30;

/** No border: what the contracts of Onward's services say of themselves. */
const WITHIN_CONTRACT: Terms = { outcome: 'allow', pricePence: null, noshowPence: null, failedContact: 'booker', followUp: 'host-service', approvers: [] };

/** Two commissioners with a border between them, and the slot's start as agreements speak of it. */
type Crossing = { facts: BorderFacts; responsible: Commissioner; host: Commissioner; moment: Moment };

/**
 * May it be booked across a border, who pays, who is accountable, and why.
 * XB-01 the same commissioner: always. XB-02 one is not known: no border can be said to be crossed. XB-03 the most specific agreement that holds; of
 * equals the one agreed latest. XB-04 else the default of the responsible commissioner's nation. Throws when `rules` lacks that default.
 * Source: docs/rules.md#across-borders.
 */
export function decideBorder(facts: BorderFacts, rules: BorderRules): BorderDecision {
  const { responsible, host } = { responsible: facts.responsible.commissioner, host: facts.host.commissioner };
  if (!responsible || !host) return uncrossed(facts, { kind: 'unknown', id: 'XB-02', version: 1, words: unknownWords(facts) });
  if (responsible.code === host.code) return uncrossed(facts, { kind: 'same', id: 'XB-01', version: 1, words: `No border is crossed: both are ${host.name}` });

  const crossing = { facts, responsible, host, moment: momentOf(facts.startsAt, rules.holidays) };
  const about = aboutIt(crossing, rules.agreements);
  const found = about.both.find((agreement) => matchAt(agreement, facts, { used: rules.used, moment: crossing.moment }) === null);
  const { rule, title, ...terms } = found ? byAgreement(crossing, found) : byDefault(crossing, rules);
  return {
    ...{ responsible: facts.responsible, host: facts.host, contractArea: facts.contractArea, isCrossing: true, rule, payer: responsible, isOverride: false },
    ...terms,
    looked: [{ ruleId: rule.id, version: rule.version, title, why: null }, ...othersLooked(crossing, { about, found, used: rules.used })],
  };
}

/**
 * XB-05: clinical safety beats the border. What is refused needs approval instead, by anybody who may approve, within contract; any other decision
 * stays as it is. Only for a search in which nothing else is free in time. Source: domain section 6.
 */
export function withOverride(decision: BorderDecision): BorderDecision {
  if (decision.outcome !== 'refuse') return decision;
  const words = `${decision.rule.words} refuses it, but nothing else is free in time (XB-05)`;
  return { ...decision, outcome: 'approval', isOverride: true, approvers: APPROVERS, pricePence: null, noshowPence: null, quota: null, rule: { ...decision.rule, words } };
}

function uncrossed({ responsible, host, contractArea }: BorderFacts, rule: BorderRule): BorderDecision {
  return {
    ...{ responsible, host, contractArea, isCrossing: false, rule, payer: null, isOverride: false, quota: null },
    ...WITHIN_CONTRACT,
    looked: [{ ruleId: rule.id, version: rule.version, title: rule.words, why: null }],
  };
}

/** What decided, without what is the same of all decisions across a border. */
type Decided = Terms & Pick<BorderDecision, 'quota' | 'rule'> & { title: string };

function byAgreement({ responsible, host, moment }: Crossing, found: LiveAgreement): Decided {
  const { id, version, title, outcome, pricePence, noshowPence, failedContact, followUp, approvers, dailyQuota } = found;
  return {
    ...{ outcome, pricePence, noshowPence, failedContact, followUp, approvers, title },
    rule: { kind: 'agreement', id, version, words: `Agreement “${title}” (version ${version}) between ${responsible.name} and ${host.name}` },
    quota: dailyQuota === null ? null : { agreementId: id, day: moment.day, quota: dailyQuota },
  };
}

function byDefault({ responsible, facts }: Crossing, { defaults }: BorderRules): Decided {
  const rule = defaults.get(nationOf(responsible));
  if (!rule) throw new Error('A nation has no default for borders');
  const { words, ...terms } = defaultTerms(rule, facts);
  return { ...terms, quota: null, rule: { kind: 'default', id: `default-${rule.nation}`, version: rule.version, words } };
}

/** The agreements that cover both sides of a booking, and those that share one with it; the most specific first. */
type About = { both: readonly LiveAgreement[]; one: readonly LiveAgreement[] };

// Rules come in this order from their query: sorting them once more only makes sure.
function aboutIt({ responsible, host }: Crossing, agreements: readonly LiveAgreement[]): About {
  const both: LiveAgreement[] = [];
  const one: LiveAgreement[] = [];
  for (const agreement of agreements) {
    const [isFrom, isTo] = [covers(agreement.from, responsible), covers(agreement.to, host)];
    if (isFrom && isTo) both.push(agreement);
    else if (isFrom || isTo) one.push(agreement);
  }
  return { both: both.sort(compareSpecificity), one: one.sort(compareSpecificity) };
}

// Those about both sides first: an agreement with somebody else says little of this booking.
function othersLooked({ facts, moment }: Crossing, { about, found, used }: { about: About; found: LiveAgreement | undefined; used: QuotaUse }): LookedAt[] {
  const others = [...about.both.filter((agreement) => agreement !== found), ...about.one].slice(0, MOST_LOOKED - 1);
  return others.map((agreement) => {
    const why = matchAt(agreement, facts, { used, moment }) ?? (found && compareLevels(found, agreement) === 0 ? 'older' : 'less-specific');
    return { ruleId: agreement.id, version: agreement.version, title: agreement.title, why };
  });
}

function unknownWords({ responsible, host }: BorderFacts): string {
  if (responsible.commissioner) return `No border can be said to be crossed: the host of ${responsible.commissioner.name}’s patient is not known`;
  return host.commissioner ? 'No border can be said to be crossed: the responsible commissioner is not known' : 'No border can be said to be crossed: neither commissioner is known';
}
