import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CalendarNav } from '@/components/schedule/calendar-nav';
import { lastRelease } from '@/components/schedule/calendar-words';
import { DayView } from '@/components/schedule/day-view';
import { leverDoneWords } from '@/components/schedule/lever-words';
import { MonthGrid } from '@/components/schedule/month-grid';
import { OrphansLink } from '@/components/schedule/session-block';
import { WeekGrid } from '@/components/schedule/week-grid';
import { LinkButton } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import type { Ctx } from '@/lib/auth/actor';
import { addDays } from '@/lib/platform/time';
import { dayAndMonth, londonDate, longDate, monthWords, whenWords, type LocalDate } from '@/lib/platform/time-words';
import { dayOf, monthOf, weekOf } from '@/lib/schedule/calendar.queries';
import { mondayOf, monthFrom, sumOf } from '@/lib/schedule/calendar.rules';
import { calendarAsked, type CalendarView, type ServiceDay } from '@/lib/schedule/calendar.schema';
import { Levers } from './levers/levers';
import { serviceOf } from './service';

export const metadata: Metadata = { title: 'Schedule' };

type SchedulePageProps = {
  params: Promise<{ serviceId: string }>;
  /** `done`, `slots`: what a lever that led here has just done. */
  searchParams: Promise<{ [Name in 'view' | 'date' | 'done' | 'slots']?: string | string[] }>;
};

type Shown = { serviceId: string; date: LocalDate };

export default async function SchedulePage({ params, searchParams }: SchedulePageProps) {
  const { serviceId } = await params;
  const { ctx, service } = await serviceOf(serviceId);
  const today = londonDate(ctx.now);
  const asked = await searchParams;
  const { view, date } = calendarAsked(asked, today);
  const done = leverDoneWords(asked);
  return (
    <>
      {done ? <Notice tone="success" title={done} focus /> : null}
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-6">
        <h1 className="mb-2">
          {service.name} <span className="text-lead font-normal text-quiet">{viewWords(view, date, ctx.now)}</span>
        </h1>
        <CalendarNav serviceId={serviceId} view={view} date={date} {...neighbours(view, date)} today={today} />
      </div>
      <div className="mb-3 flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <Levers serviceId={serviceId} />
        <div className="flex flex-wrap gap-x-3 gap-y-2">
          <LinkButton href={`/schedules/${serviceId}/closures/new?from=${date}&to=${date}`} data-command="Close dates">
            Close dates…
          </LinkButton>
          <LinkButton href={`/schedules/${serviceId}/sessions/new?date=${date}`} variant="primary" data-command="New session">
            New session
          </LinkButton>
        </div>
      </div>
      <Calendar ctx={ctx} view={view} shown={{ serviceId, date }} />
    </>
  );
}

async function Calendar({ ctx, view, shown }: { ctx: Ctx; view: CalendarView; shown: Shown }) {
  const { serviceId, date } = shown;
  switch (view) {
    case 'day': {
      const day = (await dayOf(ctx, shown)) ?? notFound();
      return (
        <>
          <p>
            <Link href={`/schedules/${serviceId}/day?date=${date}`}>Day list: who is booked, arrived and seen</Link>
          </p>
          <DayView serviceId={serviceId} day={day} now={ctx.now} />
          <Sums serviceId={serviceId} days={[day]} span="this day" now={ctx.now} />
        </>
      );
    }
    case 'week': {
      const monday = mondayOf(date);
      const days = (await weekOf(ctx, { serviceId, monday })) ?? notFound();
      return (
        <>
          <WeekGrid serviceId={serviceId} days={days} now={ctx.now} />
          <Sums serviceId={serviceId} days={days} span="this week" now={ctx.now} />
        </>
      );
    }
    case 'month': {
      const days = (await monthOf(ctx, shown)) ?? notFound();
      const own = days.filter((day) => day.date.slice(0, 7) === date.slice(0, 7));
      return (
        <>
          <MonthGrid serviceId={serviceId} days={days} month={date} now={ctx.now} />
          <Sums serviceId={serviceId} days={own} span="this month" now={ctx.now} />
        </>
      );
    }
  }
}

function Sums({ serviceId, days, span, now }: { serviceId: string; days: readonly ServiceDay[]; span: string; now: Date }) {
  const sum = sumOf(days);
  const release = lastRelease(days);
  return (
    <p className="mt-2 mb-0 flex flex-wrap gap-x-5 text-detail text-quiet tabular">
      <span>{sum.total === 0 ? `No slots ${span}` : `Booked ${sum.booked} of ${sum.total} ${span}`}</span>
      {sum.orphaned > 0 ? <OrphansLink serviceId={serviceId}>Orphaned {sum.orphaned}</OrphansLink> : null}
      {release ? <span>{`Kept back ${sum.keptBack}, all released by ${whenWords(release, now)}`}</span> : null}
      {sum.held > 0 ? <span>Held now {sum.held}</span> : null}
    </p>
  );
}

function viewWords(view: CalendarView, date: LocalDate, now: Date): string {
  if (view === 'week') return `week of ${dayAndMonth(mondayOf(date), now)}`;
  return view === 'day' ? longDate(date) : monthWords(date);
}

function neighbours(view: CalendarView, date: LocalDate): { previous: LocalDate; next: LocalDate } {
  if (view === 'month') return { previous: monthFrom(date, -1), next: monthFrom(date, 1) };
  const days = view === 'week' ? 7 : 1;
  return { previous: addDays(date, -days), next: addDays(date, days) };
}
