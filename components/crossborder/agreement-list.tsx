import { narrowedWords, pricesWords, stateTag, type AgreementNames } from '@/components/crossborder/agreement-words';
import { validWords } from '@/components/schedule/pattern-words';
import { CardCell, CardRow, CardTable } from '@/components/ui/card-table';
import { Link } from '@/components/ui/link';
import { Tag } from '@/components/ui/tag';
import type { AgreementLine } from '@/lib/crossborder/agreement.schema';
import { outcomeWords } from '@/lib/crossborder/words.rules';

type AgreementListProps = { title: string; lines: readonly AgreementLine[]; now: Date };

/** Agreements with the way to each; those that wait for the person who looks are marked. */
export function AgreementList({ title, lines, now }: AgreementListProps) {
  return (
    <CardTable title={title} columns={['Agreement', 'Patients of → services of', 'What it says', 'Days', 'State']}>
      {lines.map((line) => (
        <AgreementRow key={`${line.id} ${line.version}`} line={line} now={now} />
      ))}
    </CardTable>
  );
}

function AgreementRow({ line, now }: { line: AgreementLine; now: Date }) {
  const { id, version, title, isForMe, outcome, dailyQuota } = line;
  const head = (
    <>
      <Link href={`/borders/agreements/${id}/${version}`}>{title}</Link>
      {version > 1 ? <span className="font-normal text-quiet"> version {version}</span> : null}
      {isForMe ? <span className="block text-amber-ink">Waits for your answer</span> : null}
    </>
  );
  return (
    <CardRow head={head} headClassName="wrap-anywhere md:w-64">
      <CardCell>
        <Sides {...line} />
      </CardCell>
      <CardCell>
        {outcomeWords(outcome)}
        <span className="block text-quiet">{pricesWords(line)}</span>
      </CardCell>
      <CardCell>
        <span className="block first-letter:uppercase">{validWords(line, now)}</span>
        {dailyQuota === null ? null : <span className="block text-quiet">up to {dailyQuota} a day</span>}
      </CardCell>
      <CardCell>
        <StateTag line={line} now={now} />
      </CardCell>
    </CardRow>
  );
}

/** `West Yorkshire → Greater Manchester`, with the type or the service below; the arrow is said in words too. */
export function Sides({ fromName, toName, ...narrowed }: AgreementNames) {
  return (
    <>
      <span className="block first-letter:uppercase">
        {fromName} <span aria-hidden="true">→</span>
        <span className="sr-only">to</span> {toName}
      </span>
      <span className="block text-quiet first-letter:uppercase">{narrowedWords({ fromName, toName, ...narrowed })}</span>
    </>
  );
}

export function StateTag({ line, now }: { line: Parameters<typeof stateTag>[0]; now: Date }) {
  const { tone, words } = stateTag(line, now);
  return <Tag tone={tone}>{words}</Tag>;
}
