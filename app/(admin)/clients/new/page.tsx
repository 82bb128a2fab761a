import type { Metadata } from 'next';
import { formOwner, staffCtxWith, takeDraft } from '@/lib/auth/session';
import { RegisterForm } from './register-form';

export const metadata: Metadata = { title: 'Register an API client' };

export default async function NewClientPage() {
  const ctx = await staffCtxWith('client:manage', '/clients/new');
  const [draft, owner] = await Promise.all([takeDraft(ctx, '/clients/new'), formOwner(ctx)]);
  return (
    <div className="max-w-form">
      <h1 className="nhsuk-heading-l mb-4">Register an API client</h1>
      <RegisterForm kept={{ owner, draft }} />
    </div>
  );
}
