import { countWords, medianWords } from '@/components/reports/report-words';
import { shareOf, totalOf, type Utilisation } from '@/lib/reports/utilisation.rules';

/** The few numbers that sum a report up. */
export function KeyFigures({ used }: { used: Utilisation }) {
  const { offered, booked } = totalOf(used.hours);
  const known = used.attended + used.noShows;
  const figures = [
    { name: 'Slots booked', figure: shareWords(booked, offered), of: `${countWords(booked)} of ${countWords(offered)} offered` },
    { name: 'Booked ahead', figure: medianWords(used.medianLeadMinutes), of: 'median, from booking to start' },
    { name: 'Did not come', figure: shareWords(used.noShows, known), of: `${countWords(used.noShows)} of ${countWords(known)} whose attendance is recorded` },
    { name: 'Cancelled', figure: countWords(used.cancelled), of: 'not counted among the booked' },
  ];
  return (
    <dl className="mb-5 grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
      {figures.map(({ name, figure, of }) => (
        <div key={name} className="panel">
          <dt className="font-bold">{name}</dt>
          <dd className="m-0">
            <span className="tabular block text-clock">{figure}</span>
            <span className="tabular block text-detail text-quiet">{of}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function shareWords(part: number, whole: number): string {
  const share = shareOf(part, whole);
  return share === null ? 'none' : `${share} %`;
}
