import type { Metadata } from 'next';
import { Link } from '@/components/ui/link';
import { connection } from 'next/server';
import { PageShell } from '@/components/layout/page-shell';

export const metadata: Metadata = { title: 'Page not found' };

export default async function NotFoundPage() {
  // The notice in the footer is a setting of the running installation, not of the build.
  await connection();
  return (
    <PageShell>
      <div className="panel max-w-form">
        <h1>Page not found</h1>
        <p>The address may be mistyped, or what it showed does not exist or is not yours to see.</p>
        <p className="mb-0">
          <Link href="/">Go to the start page</Link>
        </p>
      </div>
    </PageShell>
  );
}
