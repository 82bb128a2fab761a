import { StateTag } from '@/components/crossborder/ledger-table';
import { unstatedWords } from '@/components/crossborder/ledger-words';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { monthSpan, monthText, nextMonth } from '@/lib/crossborder/ledger.rules';
import type { LedgerSum, Month } from '@/lib/crossborder/ledger.schema';
import { priceWords } from '@/lib/crossborder/words.rules';
import { clockTime, dayWords, londonDate, monthWords, shortDate } from '@/lib/platform/time-words';
import { pairPath } from '../../ledger-path';
import { FreezeForm } from './freeze-form';

type FreezePanelProps = {
  sum: LedgerSum;
  /** The earliest month of the pair that is not frozen. */
  open: Month | null;
  now: Date;
};

/** Whether the month is frozen, who did it, or what freezing it means and what stands before it. */
export function FreezePanel({ sum, open, now }: FreezePanelProps) {
  const { payer, host, month, pence, frozen } = sum;
  const isOver = monthSpan(month).to <= now;
  const isBehind = open !== null && open < month;
  const canFreeze = !frozen && isOver && !isBehind;
  const target = { payer: payer.code, host: host.code, month: monthText(month), pence: String(pence) };
  return (
    <section aria-labelledby="freeze" className="panel mb-5">
      <div className="mb-2 flex flex-wrap items-center gap-x-3">
        <h2 id="freeze" className="mb-0">
          {frozen ? 'Agreed and frozen' : 'Freeze this month'}
        </h2>
        <StateTag isFrozen={frozen !== null} isOver={isOver} />
      </div>
      <FreezeForm target={target} words={canFreeze ? `Freeze ${monthWords(month)} at ${priceWords(pence)}` : null}>
        {frozen ? <Frozen frozen={frozen} month={month} now={now} /> : null}
        {!frozen && !isOver ? <p className="mb-0">It can be frozen when it is over, from {shortDate(nextMonth(month), now)} on.</p> : null}
        {!frozen && isOver && isBehind ? <Behind open={open} path={pairPath({ payer: payer.code, host: host.code, month: open })} /> : null}
        {canFreeze ? <Meaning sum={sum} /> : null}
      </FreezeForm>
    </section>
  );
}

function Frozen({ frozen, month, now }: { frozen: NonNullable<LedgerSum['frozen']>; month: Month; now: Date }) {
  return (
    <p className="mb-0">
      {frozen.by} froze it {dayWords(londonDate(frozen.at), now)} at {clockTime(frozen.at)}. It never changes again: what becomes of its appointments later is corrected in the first month after it that is open, {monthWords(nextMonth(month))} or
      later.
    </p>
  );
}

function Behind({ open, path }: { open: Month; path: string }) {
  return (
    <p className="mb-0">
      Months are frozen in order: <Link href={path}>freeze {monthWords(open)} first</Link>.
    </p>
  );
}

function Meaning({ sum: { counts, month, payer, host } }: { sum: LedgerSum }) {
  const unstated = pairPath({ payer: payer.code, host: host.code, month, status: 'unstated' });
  return (
    <>
      {counts.unstated > 0 ? (
        <Notice tone="warning" title={unstatedWords(counts.unstated)}>
          <p className="mb-0">
            <Link href={unstated}>See which</Link>, and ask the services to record it before you freeze. Until then they cost nothing.
          </p>
        </Notice>
      ) : null}
      <p>
        You agree to these figures for both sides, for good. Whatever becomes of the appointments later is a correction in {monthWords(nextMonth(month))}.
      </p>
    </>
  );
}
