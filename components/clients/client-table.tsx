import { scopesWords } from '@/components/clients/client-words';
import { CardCell, CardRow, CardTable } from '@/components/ui/card-table';
import { Link } from '@/components/ui/link';
import { Tag } from '@/components/ui/tag';
import type { ClientLine } from '@/lib/auth/clients.queries';

/** The registered systems by name, each with the way to its page. */
export function ClientTable({ clients }: { clients: readonly ClientLine[] }) {
  return (
    <CardTable title="Systems that may use the API" columns={['Name', 'Organisation', 'May', 'State']}>
      {clients.map((client) => (
        <ClientRow key={client.id} client={client} />
      ))}
    </CardTable>
  );
}

function ClientRow({ client: { id, name, organisation, scopes, isActive, isDemonstration } }: { client: ClientLine }) {
  const head = (
    <>
      <Link href={`/clients/${id}`}>{name}</Link>
      {isDemonstration ? <span className="block font-normal text-quiet">Of the demonstration</span> : null}
    </>
  );
  return (
    <CardRow head={head}>
      <CardCell>
        {organisation.name} ({organisation.code})
      </CardCell>
      <CardCell>{scopesWords(scopes)}</CardCell>
      <CardCell>
        <ActiveTag isActive={isActive} />
      </CardCell>
    </CardRow>
  );
}

export function ActiveTag({ isActive }: { isActive: boolean }) {
  return <Tag tone={isActive ? 'green' : 'grey'}>{isActive ? 'On' : 'Off'}</Tag>;
}
