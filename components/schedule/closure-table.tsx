import type { ReactNode } from 'react';
import { dayAndTime } from '@/components/layout/refusals/words';
import { closureHours, shutWords } from '@/components/schedule/closure-words';
import { Button } from '@/components/ui/button';
import { Tag } from '@/components/ui/tag';
import type { ClosureLine } from '@/lib/schedule/closures.queries';

const COLUMNS = ['When', 'Services', 'Reason shown to call handlers', 'Closed by'];

type ClosureTableProps = { caption: string; closures: readonly ClosureLine[]; canLift: boolean; now: Date };

/** Closures and pauses. On a phone every row is a card; the roles keep it a table for screen readers then. */
export function ClosureTable({ caption, closures, canLift, now }: ClosureTableProps) {
  const columns = canLift ? [...COLUMNS, 'Lift'] : COLUMNS;
  return (
    <div className="mb-5 border border-line bg-panel">
      <table role="table" className="mb-0 block w-full text-detail md:table">
        <caption className="block px-4 pt-2 text-left text-lead font-bold md:table-caption">{caption}</caption>
        <thead role="rowgroup" className="sr-only md:not-sr-only md:table-header-group">
          <tr role="row" className="border-b border-line text-left">
            {columns.map((title) => (
              <th key={title} role="columnheader" scope="col" className="px-4 py-2">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="block md:table-row-group">
          {closures.map((closure) => (
            <ClosureRow key={closure.id} closure={closure} canLift={canLift} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ClosureRow({ closure, canLift, now }: { closure: ClosureLine; canLift: boolean; now: Date }) {
  const { id, kind, liftedAt, createdAt, createdBy, reason } = closure;
  const hours = closureHours(closure, now);
  return (
    <tr role="row" className="block border-b border-line px-4 py-2 align-top last:border-b-0 md:table-row md:p-0">
      <Cell>
        <strong>{hours}</strong> {kind === 'pause' ? <Tag tone="grey">Pause</Tag> : null}
        {liftedAt ? <span className="block">Lifted {dayAndTime(liftedAt, now)}</span> : null}
      </Cell>
      <Cell>{shutWords(closure)}</Cell>
      <Cell label="Reason">{reason}</Cell>
      <Cell label="Closed by">
        {createdBy ?? 'somebody who is gone'}, {dayAndTime(createdAt, now)}
      </Cell>
      {canLift ? (
        <Cell>
          <Button variant="secondary" name="closureId" value={id}>
            Lift it…<span className="nhsuk-u-visually-hidden"> {hours}</span>
          </Button>
        </Cell>
      ) : null}
    </tr>
  );
}

/** `label` is said before what would not be understood without its column. */
function Cell({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <td role="cell" className="block border-0 py-0.5 tabular wrap-anywhere md:table-cell md:px-4 md:py-2">
      {label ? <span className="text-quiet md:hidden">{label}: </span> : null}
      {children}
    </td>
  );
}
