import type { HistoryEntry } from '@/components/booking/history-words';

/** What happened to the appointment, latest first. */
export function VersionList({ history }: { history: readonly HistoryEntry[] }) {
  return (
    <section aria-labelledby="history-heading" className="mt-6">
      <h2 id="history-heading" className="nhsuk-heading-s mb-2">
        History
      </h2>
      <ol reversed className="pl-6 text-detail tabular">
        {history.map(({ version, what, when, why }) => (
          <li key={version} className="wrap-anywhere">
            {what} {when}
            {why ? `: ${why}` : ''}
          </li>
        ))}
      </ol>
    </section>
  );
}
