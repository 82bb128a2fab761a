import { statusWords } from '@/components/booking/appointment-summary';
import type { Appointment } from '@/lib/booking/schema';
import { clockTime, dayWords, londonDate } from '@/lib/platform/time-words';

/** What happened to the appointment, latest first. */
export function VersionList({ versions, now }: { versions: Appointment['versions']; now: Date }) {
  return (
    <section aria-labelledby="history-heading" className="mt-6">
      <h2 id="history-heading" className="nhsuk-heading-s mb-2">
        History
      </h2>
      <ol reversed className="pl-5 text-detail tabular">
        {versions.toReversed().map(({ version, at, status, actorName }) => (
          <li key={version}>
            {statusWords(status)} {dayWords(londonDate(at), now)} at {clockTime(at)} by {actorName}
          </li>
        ))}
      </ol>
    </section>
  );
}
