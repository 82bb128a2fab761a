'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useActionState, useState, type MouseEvent } from 'react';
import { AlternativeSlots, offeredSlots } from '@/components/booking/alternative-slots';
import { SlotGroups } from '@/components/booking/slot-groups';
import { SkipFields } from '@/components/call/skip-fields';
import { RefusalNotice } from '@/components/layout/refusal-notice';
import { Link } from '@/components/ui/link';
import { slotsQuery, type FreshSlots } from '@/lib/booking/client';
import type { SlotList, SlotRow } from '@/lib/booking/schema';
import type { RejectReason, SkipNeeded } from '@/lib/booking/skip.schema';
import type { FormState } from '@/lib/platform/form';
import { clockTime, whenWords } from '@/lib/platform/time-words';
import { hold, release } from './actions';

type SlotPanelProps = {
  /** `overNote`: what a slot after the due time takes, in words. `mayHold`: whether a slot may be held here for this patient. */
  call: { id: string; dueAt: Date | null; overNote: string; isMine: boolean; mayHold: boolean };
  serviceId: string;
  first: FreshSlots;
  skips: { needed: readonly SkipNeeded[]; reasons: readonly RejectReason[] };
  canExtend: boolean;
};

/** The slots of the chosen service, each with its Hold. The same on the server, without JavaScript. */
export function SlotPanel({ call, serviceId, first, skips, canExtend }: SlotPanelProps) {
  const [state, send] = useActionState<FormState, FormData>(hold, { values: {} });
  const client = useQueryClient();
  const query = useQuery(slotsQuery({ callId: call.id, serviceId }, first));
  // A page rendered anew by the server, after a hold, is fresher than what was polled before it.
  const fresh = query.data.at < first.at ? first : query.data;
  const seen = useSeenSlots(fresh.slots);
  const { refused, values } = state;
  const alternatives = refused && 'alternatives' in refused.refusal ? refused.refusal.alternatives : null;
  return (
    <form action={send} key={JSON.stringify(values)}>
      <input type="hidden" name="callId" value={call.id} />
      <input type="hidden" name="serviceId" value={serviceId} />
      {refused ? <RefusalNotice refused={refused}>{alternatives?.held ? <GoOn callId={call.id} time={whenWords(alternatives.held.startsAt, fresh.at)} /> : null}</RefusalNotice> : null}
      {alternatives ? <AlternativeSlots name="slotId" alternatives={alternatives} now={fresh.at} /> : null}
      {call.isMine && call.mayHold ? <SkipFields {...skips} values={values} /> : null}
      <p className="mb-2 flex justify-between text-detail text-quiet tabular">
        Slots as of {clockTime(fresh.at)} <ReadAgain href={`/calls/${call.id}/services?service=${serviceId}`} read={() => void client.invalidateQueries()} />
      </p>
      <SlotGroups
        call={call}
        slots={fresh.slots}
        seen={seen}
        none={fresh.none}
        offered={alternatives ? offeredSlots(alternatives).map(({ slotId }) => slotId) : []}
        canExtend={canExtend}
        serverNow={fresh.at}
        release={release}
      />
    </form>
  );
}

/** The slot that is held instead may be below what can be seen. */
function GoOn({ callId, time }: { callId: string; time: string }) {
  return (
    <p className="mt-2 mb-0">
      <Link href={`/calls/${callId}/check`} data-key="c" data-command="Check and book">
        Check and book {time}
        <kbd aria-hidden="true">C</kbd>
      </Link>
    </p>
  );
}

function ReadAgain({ href, read }: { href: string; read: () => void }) {
  function readHere(event: MouseEvent) {
    event.preventDefault();
    read();
  }
  return (
    <a href={href} onClick={readHere} data-key="r" data-command="Read the slots again">
      Refresh<kbd aria-hidden="true">R</kbd>
    </a>
  );
}

/** Every slot shown so far: one that has gone stays, struck through, so that nothing moves under the pointer. */
function useSeenSlots({ inTime, after }: SlotList): readonly SlotRow[] {
  const [seen, setSeen] = useState(() => [...inTime, ...after]);
  const known = new Set(seen.map(({ id }) => id));
  const added = [...inTime, ...after].filter(({ id }) => !known.has(id));
  // While rendering, not in an effect: the list is whole before it is painted.
  if (added.length > 0) setSeen([...seen, ...added]);
  return seen;
}
