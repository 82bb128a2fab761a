import { recordWords } from '@/components/call/record-words';
import type { CallRecord, RecordLine } from '@/lib/booking/record.queries';
import { clockTimeToTheSecond, longDate, londonDate, type LocalDate } from '@/lib/platform/time-words';

/** The events of a record in their order, by London day. */
export function RecordLines({ record }: { record: CallRecord }) {
  return daysOf(record.lines).map(({ date, lines }) => (
    <section key={date} aria-labelledby={`day-${date}`} className="mb-4 border border-line bg-panel">
      <h2 id={`day-${date}`} className="nhsuk-heading-s mb-0 border-b border-line px-4 py-2">
        {longDate(date)}
      </h2>
      <ol className="m-0 list-none p-0">
        {lines.map((line) => (
          <Line key={line.seq} record={record} line={line} />
        ))}
      </ol>
    </section>
  ));
}

function Line({ record, line }: { record: CallRecord; line: RecordLine }) {
  const { title, more, listed } = recordWords(record, line);
  const doer = line.isHandler ? [] : [`by ${record.named.staff.get(line.actorId) ?? 'somebody who is gone'}`];
  const notes = [...more, ...doer];
  return (
    <li className="mb-0 grid break-inside-avoid gap-x-4 border-b border-line px-4 py-2 last:border-b-0 sm:grid-cols-[6rem_minmax(0,1fr)]">
      <time dateTime={line.at.toISOString()} className="text-detail text-quiet tabular">
        {clockTimeToTheSecond(line.at)}
      </time>
      <div>
        <p className="mb-0 font-bold wrap-anywhere">{title}</p>
        {notes.length > 0 ? <p className="mb-0 text-detail wrap-anywhere tabular">{notes.join(' · ')}</p> : null}
        {listed.length > 0 ? (
          <ul className="m-0 mt-1 list-none p-0 text-detail tabular">
            {listed.map((words, index) => (
              <li key={index} className="mb-0 wrap-anywhere">
                {words}
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </li>
  );
}

function daysOf(lines: readonly RecordLine[]): { date: LocalDate; lines: RecordLine[] }[] {
  const days: { date: LocalDate; lines: RecordLine[] }[] = [];
  for (const line of lines) {
    const date = londonDate(line.at);
    const last = days.at(-1);
    if (last?.date === date) last.lines.push(line);
    else days.push({ date, lines: [line] });
  }
  return days;
}
