import type { Metadata } from 'next';
import { formOwner, staffCtxWith, takeDraft } from '@/lib/auth/session';
import { serviceTypes } from '@/lib/directory/queries';
import { newId } from '@/lib/platform/id';
import { NewServiceForm } from './new-service-form';

export const metadata: Metadata = { title: 'New service' };

export default async function NewServicePage() {
  const ctx = await staffCtxWith('service:create', '/schedules/new');
  const [types, draft, owner] = await Promise.all([serviceTypes(), takeDraft(ctx, '/schedules/new'), formOwner(ctx)]);
  return (
    <div className="mx-auto max-w-measure">
      <h1 className="nhsuk-heading-l mb-2">New service</h1>
      <p>It belongs to {ctx.actor.organisation.name}, and you run it. No call finds it until you say what it accepts and when it is open.</p>
      <NewServiceForm newId={newId()} types={types.map(({ id, name }) => ({ value: String(id), words: name }))} kept={{ owner, draft }} />
    </div>
  );
}
