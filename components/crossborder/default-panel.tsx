import { approversWords } from '@/components/crossborder/agreement-words';
import { Link } from '@/components/ui/link';
import { SummaryList } from '@/components/ui/summary-list';
import { NATION_WORDS } from '@/lib/crossborder/default-scope.rules';
import type { BorderDefault, Outcome } from '@/lib/crossborder/schema';
import { outcomeWords, partyWords, priceWords } from '@/lib/crossborder/words.rules';
import { durationWords, whenWords } from '@/lib/platform/time-words';

type DefaultPanelProps = { rule: BorderDefault & { at: Date; setBy: string | null }; mayChange: boolean; now: Date };

/** What holds for the patients of a nation where nothing is agreed. */
export function DefaultPanel({ rule, mayChange, now }: DefaultPanelProps) {
  const { nation, version, urgentMinutes, pricePence, noshowPence, at, setBy } = rule;
  const says = (outcome: Outcome) => (outcome === 'approval' ? `${outcomeWords(outcome)} by ${approversWords(rule.approvers)}` : outcomeWords(outcome));
  const rows = [
    { key: 'Emergency departments', value: says(rule.emergencyOutcome) },
    { key: `Urgent: within ${durationWords(urgentMinutes)}`, value: says(rule.urgentOutcome) },
    { key: 'Everything else', value: says(rule.otherOutcome) },
    { key: 'Price', value: pricePence === null ? 'Within contract' : `${priceWords(pricePence)}, ${priceWords(noshowPence)} for a no-show` },
    { key: 'If nobody reaches the patient', value: `Accountable is ${partyWords(rule.failedContact)}` },
    { key: 'Follow-up', value: `Accountable is ${partyWords(rule.followUp)}` },
  ];
  return (
    <section aria-labelledby={`default-${nation}`} className="panel tabular mb-4">
      <div className="mb-1 flex flex-wrap items-baseline justify-between gap-x-6">
        <h2 id={`default-${nation}`} className="mb-0 text-lead">
          Patients of {NATION_WORDS[nation]}
        </h2>
        {mayChange ? (
          <Link href={`/borders/defaults/${nation}`}>
            Change<span className="sr-only"> the default for {NATION_WORDS[nation]}</span>
          </Link>
        ) : null}
      </div>
      <p className="mb-0 text-detail text-quiet">{setBy ? `Version ${version}, set by ${setBy} ${whenWords(at, now)}` : `Version ${version}, as Onward ships it`}</p>
      <SummaryList rows={rows} />
    </section>
  );
}
