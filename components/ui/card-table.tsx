import type { ReactNode } from 'react';

type CardTableProps = { title: string; columns: readonly string[]; children: ReactNode };

/** A table of which every row is a card on a phone; the roles keep it a table for screen readers then. The title is told to those alone. */
export function CardTable({ title, columns, children }: CardTableProps) {
  return (
    <div className="mb-5 border border-line bg-panel">
      <table role="table" className="mb-0 block w-full text-detail md:table">
        <caption className="nhsuk-u-visually-hidden">{title}</caption>
        <thead role="rowgroup" className="sr-only md:not-sr-only md:table-header-group">
          <tr role="row" className="border-b border-line text-left">
            {columns.map((column) => (
              <th key={column} role="columnheader" scope="col" className="px-4 py-2">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="block md:table-row-group">{children}</tbody>
      </table>
    </div>
  );
}

/** One row, with what names it first. */
export function CardRow({ head, headClassName = '', children }: { head: ReactNode; headClassName?: string; children: ReactNode }) {
  return (
    <tr role="row" className="block border-b border-line px-4 py-2 align-top last:border-b-0 md:table-row md:p-0">
      <th role="rowheader" scope="row" className={`${CELL} text-left ${headClassName}`}>
        {head}
      </th>
      {children}
    </tr>
  );
}

export function CardCell({ children }: { children: ReactNode }) {
  return (
    <td role="cell" className={CELL}>
      {children}
    </td>
  );
}

const CELL = 'block border-0 py-0.5 wrap-anywhere md:table-cell md:px-4 md:py-2';
