import { apiCtx } from '@/lib/auth/session';
import { hasPermission } from '@/lib/auth/permissions';
import type { FreshProgress } from '@/lib/crossborder/what-if.client';
import { whatIfProgress } from '@/lib/crossborder/what-if.queries';

/** What the page of a replay reads again while it is at work: how far it is. */
export async function GET(_request: Request, { params }: { params: Promise<{ whatIfId: string }> }): Promise<Response> {
  const ctx = await apiCtx();
  if (!ctx) return Response.json({ code: 'signed-out' }, { status: 401 });

  const progress = hasPermission(ctx.actor, 'border:read') ? await whatIfProgress(ctx, (await params).whatIfId) : null;
  if (!progress) return Response.json({ code: 'not-found' }, { status: 404 });
  const fresh: FreshProgress = { at: ctx.now, ...progress };
  return Response.json(fresh, { headers: { 'Cache-Control': 'no-store' } });
}
