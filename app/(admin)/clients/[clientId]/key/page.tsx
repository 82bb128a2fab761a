import type { Metadata } from 'next';
import { KEY_ALGORITHMS } from '@/lib/auth/client-key.schema';
import { openClientForm } from '../client';
import { KeyForm } from './key-form';

export const metadata: Metadata = { title: 'Add a key – API client' };

export default async function KeyPage({ params }: { params: Promise<{ clientId: string }> }) {
  const { client, kept } = await openClientForm(params, '/key');
  return (
    <div className="max-w-form">
      <h1 className="nhsuk-heading-l mb-2 wrap-anywhere">Add a key of {client.name}</h1>
      <p>With it the other system signs what it sends, instead of a secret. Only the public half is kept here.</p>
      <KeyForm clientId={client.id} algorithms={KEY_ALGORITHMS} kept={kept} />
    </div>
  );
}
