import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { STATUSES } from '@/components/booking/status-words';
import { DayMarks } from '@/components/schedule/day-marks';
import { DayTable } from '@/components/schedule/day-table';
import { OrphansLink } from '@/components/schedule/session-block';
import { Button } from '@/components/ui/button';
import { Details } from '@/components/ui/details';
import { Link } from '@/components/ui/link';
import { PrintButton } from '@/components/ui/print-button';
import { TextInput } from '@/components/ui/text-input';
import { dayListFor, MOST_LISTED } from '@/lib/booking/day-list.queries';
import { statusCounts } from '@/lib/booking/day-list.rules';
import type { DayList } from '@/lib/booking/day-list.schema';
import { addDays } from '@/lib/platform/time';
import { clockTime, londonDate, longDate, type LocalDate } from '@/lib/platform/time-words';
import { dateAsked } from '@/lib/schedule/calendar.schema';
import { serviceOf } from '../service';
import { markAttendance } from './actions';

export const metadata: Metadata = { title: 'Day list' };

type DayListPageProps = { params: Promise<{ serviceId: string }>; searchParams: Promise<{ date?: string | string[] }> };

export default async function DayListPage({ params, searchParams }: DayListPageProps) {
  const { serviceId } = await params;
  const { ctx, service } = await serviceOf(serviceId, '/day');
  const today = londonDate(ctx.now);
  const date = dateAsked((await searchParams).date, today);
  const list = (await dayListFor(ctx, { serviceId, date })) ?? notFound();
  const here = `/schedules/${serviceId}/day`;
  return (
    <>
      <h1 className="mb-2">
        Day list, {longDate(date)} <span className="text-lead font-normal text-quiet">{date === today ? 'today, ' : ''}{service.name}</span>
      </h1>
      <div className="screen-only mb-2 flex flex-wrap items-end justify-between gap-x-6">
        <DayPicker here={here} date={date} today={today} />
        <div className="mb-2 flex flex-wrap items-center gap-x-5 gap-y-2">
          <Link href={`/schedules/${serviceId}?view=day&date=${date}`}>Slots of this day</Link>
          <a href={`/api/schedules/${serviceId}/bookings?date=${date}`}>Download as a file</a>
          <PrintButton>Print</PrintButton>
        </div>
      </div>
      <Counts serviceId={serviceId} list={list} />
      {/* No list that reads itself again: every look at it is audited, with whose names it showed. */}
      <p className="mb-2 text-detail text-quiet">
        As of {clockTime(ctx.now)}.{' '}
        <Link href={`${here}?date=${date}`} className="screen-only" data-command="Refresh the list">
          Refresh
        </Link>
      </p>
      <DayMarks key={date} mark={markAttendance} serviceId={serviceId} date={date}>
        {list.standing.length > 0 ? <DayTable caption={`Appointments on ${longDate(date)}`} lines={list.standing} now={ctx.now} /> : null}
        {list.ended.length > 0 ? (
          <Details summary={`Cancelled, moved or entered in error (${list.ended.length})`}>
            <DayTable caption="Cancelled, moved or entered in error" lines={list.ended} now={ctx.now} />
          </Details>
        ) : null}
      </DayMarks>
    </>
  );
}

function DayPicker({ here, date, today }: { here: string; date: LocalDate; today: LocalDate }) {
  return (
    <div className="flex flex-wrap items-end gap-x-5">
      <form method="get" action={here} className="flex items-end gap-3">
        <TextInput key={date} name="date" label="Day" type="date" defaultValue={date} width={10} />
        <div className="mb-4">
          <Button variant="secondary">Show</Button>
        </div>
      </form>
      <nav aria-label="Days" className="mb-5 flex gap-x-4">
        <Link href={`${here}?date=${addDays(date, -1)}`} data-command="Previous day">
          ‹ Previous<span className="nhsuk-u-visually-hidden"> day</span>
        </Link>
        <Link href={`${here}?date=${today}`} data-command="Today">
          Today
        </Link>
        <Link href={`${here}?date=${addDays(date, 1)}`} data-command="Next day">
          Next<span className="nhsuk-u-visually-hidden"> day</span> ›
        </Link>
      </nav>
    </div>
  );
}

function Counts({ serviceId, list: { standing, ended } }: { serviceId: string; list: DayList }) {
  const orphaned = standing.filter(({ isOrphaned }) => isOrphaned).length;
  if (standing.length === 0) return <p>Nobody is booked on this day. Appointments appear here as soon as they are booked.</p>;
  return (
    <p className="mb-1 flex flex-wrap gap-x-5 tabular">
      <strong>{standing.length === 1 ? '1 appointment' : `${standing.length} appointments`}</strong>
      {statusCounts(standing).map(({ status, count }) => (
        <span key={status}>
          {count} {STATUSES[status].words.toLowerCase()}
        </span>
      ))}
      {orphaned > 0 ? <OrphansLink serviceId={serviceId}>{orphaned} orphaned</OrphansLink> : null}
      {standing.length + ended.length === MOST_LISTED ? <span>Only the first {MOST_LISTED} are shown</span> : null}
    </p>
  );
}
