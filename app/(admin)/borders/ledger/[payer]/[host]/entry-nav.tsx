import { STATUS_WORDS } from '@/components/crossborder/ledger-words';
import { Link } from '@/components/ui/link';
import { ENTRIES_A_PAGE, type EntriesAsked } from '@/lib/crossborder/ledger.queries';
import { LEDGER_STATUSES, type LedgerStatus, type LedgerSum } from '@/lib/crossborder/ledger.schema';
import { pairPath } from '../../ledger-path';

type Shown = Required<EntriesAsked>;

/** Which appointments are listed: those of every status, or of one that there is. */
export function StatusFilter({ sum, shown }: { sum: LedgerSum; shown: Shown }) {
  const statuses: readonly (LedgerStatus | null)[] = [null, ...LEDGER_STATUSES.filter((status) => sum.counts[status] > 0 || status === shown.status)];
  return (
    <nav aria-label="Which appointments" className="mb-3">
      <ul className="m-0 flex list-none flex-wrap gap-x-5 p-0">
        {statuses.map((status) => (
          <li key={status ?? 'all'} className="mb-0">
            <Link
              href={pairPath({ ...shown, status, page: 1 })}
              aria-current={status === shown.status ? 'true' : undefined}
              className={status === shown.status ? 'font-bold no-underline' : undefined}
            >
              {status ? STATUS_WORDS[status] : 'All'}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The pages of a list that is longer than one. */
export function EntryPages({ total, shown }: { total: number; shown: Shown }) {
  const { page } = shown;
  const last = Math.ceil(total / ENTRIES_A_PAGE);
  if (last <= 1 || page > last) return null;
  return (
    <nav aria-label="Pages" className="mb-4 flex flex-wrap items-center gap-x-5">
      {page > 1 ? <Link href={pairPath({ ...shown, page: page - 1 })}>Earlier appointments</Link> : null}
      <span className="tabular">
        Page {page} of {last}
      </span>
      {page < last ? <Link href={pairPath({ ...shown, page: page + 1 })}>Later appointments</Link> : null}
    </nav>
  );
}
