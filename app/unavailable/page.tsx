import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { PageShell } from '@/components/layout/page-shell';
import { ReturnWhenHealthy } from '@/components/layout/return-when-healthy';
import { returnPath } from '@/lib/auth/return-path.rules';
import { isHealthy, readHealth } from '@/lib/platform/health';

export const metadata: Metadata = { title: 'Onward cannot reach its database' };
export const dynamic = 'force-dynamic';

const RETRY_SECONDS = 5;

/** Where pages send people while the database is away. It asks again by itself, also without JavaScript, and takes them back. */
export default async function UnavailablePage({ searchParams }: { searchParams: Promise<{ from?: string | string[] }> }) {
  const { from } = await searchParams;
  const back = returnPath(typeof from === 'string' ? from : null);
  if (isHealthy(await readHealth())) redirect(back);

  return (
    <PageShell>
      {/* With JavaScript only what is asked in the background changes: a page that loads itself anew interrupts whoever reads it. */}
      <noscript>
        <meta httpEquiv="refresh" content={String(RETRY_SECONDS)} />
      </noscript>
      <ReturnWhenHealthy to={back} everySeconds={RETRY_SECONDS} />
      <div className="panel max-w-form">
        <h1>Onward cannot reach its database</h1>
        <p>Nothing that you booked is lost. This page tries again by itself every {RETRY_SECONDS} seconds and then takes you back to where you were.</p>
        <p className="mb-0">
          <a href={back}>Try again now</a>. If it lasts, tell your system admin, and follow your local procedure for booking by telephone.
        </p>
      </div>
    </PageShell>
  );
}
