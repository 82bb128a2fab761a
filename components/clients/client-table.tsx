import { scopesWords } from '@/components/clients/client-words';
import { Link } from '@/components/ui/link';
import { Tag } from '@/components/ui/tag';
import type { ClientLine } from '@/lib/auth/clients.queries';

/** The registered systems by name, each with the way to its page. On a phone every row is a card; the roles keep it a table for screen readers then. */
export function ClientTable({ clients }: { clients: readonly ClientLine[] }) {
  return (
    <div className="mb-5 border border-line bg-panel">
      <table role="table" className="mb-0 block w-full text-detail md:table">
        <caption className="nhsuk-u-visually-hidden">Systems that may use the API</caption>
        <thead role="rowgroup" className="sr-only md:not-sr-only md:table-header-group">
          <tr role="row" className="border-b border-line text-left">
            {['Name', 'Organisation', 'May', 'State'].map((title) => (
              <th key={title} role="columnheader" scope="col" className="px-4 py-2">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="block md:table-row-group">
          {clients.map((client) => (
            <ClientRow key={client.id} client={client} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

const CELL = 'block border-0 py-0.5 wrap-anywhere md:table-cell md:px-4 md:py-2';

function ClientRow({ client: { id, name, organisation, scopes, isActive, isDemonstration } }: { client: ClientLine }) {
  return (
    <tr role="row" className="block border-b border-line px-4 py-2 align-top last:border-b-0 md:table-row md:p-0">
      <th role="rowheader" scope="row" className={`${CELL} text-left`}>
        <Link href={`/clients/${id}`}>{name}</Link>
        {isDemonstration ? <span className="block font-normal text-quiet">Of the demonstration</span> : null}
      </th>
      <td role="cell" className={CELL}>
        {organisation.name} ({organisation.code})
      </td>
      <td role="cell" className={CELL}>
        {scopesWords(scopes)}
      </td>
      <td role="cell" className={CELL}>
        <ActiveTag isActive={isActive} />
      </td>
    </tr>
  );
}

export function ActiveTag({ isActive }: { isActive: boolean }) {
  return <Tag tone={isActive ? 'green' : 'grey'}>{isActive ? 'On' : 'Off'}</Tag>;
}
