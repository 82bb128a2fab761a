import { Link } from '@/components/ui/link';
import type { CallLine, CallState } from '@/lib/booking/schema';
import { clockTime, dayWords, durationWords, londonDate, minutesBetween } from '@/lib/platform/time-words';
import { Tag } from '@/components/ui/tag';

const STATES: Record<CallState, { words: string; tone: 'blue' | 'green' | 'grey' }> = {
  open: { words: 'Open', tone: 'blue' },
  booked: { words: 'Booked', tone: 'green' },
  referred: { words: 'Referred', tone: 'green' },
  closed: { words: 'Closed', tone: 'grey' },
};

/** My calls, open ones first: each leads to where the call stands. */
export function CallTable({ calls, now }: { calls: readonly CallLine[]; now: Date }) {
  return (
    <div className="overflow-x-auto border border-line bg-panel">
      <table className="mb-0 w-full text-detail">
        <caption className="nhsuk-u-visually-hidden">My calls, open ones first</caption>
        <thead>
          <tr className="border-b border-line text-left">
            {['State', 'Patient', 'Disposition', 'Opened', 'Due', 'Appointment'].map((title) => (
              <th key={title} scope="col" className="px-4 py-2">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {calls.map((call) => (
            <CallRow key={call.id} call={call} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CallRow({ call, now }: { call: CallLine; now: Date }) {
  const state = STATES[call.state];
  return (
    <tr className="border-b border-line align-top last:border-b-0">
      <td className="px-4 py-2">
        <Tag tone={state.tone}>{state.words}</Tag>
      </td>
      <td className="px-4 py-2">
        <Link href={call.state === 'booked' ? `/calls/${call.id}/booked` : `/calls/${call.id}/services`}>{call.patientName}</Link>
      </td>
      <td className="px-4 py-2">
        <strong>{call.dispositionCode}</strong> {call.dispositionTitle}
      </td>
      <td className="px-4 py-2 tabular whitespace-nowrap">
        {dayWords(londonDate(call.openedAt), now)} {clockTime(call.openedAt)}
      </td>
      <td className="px-4 py-2 tabular">{dueWords(call, now)}</td>
      <td className="px-4 py-2">
        {call.appointment ? (
          <Link href={`/appointments/${call.appointment.id}`}>
            {call.appointment.reference}, {dayWords(londonDate(call.appointment.startsAt), now)} {clockTime(call.appointment.startsAt)}, {call.appointment.serviceName}
          </Link>
        ) : (
          'None'
        )}
      </td>
    </tr>
  );
}

function dueWords({ dueAt, state }: CallLine, now: Date): string {
  if (!dueAt) return 'No time set';
  const at = `${dayWords(londonDate(dueAt), now)} ${clockTime(dueAt)}`;
  if (state !== 'open') return at;
  const left = minutesBetween(now, dueAt);
  return left >= 0 ? `${at} (${durationWords(left)} left)` : `${at} (over by ${durationWords(-left)})`;
}
