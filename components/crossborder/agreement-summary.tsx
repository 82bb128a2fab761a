import { approversWords, narrowedWords, needsWords, timesWords } from '@/components/crossborder/agreement-words';
import { validWords } from '@/components/schedule/pattern-words';
import { SummaryList } from '@/components/ui/summary-list';
import type { AgreementVersion } from '@/lib/crossborder/agreement.schema';
import { outcomeWords, partyWords, priceWords } from '@/lib/crossborder/words.rules';

/** All that a version says. */
export function AgreementSummary({ version, now }: { version: AgreementVersion; now: Date }) {
  const { outcome, approvers, dailyQuota, pricePence, noshowPence } = version;
  const says = outcome === 'approval' ? `${outcomeWords(outcome)} by ${approversWords(approvers)}` : outcomeWords(outcome);
  const price = pricePence === null ? 'Within contract' : `${priceWords(pricePence)} when the patient came, ${priceWords(noshowPence)} for a no-show, nothing when cancelled`;
  const rows = [
    { key: 'Patients of', value: sentence(version.fromName) },
    { key: 'Services', value: `${sentence(narrowedWords(version))}${version.serviceName ? '' : version.to.kind === 'any' ? ' anywhere' : ` in ${version.toName}`}` },
    { key: 'Needs', value: sentence(needsWords(version)) },
    { key: 'Days and times', value: sentence(timesWords(version)) },
    { key: 'Dates', value: sentence(validWords(version, now)) },
    { key: 'At most', value: dailyQuota === null ? 'No limit' : `${dailyQuota} a day` },
    { key: 'What it says', value: says },
    ...(outcome === 'refuse' ? [] : [{ key: 'Price', value: price }]),
    { key: 'If nobody reaches the patient', value: `Accountable is ${partyWords(version.failedContact)}` },
    { key: 'Follow-up', value: `Accountable is ${partyWords(version.followUp)}` },
  ];
  return (
    <div className="panel tabular mb-4 py-2 wrap-anywhere">
      <SummaryList rows={rows} />
    </div>
  );
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
