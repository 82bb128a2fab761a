import { STATUS_TONES, STATUS_WORDS } from '@/components/crossborder/ledger-words';
import { CardCell, CardRow, CardTable } from '@/components/ui/card-table';
import { Link } from '@/components/ui/link';
import { Tag } from '@/components/ui/tag';
import { monthOf } from '@/lib/crossborder/ledger.rules';
import type { LedgerEntry } from '@/lib/crossborder/ledger.schema';
import { priceWords } from '@/lib/crossborder/words.rules';
import { monthWords, whenWords } from '@/lib/platform/time-words';

type LedgerEntriesProps = { entries: readonly LedgerEntry[]; now: Date; canOpen: boolean };

/** The appointments of a sum; `canOpen`: with the way to each, for somebody who may read appointments. */
export function LedgerEntries({ entries, now, canOpen }: LedgerEntriesProps) {
  return (
    <CardTable title="Appointments" columns={['Appointment', 'When', 'Service', 'Status', 'Rule', 'Pounds']}>
      {entries.map((entry) => (
        <EntryRow key={entry.appointmentId} entry={entry} now={now} canOpen={canOpen} />
      ))}
    </CardTable>
  );
}

function EntryRow({ entry, now, canOpen }: { entry: LedgerEntry; now: Date; canOpen: boolean }) {
  const { appointmentId, reference, startsAt, serviceName, kind, status, ruleWords, pence } = entry;
  const head = canOpen ? <Link href={`/appointments/${appointmentId}`}>{reference}</Link> : reference;
  return (
    <CardRow head={head} headClassName="tabular whitespace-nowrap">
      <CardCell>
        <span className="tabular first-letter:uppercase md:block md:whitespace-nowrap">{whenWords(startsAt, now)}</span>
        {kind === 'correction' ? <span className="block font-bold">Corrects {monthWords(monthOf(startsAt))}</span> : null}
      </CardCell>
      <CardCell>{serviceName}</CardCell>
      <CardCell>
        <span className="whitespace-nowrap">
          <Tag tone={STATUS_TONES[status]}>{STATUS_WORDS[status]}</Tag>
        </span>
      </CardCell>
      <CardCell>{ruleWords}</CardCell>
      <CardCell>
        <span className="tabular">{priceWords(pence)}</span>
      </CardCell>
    </CardRow>
  );
}
