import { countWords } from '@/components/reports/report-words';
import { hoursShown, shareOf, totalOf, type HourCount } from '@/lib/reports/utilisation.rules';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** The shades from the fullest down: from so many per cent booked on. The figure stands in each cell: the shade only helps the eye. */
const SHADES = [
  { from: 90, shade: 'bg-blue text-panel', words: '90 % and more' },
  { from: 75, shade: 'bg-blue/45', words: '75 to 89 %' },
  { from: 50, shade: 'bg-blue/30', words: '50 to 74 %' },
  { from: 25, shade: 'bg-blue/15', words: '25 to 49 %' },
  { from: 0, shade: 'bg-panel', words: 'under 25 %' },
] as const;

/** Booked of offered by weekday and hour of London; the sums at the edges. */
export function HeatMap({ hours }: { hours: readonly HourCount[] }) {
  const columns = hoursShown(hours);
  const days = WEEKDAYS.map((name, index) => ({ name, hours: hours.filter(({ weekday }) => weekday === index + 1) })).filter((day) => day.hours.length > 0);
  return (
    <>
      <div className="relative overflow-x-auto border border-line bg-panel" role="group" aria-label="Table by day and hour" tabIndex={0}>
        <table className="tabular mb-0 w-full text-left text-small">
          <caption className="nhsuk-u-visually-hidden">Slots booked of those offered, by weekday and the hour in which they begin</caption>
          <thead>
            <tr className="border-b border-line">
              <th scope="col" className="px-3 py-2">
                Day
              </th>
              {columns.map((hour) => (
                <th key={hour} scope="col" className="px-2 py-2">
                  {String(hour).padStart(2, '0')}:00
                </th>
              ))}
              <th scope="col" className="px-2 py-2">
                All day
              </th>
            </tr>
          </thead>
          <tbody>
            {days.map((day) => (
              <tr key={day.name} className="border-b border-line">
                <th scope="row" className="px-3 py-2">
                  {day.name}
                </th>
                {columns.map((hour) => (
                  <Cell key={hour} count={totalOf(day.hours.filter((one) => one.hour === hour))} />
                ))}
                <Cell count={totalOf(day.hours)} isSum />
              </tr>
            ))}
            <tr>
              <th scope="row" className="px-3 py-2">
                All days
              </th>
              {columns.map((hour) => (
                <Cell key={hour} count={totalOf(hours.filter((one) => one.hour === hour))} isSum />
              ))}
              <Cell count={totalOf(hours)} isSum />
            </tr>
          </tbody>
        </table>
      </div>
      <Key />
    </>
  );
}

function Cell({ count: { offered, booked }, isSum }: { count: { offered: number; booked: number }; isSum?: boolean }) {
  const share = shareOf(booked, offered);
  if (share === null) {
    return (
      <td className="border-l border-line bg-page px-2 py-1 text-quiet">
        <span aria-hidden="true">–</span>
        <span className="nhsuk-u-visually-hidden">No slots</span>
      </td>
    );
  }
  const shade = isSum ? 'bg-panel' : SHADES.find(({ from }) => share >= from)?.shade;
  return (
    <td className={`border-l border-line px-2 py-1 ${shade}`}>
      <span className="block font-bold">{share} %</span>
      <span className="block whitespace-nowrap">
        {countWords(booked)} of {countWords(offered)}
      </span>
    </td>
  );
}

function Key() {
  return (
    <ul className="mt-2 mb-0 flex list-none flex-wrap gap-x-4 gap-y-1 p-0 text-small">
      <li className="mb-0">Share booked:</li>
      {SHADES.toReversed().map(({ from, shade, words }) => (
        <li key={from} className="mb-0 flex items-center gap-2">
          <span aria-hidden="true" className={`inline-block size-4 border border-line ${shade}`} />
          {words}
        </li>
      ))}
    </ul>
  );
}
