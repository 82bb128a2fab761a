import type { ReactNode } from 'react';
import { closureWords, countWords, hoursWords, keptBackWords, scheduleWords } from '@/components/schedule/calendar-words';
import { Link } from '@/components/ui/link';
import type { LocalDate } from '@/lib/platform/time-words';
import type { ClosureLine, SessionLine, SlotCounts } from '@/lib/schedule/calendar.schema';

type SessionBlockProps = { serviceId: string; session: SessionLine; now: Date };

/** One session of a week: hours, whose it is, what became of its slots; and its orphans, which lead to the people to contact. */
export function SessionBlock({ serviceId, session, now }: SessionBlockProps) {
  return (
    <>
      {session.orphaned > 0 ? <OrphanBlock serviceId={serviceId} session={session} /> : null}
      {session.isWithdrawn ? null : (
        <div className="relative mb-1 border-l-4 border-blue bg-session px-2 py-1.5 text-small">
          <Link href={`/schedules/${serviceId}/sessions/${session.id}`} className="row-link text-ink no-underline">
            <strong className="text-blue tabular whitespace-nowrap underline">{hoursWords(session)}</strong> {scheduleWords(session.schedule)}
          </Link>
          <p className="mb-0 text-small tabular">{countWords(session)}</p>
          <More words={keptBackWords(session, now)} />
          <More words={session.held > 0 ? `${session.held} held now` : null} />
          <BookedBar counts={session} />
        </div>
      )}
    </>
  );
}

/** A closure, or the part of it that lies in the day: stripes, and the words for them. */
export function ClosureBlock({ closure, date }: { closure: ClosureLine; date: LocalDate }) {
  return (
    <div className="stripes mb-1 border-l-4 border-quiet px-2 py-1.5 text-small">
      <strong className="tabular">{closureWords(closure, date)}</strong>
      <p className="mb-0 text-small wrap-anywhere">{closure.reason}</p>
    </div>
  );
}

/** How much of it is booked, for the eye: the words beside it say the same. */
export function BookedBar({ counts: { booked, total } }: { counts: SlotCounts }) {
  return (
    <div aria-hidden="true" className="mt-1 h-1.5 bg-bar">
      <div className="h-full bg-blue" style={{ width: `${total === 0 ? 0 : Math.round((booked / total) * 100)}%` }} />
    </div>
  );
}

/** The way to the people whose appointments have no place in the schedule any more. */
export function OrphansLink({ serviceId, children }: { serviceId: string; children: ReactNode }) {
  return <Link href={`/contact?service=${serviceId}`}>{children}</Link>;
}

function OrphanBlock({ serviceId, session }: Omit<SessionBlockProps, 'now'>) {
  return (
    <div className="mb-1 border-l-4 border-over bg-orphan px-2 py-1.5 text-small">
      <strong>{session.orphaned} orphaned</strong>
      <p className="mb-0 text-small">
        {session.isWithdrawn ? `session ${hoursWords(session)} removed` : 'their places were removed'}; <OrphansLink serviceId={serviceId}>re-fit or contact</OrphansLink>
      </p>
    </div>
  );
}

function More({ words }: { words: string | null }) {
  return words ? <p className="mb-0 text-small tabular">{words}</p> : null;
}
