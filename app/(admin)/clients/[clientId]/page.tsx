import type { Metadata } from 'next';
import { ClientKeys, ClientSecrets } from '@/components/clients/client-credentials';
import { ClientSettings } from '@/components/clients/client-settings';
import { ActiveTag } from '@/components/clients/client-table';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { openClient } from './client';
import { SwitchForm } from './switch-form';

export const metadata: Metadata = { title: 'API client' };

type ClientPageProps = { params: Promise<{ clientId: string }>; searchParams: Promise<{ saved?: string | string[] }> };

const SAVED: Record<string, string> = {
  settings: 'The settings were saved',
  key: 'The key was added',
  'secret-withdrawn': 'The secret was withdrawn',
  'key-withdrawn': 'The key was withdrawn',
  on: 'The client is on again',
  off: 'The client is off',
};

export default async function ClientPage({ params, searchParams }: ClientPageProps) {
  const { ctx, client } = await openClient(params);
  const saved = SAVED[String((await searchParams).saved)];
  return (
    <div className="max-w-measure">
      <p className="mb-2">
        <Link href="/clients">API clients</Link>
      </p>
      <h1 className="nhsuk-heading-l mb-4 flex flex-wrap items-center gap-x-4 wrap-anywhere">
        {client.name} <ActiveTag isActive={client.isActive} />
      </h1>
      {saved ? <Notice tone="success" title={saved} focus /> : null}
      <ClientSettings client={client} />
      <ClientSecrets client={client} now={ctx.now} />
      <ClientKeys client={client} now={ctx.now} />
      <SwitchForm clientId={client.id} isActive={client.isActive} />
    </div>
  );
}
