import { queryOptions } from '@tanstack/react-query';
import type { ApprovalRow } from '@/lib/crossborder/approval.schema';

const REFRESH_MS = 5_000;
const INSTANTS = new Set(['at', 'askedAt', 'heldUntil', 'startsAt', 'endsAt', 'dueAt']);

/** The questions of the inbox as they were at `at`, server time. */
export type FreshInbox = { at: Date; rows: readonly ApprovalRow[] };

/** The inbox, read again every five seconds while the page is visible. */
export function inboxQuery(first: FreshInbox) {
  return queryOptions({
    queryKey: ['approvals'],
    queryFn: ({ signal, client }) => readInbox(client.getQueryData<FreshInbox>(['approvals']) ?? first, signal),
    initialData: first,
    refetchInterval: REFRESH_MS,
  });
}

async function readInbox(before: FreshInbox, signal: AbortSignal): Promise<FreshInbox> {
  // What is shown already is no new look.
  const response = await fetch(`/api/borders/approvals?seen=${before.rows.map(({ id }) => id).join()}`, { signal });
  if (!response.ok) throw new Error(`approvals: HTTP ${response.status}`);
  // JSON has no instants, so they are read back by name.
  const fresh: unknown = JSON.parse(await response.text(), (name, value: unknown) => (INSTANTS.has(name) && typeof value === 'string' ? new Date(value) : value));
  if (!isFreshInbox(fresh)) throw new Error('approvals: not an answer of Onward');
  return fresh;
}

// Our own answer, of the same version: no zod in the browser, where it would be 15 kB.
function isFreshInbox(answer: unknown): answer is FreshInbox {
  return typeof answer === 'object' && answer !== null && 'at' in answer && answer.at instanceof Date && 'rows' in answer;
}
