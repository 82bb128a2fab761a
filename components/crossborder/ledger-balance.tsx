import { balanceOf } from '@/lib/crossborder/ledger.rules';
import type { LedgerSum } from '@/lib/crossborder/ledger.schema';
import type { Commissioner } from '@/lib/crossborder/schema';
import { priceWords } from '@/lib/crossborder/words.rules';

type LedgerBalanceProps = { sums: readonly LedgerSum[]; isMine: (commissioner: Commissioner) => boolean };

/** What the person's own commissioners owe and are owed; between their own, for a region and the national team. */
export function LedgerBalance({ sums, isMine }: LedgerBalanceProps) {
  const { owing, owed, within } = balanceOf(sums, isMine);
  const isWithin = ({ payer, host }: LedgerSum) => isMine(payer) && isMine(host);
  const isAcross = sums.some((sum) => !isWithin(sum));
  const figures = [
    ...(isAcross ? [{ name: 'You owe', pence: owing, of: 'to other commissioners' }, { name: 'You are owed', pence: owed, of: 'by other commissioners' }] : []),
    ...(isAcross ? [{ name: owing >= owed ? 'In all, you pay' : 'In all, you receive', pence: Math.abs(owing - owed), of: 'one against the other' }] : []),
    ...(sums.some(isWithin) ? [{ name: 'Between your own', pence: within, of: 'commissioners of your area, among each other' }] : []),
  ];
  return (
    <dl className="mb-5 grid gap-4 sm:grid-cols-2 xl:grid-cols-4">
      {figures.map(({ name, pence, of }) => (
        <div key={name} className="panel">
          <dt className="font-bold">{name}</dt>
          <dd className="m-0">
            <span className="tabular block text-clock">{priceWords(pence)}</span>
            <span className="block text-detail text-quiet">{of}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
