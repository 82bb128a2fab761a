import type { Metadata } from 'next';
import { ChangeList } from '@/components/schedule/change-list';
import { Link } from '@/components/ui/link';
import { changesOf } from '@/lib/directory/changes.queries';
import { serviceOf } from '../service';

export const metadata: Metadata = { title: 'Changes' };

type ChangesPageProps = { params: Promise<{ serviceId: string }>; searchParams: Promise<{ before?: string | string[] }> };

export default async function ChangesPage({ params, searchParams }: ChangesPageProps) {
  const { ctx, service } = await serviceOf((await params).serviceId, '/changes');
  const { before } = await searchParams;
  const { changes, next } = await changesOf(ctx, { serviceId: service.id, before: typeof before === 'string' ? before : null });
  const page = `/schedules/${service.id}/changes`;
  return (
    <>
      <h1 className="nhsuk-heading-l mb-2">Changes</h1>
      <p className="max-w-measure">Who changed this service and its schedules, when, and what. Nobody can alter this record.</p>
      {changes.length === 0 ? <p>Nothing {before ? 'earlier' : 'has been changed yet'}.</p> : <ChangeList changes={changes} now={ctx.now} />}
      <nav aria-label="Pages of changes" className="mt-4 flex gap-6">
        {before ? <Link href={page}>Latest changes</Link> : null}
        {next ? <Link href={`${page}?before=${next}`}>Earlier changes</Link> : null}
      </nav>
    </>
  );
}
