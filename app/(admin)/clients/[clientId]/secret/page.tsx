import type { Metadata } from 'next';
import { openClientForm } from '../client';
import { SecretForm } from './secret-form';

export const metadata: Metadata = { title: 'New secret – API client' };

export default async function SecretPage({ params }: { params: Promise<{ clientId: string }> }) {
  const { client, kept } = await openClientForm(params, '/secret');
  return (
    <div className="max-w-form">
      <h1 className="nhsuk-heading-l mb-2 wrap-anywhere">New secret for {client.name}</h1>
      <SecretForm clientId={client.id} kept={kept} />
    </div>
  );
}
