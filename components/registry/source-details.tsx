import { answeredWords, entriesWords, momentWords, OUTCOME_WORDS } from '@/components/registry/source-words';
import { SummaryList } from '@/components/ui/summary-list';
import type { SourceDetail } from '@/lib/registry/source.schema';

type SourceDetailsProps = { source: SourceDetail; now: Date };

/** What is set of a source, and how reading there goes. */
export function SourceDetails({ source, now }: SourceDetailsProps) {
  const rows = [
    { key: 'Service root', value: <span className="wrap-anywhere">{source.root}</span> },
    { key: 'Read for', value: source.readsForCode },
    { key: 'Added', value: momentWords(source.addedAt, now) },
    { key: 'Last answer', value: answeredWords(source, now) },
    ...(source.failures > 0 ? [{ key: 'Failures in a row', value: String(source.failures) }] : []),
    { key: 'Appointments', value: entriesWords(source.entries) },
  ];
  return (
    <section aria-label="Details" className="panel mb-5 pb-0">
      <SummaryList rows={rows} />
    </section>
  );
}

/** Those of its appointments that could not be confirmed, by how the last try ended: counts alone, as whose they are is no matter here. */
export function SourceUnconfirmed({ source }: { source: SourceDetail }) {
  return (
    <section aria-labelledby="unconfirmed-heading" className="panel mb-5">
      <h2 id="unconfirmed-heading" className="mb-2 text-lead">
        Not confirmed
      </h2>
      {source.unconfirmed.length === 0 ? (
        <p className="mb-0">No appointment of this system that is to be re-read failed at the last try.</p>
      ) : (
        <ul className="mb-0 list-none pl-0">
          {source.unconfirmed.map(({ outcome, count }) => (
            <li key={outcome}>
              <strong>{count}</strong> {OUTCOME_WORDS[outcome]}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
