import type { Metadata } from 'next';
import { formOwner, staffCtxWith, takeDraft } from '@/lib/auth/session';
import { dispositions, symptomGroups } from '@/lib/directory/queries';
import { CallForm } from './call-form';

export const metadata: Metadata = { title: 'New call' };

export default async function NewCallPage() {
  const ctx = await staffCtxWith('call:open', '/calls/new');
  const [codes, groups, draft, owner] = await Promise.all([dispositions(), symptomGroups(), takeDraft(ctx, '/calls/new'), formOwner(ctx)]);
  return (
    <>
      <h1 className="nhsuk-heading-l mb-4">New call</h1>
      <CallForm dispositions={codes.map(({ code, title }) => ({ code, title }))} symptomGroups={groups} kept={{ owner, draft }} />
    </>
  );
}
