import type { Metadata } from 'next';
import { SourceTable } from '@/components/registry/source-table';
import { LinkButton } from '@/components/ui/button';
import { staffCtxWith } from '@/lib/auth/session';
import { listSources } from '@/lib/registry/sources.queries';

export const metadata: Metadata = { title: 'Appointment sources' };

export default async function SourcesPage() {
  const ctx = await staffCtxWith('source:manage', '/sources');
  const sources = await listSources(ctx);
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h1 className="nhsuk-heading-l mb-0">Appointment sources</h1>
        <LinkButton href="/sources/new" variant="primary">
          Add a source…
        </LinkButton>
      </div>
      <p className="max-w-measure">Appointments that others registered are re-read once a day where they are held, and shortly before they start. Nothing but what lies below these addresses is ever asked for.</p>
      {sources.length === 0 ? <p className="panel max-w-measure">No appointment of another system is re-read yet. Add the systems whose appointments should be confirmed.</p> : <SourceTable sources={sources} now={ctx.now} />}
    </>
  );
}
