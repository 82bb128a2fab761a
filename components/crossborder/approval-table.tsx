import { EndedTag } from '@/components/crossborder/approval-card';
import { betweenWords, whoWords } from '@/components/crossborder/approval-words';
import { CardCell, CardRow, CardTable } from '@/components/ui/card-table';
import type { ApprovalRow } from '@/lib/crossborder/approval.schema';
import { whenWords } from '@/lib/platform/time-words';

/** The questions of today that are over. */
export function ApprovalTable({ rows, now }: { rows: readonly ApprovalRow[]; now: Date }) {
  return (
    <CardTable title="Today, answered or lapsed" columns={['Asked', 'Service and slot', 'Patient', 'Border', 'Answer']}>
      {rows.map((row) => (
        <CardRow key={row.id} head={<span className="tabular">{whenWords(row.askedAt, now)}</span>}>
          <CardCell>
            {row.service.name}, <span className="tabular">{whenWords(row.slot.startsAt, now)}</span>
          </CardCell>
          <CardCell>{whoWords(row.patient)}</CardCell>
          <CardCell>{betweenWords(row.responsible, row.host)}</CardCell>
          <CardCell>
            <EndedTag state={row.state} />
            {row.answered ? ` ${row.answered.by}${row.answered.text ? `: “${row.answered.text}”` : ''}` : ''}
          </CardCell>
        </CardRow>
      ))}
    </CardTable>
  );
}
