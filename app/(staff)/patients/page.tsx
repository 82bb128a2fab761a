import type { Metadata } from 'next';
import { formOwner, staffCtxWith, takeDraft } from '@/lib/auth/session';
import { FindForm } from './find-form';

export const metadata: Metadata = { title: 'Find a patient' };

export default async function PatientsPage() {
  const ctx = await staffCtxWith('registry:view', '/patients');
  const [draft, owner] = await Promise.all([takeDraft(ctx, '/patients'), formOwner(ctx)]);
  return (
    <div className="mx-auto max-w-measure">
      <h1 className="nhsuk-heading-l mb-2">Find a patient</h1>
      <p>Every appointment of a patient, wherever it was booked. In a call you need no reason: choose “All appointments” there.</p>
      <FindForm kept={{ owner, draft }} />
    </div>
  );
}
