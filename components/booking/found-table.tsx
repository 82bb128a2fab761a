import type { FoundLine } from '@/components/booking/found-words';
import { Link } from '@/components/ui/link';
import { Tag } from '@/components/ui/tag';

/** Appointments that were found, newest first; each leads to its page. */
export function FoundTable({ lines, title }: { lines: readonly FoundLine[]; title: string }) {
  return (
    <div className="overflow-x-auto border border-line bg-panel" role="region" aria-label={title} tabIndex={0}>
      <table className="mb-0 w-full min-w-measure text-detail">
        <caption className="nhsuk-u-visually-hidden">{title}, newest first</caption>
        <thead>
          <tr className="border-b border-line text-left">
            {['Reference', 'Status', 'When', 'Service', 'Patient'].map((column) => (
              <th key={column} scope="col" className="px-4 py-2">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map(({ id, what, status, when, where, patient }) => (
            <tr key={id} className="border-b border-line align-top last:border-b-0">
              <td className="px-4 py-2 whitespace-nowrap">
                <Link href={`/appointments/${id}`}>{what}</Link>
              </td>
              <td className="px-4 py-2 whitespace-nowrap">
                <Tag tone={status.tone}>{status.words}</Tag>
              </td>
              <td className="px-4 py-2 tabular whitespace-nowrap">{when}</td>
              <td className="px-4 py-2">{where}</td>
              <td className="px-4 py-2">{patient}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
