import type { Metadata } from 'next';
import { hasPermission } from '@/lib/auth/permissions';
import { formOwner, staffCtxWith, takeDraft } from '@/lib/auth/session';
import { FindForms } from './find-forms';

export const metadata: Metadata = { title: 'Find an appointment' };

export default async function FindPage() {
  const ctx = await staffCtxWith('appointment:read', '/appointments');
  const [draft, owner] = await Promise.all([takeDraft(ctx, '/appointments'), formOwner(ctx)]);
  return (
    <>
      <h1 className="nhsuk-heading-l mb-4">Find an appointment</h1>
      <FindForms kept={{ owner, draft }} canFindPatients={hasPermission(ctx.actor, 'patient:find')} />
    </>
  );
}
