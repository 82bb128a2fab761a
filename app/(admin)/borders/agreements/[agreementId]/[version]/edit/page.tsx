import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { agreementValues } from '@/lib/crossborder/agreement-form.schema';
import { dateFields } from '@/lib/crossborder/typed.rules';
import { londonDate } from '@/lib/platform/time-words';
import { AgreementForm } from '../../../agreement-form';
import { fieldChoices } from '../../../field-choices';
import { lookAtTyped } from '../../../look';
import { keptFor, openVersion, type VersionParams } from '../agreement';

export const metadata: Metadata = { title: 'Change an agreement' };

export default async function EditAgreementPage({ params }: { params: VersionParams }) {
  const { ctx, version, path } = await openVersion(params, '/edit');
  // What was proposed or agreed is not edited: its page says what can be done.
  if (!version.may.includes('edit')) redirect(path);
  const today = londonDate(ctx.now);
  // A new version is mostly of one that holds already: this one can begin today at the earliest.
  const start = { ...agreementValues(version, version.serviceDosId), ...(version.validFrom < today ? dateFields('validFrom', today) : {}) };
  const [choices, kept] = await Promise.all([fieldChoices(), keptFor(ctx, `${path}/edit`)]);
  const { id, edition } = version;
  return (
    <>
      <h1 className="nhsuk-heading-l mb-4 wrap-anywhere">
        Change “{version.title}” <span className="text-lead font-normal text-quiet">version {version.version}</span>
      </h1>
      <AgreementForm target={{ id, version: version.version, edition }} choices={choices} start={start} look={await lookAtTyped(ctx, { id, values: kept.draft ?? start })} kept={kept} />
    </>
  );
}
