import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { termsChoices } from '@/components/crossborder/terms-choices';
import { formOwner, staffCtxWith, takeDraft } from '@/lib/auth/session';
import { maySetDefault, NATION_WORDS } from '@/lib/crossborder/default-scope.rules';
import { borderDefaults } from '@/lib/crossborder/default.queries';
import { scopeOf } from '@/lib/crossborder/scope.rules';
import { defaultValues } from '@/lib/crossborder/terms-form.schema';
import { DefaultForm } from './default-form';

export const metadata: Metadata = { title: 'Change a default' };

export default async function DefaultPage({ params }: { params: Promise<{ nation: string }> }) {
  const { nation } = await params;
  const path = `/borders/defaults/${nation}`;
  const ctx = await staffCtxWith('border:set-default', path);
  const rule = (await borderDefaults()).find((known) => known.nation === nation);
  if (!rule) notFound();
  if (!maySetDefault(scopeOf(ctx.actor), rule.nation)) redirect('/borders/defaults');

  const [draft, owner] = await Promise.all([takeDraft(ctx, path), formOwner(ctx)]);
  return (
    <div className="max-w-measure">
      <h1 className="nhsuk-heading-l mb-4">Change the default for {NATION_WORDS[rule.nation]}</h1>
      <DefaultForm nation={rule.nation} version={rule.version} choices={termsChoices()} start={defaultValues(rule)} kept={{ draft, owner }} />
    </div>
  );
}
