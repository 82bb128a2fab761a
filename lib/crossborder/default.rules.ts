import type { BorderDefault, BorderFacts, Nation, Terms } from '@/lib/crossborder/schema';
import { EMERGENCY_DEPARTMENT } from '@/lib/directory/rank.rules';
import { durationWords } from '@/lib/platform/time-words';

/** The default of every nation as Onward ships it, version 1. Source: domain section 6. */
export const SHIPPED_DEFAULT: Omit<BorderDefault, 'nation' | 'version'> = {
  urgentMinutes: 360,
  urgentOutcome: 'allow',
  emergencyOutcome: 'allow',
  otherOutcome: 'approval',
  pricePence: null,
  noshowPence: null,
  failedContact: 'booker',
  followUp: 'host-service',
  approvers: ['host', 'responsible', 'supervisor', 'clinician'],
};

const DEFAULT_NAMES: Readonly<Record<Nation, string>> = { E: 'National default', W: 'Default of Wales', S: 'Default of Scotland' };

/**
 * What the default of a nation says of a booking, and why in words. First emergency departments; then what is urgent by its timeframe, or tells no
 * disposition; then the rest, also dispositions without a timeframe. Source: domain section 6, docs/rules.md#across-borders.
 */
export function defaultTerms(rule: BorderDefault, { service, disposition }: BorderFacts): Terms & { title: string; words: string } {
  const { nation, urgentMinutes, urgentOutcome, emergencyOutcome, otherOutcome } = rule;
  const limit = durationWords(urgentMinutes);
  const title = DEFAULT_NAMES[nation];
  if (service.typeId === EMERGENCY_DEPARTMENT) return { ...termsOf(rule, emergencyOutcome), title, words: `${title}: emergency department` };
  if (disposition === null) return { ...termsOf(rule, urgentOutcome), title, words: `${title}: no disposition told, taken as urgent` };
  const isUrgent = disposition.timeframeMinutes !== null && disposition.timeframeMinutes <= urgentMinutes;
  if (isUrgent) return { ...termsOf(rule, urgentOutcome), title, words: `${title}: urgent, within ${limit}` };
  return { ...termsOf(rule, otherOutcome), title, words: `${title}: not urgent, not within ${limit}` };
}

// What is refused is never paid for; only an approval has approvers.
function termsOf({ pricePence, noshowPence, failedContact, followUp, approvers }: BorderDefault, outcome: Terms['outcome']): Terms {
  const prices = outcome === 'refuse' ? { pricePence: null, noshowPence: null } : { pricePence, noshowPence };
  return { outcome, ...prices, failedContact, followUp, approvers: outcome === 'approval' ? approvers : [] };
}
