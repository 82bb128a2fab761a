import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { dayAndTime } from '@/components/layout/refusals/words';
import { openClientForm } from '../client';
import { WithdrawForm } from './withdraw-form';

export const metadata: Metadata = { title: 'Withdraw – API client' };

type WithdrawPageProps = { params: Promise<{ clientId: string }>; searchParams: Promise<{ secret?: string | string[]; key?: string | string[] }> };

/** Asked first: what is withdrawn cannot be given back. */
export default async function WithdrawPage({ params, searchParams }: WithdrawPageProps) {
  const wanted = await searchParams;
  const query = new URLSearchParams(wanted.secret ? { secret: String(wanted.secret) } : { key: String(wanted.key) });
  const { ctx, client, kept } = await openClientForm(params, `/withdraw?${query}`);
  const secret = client.secrets.find(({ id, revokedAt }) => id === query.get('secret') && !revokedAt);
  const key = client.keys.find(({ kid, revokedAt }) => kid === query.get('key') && !revokedAt);
  const found = secret ?? key;
  if (!found) notFound();
  const kind = secret ? 'secret' : 'key';
  return (
    <div className="max-w-form">
      <h1 className="nhsuk-heading-l mb-2">Withdraw a {kind}</h1>
      <p className="wrap-anywhere">
        The {kind} {key ? `${key.kid} ` : ''}of {client.name}, {secret ? 'made' : 'added'} {dayAndTime(found.createdAt, ctx.now)}.
      </p>
      <WithdrawForm clientId={client.id} kind={kind} id={secret?.id ?? key?.kid ?? ''} kept={kept} />
    </div>
  );
}
