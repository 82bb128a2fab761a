'use client';

import { useQuery } from '@tanstack/react-query';
import { approvalQuery, type FreshApproval } from '@/lib/crossborder/approval.client';

/** The call's question as it is now, first as the server rendered it. `isLost`: Onward does not answer, and these are its last words. */
export function useAnswer(about: { callId: string; slotId: string }, first: FreshApproval): FreshApproval & { isLost: boolean } {
  const { data, isError } = useQuery({ ...approvalQuery(about, first), enabled: first.approval !== null });
  // A page rendered anew by the server, after asking, is fresher than what was polled before it.
  return { ...(data.at < first.at ? first : data), isLost: isError };
}
