import { ROLE_WORDS } from '@/components/layout/header-person';
import { dayAndTime } from '@/components/layout/refusals/words';
import { formatNhsNumber } from '@/lib/patient/nhs-number.schema';
import type { AccessKind, AccessLine } from '@/lib/registry/access-list.rules';
import { ACCESS_REASONS } from '@/lib/registry/access-reason.schema';

/** What was looked at, by kind. */
export const KIND_WORDS: Record<AccessKind, string> = {
  sealed: 'A sealed appointment',
  patient: 'All appointments of a patient',
};

/** Looks that needed a reason, latest first. On a phone every row is a card; the roles keep it a table for screen readers then. */
export function AccessTable({ lines, now }: { lines: readonly AccessLine[]; now: Date }) {
  return (
    <div className="mb-4 border border-line bg-panel">
      <table role="table" className="mb-0 block w-full text-detail md:table">
        <caption className="nhsuk-u-visually-hidden">Looks with a reason, latest first</caption>
        <thead role="rowgroup" className="sr-only md:not-sr-only md:table-header-group">
          <tr role="row" className="border-b border-line text-left">
            {['When', 'Who', 'Looked at', 'Of', 'Why'].map((title) => (
              <th key={title} role="columnheader" scope="col" className="px-4 py-2">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="block md:table-row-group">
          {lines.map((line) => (
            <AccessRow key={line.id} line={line} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const CELL = 'block border-0 py-0.5 wrap-anywhere md:table-cell md:px-4 md:py-2';

function AccessRow({ line: { at, kind, staff, patient, reason, text }, now }: { line: AccessLine; now: Date }) {
  const when = dayAndTime(at, now);
  return (
    <tr role="row" className="block border-b border-line px-4 py-2 align-top last:border-b-0 md:table-row md:p-0">
      <th role="rowheader" scope="row" className={`${CELL} text-left tabular first-letter:uppercase md:whitespace-nowrap`}>
        {when}
      </th>
      <td role="cell" className={CELL}>
        {staff.name}
        <span className="block text-quiet">{[...staff.roles.map((role) => ROLE_WORDS[role]), staff.organisation].join(', ')}</span>
      </td>
      <td role="cell" className={CELL}>
        {KIND_WORDS[kind]}
      </td>
      <td role="cell" className={CELL}>
        {patient.name ?? 'Name not known'}
        <span className="block text-quiet tabular md:whitespace-nowrap">{patient.nhsNumber ? `NHS ${formatNhsNumber(patient.nhsNumber)}` : 'No NHS number'}</span>
      </td>
      <td role="cell" className={CELL}>
        {ACCESS_REASONS[reason]}
        {text ? `: ${text}` : ''}
      </td>
    </tr>
  );
}
