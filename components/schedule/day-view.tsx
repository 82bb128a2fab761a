import { countWords, hoursWords, keptBackWords, scheduleWords, SLOT_STATES } from '@/components/schedule/calendar-words';
import { BookedBar, ClosureBlock, OrphansLink } from '@/components/schedule/session-block';
import { Link } from '@/components/ui/link';
import { clockTime } from '@/lib/platform/time-words';
import type { ServiceDayInFull, SessionLine, SlotState, TimeLine } from '@/lib/schedule/calendar.schema';

type DayViewProps = { serviceId: string; day: ServiceDayInFull; now: Date };

/** A day with every slot, session by session. */
export function DayView({ serviceId, day, now }: DayViewProps) {
  return (
    <>
      {day.closures.map((closure) => (
        <ClosureBlock key={closure.id} closure={closure} date={day.date} />
      ))}
      {day.sessions.length === 0 ? <p className="panel">No sessions on this day. “New session” makes one; a weekly pattern makes them every week.</p> : null}
      <div className="grid items-start gap-3 min-[56rem]:grid-cols-2">
        {day.sessions.map((session) => (
          <SessionPanel key={session.id} serviceId={serviceId} session={session} times={day.times.get(session.id) ?? []} now={now} />
        ))}
      </div>
    </>
  );
}

function SessionPanel({ serviceId, session, times, now }: { serviceId: string; session: SessionLine; times: readonly TimeLine[]; now: Date }) {
  const title = `${hoursWords(session)} ${scheduleWords(session.schedule)}`;
  const more = [countWords(session), keptBackWords(session, now), session.held > 0 ? `${session.held} held now` : null];
  return (
    <section aria-label={title} className="panel">
      <h2 className="mb-0 text-lead">{session.isWithdrawn ? `${title}: session removed` : <Link href={`/schedules/${serviceId}/sessions/${session.id}`}>{title}</Link>}</h2>
      {session.isWithdrawn ? null : (
        <>
          <p className="mb-0 text-detail tabular">{more.filter(Boolean).join(' · ')}</p>
          <BookedBar counts={session} />
        </>
      )}
      {session.orphaned > 0 ? (
        <p className="mt-2 mb-0 border-l-4 border-over bg-orphan px-2 py-1">
          <strong>{session.orphaned} orphaned</strong>; <OrphansLink serviceId={serviceId}>re-fit or contact</OrphansLink>
        </p>
      ) : null}
      <ol className="mt-3 mb-0 flex list-none flex-wrap gap-1 p-0">
        {times.map((time) => (
          <TimeChip key={time.startsAt.getTime()} time={time} />
        ))}
      </ol>
    </section>
  );
}

function TimeChip({ time: { startsAt, states } }: { time: TimeLine }) {
  const told = STATES.map((state) => ({ state, count: states.filter((each) => each === state).length })).filter(({ count }) => count > 0);
  return (
    <li className="mb-0 flex border border-line text-small">
      <span className="px-1.5 py-0.5 font-bold tabular">{clockTime(startsAt)}</span>
      {told.map(({ state, count }) => (
        <span key={state} className={`px-1.5 py-0.5 tabular ${TONES[state]}`}>
          {states.length > 1 ? `${count} ` : ''}
          {SLOT_STATES[state]}
        </span>
      ))}
    </li>
  );
}

const STATES = ['orphaned', 'booked', 'held', 'kept-back', 'free'] as const satisfies readonly SlotState[];

const TONES: Record<SlotState, string> = {
  orphaned: 'bg-orphan font-bold text-over',
  booked: 'bg-blue text-panel',
  held: 'bg-held text-amber-ink',
  'kept-back': 'stripes',
  free: 'bg-panel text-quiet',
};
