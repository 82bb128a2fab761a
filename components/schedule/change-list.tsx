import { changeWords } from '@/components/schedule/change-words';
import type { ServiceAuditRow } from '@/lib/directory/changes.queries';
import { clockTime, dayWords, londonDate } from '@/lib/platform/time-words';

/** What was changed, latest first: when, who, what, and before and after. */
export function ChangeList({ changes, now }: { changes: readonly ServiceAuditRow[]; now: Date }) {
  return (
    <div className="overflow-x-auto">
      <table className="panel w-full border-collapse text-detail">
        <caption className="nhsuk-u-visually-hidden">Changes, the latest first</caption>
        <thead>
          <tr className="border-b border-line text-left">
            <th className="px-3 py-2">When</th>
            <th className="px-3 py-2">Who</th>
            <th className="px-3 py-2">What</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <ChangeRow key={change.seq} change={change} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ChangeRow({ change, now }: { change: ServiceAuditRow; now: Date }) {
  const { what, more } = changeWords(change, now);
  return (
    <tr className="border-b border-line align-top">
      <td className="px-3 py-2 whitespace-nowrap tabular">
        {dayWords(londonDate(change.at), now)} {clockTime(change.at)}
      </td>
      <td className="px-3 py-2">{change.by ?? 'Onward itself'}</td>
      <td className="px-3 py-2 wrap-anywhere">
        <span className="font-bold">{what}</span>
        {more.map((line) => (
          <span key={line} className="block tabular">
            {line}
          </span>
        ))}
      </td>
    </tr>
  );
}
