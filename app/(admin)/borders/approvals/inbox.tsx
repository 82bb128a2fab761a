'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type MouseEvent } from 'react';
import { useNow } from '@/components/call/use-now';
import { ApprovalCard, Ended } from '@/components/crossborder/approval-card';
import { ApprovalTable } from '@/components/crossborder/approval-table';
import { RefusalNotice } from '@/components/layout/refusal-notice';
import { useSureAction } from '@/components/layout/use-sure-action';
import { FocusOnShow } from '@/components/ui/focus-on-show';
import { Notice } from '@/components/ui/notice';
import type { ApprovalRow } from '@/lib/crossborder/approval.schema';
import { inboxQuery, type FreshInbox } from '@/lib/crossborder/inbox.client';
import type { FormState, Refused } from '@/lib/platform/form';
import { clockTime } from '@/lib/platform/time-words';
import { AnswerForm } from './answer-form';
import { answer } from './actions';

type InboxProps = {
  first: FreshInbox;
  /** What is shown when the answer is lost on the way. */
  lost: Refused;
};

/** The questions that wait, which read themselves again, and below them those of today that are over. The same on the server, without JavaScript. */
export function Inbox({ first, lost }: InboxProps) {
  const query = useQuery(inboxQuery(first));
  // A page rendered anew by the server, after an answer, is fresher than what was polled before it.
  const fresh = query.data.at < first.at ? first : query.data;
  const { cards, news } = useSeenCards(fresh.rows);
  const now = useNow(first.at);
  const [state, send] = useSureAction(answer, { values: {} }, lost);
  const rest = fresh.rows.filter(({ id }) => !cards.some((card) => card.id === id));
  const waiting = cards.filter((card) => isOpen(card, now)).length;
  return (
    <>
      <p role="status" className="nhsuk-u-visually-hidden">
        {news}
      </p>
      <p className="mb-2 flex justify-between text-detail text-quiet tabular">
        <span>
          {waitingWords(waiting)} {clockTime(fresh.at)}
        </span>
        <ReadAgain />
      </p>
      {cards.some(({ id }) => id === state.values['approvalId']) ? null : <Result state={state} />}
      {cards.length > 0 ? (
        <ul aria-label="Questions" className="m-0 list-none p-0">
          {cards.map((card) => (
            <ApprovalCard key={card.id} row={isOpen(card, now) ? card : over(card)} now={now}>
              <Answer row={card} now={now} state={card.id === state.values['approvalId'] ? state : NOTHING_SENT} send={send} />
            </ApprovalCard>
          ))}
        </ul>
      ) : (
        <Nothing />
      )}
      {rest.length > 0 ? (
        <section aria-labelledby="answered">
          <h2 id="answered" className="nhsuk-heading-s mt-5 mb-2">
            Today, answered or lapsed
          </h2>
          <ApprovalTable rows={rest} now={now} />
        </section>
      ) : null}
    </>
  );
}

const NOTHING_SENT: FormState = { values: {} };

type AnswerProps = { row: ApprovalRow; now: Date; state: FormState; send: (form: FormData) => void };

/** The form while the question waits, then how it ended. */
function Answer({ row, now, state, send }: AnswerProps) {
  if (isOpen(row, now)) return <AnswerForm row={row} state={state} send={send} />;
  const ended = <Ended row={over(row)} now={now} />;
  if (state.refused) return <RefusalNotice refused={state.refused} />;
  return state.values['answered'] ? <FocusOnShow of={state}>{ended}</FocusOnShow> : ended;
}

/** For whom the question itself is not on the page any more: without JavaScript. */
function Result({ state: { refused, values } }: { state: FormState }) {
  if (refused) return <RefusalNotice refused={refused} />;
  if (!values['answered']) return null;
  return (
    <Notice tone="success" title={values['answered'] === 'approve' ? 'Approved' : 'Declined'} focus focusAgainFor={values}>
      The call handler sees it at once.
    </Notice>
  );
}

function Nothing() {
  return (
    <div className="panel mb-5 max-w-measure">
      <h2 className="nhsuk-heading-s mb-1">No question waits for you</h2>
      <p className="mb-0">When a call handler asks, the question appears here by itself while this page is open. Whoever asks holds the slot for some minutes.</p>
    </div>
  );
}

function ReadAgain() {
  const client = useQueryClient();
  function readHere(event: MouseEvent) {
    event.preventDefault();
    void client.invalidateQueries();
  }
  return (
    <a href="/borders/approvals" onClick={readHere} data-key="r" data-command="Read the questions again">
      Refresh<kbd aria-hidden="true">R</kbd>
    </a>
  );
}

/** Every question that waited while the page was open, in the order it came: one that is over stays, so that nothing moves under the pointer. */
function useSeenCards(rows: readonly ApprovalRow[]): { cards: readonly ApprovalRow[]; news: string } {
  const [seen, setSeen] = useState(() => rows.filter(({ state }) => state === 'waiting'));
  const [news, setNews] = useState('');
  const added = rows.filter(({ id, state }) => state === 'waiting' && !seen.some((card) => card.id === id));
  // While rendering, not in an effect: the list is whole before it is painted.
  if (added.length > 0) {
    setSeen([...seen, ...added]);
    setNews(added.map(({ service }) => `New question: ${service.name}`).join('. '));
  }
  return { cards: seen.map((card) => rows.find(({ id }) => id === card.id) ?? over(card)), news };
}

function waitingWords(waiting: number): string {
  if (waiting === 0) return 'As of';
  return waiting === 1 ? '1 question waits, as of' : `${waiting} questions wait, as of`;
}

function isOpen({ state, heldUntil }: ApprovalRow, now: Date): boolean {
  return state === 'waiting' && heldUntil !== null && heldUntil > now;
}

function over(row: ApprovalRow): ApprovalRow {
  return row.state === 'waiting' ? { ...row, state: 'lapsed', heldUntil: null } : row;
}
