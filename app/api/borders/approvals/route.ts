import { apiCtx } from '@/lib/auth/session';
import { hasPermission } from '@/lib/auth/permissions';
import { approvalInbox } from '@/lib/crossborder/approval.queries';
import { isId } from '@/lib/platform/id';

const MOST_SEEN = 100;

/** What the inbox of approvals reads again: every question that it shows, and those that are new. */
export async function GET(request: Request): Promise<Response> {
  const ctx = await apiCtx();
  if (!ctx) return Response.json({ code: 'signed-out' }, { status: 401 });
  if (!hasPermission(ctx.actor, 'approval:answer')) return Response.json({ code: 'not-permitted' }, { status: 403 });

  const seen = (new URL(request.url).searchParams.get('seen') ?? '').split(',').filter(isId).slice(0, MOST_SEEN);
  return Response.json({ at: ctx.now, rows: await approvalInbox(ctx, seen) }, { headers: { 'Cache-Control': 'no-store' } });
}
