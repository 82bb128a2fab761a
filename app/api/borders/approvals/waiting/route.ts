import { apiCtx } from '@/lib/auth/session';
import { waitingApprovals } from '@/lib/crossborder/approval.queries';

/** How many questions wait for whoever is signed in: what the header reads again. */
export async function GET(): Promise<Response> {
  const ctx = await apiCtx();
  if (!ctx) return Response.json({ code: 'signed-out' }, { status: 401 });
  return Response.json({ count: await waitingApprovals(ctx) }, { headers: { 'Cache-Control': 'no-store' } });
}
