import { notFound } from 'next/navigation';
import { cache } from 'react';
import type { Ctx } from '@/lib/auth/actor';
import { hasPermission } from '@/lib/auth/permissions';
import { maybeStaffCtx, staffCtxWith } from '@/lib/auth/session';
import { callFor } from '@/lib/booking/call.queries';
import type { Call } from '@/lib/booking/schema';

type OpenedCall = { ctx: Ctx; call: Call };

// Every part of one page has the same ctx: the call is read, and the look at it audited, once.
const readCall = cache(callFor);

/** The call of a page with who looks at it; `page` is the last part of the page's path, to come back to after signing in. */
export async function openCall(callId: string, page = 'services'): Promise<OpenedCall> {
  const ctx = await staffCtxWith('call:open', `/calls/${callId}/${page}`);
  const call = await readCall(ctx, callId);
  if (!call) notFound();
  return { ctx, call };
}

/** The same for what stands around a page; null for whoever may see that page but does not take calls, or not of that organisation. */
export async function callAround(callId: string): Promise<OpenedCall | null> {
  const ctx = await maybeStaffCtx();
  const call = ctx && hasPermission(ctx.actor, 'call:open') ? await readCall(ctx, callId) : null;
  return ctx && call ? { ctx, call } : null;
}
