import type { ReactNode } from 'react';
import { dayAndTime } from '@/components/layout/refusals/words';
import { LinkButton } from '@/components/ui/button';
import { Details } from '@/components/ui/details';
import { Link } from '@/components/ui/link';
import type { ClientDetail } from '@/lib/auth/clients.queries';

type CredentialsProps = { client: ClientDetail; now: Date };

/** What a client proves itself with, as far as it counts: one line each, with the way to withdraw it. */
type Line = { id: string; words: string; withdraw: string; revokedAt: Date | null };

export function ClientSecrets({ client: { id, secrets }, now }: CredentialsProps) {
  const lines = secrets.map(({ id: secretId, createdAt, revokedAt }): Line => {
    const query = new URLSearchParams({ secret: secretId });
    return { id: secretId, words: `Made ${dayAndTime(createdAt, now)}`, withdraw: `/clients/${id}/withdraw?${query}`, revokedAt };
  });
  return (
    <Credentials id="secrets" title="Secrets" lines={lines} none="None: it can get tokens only with a key." now={now}>
      <LinkButton href={`/clients/${id}/secret`}>Make a new secret…</LinkButton>
    </Credentials>
  );
}

export function ClientKeys({ client: { id, keys }, now }: CredentialsProps) {
  const lines = keys.map(({ kid, algorithm, createdAt, revokedAt }): Line => {
    const query = new URLSearchParams({ key: kid });
    return { id: kid, words: `${kid}, ${algorithm}, added ${dayAndTime(createdAt, now)}`, withdraw: `/clients/${id}/withdraw?${query}`, revokedAt };
  });
  return (
    <Credentials id="keys" title="Keys" lines={lines} none="None: nothing that it signs is accepted." now={now}>
      <LinkButton href={`/clients/${id}/key`}>Add a key…</LinkButton>
    </Credentials>
  );
}

type SectionProps = { id: string; title: string; lines: readonly Line[]; none: string; now: Date; children: ReactNode };

function Credentials({ id, title, lines, none, now, children }: SectionProps) {
  const live = lines.filter(({ revokedAt }) => revokedAt === null);
  const gone = lines.filter(({ revokedAt }) => revokedAt !== null);
  return (
    <section aria-labelledby={`${id}-heading`} className="panel mb-5">
      <h2 id={`${id}-heading`} className="mb-2 text-lead">
        {title}
      </h2>
      {live.length === 0 ? <p>{none}</p> : null}
      <ul className="m-0 mb-3 list-none p-0">
        {live.map((line) => (
          <li key={line.id} className="mb-0 flex flex-wrap items-baseline justify-between gap-x-5 border-b border-line py-2 wrap-anywhere tabular">
            {line.words}
            <Link href={line.withdraw}>
              Withdraw<span className="nhsuk-u-visually-hidden"> the one: {line.words}</span>
            </Link>
          </li>
        ))}
      </ul>
      {children}
      {gone.length > 0 ? <Withdrawn lines={gone} now={now} /> : null}
    </section>
  );
}

function Withdrawn({ lines, now }: { lines: readonly Line[]; now: Date }) {
  return (
    <div className="mt-4">
      <Details summary={`Withdrawn (${lines.length})`}>
        <ul className="m-0 list-none p-0 text-detail tabular">
          {lines.map(({ id, words, revokedAt }) => (
            <li key={id} className="mb-0 wrap-anywhere">
              {words}
              {revokedAt ? `, withdrawn ${dayAndTime(revokedAt, now)}` : ''}
            </li>
          ))}
        </ul>
      </Details>
    </div>
  );
}
