import type { ReactNode } from 'react';
import { freshnessWords, holderOf, statusOf, untilWords, whatOf, whenOf } from '@/components/registry/entry-words';
import { isSoon, isStanding } from '@/lib/registry/entry.rules';
import type { PatientEntry } from '@/lib/registry/schema';

type EntryLineProps = {
  entry: PatientEntry;
  now: Date;
  /** What can be done with it: links. */
  children?: ReactNode;
};

/** One appointment of a patient in one line, as an item of a list. The amber edge is one that begins soon, which the words say too. */
export function EntryLine({ entry, now, children }: EntryLineProps) {
  const rest = [whatOf(entry), statusOf(entry), holderOf(entry)].filter(Boolean).join(' · ');
  return (
    <li className={`mb-0 text-detail wrap-anywhere ${edgeOf(entry, now)}`}>
      <span className="tabular">
        <When entry={entry} now={now} />
      </span>{' '}
      · {rest} · <Fresh entry={entry} now={now} />
      {children}
    </li>
  );
}

/** The same in columns, for a long list; below each other where there is no room. */
export function EntryRow({ entry, now, children }: EntryLineProps) {
  return (
    <li className={`mb-0 border-b border-line py-1 text-detail last:border-b-0 wrap-anywhere ${COLUMNS} ${edgeOf(entry, now)}`}>
      <div className="tabular">
        <When entry={entry} now={now} />
      </div>
      <div>{[whatOf(entry), entry.match === 'maybe' ? 'may be the same person' : ''].filter(Boolean).join(' · ')}</div>
      <div>{[statusOf(entry), holderOf(entry)].filter(Boolean).join(' · ')}</div>
      <div>
        <Fresh entry={entry} now={now} />
        {children}
      </div>
    </li>
  );
}

const COLUMNS = 'min-[56rem]:grid min-[56rem]:grid-cols-[15rem_minmax(0,1.4fr)_minmax(0,1.4fr)_minmax(0,1fr)] min-[56rem]:gap-x-4';

function When({ entry, now }: { entry: PatientEntry; now: Date }) {
  if (!isStanding(entry, now)) return whenOf(entry, now);
  return (
    <>
      <strong>{whenOf(entry, now)}</strong>
      {isSoon(entry, now) ? `, ${untilWords(entry, now)}` : ''}
    </>
  );
}

function Fresh({ entry, now }: { entry: PatientEntry; now: Date }) {
  const words = freshnessWords(entry.freshness, now);
  return entry.freshness.state === 'unconfirmed' ? <strong className="text-amber-ink">{words}</strong> : words;
}

function edgeOf(entry: PatientEntry, now: Date): string {
  if (isSoon(entry, now)) return 'border-l-4 border-l-amber pl-3';
  return isStanding(entry, now) ? 'pl-4' : 'pl-4 text-quiet';
}
