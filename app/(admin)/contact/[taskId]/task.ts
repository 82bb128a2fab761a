import { notFound } from 'next/navigation';
import { formOwner, staffCtxWith, takeDraft } from '@/lib/auth/session';
import { contactTask } from '@/lib/notify/contact.queries';

/** The person of a page of `/contact/<taskId>` with what was done for them, who looks, and what they had typed; `page` is the end of its path. */
export async function openTask(params: Promise<{ taskId: string }>, page = '') {
  const { taskId } = await params;
  const path = `/contact/${taskId}${page}`;
  const ctx = await staffCtxWith('contact:work', path);
  const found = await contactTask(ctx, taskId);
  if (!found) notFound();
  const [owner, draft] = await Promise.all([formOwner(ctx), takeDraft(ctx, path)]);
  return { ctx, ...found, owner, draft };
}
