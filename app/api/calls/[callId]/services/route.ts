import { freshCounts } from '@/components/directory/count-words';
import { apiCtx } from '@/lib/auth/session';
import { callDue } from '@/lib/booking/call.queries';
import { countFree } from '@/lib/directory/count.queries';
import { isId } from '@/lib/platform/id';

const MOST_IDS = 60;

/** What the list of services reads again: how many slots of each are free in time for this call, in words (U-015 to U-017). */
export async function GET(request: Request, { params }: { params: Promise<{ callId: string }> }): Promise<Response> {
  const ctx = await apiCtx();
  if (!ctx) return Response.json({ code: 'signed-out' }, { status: 401 });

  const call = await callDue(ctx, (await params).callId);
  if (!call) return Response.json({ code: 'not-found' }, { status: 404 });
  const serviceIds = (new URL(request.url).searchParams.get('ids') ?? '').split(',').filter(isId).slice(0, MOST_IDS);

  const counts = await countFree(ctx, { serviceIds, dueAt: call.dueAt });
  return Response.json(freshCounts(counts, ctx.now), { headers: { 'Cache-Control': 'no-store' } });
}
