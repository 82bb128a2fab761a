import type { Metadata } from 'next';
import type { Ctx } from '@/lib/auth/actor';
import { formOwner, staffCtxWith, takeDraft } from '@/lib/auth/session';
import { knownCommissioners } from '@/lib/crossborder/commissioner.queries';
import { scopeOf } from '@/lib/crossborder/scope.rules';
import { dateFields } from '@/lib/crossborder/typed.rules';
import { londonDate } from '@/lib/platform/time-words';
import { AgreementForm } from '../agreement-form';
import { fieldChoices } from '../field-choices';
import { lookAtTyped } from '../look';

export const metadata: Metadata = { title: 'New agreement' };

const NEW = '/borders/agreements/new';

export default async function NewAgreementPage() {
  const ctx = await staffCtxWith('agreement:change', NEW);
  const [start, choices, draft, owner] = await Promise.all([startOf(ctx), fieldChoices(), takeDraft(ctx, NEW), formOwner(ctx)]);
  return (
    <>
      <h1 className="nhsuk-heading-l mb-4">New agreement</h1>
      <AgreementForm target={null} choices={choices} start={start} look={await lookAtTyped(ctx, { id: null, values: draft ?? start })} kept={{ owner, draft }} />
    </>
  );
}

/** What most agreements begin with: patients of one's own area, from today, within contract. */
async function startOf(ctx: Ctx): Promise<Record<string, string>> {
  const { byCode, regions } = await knownCommissioners();
  const own = [...scopeOf(ctx.actor).codes].filter((code) => byCode.has(code) || regions.some((region) => region.code === code));
  const from = own.length === 1 ? (own[0] ?? '') : '';
  return { ...{ from, pricing: 'within', failedContact: 'booker', followUp: 'host-service' }, ...dateFields('validFrom', londonDate(ctx.now)) };
}
