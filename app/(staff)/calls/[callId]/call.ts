import { notFound } from 'next/navigation';
import { cache } from 'react';
import { staffCtxWith } from '@/lib/auth/session';
import { callFor } from '@/lib/booking/call.queries';

/** The call of a page with who looks at it, read once however many parts of the page ask. */
export const openCall = cache(async (callId: string) => {
  const ctx = await staffCtxWith('call:open', `/calls/${callId}/services`);
  const call = await callFor(ctx, callId);
  if (!call) notFound();
  return { ctx, call };
});
