import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { openPath } from '@/components/registry/open-path';
import { SealedTimes } from '@/components/registry/sealed-appointment';
import { returnPath } from '@/lib/auth/return-path.rules';
import { formOwner, staffCtxWith, takeDraft } from '@/lib/auth/session';
import { shutEntry } from '@/lib/registry/access.queries';
import { OpenForm } from './open-form';

export const metadata: Metadata = { title: 'Open a sealed appointment' };

type OpenPageProps = { params: Promise<{ entryId: string }>; searchParams: Promise<{ back?: string | string[] }> };

export default async function OpenPage({ params, searchParams }: OpenPageProps) {
  const [{ entryId }, { back: asked }] = await Promise.all([params, searchParams]);
  const back = returnPath(typeof asked === 'string' ? asked : null);
  const path = openPath({ entryId, back });
  const ctx = await staffCtxWith('registry:open-sealed', path);
  const entry = await shutEntry(ctx, entryId);
  if (!entry) notFound();
  if (entry.isOpen) redirect(back);

  const [draft, owner] = await Promise.all([takeDraft(ctx, path), formOwner(ctx)]);
  return (
    <div className="mx-auto max-w-measure">
      <h1 className="nhsuk-heading-l mb-4">Open a sealed appointment</h1>
      <p>It is at a sensitive service. Open it only when you need it for your work: your name, your reason and the patient are shown to the auditor.</p>
      <SealedTimes appointment={entry} />
      <OpenForm entryId={entryId} back={back} kept={{ owner, draft }} />
    </div>
  );
}
