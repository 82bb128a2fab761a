import { Link } from '@/components/ui/link';
import type { CalendarView } from '@/lib/schedule/calendar.schema';
import type { LocalDate } from '@/lib/platform/time-words';

type CalendarNavProps = { serviceId: string; view: CalendarView; date: LocalDate; previous: LocalDate; next: LocalDate; today: LocalDate };

const VIEWS = { day: 'Day', week: 'Week', month: 'Month' } as const satisfies Record<CalendarView, string>;

/** From day to day, week to week or month to month, and from one of these to another. */
export function CalendarNav({ serviceId, view, date, previous, next, today }: CalendarNavProps) {
  const path = (to: CalendarView, on: LocalDate) => `/schedules/${serviceId}?view=${to}&date=${on}`;
  return (
    <nav aria-label="Calendar" className="flex flex-wrap items-center gap-x-5 gap-y-1">
      <p className="mb-0 flex gap-x-2">
        <Link href={path(view, previous)} data-command={`Previous ${view}`}>
          ‹ Previous<span className="nhsuk-u-visually-hidden"> {view}</span>
        </Link>
        <span aria-hidden="true">·</span>
        <Link href={path(view, today)} data-command="Today">
          Today
        </Link>
        <span aria-hidden="true">·</span>
        <Link href={path(view, next)} data-command={`Next ${view}`}>
          Next<span className="nhsuk-u-visually-hidden"> {view}</span> ›
        </Link>
      </p>
      <p className="mb-0 flex gap-x-3">
        {(['day', 'week', 'month'] as const).map((each) => (
          <Link key={each} href={path(each, date)} aria-current={each === view ? 'page' : undefined} className={each === view ? 'font-bold text-ink no-underline' : ''} data-command={VIEWS[each]}>
            {VIEWS[each]}
          </Link>
        ))}
      </p>
    </nav>
  );
}
