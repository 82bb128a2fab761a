import type { ReactNode } from 'react';
import { STATUSES } from '@/components/booking/status-words';
import { freshnessWords, whatOf, whenOf } from '@/components/registry/entry-words';
import { ShapeSign } from '@/components/registry/timeline-shape';
import { lookOf } from '@/components/registry/timeline-words';
import { Tag } from '@/components/ui/tag';
import { clockTime } from '@/lib/platform/time-words';
import type { PatientEntry } from '@/lib/registry/schema';

const COLUMNS = ['When', 'Service and place', 'Status', 'Held by', 'Booked by', 'How fresh', 'More'];

type TimelineTableProps = {
  caption: string;
  entries: readonly PatientEntry[];
  now: Date;
  /** Where an entry leads: links, or that there is nothing more. */
  moreOf: (entry: PatientEntry) => ReactNode;
};

/** Everything about each appointment, those to come before those past. On a phone every row is a card; the roles keep it a table for screen readers then. */
export function TimelineTable({ caption, entries, now, moreOf }: TimelineTableProps) {
  const groups = [
    { words: 'From now on', entries: entries.filter(({ endsAt }) => endsAt > now) },
    { words: 'Earlier', entries: entries.filter(({ endsAt }) => endsAt <= now) },
  ].filter((group) => group.entries.length > 0);
  return (
    <div className="mb-5 border border-line bg-panel">
      <table role="table" className="mb-0 block w-full text-detail min-[56rem]:table">
        <caption className="nhsuk-u-visually-hidden">{caption}</caption>
        <thead role="rowgroup" className="sr-only min-[56rem]:not-sr-only min-[56rem]:table-header-group">
          <tr role="row" className="border-b border-line text-left">
            {COLUMNS.map((title) => (
              <th key={title} role="columnheader" scope="col" className="px-3 py-1.5">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group.words} role="rowgroup" className="block min-[56rem]:table-row-group">
            <tr role="row" className="block border-y border-line bg-page min-[56rem]:table-row">
              <th role="rowheader" scope="rowgroup" colSpan={COLUMNS.length} className="block px-3 py-1 text-left min-[56rem]:table-cell">
                {group.words}: {group.entries.length}
              </th>
            </tr>
            {group.entries.map((entry) => (
              <EntryCells key={entry.id} entry={entry} now={now} more={moreOf(entry)} />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function EntryCells({ entry, now, more }: { entry: PatientEntry; now: Date; more: ReactNode }) {
  const { status, holder, bookedBy, freshness, isSealed, isOpen, isLinked } = entry;
  const look = lookOf(entry, now);
  return (
    <tr role="row" className="block border-b border-line px-3 py-2 align-top last:border-b-0 min-[56rem]:table-row min-[56rem]:p-0">
      <Cell>
        <strong>{whenOf(entry, now)}</strong> <span className="whitespace-nowrap text-quiet">to {clockTime(entry.endsAt)}</span>
      </Cell>
      <Cell>
        {whatOf(entry)}
        {isSealed && isOpen ? ' (sealed, open to you)' : ''}
        {isLinked ? <span className="block text-small text-quiet">Registered without NHS number, linked by hand</span> : null}
      </Cell>
      <Cell>
        <span className="whitespace-nowrap">
          <ShapeSign look={look} /> <Tag tone={STATUSES[status].tone}>{STATUSES[status].words}</Tag>
        </span>
        {look === 'unsaid' ? <span className="block text-small text-quiet">attendance not stated</span> : null}
      </Cell>
      <Cell label="Held by">{holder?.name ?? 'Not shown'}</Cell>
      <Cell label="Booked by">{bookedBy?.name ?? (isOpen ? 'Not stated' : 'Not shown')}</Cell>
      <Cell label="How fresh">{freshness.state === 'unconfirmed' ? <strong className="text-amber-ink">{freshnessWords(freshness, now)}</strong> : freshnessWords(freshness, now)}</Cell>
      <Cell>{more}</Cell>
    </tr>
  );
}

/** `label` is said before what would not be understood without its column. */
function Cell({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <td role="cell" className="block border-0 py-0.5 tabular wrap-anywhere min-[56rem]:table-cell min-[56rem]:px-3 min-[56rem]:py-1.5">
      {label ? <span className="text-quiet min-[56rem]:hidden">{label}: </span> : null}
      {children}
    </td>
  );
}
