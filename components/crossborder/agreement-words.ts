import { familyWords } from '@/components/directory/profile-words';
import { daysWords, listWords, validWords } from '@/components/schedule/pattern-words';
import type { TagTone } from '@/components/ui/tag';
import type { AgreementLine, AgreementState } from '@/lib/crossborder/agreement.schema';
import type { Conditions, Terms } from '@/lib/crossborder/schema';
import { approverWords, outcomeWords, priceWords } from '@/lib/crossborder/words.rules';
import { londonDate } from '@/lib/platform/time-words';
import { minuteWords } from '@/lib/schedule/typed.rules';

/** The names that an agreement's codes stand for now. */
export type AgreementNames = Pick<AgreementLine, 'fromName' | 'toName' | 'serviceTypeName' | 'serviceName'>;

const BANK_HOLIDAY = 8;
const WEEK_DAYS = 7;

const STATES: Record<Exclude<AgreementState, 'agreed'>, { tone: TagTone; words: string }> = {
  draft: { tone: 'grey', words: 'Draft' },
  proposed: { tone: 'amber', words: 'Proposed' },
  declined: { tone: 'red', words: 'Declined' },
  superseded: { tone: 'grey', words: 'Replaced' },
  withdrawn: { tone: 'grey', words: 'Withdrawn' },
};

/** The state with its colour; what was agreed is live, to come or over on the day of `now`. */
export function stateTag({ state, validFrom, validTo }: Pick<AgreementLine, 'state' | 'validFrom' | 'validTo'>, now: Date): { tone: TagTone; words: string } {
  if (state !== 'agreed') return STATES[state];
  const today = londonDate(now);
  if (validTo !== null && validTo < today) return { tone: 'grey', words: 'Over' };
  return validFrom > today ? { tone: 'blue', words: 'Agreed, to come' } : { tone: 'green', words: 'Live' };
}

/** `Urgent Treatment Centre (UTC)`, the name of one service, or `every service`. */
export function narrowedWords({ serviceTypeName, serviceName }: AgreementNames): string {
  return serviceName ?? serviceTypeName ?? 'every service';
}

/** `Mon to Fri, and bank holidays`; a bank holiday is no other day. */
export function weekdaysWords(weekdays: readonly number[]): string {
  const week = weekdays.filter((day) => day !== BANK_HOLIDAY);
  const isOnHolidays = week.length < weekdays.length;
  if (weekdays.length === 0 || (week.length === WEEK_DAYS && isOnHolidays)) return 'every day';
  if (week.length === 0) return 'bank holidays';
  if (week.length === WEEK_DAYS) return 'every day but bank holidays';
  return isOnHolidays ? `${daysWords(week)}, and bank holidays` : daysWords(week);
}

/** `18:30–08:00`, over midnight; null for the whole day. */
export function minutesWords({ fromMinute, toMinute }: Pick<Conditions, 'fromMinute' | 'toMinute'>): string | null {
  return fromMinute === null || toMinute === null ? null : `${minuteWords(fromMinute)}–${minuteWords(toMinute)}`;
}

/** `Mon to Fri 18:30–08:00`, `every day`. */
export function timesWords(conditions: Pick<Conditions, 'weekdays' | 'fromMinute' | 'toMinute'>): string {
  return [weekdaysWords(conditions.weekdays), minutesWords(conditions)].filter(Boolean).join(' ');
}

/** `Dx05, Dx06 and dental`, or `every need`. */
export function needsWords({ dispositions, families }: Pick<Conditions, 'dispositions' | 'families'>): string {
  return listWords([...dispositions, ...families.map(familyWords)]) || 'every need';
}

/** `£12.50`, or `within contract`; null where nothing is booked. */
export function pricesWords({ outcome, pricePence }: Pick<Terms, 'outcome' | 'pricePence'>): string | null {
  return outcome === 'refuse' ? null : priceWords(pricePence);
}

/** `the host commissioner on duty or a supervisor`. */
export function approversWords(approvers: Terms['approvers']): string {
  const names = approvers.map(approverWords);
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

/** The whole agreement in a sentence or two: for whom, where, when, what it says and who pays. `terms`: null while they are still to be said. */
export function sentenceOf({ conditions, terms, names }: { conditions: Conditions; terms: Terms | null; names: AgreementNames }, now: Date): string {
  const needs = needsWords(conditions);
  const parts = [
    `Patients from ${names.fromName} at ${placesWords(conditions.to, names)}`,
    needs === 'every need' ? '' : `for ${needs}`,
    timesWords(conditions),
    conditions.dailyQuota === null ? '' : `up to ${conditions.dailyQuota} a day`,
    validWords(conditions, now),
  ];
  const where = parts.filter(Boolean).join(', ');
  return terms ? `${where}: ${saysWords(terms)}${paysWords(terms, { from: conditions.from, fromName: names.fromName })}.` : `${where}.`;
}

function placesWords(to: Conditions['to'], { toName, serviceTypeName, serviceName }: AgreementNames): string {
  const where = to.kind === 'any' ? 'anywhere' : `in ${toName}`;
  if (serviceName) return `${serviceName} ${where}`;
  return serviceTypeName ? `every ${serviceTypeName} ${where}` : `every service ${where}`;
}

function saysWords({ outcome, approvers }: Terms): string {
  const words = outcomeWords(outcome);
  const by = outcome === 'approval' ? ` by ${approversWords(approvers)}` : '';
  return `${words.charAt(0).toLowerCase()}${words.slice(1)}${by}`;
}

function paysWords({ outcome, pricePence, noshowPence }: Terms, { from, fromName }: { from: Conditions['from']; fromName: string }): string {
  if (outcome === 'refuse') return '';
  if (pricePence === null) return `, ${priceWords(null)}`;
  const payer = from.kind === 'commissioner' ? fromName : 'The commissioner of the patient';
  return `. ${payer} pays ${priceWords(pricePence)}, and ${priceWords(noshowPence)} for a no-show`;
}
