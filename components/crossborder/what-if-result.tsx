import { OUTCOME_TONES } from '@/components/crossborder/outcome-tones';
import { costWords, differenceWords, shiftWords } from '@/components/crossborder/what-if-words';
import { countWords } from '@/components/reports/report-words';
import { CardCell, CardRow, CardTable } from '@/components/ui/card-table';
import { Tag } from '@/components/ui/tag';
import { OUTCOMES } from '@/lib/crossborder/schema';
import type { ChangedBooking, WhatIfResult } from '@/lib/crossborder/what-if.schema';
import { outcomeWords, priceWords } from '@/lib/crossborder/words.rules';
import { clockTime, londonDate, shortDate } from '@/lib/platform/time-words';

/** What came out of a replay: the sum in words, before beside after, and the changed bookings. */
export function WhatIfResultView({ result, now }: { result: WhatIfResult; now: Date }) {
  const { changed, shifts, lines } = result;
  return (
    <>
      {shifts.length > 0 ? (
        <ul className="mb-2 pl-5">
          {shifts.map((shift) => (
            <li key={`${shift.before} ${shift.after}`} className="tabular mb-0">
              {shiftWords(shift)}
            </li>
          ))}
        </ul>
      ) : null}
      {changed > 0 ? <p className="tabular font-bold">{costWords(result)}.</p> : null}
      <Worlds result={result} />
      {lines.length > 0 ? (
        <section aria-labelledby="changed">
          <h2 id="changed">{changed > lines.length ? `The first ${lines.length} of the ${countWords(changed)} that would change` : 'Which would change'}</h2>
          <Changed lines={lines} now={now} />
        </section>
      ) : null}
    </>
  );
}

function Worlds({ result: { before, after } }: { result: WhatIfResult }) {
  return (
    <div className="mb-5 overflow-x-auto border border-line bg-panel" role="region" aria-label="Before and after" tabIndex={0}>
      <table className="tabular mb-0 w-full text-detail">
        <caption className="nhsuk-u-visually-hidden">Bookings and their cost, as it is now and with this version</caption>
        <thead>
          <tr className="border-b border-line text-left">
            <td />
            {['As it is now', 'With this version', 'Difference'].map((column) => (
              <th key={column} scope="col" className="px-4 py-2 text-right">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {OUTCOMES.map((outcome) => (
            <SumRow key={outcome} head={outcomeWords(outcome)} cells={[countWords(before[outcome]), countWords(after[outcome]), signed(after[outcome] - before[outcome])]} />
          ))}
          <SumRow head="Cost" cells={[priceWords(before.pence), priceWords(after.pence), differenceWords(after.pence - before.pence)]} />
        </tbody>
      </table>
    </div>
  );
}

function SumRow({ head, cells }: { head: string; cells: readonly string[] }) {
  return (
    <tr className="border-b border-line last:border-b-0 last:font-bold">
      <th scope="row" className="px-4 py-2 text-left">
        {head}
      </th>
      {cells.map((cell, index) => (
        <td key={index} className="px-4 py-2 text-right whitespace-nowrap">
          {cell}
        </td>
      ))}
    </tr>
  );
}

function Changed({ lines, now }: { lines: readonly ChangedBooking[]; now: Date }) {
  return (
    <CardTable title="Bookings that would change" columns={['Booking', 'When', 'Service', 'As it is now', 'With this version', 'Cost']}>
      {lines.map((line) => (
        <CardRow key={line.reference} head={<span className="tabular whitespace-nowrap">{line.reference}</span>}>
          <CardCell>
            <span className="tabular whitespace-nowrap">
              {shortDate(londonDate(line.startsAt), now)} {clockTime(line.startsAt)}
            </span>
          </CardCell>
          <CardCell>{line.serviceName}</CardCell>
          <CardCell>
            <Decided label="Now" decided={line.before} />
          </CardCell>
          <CardCell>
            <Decided label="Then" decided={line.after} />
          </CardCell>
          <CardCell>
            <span className="md:hidden">Cost: </span>
            <span className="tabular whitespace-nowrap">{differenceWords(line.pence)}</span>
          </CardCell>
        </CardRow>
      ))}
    </CardTable>
  );
}

function Decided({ label, decided: { outcome, pricePence, title } }: { label: string; decided: ChangedBooking['before'] }) {
  return (
    <>
      <span className="md:hidden">{label}: </span>
      <Tag tone={OUTCOME_TONES[outcome]}>{outcomeWords(outcome)}</Tag>{' '}
      <span className="text-quiet">
        {title}, {priceWords(pricePence)}
      </span>
    </>
  );
}

function signed(count: number): string {
  if (count === 0) return '0';
  return count > 0 ? `+${countWords(count)}` : `-${countWords(-count)}`;
}
