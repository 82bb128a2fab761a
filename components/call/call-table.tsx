import type { ReactNode } from 'react';
import { CALL_STATES } from '@/components/call/state-words';
import { Link } from '@/components/ui/link';
import { Tag } from '@/components/ui/tag';
import type { CallLine } from '@/lib/booking/schema';
import { clockTime, dayWords, durationWords, londonDate, minutesBetween } from '@/lib/platform/time-words';

const COLUMNS = ['State', 'Patient', 'Disposition', 'Opened', 'Due', 'Appointment'];

type CallTableProps = { caption: string; calls: readonly CallLine[]; now: Date };

/** Calls, each leading to where it stands. On a phone every row is a card; the roles keep it a table for screen readers then. */
export function CallTable({ caption, calls, now }: CallTableProps) {
  return (
    <div className="mb-5 border border-line bg-panel">
      <table role="table" className="mb-0 block w-full text-detail sm:table">
        <caption className="block px-4 pt-2 text-left text-lead font-bold sm:table-caption">{caption}</caption>
        <thead role="rowgroup" className="sr-only sm:not-sr-only sm:table-header-group">
          <tr role="row" className="border-b border-line text-left">
            {COLUMNS.map((title) => (
              <th key={title} role="columnheader" scope="col" className="px-4 py-2">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="block sm:table-row-group">
          {calls.map((call) => (
            <CallRow key={call.id} call={call} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CallRow({ call, now }: { call: CallLine; now: Date }) {
  const state = CALL_STATES[call.state];
  return (
    <tr role="row" className="block border-b border-line px-4 py-2 align-top last:border-b-0 sm:table-row sm:p-0">
      <Cell>
        <Tag tone={state.tone}>{state.words}</Tag>
      </Cell>
      <Cell>
        <Link href={call.state === 'booked' ? `/calls/${call.id}/booked` : `/calls/${call.id}/services`} className="wrap-anywhere">
          {call.patientName}
        </Link>
      </Cell>
      <Cell>
        <strong>{call.dispositionCode}</strong> {call.dispositionTitle}
      </Cell>
      <Cell label="Opened">
        <span className="whitespace-nowrap">
          {dayWords(londonDate(call.openedAt), now)} {clockTime(call.openedAt)}
        </span>
      </Cell>
      <Cell label="Due">{dueWords(call, now)}</Cell>
      <Cell label="Appointment">
        {call.appointment ? (
          <Link href={`/appointments/${call.appointment.id}`}>
            {call.appointment.reference}, {dayWords(londonDate(call.appointment.startsAt), now)} {clockTime(call.appointment.startsAt)}, {call.appointment.serviceName}
          </Link>
        ) : (
          'None'
        )}
      </Cell>
    </tr>
  );
}

/** `label` is said before what would not be understood without its column. */
function Cell({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <td role="cell" className="block border-0 py-0.5 tabular sm:table-cell sm:px-4 sm:py-2">
      {label ? <span className="text-quiet sm:hidden">{label}: </span> : null}
      {children}
    </td>
  );
}

function dueWords({ dueAt, state }: CallLine, now: Date): string {
  if (!dueAt) return 'No time set';
  const at = `${dayWords(londonDate(dueAt), now)} ${clockTime(dueAt)}`;
  if (state !== 'open') return at;
  const left = minutesBetween(now, dueAt);
  return left >= 0 ? `${at} (${durationWords(left)} left)` : `${at} (over by ${durationWords(-left)})`;
}
