import { Example } from '@/components/developers/example';
import { SummaryList } from '@/components/ui/summary-list';

type TokensProps = { root: string; credentials: { tokenUrl: string; scopes: Readonly<Record<string, string>> } };

/** How a client gets its token. */
export function Tokens({ root, credentials }: TokensProps) {
  return (
    <section className="panel mb-4" aria-labelledby="tokens">
      <h2 id="tokens">Get a token</h2>
      <p>
        Whoever runs this installation registers your system as an API client and gives you a client id and a secret, which is shown once. A token lives five
        minutes: get another before it ends.
      </p>
      <Example label="A request for a token">{tokenRequest(credentials.tokenUrl)}</Example>
      <p>Send it with every request:</p>
      <Example label="A request with a token">{`curl "${root}/Slot?service=2000080401&status=free" \\\n  --header "Authorization: Bearer $TOKEN"`}</Example>
      <p>
        Instead of a secret a client can sign an assertion with a key that is registered for it (private_key_jwt, RFC 7523), or make the standard&apos;s own tokens
        with such a key.
      </p>
      <h3>Scopes</h3>
      <SummaryList rows={Object.entries(credentials.scopes).map(([key, value]) => ({ key, value }))} />
    </section>
  );
}

function tokenRequest(tokenUrl: string): string {
  return [`curl ${tokenUrl}`, '--data grant_type=client_credentials', '--data client_id=$CLIENT_ID', '--data client_secret=$CLIENT_SECRET', '--data-urlencode "scope=organization/slot.read patient/appointment.write"'].join(
    ' \\\n  ',
  );
}
