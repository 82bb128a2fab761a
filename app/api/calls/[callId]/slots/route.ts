import { freshSlots } from '@/app/(staff)/calls/[callId]/services/fresh-slots';
import { apiCtx } from '@/lib/auth/session';
import { callDue } from '@/lib/booking/call.queries';

/** What the slot panel reads again: the slots of one service, as this call may see them. */
export async function GET(request: Request, { params }: { params: Promise<{ callId: string }> }): Promise<Response> {
  const ctx = await apiCtx();
  if (!ctx) return Response.json({ code: 'signed-out' }, { status: 401 });

  const { callId } = await params;
  const call = await callDue(ctx, callId);
  const serviceId = new URL(request.url).searchParams.get('service');
  if (!call || !serviceId) return Response.json({ code: 'not-found' }, { status: 404 });

  const fresh = await freshSlots(ctx, { serviceId, callId, dueAt: call.dueAt });
  return Response.json(fresh, { headers: { 'Cache-Control': 'no-store' } });
}
