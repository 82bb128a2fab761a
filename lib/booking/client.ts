import { queryOptions } from '@tanstack/react-query';
import type { SlotList } from '@/lib/booking/schema';

const REFRESH_MS = 10_000;
const INSTANTS = new Set(['at', 'startsAt', 'endsAt', 'heldUntil']);

/** The slots of a service as they were at `at`, server time; when none is free in time, `none` says why. */
export type FreshSlots = { at: Date; slots: SlotList; none: string | null };

/** The slots of one service in one call, read again about every ten seconds while the page is visible. */
export function slotsQuery({ callId, serviceId }: { callId: string; serviceId: string }, first: FreshSlots) {
  return queryOptions({
    queryKey: ['slots', callId, serviceId],
    queryFn: ({ signal }) => readSlots(callId, serviceId, signal),
    initialData: first,
    refetchInterval: REFRESH_MS,
  });
}

async function readSlots(callId: string, serviceId: string, signal: AbortSignal): Promise<FreshSlots> {
  const response = await fetch(`/api/calls/${callId}/slots?service=${serviceId}`, { signal });
  if (!response.ok) throw new Error(`slots: HTTP ${response.status}`);
  // JSON has no instants, so they are read back by name.
  const fresh: unknown = JSON.parse(await response.text(), (name, value: unknown) => (INSTANTS.has(name) && typeof value === 'string' ? new Date(value) : value));
  if (!isFreshSlots(fresh)) throw new Error('slots: not an answer of Onward');
  return fresh;
}

// Our own answer, of the same version: no zod in the browser, where it would be 15 kB.
function isFreshSlots(answer: unknown): answer is FreshSlots {
  return typeof answer === 'object' && answer !== null && 'at' in answer && answer.at instanceof Date && 'slots' in answer;
}
