import type { ClientForm } from '@/lib/auth/client-form.schema';

const ticked = (isTicked: boolean) => (isTicked ? 'yes' : '');

/** The settings of a client as they stand, by the names of the form's fields. */
export function clientValues(client: ClientForm): Record<string, string> {
  return {
    name: client.name,
    organisationCode: client.organisationCode,
    actsFor: client.actsFor.join(', '),
    scopes: client.scopes.join(),
    bookServices: client.bookServices.join(', '),
    cancelServices: client.cancelServices.join(', '),
    issuer: client.issuer ?? '',
    isBehindProxy: ticked(client.isBehindProxy),
    needsProxyHeaders: ticked(client.needsProxyHeaders),
    needsDocument: ticked(client.needsDocument),
    refusesLongTokens: ticked(client.refusesLongTokens),
    requestsPerMinute: String(client.requestsPerMinute),
  };
}
