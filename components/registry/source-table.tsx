import { answeredWords, entriesWords, sourceState } from '@/components/registry/source-words';
import { Link } from '@/components/ui/link';
import { Tag } from '@/components/ui/tag';
import type { Source } from '@/lib/registry/source.schema';

type SourceTableProps = { sources: readonly Source[]; now: Date };

/** The sources by name, each with the way to its page. On a phone every row is a card; the roles keep it a table for screen readers then. */
export function SourceTable({ sources, now }: SourceTableProps) {
  return (
    <div className="mb-5 border border-line bg-panel">
      <table role="table" className="mb-0 block w-full text-detail md:table">
        <caption className="nhsuk-u-visually-hidden">Systems that entries are re-read from</caption>
        <thead role="rowgroup" className="sr-only md:not-sr-only md:table-header-group">
          <tr role="row" className="border-b border-line text-left">
            {['System', 'Appointments', 'Last answer', 'State'].map((title) => (
              <th key={title} role="columnheader" scope="col" className="px-4 py-2">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="block md:table-row-group">
          {sources.map((source) => (
            <SourceRow key={source.id} source={source} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const CELL = 'block border-0 py-0.5 wrap-anywhere md:table-cell md:px-4 md:py-2';

function SourceRow({ source, now }: { source: Source; now: Date }) {
  return (
    <tr role="row" className="block border-b border-line px-4 py-2 align-top last:border-b-0 md:table-row md:p-0">
      <th role="rowheader" scope="row" className={`${CELL} text-left`}>
        <Link href={`/sources/${source.id}`}>{source.name}</Link>
        <span className="block font-normal text-quiet">{source.root}</span>
      </th>
      <td role="cell" className={CELL}>
        <span className="md:hidden">Appointments: </span>
        {entriesWords(source.entries)}
      </td>
      <td role="cell" className={CELL}>
        <span className="md:hidden">Last answer: </span>
        {answeredWords(source, now)}
      </td>
      <td role="cell" className={CELL}>
        <SourceTag source={source} now={now} />
      </td>
    </tr>
  );
}

export function SourceTag({ source, now }: { source: Pick<Source, 'isOn' | 'restsUntil'>; now: Date }) {
  const { tone, words } = sourceState(source, now);
  return <Tag tone={tone}>{words}</Tag>;
}
