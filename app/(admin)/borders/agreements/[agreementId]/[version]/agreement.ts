import { notFound } from 'next/navigation';
import type { Ctx } from '@/lib/auth/actor';
import { formOwner, staffCtxWith, takeDraft } from '@/lib/auth/session';
import { agreementVersion } from '@/lib/crossborder/agreement.queries';

export type VersionParams = Promise<{ agreementId: string; version: string }>;

/** The version of a page with who looks at it; `page` is the end of its path. */
export async function openVersion(params: VersionParams, page = '') {
  const { agreementId: id, version: typed } = await params;
  const path = `/borders/agreements/${id}/${typed}`;
  const ctx = await staffCtxWith('border:read', path + page);
  const version = /^[1-9]\d{0,5}$/.test(typed) ? await agreementVersion(ctx, { id, version: Number(typed) }) : null;
  if (!version) notFound();
  return { ctx, version, path };
}

/** What the form at `path` must outlive its session with. */
export async function keptFor(ctx: Ctx, path: string) {
  const [draft, owner] = await Promise.all([takeDraft(ctx, path), formOwner(ctx)]);
  return { draft, owner };
}
