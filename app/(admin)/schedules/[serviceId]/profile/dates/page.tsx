import type { Metadata } from 'next';
import { dayHoursWords, holidayWords } from '@/components/directory/profile-words';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { hoursText, isClosed } from '@/lib/directory/hours.rules';
import { comingBankHolidays, type Profile } from '@/lib/directory/profile.queries';
import { shortDate, type LocalDate } from '@/lib/platform/time-words';
import { profilePart } from '../profile';
import { DateForm, RemoveDate } from './date-form';

export const metadata: Metadata = { title: 'Hours of single dates – service profile' };

type DatesPageProps = { params: Promise<{ serviceId: string }>; searchParams: Promise<{ date?: string | string[]; saved?: string | string[] }> };

export default async function DatesPage({ params, searchParams }: DatesPageProps) {
  const { ctx, profile, form } = await profilePart(params, 'dates');
  const { date, saved } = await searchParams;
  const holidays = await comingBankHolidays(ctx.now);
  const days = daysOf(profile, holidays);
  const chosen = days.find((day) => day.date === date);
  return (
    <div className="mx-auto max-w-measure">
      <h1 className="nhsuk-heading-l mb-2">Hours of single dates</h1>
      {saved ? <Notice tone="success" title={saved === 'dates' ? 'The hours of that date were saved' : 'That date has the usual hours again'} focus /> : null}
      <p>On these dates the hours here replace all others. Slots stay as they are: to take sessions away, close the dates.</p>
      <div className="panel relative mb-6 overflow-x-auto">
        <table className="mb-0 w-full border-collapse text-detail tabular">
          <caption className="nhsuk-u-visually-hidden">Coming bank holidays, and dates with hours of their own</caption>
          <thead>
            <tr className="border-b border-line text-left">
              <th className="px-3 py-2">Date</th>
              <th className="px-3 py-2">What it is</th>
              <th className="px-3 py-2">Hours</th>
              <th className="px-3 py-2">Change</th>
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day.date} className="border-b border-line align-top">
                <th scope="row" className="px-3 py-2 text-left whitespace-nowrap">{shortDate(day.date, ctx.now)}</th>
                <td className="px-3 py-2">{day.what}</td>
                <td className="px-3 py-2">{day.words}</td>
                <td className="px-3 py-2">
                  <span className="flex flex-wrap gap-x-4">
                    <Link href={`/schedules/${profile.id}/profile/dates?date=${day.date}#date-heading`}>
                      {day.own ? 'Change' : 'Set hours'}
                      <span className="nhsuk-u-visually-hidden"> of {shortDate(day.date, ctx.now)}</span>
                    </Link>
                    {day.own ? <RemoveDate serviceId={profile.id} version={profile.version} owner={form.kept.owner} date={day.date} words={shortDate(day.date, ctx.now)} /> : null}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h2 id="date-heading">{chosen ? `Hours of ${shortDate(chosen.date, ctx.now)}` : 'Set the hours of a date'}</h2>
      <DateForm key={chosen?.date ?? ''} form={form} first={chosen ? valuesOf(chosen) : {}} />
    </div>
  );
}

type Day = { date: LocalDate; what: string; words: string; own: Profile['specified'][number] | undefined };

/** Bank holidays and dates with hours of their own, in order. */
function daysOf(profile: Profile, holidays: readonly { date: LocalDate; name: string }[]): Day[] {
  const own = new Map(profile.specified.map((specified) => [specified.date, specified]));
  const names = new Map(holidays.map(({ date, name }) => [date, name]));
  return [...new Set([...own.keys(), ...names.keys()])].sort().map((date) => {
    const specified = own.get(date);
    return {
      date,
      own: specified,
      what: [names.get(date), specified?.reason].filter(Boolean).join(': '),
      words: specified ? dayHoursWords(specified.sessions) : holidayWords(profile, undefined),
    };
  });
}

function valuesOf({ date, own }: Day): Record<string, string> {
  const [year = '', month = '', day = ''] = date.split('-');
  const hours = own && !isClosed(own.sessions) ? hoursText(own.sessions) : '';
  return { dateDay: day, dateMonth: month, dateYear: year, kind: own ? (hours ? 'open' : 'closed') : '', hours, reason: own?.reason ?? '' };
}
