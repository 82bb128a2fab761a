import type { Metadata } from 'next';
import { formOwner, staffCtxWith, takeDraft } from '@/lib/auth/session';
import { AddForm } from './add-form';

export const metadata: Metadata = { title: 'Add an appointment source' };

export default async function NewSourcePage() {
  const ctx = await staffCtxWith('source:manage', '/sources/new');
  const [draft, owner] = await Promise.all([takeDraft(ctx, '/sources/new'), formOwner(ctx)]);
  return (
    <div className="max-w-form">
      <h1 className="nhsuk-heading-l mb-4">Add an appointment source</h1>
      <AddForm kept={{ owner, draft }} />
    </div>
  );
}
