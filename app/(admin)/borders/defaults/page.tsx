import type { Metadata } from 'next';
import { DefaultPanel } from '@/components/crossborder/default-panel';
import { Notice } from '@/components/ui/notice';
import { staffCtxWith } from '@/lib/auth/session';
import { maySetDefault } from '@/lib/crossborder/default-scope.rules';
import { borderDefaults } from '@/lib/crossborder/default.queries';
import { scopeOf } from '@/lib/crossborder/scope.rules';

export const metadata: Metadata = { title: 'Defaults across borders' };

type DefaultsPageProps = { searchParams: Promise<{ done?: string | string[] }> };

export default async function DefaultsPage({ searchParams }: DefaultsPageProps) {
  const ctx = await staffCtxWith('border:read', '/borders/defaults');
  const [defaults, { done }] = await Promise.all([borderDefaults(), searchParams]);
  const scope = scopeOf(ctx.actor);
  return (
    <div className="max-w-measure">
      <h1 className="nhsuk-heading-l mb-1">Defaults</h1>
      <p>What holds for a booking across a border where nothing is agreed, by the nation of the patient’s commissioner. England’s is set by the national team, that of Wales or Scotland by its own commissioners too. A booking of another system that tells no disposition counts as urgent.</p>
      {done === 'saved' ? <Notice tone="success" title="The default was changed" focus>It decides bookings from now on. What is booked stays as it was decided.</Notice> : null}
      {defaults.map((rule) => (
        <DefaultPanel key={rule.nation} rule={rule} mayChange={maySetDefault(scope, rule.nation)} now={ctx.now} />
      ))}
    </div>
  );
}
