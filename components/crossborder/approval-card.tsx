import type { ReactNode } from 'react';
import { HoldCountdown } from '@/components/booking/hold-countdown';
import { answerWords, betweenWords, needWords, slotWords, whoWords } from '@/components/crossborder/approval-words';
import { Tag } from '@/components/ui/tag';
import type { ApprovalRow } from '@/lib/crossborder/approval.schema';
import { paysWords } from '@/lib/crossborder/words.rules';
import { clockTime, whenWords } from '@/lib/platform/time-words';

const LAST_MINUTE_MS = 60_000;

/** One question with its clock, and what answers it beside it; over, it stays where it was and says how it ended. `now` must tick. */
export function ApprovalCard({ row, now, children }: { row: ApprovalRow; now: Date; children: ReactNode }) {
  const isOpen = row.state === 'waiting';
  return (
    <li className="panel mb-4 grid gap-x-6 gap-y-3 lg:grid-cols-[9rem_minmax(0,1fr)_20rem]">
      <HeldUntil row={row} now={now} />
      <div className="wrap-anywhere">
        <h2 className="nhsuk-heading-s mb-0">{row.service.name}</h2>
        <p className="mb-2 text-detail text-quiet">
          {row.service.typeName} · {row.service.place}
        </p>
        {row.isOverride && isOpen ? <Override /> : null}
        <Facts row={row} now={now} />
      </div>
      {/* Nothing moves when it is over: the words take the place of the buttons. */}
      <div className="wrap-anywhere">{children}</div>
    </li>
  );
}

/** How a question ended, in the words of who answered. */
export function Ended({ row, now }: { row: ApprovalRow; now: Date }) {
  return (
    <>
      <p className="mb-1 font-bold">{answerWords(row, now)}</p>
      {row.answered?.text ? <p className="mb-0">“{row.answered.text}”</p> : null}
      {row.state === 'lapsed' ? <p className="mb-0">If it is still wanted, the call handler asks again: it appears here by itself.</p> : null}
    </>
  );
}

function HeldUntil({ row: { heldUntil, askedAt, state }, now }: { row: ApprovalRow; now: Date }) {
  const isOpen = state === 'waiting' && heldUntil !== null;
  const edge = !isOpen ? 'border-line' : heldUntil.getTime() - now.getTime() <= LAST_MINUTE_MS ? 'border-amber' : 'border-blue';
  return (
    <div className={`border-l-4 ${edge} pl-3`}>
      <p className="mb-0 text-lead font-bold">{isOpen ? <HoldCountdown until={heldUntil} now={now} /> : 'Over'}</p>
      <p className="mb-0 text-detail text-quiet tabular">
        {isOpen ? `The slot is held until ${clockTime(heldUntil)}. ` : ''}Asked {whenWords(askedAt, now)}.
      </p>
    </div>
  );
}

function Override() {
  return (
    <p className="mb-2 border-l-4 border-amber bg-held px-3 py-1 text-amber-ink">
      <strong>Nothing else is free in time.</strong> The rule refuses this booking, and refusing it would leave the patient without a slot in time.
    </p>
  );
}

function Facts({ row, now }: { row: ApprovalRow; now: Date }) {
  const facts: readonly [string, ReactNode][] = [
    ['Slot', <strong key="slot" className="tabular">{slotWords(row, now)}</strong>],
    ['Patient', `${whoWords(row.patient)}. ${needWords(row.disposition, now)}`],
    ['Border', `${betweenWords(row.responsible, row.host)}. ${paysWords({ payer: row.responsible, pricePence: row.pricePence })}`],
    ['Rule', row.ruleWords],
    [`${row.askedBy}, ${row.organisation}`, `“${row.text}”`],
  ];
  return (
    <dl className="mb-0 grid gap-x-4 gap-y-1 text-detail sm:grid-cols-[9rem_minmax(0,1fr)]">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-quiet">{name}</dt>
          <dd className="m-0 mb-1 sm:mb-0">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Approved, declined or not answered, as a mark. */
export function EndedTag({ state }: Pick<ApprovalRow, 'state'>) {
  if (state === 'approved') return <Tag tone="green">Approved</Tag>;
  return state === 'declined' ? <Tag tone="red">Declined</Tag> : <Tag tone="grey">Not answered</Tag>;
}
