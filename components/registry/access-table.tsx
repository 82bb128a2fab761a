import { ROLE_WORDS } from '@/components/layout/header-person';
import { dayAndTime } from '@/components/layout/refusals/words';
import { CardCell, CardRow, CardTable } from '@/components/ui/card-table';
import { formatNhsNumber } from '@/lib/patient/nhs-number.schema';
import type { AccessKind, AccessLine } from '@/lib/registry/access-list.rules';
import { ACCESS_REASONS } from '@/lib/registry/access-reason.schema';

/** What was looked at, by kind. */
export const KIND_WORDS: Record<AccessKind, string> = {
  sealed: 'A sealed appointment',
  patient: 'All appointments of a patient',
};

/** Looks that needed a reason, latest first. */
export function AccessTable({ lines, now }: { lines: readonly AccessLine[]; now: Date }) {
  return (
    <CardTable title="Looks with a reason, latest first" columns={['When', 'Who', 'Looked at', 'Of', 'Why']}>
      {lines.map((line) => (
        <AccessRow key={line.id} line={line} now={now} />
      ))}
    </CardTable>
  );
}

function AccessRow({ line: { at, kind, staff, patient, reason, text }, now }: { line: AccessLine; now: Date }) {
  return (
    <CardRow head={dayAndTime(at, now)} headClassName="tabular first-letter:uppercase md:whitespace-nowrap">
      <CardCell>
        {staff.name}
        <span className="block text-quiet">{[...staff.roles.map((role) => ROLE_WORDS[role]), staff.organisation].join(', ')}</span>
      </CardCell>
      <CardCell>{KIND_WORDS[kind]}</CardCell>
      <CardCell>
        {patient.name ?? 'Name not known'}
        <span className="block text-quiet tabular md:whitespace-nowrap">{patient.nhsNumber ? `NHS ${formatNhsNumber(patient.nhsNumber)}` : 'No NHS number'}</span>
      </CardCell>
      <CardCell>
        {ACCESS_REASONS[reason]}
        {text ? `: ${text}` : ''}
      </CardCell>
    </CardRow>
  );
}
