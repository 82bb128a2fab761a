import { closureWords } from '@/components/schedule/calendar-words';
import { BookedBar, OrphansLink } from '@/components/schedule/session-block';
import { Link } from '@/components/ui/link';
import { londonDate, shortDate, type LocalDate } from '@/lib/platform/time-words';
import type { ServiceDay } from '@/lib/schedule/calendar.schema';

type MonthGridProps = { serviceId: string; days: readonly ServiceDay[]; month: LocalDate; now: Date };

/** A month in whole weeks: how much of each day is booked, and what is closed. On a phone a list of the month's own days. */
export function MonthGrid({ serviceId, days, month, now }: MonthGridProps) {
  return (
    <ol className="panel m-0 list-none p-0 min-[56rem]:grid min-[56rem]:grid-cols-7">
      {days.map((day) => (
        <li key={day.date} className={`mb-0 border-b border-r border-line px-2 py-1.5 text-small min-[56rem]:min-h-24 ${dayClass(day, month, now)}`}>
          <MonthDay serviceId={serviceId} day={day} now={now} />
        </li>
      ))}
    </ol>
  );
}

function MonthDay({ serviceId, day, now }: { serviceId: string; day: ServiceDay; now: Date }) {
  const isToday = day.date === londonDate(now);
  return (
    <>
      <p className="mb-0 text-small">
        <Link href={`/schedules/${serviceId}?view=day&date=${day.date}`} className="font-bold">
          {shortDate(day.date, now)}
        </Link>
        {isToday ? ', today' : ''}
      </p>
      {day.closures.map((closure) => (
        <p key={closure.id} className="stripes mb-1 px-1 text-small wrap-anywhere">
          {closureWords(closure, day.date)}: {closure.reason}
        </p>
      ))}
      {day.total > 0 ? (
        <>
          <p className="mb-0 text-small tabular">
            {day.booked} of {day.total} booked
          </p>
          <BookedBar counts={day} />
        </>
      ) : null}
      {day.orphaned > 0 ? (
        <p className="mt-1 mb-0 bg-orphan px-1 text-small">
          <OrphansLink serviceId={serviceId}>{day.orphaned} orphaned</OrphansLink>
        </p>
      ) : null}
    </>
  );
}

function dayClass({ date }: ServiceDay, month: LocalDate, now: Date): string {
  if (date.slice(0, 7) !== month.slice(0, 7)) return 'hidden bg-page min-[56rem]:block';
  return date === londonDate(now) ? 'bg-amber-pale' : '';
}
