import { planWords } from '@/components/schedule/plan-words';
import { Details } from '@/components/ui/details';
import type { DayOfPlan } from '@/lib/booking/proposal.schema';
import { shortDate } from '@/lib/platform/time-words';

type PlanSummaryProps = { days: readonly DayOfPlan[]; names: ReadonlyMap<string, string>; now: Date };

/** So many days are shown at once; more are folded away. */
const SHOWN_DAYS = 10;

/** What a change does: in one sentence, then by day. */
export function PlanSummary({ days, names, now }: PlanSummaryProps) {
  const services = new Set(days.map(({ serviceId }) => serviceId));
  const table = (shown: readonly DayOfPlan[], caption: string) => <PlanTable days={shown} names={services.size > 1 ? names : null} now={now} caption={caption} />;
  return (
    <section aria-labelledby="what-happens">
      <h2 id="what-happens" className="nhsuk-heading-m mb-2">
        What happens
      </h2>
      <p className="text-lead">{planWords(days, now)}</p>
      {days.length > 0 ? table(days.slice(0, SHOWN_DAYS), 'What happens, by day') : null}
      {days.length > SHOWN_DAYS ? <Details summary={`The other ${days.length - SHOWN_DAYS} days`}>{table(days.slice(SHOWN_DAYS), 'What happens on the other days')}</Details> : null}
    </section>
  );
}

type PlanTableProps = { days: readonly DayOfPlan[]; names: ReadonlyMap<string, string> | null; now: Date; caption: string };

function PlanTable({ days, names, now, caption }: PlanTableProps) {
  const columns = ['Added', 'Kept back', 'Removed', 'Patients affected'];
  return (
    <div className="mb-4 overflow-x-auto border border-line bg-panel" role="region" aria-label={caption} tabIndex={0}>
      <table className="mb-0 w-full text-detail tabular-nums">
        <caption className="nhsuk-u-visually-hidden">{caption}</caption>
        <thead>
          <tr className="border-b border-line text-left">
            <th scope="col" className="px-3 py-1.5">
              Day
            </th>
            <th scope="col" className="px-3 py-1.5">
              {names ? 'Service and schedule' : 'Schedule'}
            </th>
            {columns.map((title) => (
              <th key={title} scope="col" className="px-3 py-1.5 text-right">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={`${day.date} ${day.serviceId}`} className="border-b border-line last:border-b-0">
              <th scope="row" className="px-3 py-1.5 text-left whitespace-nowrap">
                {shortDate(day.date, now)}
              </th>
              <td className="px-3 py-1.5">{[names?.get(day.serviceId), day.schedules.join(', ')].filter(Boolean).join(': ')}</td>
              <Count of={day.added} />
              <Count of={day.keptBack} />
              <Count of={day.withdrawn} />
              <td className={`px-3 py-1.5 text-right ${day.affected > 0 ? 'bg-orphan font-bold' : 'text-quiet'}`}>{day.affected}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Count({ of }: { of: number }) {
  return <td className={`px-3 py-1.5 text-right ${of === 0 ? 'text-quiet' : ''}`}>{of}</td>;
}
