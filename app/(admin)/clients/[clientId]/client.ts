import { notFound } from 'next/navigation';
import { clientFor } from '@/lib/auth/clients.queries';
import { formOwner, staffCtxWith, takeDraft } from '@/lib/auth/session';

type PageParams = Promise<{ clientId: string }>;

/** The API client of a page with who looks at it; `page` is the end of its path. */
export async function openClient(params: PageParams, page = '') {
  const { clientId } = await params;
  const path = `/clients/${clientId}${page}`;
  const ctx = await staffCtxWith('client:manage', path);
  const client = await clientFor(ctx, clientId);
  if (!client) notFound();
  return { ctx, client, path };
}

/** The same for a page with a form, and what that must outlive its session with. */
export async function openClientForm(params: PageParams, page: string) {
  const { ctx, client, path } = await openClient(params, page);
  const [draft, owner] = await Promise.all([takeDraft(ctx, path), formOwner(ctx)]);
  return { ctx, client, kept: { owner, draft } };
}
