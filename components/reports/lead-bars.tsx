import { countWords, leadWords } from '@/components/reports/report-words';
import { shareOf, type LeadBucket } from '@/lib/reports/utilisation.rules';

/** How long before their start appointments were booked: a bar and its figures for each stretch of time. */
export function LeadBars({ leads }: { leads: readonly LeadBucket[] }) {
  const all = leads.reduce((sum, { count }) => sum + count, 0);
  const most = Math.max(1, ...leads.map(({ count }) => count));
  return (
    <table className="tabular mb-0 w-full text-detail">
      <caption className="nhsuk-u-visually-hidden">Appointments by the time from booking to start</caption>
      <thead>
        <tr className="border-b border-line text-left">
          <th scope="col" className="py-1 pr-4 whitespace-nowrap">
            Booked ahead
          </th>
          <th scope="col" className="py-1 pr-4 text-right">
            Appointments
          </th>
          <th scope="col" className="py-1 pr-4 text-right">
            Share
          </th>
          <td aria-hidden="true" className="w-1/2" />
        </tr>
      </thead>
      <tbody>
        {leads.map((lead) => (
          <tr key={lead.fromHours}>
            <th scope="row" className="py-1 pr-4 text-left font-normal whitespace-nowrap">
              {leadWords(lead)}
            </th>
            <td className="py-1 pr-4 text-right">{countWords(lead.count)}</td>
            <td className="py-1 pr-4 text-right whitespace-nowrap">{shareOf(lead.count, all) ?? 0} %</td>
            <td aria-hidden="true" className="py-1">
              <div className="h-4 bg-blue" style={{ width: `${(lead.count / most) * 100}%` }} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
