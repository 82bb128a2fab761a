import type { Metadata } from 'next';
import { clientValues } from '@/components/clients/client-values';
import { openClientForm } from '../client';
import { SettingsForm } from './settings-form';

export const metadata: Metadata = { title: 'Settings – API client' };

export default async function SettingsPage({ params }: { params: Promise<{ clientId: string }> }) {
  const { client, kept } = await openClientForm(params, '/settings');
  return (
    <div className="max-w-form">
      <h1 className="nhsuk-heading-l mb-4 wrap-anywhere">Settings of {client.name}</h1>
      <SettingsForm clientId={client.id} version={client.version} first={clientValues(client)} kept={kept} />
    </div>
  );
}
