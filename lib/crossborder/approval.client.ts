import { queryOptions } from '@tanstack/react-query';
import type { ApprovalNow } from '@/lib/crossborder/approval.schema';

const REFRESH_MS = 3_000;
const INSTANTS = new Set(['at', 'askedAt', 'heldUntil']);

/** A call's question about a slot as it was at `at`, server time; null while none has been asked. */
export type FreshApproval = { at: Date; approval: ApprovalNow | null };

/** The question of this call about this slot, read again every three seconds while the page is visible and somebody may yet answer. */
export function approvalQuery({ callId, slotId }: { callId: string; slotId: string }, first: FreshApproval) {
  return queryOptions({
    queryKey: ['approval', callId, slotId],
    queryFn: ({ signal }) => readApproval(callId, slotId, signal),
    initialData: first,
    // What is approved can still run out with its hold; what was declined or has lapsed stays so.
    refetchInterval: ({ state: { data } }) => (data?.approval?.state === 'waiting' || data?.approval?.state === 'approved' ? REFRESH_MS : false),
    refetchOnMount: false,
  });
}

async function readApproval(callId: string, slotId: string, signal: AbortSignal): Promise<FreshApproval> {
  const response = await fetch(`/api/calls/${callId}/approval?slot=${slotId}`, { signal });
  if (!response.ok) throw new Error(`approval: HTTP ${response.status}`);
  // JSON has no instants, so they are read back by name.
  const fresh: unknown = JSON.parse(await response.text(), (name, value: unknown) => (INSTANTS.has(name) && typeof value === 'string' ? new Date(value) : value));
  if (!isFreshApproval(fresh)) throw new Error('approval: not an answer of Onward');
  return fresh;
}

// Our own answer, of the same version: no zod in the browser, where it would be 15 kB.
function isFreshApproval(answer: unknown): answer is FreshApproval {
  return typeof answer === 'object' && answer !== null && 'at' in answer && answer.at instanceof Date && 'approval' in answer;
}
