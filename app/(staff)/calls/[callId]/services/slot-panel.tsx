'use client';

import { QueryClient, useQuery } from '@tanstack/react-query';
import { useActionState, useState } from 'react';
import { RefusalNotice } from '@/components/layout/refusal-notice';
import { SlotGroups } from '@/components/booking/slot-groups';
import { slotsQuery, type FreshSlots } from '@/lib/booking/client';
import type { SlotList, SlotRow } from '@/lib/booking/schema';
import type { FormState } from '@/lib/platform/form';
import { clockTime } from '@/lib/platform/time-words';
import { useKeys } from './use-keys';
import { hold, release } from './actions';

type SlotPanelProps = { call: { id: string; dueAt: Date | null; dispositionCode: string }; serviceId: string; first: FreshSlots };

/** The slots of the chosen service, each with its Hold. The same on the server, without JavaScript. */
export function SlotPanel({ call, serviceId, first }: SlotPanelProps) {
  const [client] = useState(() => new QueryClient());
  const [state, send] = useActionState<FormState, FormData>(hold, { values: {} });
  const query = useQuery(slotsQuery({ callId: call.id, serviceId }, first), client);
  useKeys(query.refetch);
  // A page rendered anew by the server, after a hold, is fresher than what was polled before it.
  const fresh = query.data.at < first.at ? first : query.data;
  const seen = useSeenSlots(fresh.slots);
  return (
    <>
      {state.refused ? <RefusalNotice refused={state.refused} /> : null}
      <form action={send}>
        <input type="hidden" name="callId" value={call.id} />
        <p role="status" className="mb-2 text-detail text-quiet tabular">
          {query.isError ? <strong>No answer from Onward: slots are as of {clockTime(fresh.at)}. It tries again by itself.</strong> : `Slots as of ${clockTime(fresh.at)}`}
        </p>
        <SlotGroups call={call} slots={fresh.slots} seen={seen} serverNow={fresh.at} release={release} />
      </form>
    </>
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
