import { StateTag } from '@/components/crossborder/agreement-list';
import { validWords } from '@/components/schedule/pattern-words';
import { Link } from '@/components/ui/link';
import type { AgreementVersion } from '@/lib/crossborder/agreement.schema';
import { whenWords } from '@/lib/platform/time-words';

type AgreementHistoryProps = { versions: readonly AgreementVersion[]; shown: number; now: Date };

/** Every version of an agreement, with who proposed and settled it, and when. */
export function AgreementHistory({ versions, shown, now }: AgreementHistoryProps) {
  return (
    <section aria-labelledby="versions-heading" className="panel mb-4">
      <h2 id="versions-heading" className="mb-2 text-lead">
        Versions
      </h2>
      <ol className="mb-0 list-none p-0 text-detail">
        {versions.map((version) => (
          <li key={version.version} className="border-b border-line py-2 last:border-b-0">
            <p className="mb-1 flex flex-wrap items-center gap-x-3">
              {version.version === shown ? (
                <strong aria-current="page">Version {version.version}</strong>
              ) : (
                <Link href={`/borders/agreements/${version.id}/${version.version}`}>Version {version.version}</Link>
              )}
              <StateTag line={version} now={now} />
              <span className="text-quiet">{validWords(version, now)}</span>
            </p>
            {linesOf(version, now).map((line) => (
              <p key={line} className="mb-0 wrap-anywhere">
                {line}
              </p>
            ))}
          </li>
        ))}
      </ol>
    </section>
  );
}

function linesOf({ state, createdBy, changedAt, proposed, settled, fromName, toName }: AgreementVersion, now: Date): string[] {
  const proposedFor = proposed?.side === 'from' ? fromName : toName;
  return [
    `Written by ${createdBy}`,
    proposed ? `Proposed by ${proposed.by} for ${proposedFor}, ${whenWords(proposed.at, now)}` : '',
    settled ? `${state === 'declined' ? 'Declined' : 'Agreed'} by ${settled.by}, ${whenWords(settled.at, now)}${settled.text ? `: “${settled.text}”` : ''}` : '',
    state === 'withdrawn' ? `Withdrawn ${whenWords(changedAt, now)}` : '',
  ].filter(Boolean);
}
