import { apiCtx } from '@/lib/auth/session';
import { callDue } from '@/lib/booking/call.queries';
import { approvalOf } from '@/lib/crossborder/approval.queries';
import type { FreshApproval } from '@/lib/crossborder/approval.client';
import { isId } from '@/lib/platform/id';

/** What the check page reads again while its question waits: whether somebody has answered. Only in the call's own organisation. */
export async function GET(request: Request, { params }: { params: Promise<{ callId: string }> }): Promise<Response> {
  const ctx = await apiCtx();
  if (!ctx) return Response.json({ code: 'signed-out' }, { status: 401 });

  const { callId } = await params;
  const slotId = new URL(request.url).searchParams.get('slot') ?? '';
  const call = isId(slotId) ? await callDue(ctx, callId) : null;
  if (!call) return Response.json({ code: 'not-found' }, { status: 404 });

  const fresh: FreshApproval = { at: ctx.now, approval: await approvalOf(ctx, { callId, slotId }) };
  return Response.json(fresh, { headers: { 'Cache-Control': 'no-store' } });
}
