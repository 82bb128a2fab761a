import { SHIPPED_DEFAULT } from '@/lib/crossborder/default.rules';
import { BORDER_RULES } from '@/lib/crossborder/rules';
import { WHY_NOT } from '@/lib/crossborder/schema';
import { SPECIFICITY } from '@/lib/crossborder/specificity.rules';
import { approverWords, outcomeWords, partyWords, priceWords, whyNotWords } from '@/lib/crossborder/words.rules';
import { durationWords } from '@/lib/platform/time-words';

const BEGINS = '<!-- Made from lib/crossborder by npm run docs: begins -->';
const ENDS = '<!-- Made from lib/crossborder by npm run docs: ends -->';

/** docs/rules.md with its tables about borders made anew from code. Throws when the two marks around them are gone. */
export function withBordersDoc(rules: string): string {
  const [from, to] = [rules.indexOf(BEGINS), rules.indexOf(ENDS)];
  if (from === -1 || to < from) throw new Error('docs/rules.md has lost the marks around the tables about borders');
  return `${rules.slice(0, from)}${BEGINS}\n\n${bordersDoc()}\n${rules.slice(to)}`;
}

function bordersDoc(): string {
  return [rulesTable(), specificityTable(), whyNotTable(), defaultTable()].join('\n');
}

function rulesTable(): string {
  return table(['Rule', 'Says'], Object.entries(BORDER_RULES));
}

function specificityTable(): string {
  const rows = SPECIFICITY.map(({ what, order }, index) => [String(index + 1), what, order.join(', then ')]);
  const ties = [String(SPECIFICITY.length + 1), 'When it was agreed', 'the latest first; of the same moment the lesser id'];
  return `Which of several agreements decides: the first line in which they differ. Conditions make nothing more specific.\n\n${table(['', 'What', 'Most specific first'], [...rows, ties])}`;
}

function whyNotTable(): string {
  return `Why an agreement did not decide: the first that applies.\n\n${table(['Kept as', 'Said as'], WHY_NOT.map((why) => [why, whyNotWords(why)]))}`;
}

function defaultTable(): string {
  const { urgentMinutes, urgentOutcome, emergencyOutcome, otherOutcome, pricePence, failedContact, followUp, approvers } = SHIPPED_DEFAULT;
  const rows = [
    ['Emergency departments', outcomeWords(emergencyOutcome)],
    [`A timeframe of ${durationWords(urgentMinutes)} or less, or no disposition told`, outcomeWords(urgentOutcome)],
    ['Everything else', `${outcomeWords(otherOutcome)}, by ${approvers.map(approverWords).join(', ')}`],
    ['Price', priceWords(pricePence)],
    ['Accountable when nobody reaches the patient', partyWords(failedContact)],
    ['Accountable for follow-up', partyWords(followUp)],
  ];
  return `The defaults of England, Wales and Scotland as shipped.\n\n${table(['Of', 'Says'], rows)}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return `${[line(head), `|${head.map(() => '---|').join('')}`, ...rows.map(line)].join('\n')}\n`;
}
