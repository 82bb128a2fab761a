import { rateWords, scopesWords, servicesWords } from '@/components/clients/client-words';
import { Notice } from '@/components/ui/notice';
import { SummaryList, type SummaryRow } from '@/components/ui/summary-list';
import type { ClientDetail } from '@/lib/auth/clients.queries';

/** What is set of an API client, with the way to change it. */
export function ClientSettings({ client }: { client: ClientDetail }) {
  return (
    <section aria-labelledby="settings-heading" className="panel mb-5 pb-0">
      <h2 id="settings-heading" className="mb-2 text-lead">
        Settings
      </h2>
      {client.isBehindProxy ? (
        <Notice tone="warning" title="Unsigned tokens are accepted">
          Whoever reaches this server without the Spine Secure Proxy can pretend to be this client.
        </Notice>
      ) : null}
      <SummaryList rows={settingRows(client)} />
    </section>
  );
}

function settingRows(client: ClientDetail): SummaryRow[] {
  const { id, organisation, actsFor, issuer } = client;
  return [
    { key: 'Client id', value: <span className="font-mono wrap-anywhere select-all">{id}</span>, action: { href: `/clients/${id}/settings`, words: 'Change', about: 'the settings' } },
    { key: 'Organisation', value: `${organisation.name} (${organisation.code})` },
    { key: 'Acts for', value: <span className="wrap-anywhere">{actsFor.length > 0 ? actsFor.join(', ') : 'No other organisation'}</span> },
    { key: 'May', value: scopesWords(client.scopes) },
    { key: 'Books at', value: <span className="wrap-anywhere">{servicesWords(client.bookServices)}</span> },
    { key: 'Amends and cancels at', value: <span className="wrap-anywhere">{servicesWords(client.cancelServices)}</span> },
    { key: 'A booking must name its document', value: client.needsDocument ? 'Yes' : 'No' },
    { key: 'Requests', value: `At most ${rateWords(client.requestsPerMinute)}` },
    { key: 'Makes its own tokens', value: <span className="wrap-anywhere">{issuer ? `Yes, as ${issuer}${client.isBehindProxy ? ', also unsigned ones' : ''}` : 'No: it gets them here'}</span> },
    ...(issuer ? [{ key: 'Tokens of more than 5 minutes', value: client.refusesLongTokens ? 'Refused' : 'Accepted, and logged' }] : []),
    { key: 'Without proxy headers', value: client.needsProxyHeaders ? 'Refused' : 'Accepted' },
  ];
}
