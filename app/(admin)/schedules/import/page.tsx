import type { Metadata } from 'next';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { formOwner, staffCtxWith, takeDraft } from '@/lib/auth/session';
import { ownServices } from '@/lib/directory/own-service.queries';
import { ImportForm } from './import-form';

export const metadata: Metadata = { title: 'Import and export' };

type ImportPageProps = { searchParams: Promise<{ changed?: string }> };

export default async function ImportPage({ searchParams }: ImportPageProps) {
  const ctx = await staffCtxWith('schedule:change', '/schedules/import');
  const [{ changed }, services, draft, owner] = await Promise.all([searchParams, ownServices(ctx), takeDraft(ctx, '/schedules/import'), formOwner(ctx)]);
  return (
    <div className="mx-auto max-w-measure">
      <p className="mb-2">
        <Link href="/schedules">Your services</Link>
      </p>
      <h1>Import and export</h1>
      {changed ? (
        <Notice tone="success" title={changed === '1' ? '1 service was changed' : `${Number(changed) || 'The'} services were changed`} focus>
          Call handlers see it at once.
        </Notice>
      ) : null}
      {services.length === 0 ? <p>You run no service yet, so there is nothing to import.</p> : <ImportForm key={changed} kept={{ owner, draft }} />}
      <section aria-labelledby="export" className="panel mb-5">
        <h2 id="export">Files to download</h2>
        <ul className="mb-0 pl-5">
          <li>
            <a href="/api/schedules/templates">Weekly patterns of your services</a>: as they stand, to change and import again
          </li>
          <li>
            <a href="/api/schedules/services">Settings of your services</a>: as they stand, to change and import again
          </li>
          <li>
            <a href="/api/schedules/templates/example">A file of weekly patterns to start from</a>, with one row to show how
          </li>
        </ul>
      </section>
      <section aria-labelledby="rules">
        <h2 id="rules">What a file does</h2>
        <ul className="mb-0 pl-5">
          <li>A row of weekly patterns that crosses a pattern of its schedule in time changes that one; any other row makes a new one. Patterns that are not in the file stay.</li>
          <li>A schedule is known by its name. Without a name it is known by its channel and practitioner.</li>
          <li>In a file of services, leave out the columns that should stay as they are. An empty cell empties what it stands for.</li>
          <li>Times are London’s: 09:00, and 24:00 for the end of the day. Several days or breaks in one cell: Mon;Tue and 12:00-12:30;15:00-15:10.</li>
          <li>At most 500 weekly patterns or 5,000 services at once.</li>
        </ul>
      </section>
    </div>
  );
}
