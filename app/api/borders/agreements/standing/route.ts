import { lookAtTyped } from '@/app/(admin)/borders/agreements/look';
import { hasPermission } from '@/lib/auth/permissions';
import { apiCtx } from '@/lib/auth/session';
import { formValues } from '@/lib/platform/form';

/** What the form of an agreement reads again while somebody types. It changes nothing; posted because all that is typed would not fit an address. */
export async function POST(request: Request): Promise<Response> {
  const ctx = await apiCtx();
  if (!ctx) return Response.json({ code: 'signed-out' }, { status: 401 });
  if (!hasPermission(ctx.actor, 'border:read')) return Response.json({ code: 'not-found' }, { status: 404 });

  const typed = await request.formData().catch(() => null);
  if (!typed) return Response.json({ code: 'not-a-form' }, { status: 400 });
  const values = formValues(typed);
  return Response.json(await lookAtTyped(ctx, { id: values['id'] || null, values }), { headers: { 'Cache-Control': 'no-store' } });
}
