import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { SourceDetails, SourceUnconfirmed } from '@/components/registry/source-details';
import { SourceTag } from '@/components/registry/source-table';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { staffCtxWith } from '@/lib/auth/session';
import { sourceFor } from '@/lib/registry/sources.queries';
import { SwitchForm } from './switch-form';

export const metadata: Metadata = { title: 'Appointment source' };

type SourcePageProps = { params: Promise<{ sourceId: string }>; searchParams: Promise<{ saved?: string | string[] }> };

const SAVED: Record<string, string> = {
  added: 'The source was added',
  on: 'The source is on again',
  off: 'The source is off',
};

export default async function SourcePage({ params, searchParams }: SourcePageProps) {
  const { sourceId } = await params;
  const ctx = await staffCtxWith('source:manage', `/sources/${sourceId}`);
  const source = await sourceFor(ctx, sourceId);
  if (!source) notFound();
  const saved = SAVED[String((await searchParams).saved)];
  return (
    <div className="max-w-measure">
      <p className="mb-2">
        <Link href="/sources">Appointment sources</Link>
      </p>
      <h1 className="nhsuk-heading-l mb-4 flex flex-wrap items-center gap-x-4 wrap-anywhere">
        {source.name} <SourceTag source={source} now={ctx.now} />
      </h1>
      {saved ? <Notice tone="success" title={saved} focus /> : null}
      <SourceDetails source={source} now={ctx.now} />
      <SourceUnconfirmed source={source} />
      <SwitchForm sourceId={source.id} version={source.version} isOn={source.isOn} />
    </div>
  );
}
