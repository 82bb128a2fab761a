import { answeredWords, entriesWords, sourceState } from '@/components/registry/source-words';
import { CardCell, CardRow, CardTable } from '@/components/ui/card-table';
import { Link } from '@/components/ui/link';
import { Tag } from '@/components/ui/tag';
import type { Source } from '@/lib/registry/source.schema';

type SourceTableProps = { sources: readonly Source[]; now: Date };

/** The sources by name, each with the way to its page. */
export function SourceTable({ sources, now }: SourceTableProps) {
  return (
    <CardTable title="Systems that entries are re-read from" columns={['System', 'Appointments', 'Last answer', 'State']}>
      {sources.map((source) => (
        <SourceRow key={source.id} source={source} now={now} />
      ))}
    </CardTable>
  );
}

function SourceRow({ source, now }: { source: Source; now: Date }) {
  const head = (
    <>
      <Link href={`/sources/${source.id}`}>{source.name}</Link>
      <span className="block font-normal text-quiet">{source.root}</span>
    </>
  );
  return (
    <CardRow head={head}>
      <CardCell>
        <span className="md:hidden">Appointments: </span>
        {entriesWords(source.entries)}
      </CardCell>
      <CardCell>
        <span className="md:hidden">Last answer: </span>
        {answeredWords(source, now)}
      </CardCell>
      <CardCell>
        <SourceTag source={source} now={now} />
      </CardCell>
    </CardRow>
  );
}

export function SourceTag({ source, now }: { source: Pick<Source, 'isOn' | 'restsUntil'>; now: Date }) {
  const { tone, words } = sourceState(source, now);
  return <Tag tone={tone}>{words}</Tag>;
}
