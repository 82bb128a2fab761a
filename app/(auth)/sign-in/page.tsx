import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { ROLE_WORDS } from '@/components/layout/header-person';
import { PageShell } from '@/components/layout/page-shell';
import { Notice } from '@/components/ui/notice';
import { providerName } from '@/lib/auth/config';
import { returnPath, unavailablePath } from '@/lib/auth/return-path.rules';
import { maybeStaffCtx } from '@/lib/auth/session';
import { isDemonstration } from '@/lib/platform/env';
import { readHealth } from '@/lib/platform/health';
import { DEMO_ACCOUNTS } from '@/prisma/seed/staff';
import { SignInForm } from './sign-in-form';

export const metadata: Metadata = { title: 'Sign in' };

type Search = { from?: string | string[]; error?: string | string[]; 'signed-out'?: string | string[] };

export default async function SignInPage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams;
  const from = returnPath(typeof search.from === 'string' ? search.from : undefined);
  if (await maybeStaffCtx()) redirect(from);
  if ((await readHealth()).database === 'away') redirect(unavailablePath(from));

  const provider = providerName();
  return (
    <PageShell>
      <h1>Sign in</h1>
      <div className="grid gap-4">
        {search['signed-out'] !== undefined ? <Notice tone="success" title="You are signed out" /> : null}
        {search.error !== undefined ? <ProviderRefusal error={search.error} /> : null}
        {isDemonstration() ? (
          <SignInForm from={from} accounts={accounts()}>
            {provider ? <ProviderLink name={provider} from={from} /> : null}
          </SignInForm>
        ) : null}
        {provider && !isDemonstration() ? <ProviderLink name={provider} from={from} isMainWay /> : null}
        {!provider && !isDemonstration() ? <NoWayIn /> : null}
      </div>
    </PageShell>
  );
}

function accounts() {
  return DEMO_ACCOUNTS.map(({ role, email, password, organisation }) => ({ words: ROLE_WORDS[role], email, password, organisation }));
}

function ProviderLink({ name, from, isMainWay }: { name: string; from: string; isMainWay?: boolean }) {
  // One green button a page.
  const colour = isMainWay ? '' : 'nhsuk-button--secondary-solid';
  return (
    <section className="panel max-w-form" aria-label={`Sign in with ${name}`}>
      {/* Not the router's link: what is behind it sets cookies and leaves the site. */}
      <a href={`/sign-in/provider?from=${encodeURIComponent(from)}`} className={`nhsuk-button nhsuk-button--small ${colour}`}>
        Sign in with {name}
      </a>
    </section>
  );
}

function ProviderRefusal({ error }: { error: string | string[] }) {
  if (error === 'AccessDenied') {
    return (
      <Notice tone="refusal" title="You are not set up to use Onward" focus>
        Your identity is right, but no active account here has it. Ask your system admin to add you.
      </Notice>
    );
  }
  return (
    <Notice tone="refusal" title="Signing in did not work" focus>
      Nothing is wrong with your account as far as Onward can tell. Try again; if it still does not work, tell your system admin.
    </Notice>
  );
}

function NoWayIn() {
  return (
    <Notice tone="warning" title="Nobody can sign in yet">
      The system admin of this installation must name an OpenID Connect provider in the settings OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET.
    </Notice>
  );
}
