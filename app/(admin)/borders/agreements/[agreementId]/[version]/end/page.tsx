import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { sentenceOf } from '@/components/crossborder/agreement-words';
import { dateFields } from '@/lib/crossborder/typed.rules';
import { londonDate } from '@/lib/platform/time-words';
import { keptFor, openVersion, type VersionParams } from '../agreement';
import { EndForm } from './end-form';

export const metadata: Metadata = { title: 'End an agreement' };

export default async function EndAgreementPage({ params }: { params: VersionParams }) {
  const { ctx, version, path } = await openVersion(params, '/end');
  if (!version.may.includes('end')) redirect(path);
  const today = londonDate(ctx.now);
  const first = version.validFrom > today ? version.validFrom : today;
  const { id, edition } = version;
  return (
    <div className="max-w-form">
      <h1 className="nhsuk-heading-l mb-2 wrap-anywhere">End “{version.title}”</h1>
      <p className="wrap-anywhere">{sentenceOf({ conditions: version, terms: version, names: version }, ctx.now)}</p>
      <EndForm target={{ id, version: version.version, edition }} start={dateFields('lastDay', first)} kept={await keptFor(ctx, `${path}/end`)} />
    </div>
  );
}
