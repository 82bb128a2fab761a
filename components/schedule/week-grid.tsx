import type { CSSProperties, ReactNode } from 'react';
import { ClosureBlock, SessionBlock } from '@/components/schedule/session-block';
import { Link } from '@/components/ui/link';
import { londonMinute } from '@/lib/platform/time';
import { londonDate, shortDate } from '@/lib/platform/time-words';
import { hoursOf, partOfDay, rowOf, rowOfClosure } from '@/lib/schedule/calendar.rules';
import type { ServiceDay } from '@/lib/schedule/calendar.schema';

type WeekGridProps = { serviceId: string; days: readonly ServiceDay[]; now: Date };

/**
 * A week by day and by the hour at which sessions open. On a phone a list of days: the same elements in the same order, so that a screen
 * reader hears one day after another in both.
 */
export function WeekGrid({ serviceId, days, now }: WeekGridProps) {
  const hours = hoursOf(days);
  return (
    <div className="panel p-0 min-[56rem]:grid min-[56rem]:grid-cols-[4rem_repeat(7,minmax(0,1fr))]">
      <div aria-hidden="true" className="hidden bg-page min-[56rem]:block" style={place(0, 0)} />
      {hours.map((hour, row) => (
        <p key={hour} aria-hidden="true" className="mb-0 hidden border-t border-line px-2 py-2 text-small tabular min-[56rem]:block" style={place(0, row + 1)}>
          {String(hour).padStart(2, '0')}:00
        </p>
      ))}
      {days.map((day, index) => (
        <section key={day.date} aria-label={shortDate(day.date, now)} className="border-t border-line first:border-t-0 min-[56rem]:contents">
          <DayHead serviceId={serviceId} day={day} column={index + 1} now={now} />
          {hours.map((hour, row) => (
            <Cell key={hour} style={place(index + 1, row + 1)}>
              {blocksOf({ serviceId, day, hours, row, now })}
            </Cell>
          ))}
        </section>
      ))}
    </div>
  );
}

function DayHead({ serviceId, day, column, now }: { serviceId: string; day: ServiceDay; column: number; now: Date }) {
  const isToday = day.date === londonDate(now);
  return (
    <div className={`border-line px-2 py-1.5 min-[56rem]:border-l ${isToday ? 'bg-amber-pale' : 'bg-page'}`} style={place(column, 0)}>
      <h2 className="mb-0 text-detail">
        <Link href={`/schedules/${serviceId}?view=day&date=${day.date}`}>{shortDate(day.date, now)}</Link>
        {isToday ? ', today' : ''}
      </h2>
      <p className="mb-0 text-small text-quiet tabular">
        {day.sessions.length === 0 ? 'No sessions' : `${day.booked} of ${day.total} booked`}
        {day.sessions.length === 0 ? null : (
          <>
            {' · '}
            <Link href={`/schedules/${serviceId}/day?date=${day.date}`}>
              list<span className="nhsuk-u-visually-hidden"> of {shortDate(day.date, now)}</span>
            </Link>
          </>
        )}
      </p>
    </div>
  );
}

function Cell({ style, children }: { style: CSSProperties; children: readonly ReactNode[] }) {
  const isEmpty = children.length === 0;
  return (
    <div className={`border-line px-2 min-[56rem]:border-l min-[56rem]:border-t ${isEmpty ? 'hidden min-[56rem]:block' : 'py-1'}`} style={style}>
      {children}
    </div>
  );
}

function blocksOf({ serviceId, day, hours, row, now }: { serviceId: string; day: ServiceDay; hours: readonly number[]; row: number; now: Date }): ReactNode[] {
  const closures = day.closures.filter((closure) => {
    const { startsAt } = partOfDay(closure, day.date);
    return rowOfClosure(startsAt ? londonMinute(startsAt) : 0, hours) === row;
  });
  const sessions = day.sessions.filter((session) => rowOf(session, hours) === row);
  return [
    ...closures.map((closure) => <ClosureBlock key={closure.id} closure={closure} date={day.date} />),
    ...sessions.map((session) => <SessionBlock key={session.id} serviceId={serviceId} session={session} now={now} />),
  ];
}

/** Column and row of the grid, from 0; without a grid it says nothing. */
function place(column: number, row: number): CSSProperties {
  return { gridColumn: column + 1, gridRow: row + 1 };
}
