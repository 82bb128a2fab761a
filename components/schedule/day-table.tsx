import type { ReactNode } from 'react';
import { slotWords } from '@/components/booking/slot-words';
import { STATUSES } from '@/components/booking/status-words';
import { ageWords, listName } from '@/components/call/patient-words';
import { MarkButtons, type MarkButton } from '@/components/schedule/day-marks';
import { Link } from '@/components/ui/link';
import { Tag } from '@/components/ui/tag';
import type { AttendanceMark, DayListLine } from '@/lib/booking/day-list.schema';
import { marksFor } from '@/lib/booking/day-list.rules';
import { formatNhsNumber } from '@/lib/patient/nhs-number.schema';
import { newId } from '@/lib/platform/id';
import { clockTime } from '@/lib/platform/time-words';

const MARKS: Record<AttendanceMark, MarkButton> = {
  arrive: { mark: 'arrive', words: 'Arrived', isUndo: false },
  fulfil: { mark: 'fulfil', words: 'Seen', isUndo: false },
  'no-show': { mark: 'no-show', words: 'Did not come', isUndo: false },
  undo: { mark: 'undo', words: 'Undo', isUndo: true },
};

type DayTableProps = { caption: string; lines: readonly DayListLine[]; now: Date };

/** Appointments of a day by time. On a phone every row is a card; the roles keep it a table for screen readers then. Printed, it is a table. */
export function DayTable({ caption, lines, now }: DayTableProps) {
  const columns = ['Time', 'Patient', 'Reason', 'Appointment', 'Status'];
  return (
    <div className="mb-4 border border-line bg-panel">
      <table role="table" className="mb-0 block w-full text-detail min-[56rem]:table print:table">
        <caption className="nhsuk-u-visually-hidden">{caption}</caption>
        <thead role="rowgroup" className="sr-only min-[56rem]:not-sr-only min-[56rem]:table-header-group print:not-sr-only print:table-header-group">
          <tr role="row" className="border-b border-line text-left">
            {columns.map((title) => (
              <th key={title} role="columnheader" scope="col" className="px-3 py-1.5">
                {title}
              </th>
            ))}
            <th role="columnheader" scope="col" className="screen-only px-3 py-1.5">
              Mark as
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup" className="block min-[56rem]:table-row-group print:table-row-group">
          {lines.map((line) => (
            <DayRow key={line.id} line={line} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function DayRow({ line, now }: { line: DayListLine; now: Date }) {
  const { id, reference, reason, status, startsAt, endsAt, isOrphaned } = line;
  return (
    <tr role="row" className="block border-b border-line px-3 py-2 align-top last:border-b-0 min-[56rem]:table-row min-[56rem]:p-0 print:table-row">
      <Cell>
        <strong className="text-body whitespace-nowrap">{clockTime(startsAt)}</strong> <span className="whitespace-nowrap text-quiet">to {clockTime(endsAt)}</span>
      </Cell>
      <Cell>
        <strong className="wrap-anywhere">{listName(line.patient)}</strong>
        <span className="block">{patientWords(line, now)}</span>
      </Cell>
      <Cell>
        <span className="wrap-anywhere">{reason}</span>
      </Cell>
      <Cell>
        <Link href={`/appointments/${id}`} className="whitespace-nowrap">
          {reference}
        </Link>
        <span className="block">{slotWords(line)}</span>
      </Cell>
      <Cell>
        <span className="flex flex-wrap gap-1">
          <Tag tone={STATUSES[status].tone}>{STATUSES[status].words}</Tag>
          {isOrphaned ? <Tag tone="pink">Orphaned</Tag> : null}
        </span>
      </Cell>
      <td role="cell" className="screen-only block border-0 py-1 min-[56rem]:table-cell min-[56rem]:px-3 min-[56rem]:py-2">
        <Marks line={line} now={now} />
      </td>
    </tr>
  );
}

function Marks({ line, now }: { line: DayListLine; now: Date }) {
  const { id: appointmentId, patientId, version, startsAt, reference, status } = line;
  return (
    <MarkButtons
      // The request id is minted with the list: whatever is sent from it twice is the same request.
      target={{ appointmentId, patientId, version, requestId: newId() }}
      about={`${clockTime(startsAt)} ${reference}`}
      done={`Now: ${STATUSES[status].words.toLowerCase()}`}
      buttons={marksFor(line, now).map((mark) => MARKS[mark])}
    />
  );
}

function Cell({ children }: { children: ReactNode }) {
  return (
    <td role="cell" className="block border-0 py-0.5 tabular min-[56rem]:table-cell min-[56rem]:px-3 min-[56rem]:py-2 print:table-cell print:px-2 print:py-1">
      {children}
    </td>
  );
}

// The age of somebody unknown is an estimate.
function patientWords({ patient }: DayListLine, now: Date): string {
  const age = `${patient.isUnknown ? 'about ' : ''}${ageWords(patient.birthDate, now)}`;
  return `${age} · ${patient.nhsNumber ? `NHS ${formatNhsNumber(patient.nhsNumber)}` : 'no NHS number'}`;
}
