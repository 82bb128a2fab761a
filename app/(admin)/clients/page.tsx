import type { Metadata } from 'next';
import { ClientTable } from '@/components/clients/client-table';
import { LinkButton } from '@/components/ui/button';
import { listClients } from '@/lib/auth/clients.queries';
import { staffCtxWith } from '@/lib/auth/session';

export const metadata: Metadata = { title: 'API clients' };

export default async function ClientsPage() {
  const ctx = await staffCtxWith('client:manage', '/clients');
  const clients = await listClients(ctx);
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h1 className="nhsuk-heading-l mb-0">API clients</h1>
        <LinkButton href="/clients/new" variant="primary">
          Register a client…
        </LinkButton>
      </div>
      {clients.length === 0 ? <p className="panel max-w-measure">No other system can book here yet. Register one, and give whoever runs it its client id and secret.</p> : <ClientTable clients={clients} />}
    </>
  );
}
