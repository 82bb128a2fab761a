import type { Metadata } from 'next';
import { formOwner, takeDraft } from '@/lib/auth/session';
import { storedProposal } from '@/lib/booking/proposal.queries';
import { ownServices } from '@/lib/directory/own-service.queries';
import { parseLocalDate } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';
import { closureValues } from '@/lib/schedule/closure-form.schema';
import { dateValues } from '@/lib/schedule/pattern-form.schema';
import { serviceOf } from '../../service';
import { ClosureForm } from './closure-form';

export const metadata: Metadata = { title: 'Close dates' };

type Query = Partial<Record<'from' | 'to' | 'proposal', string | string[]>>;

export default async function NewClosurePage({ params, searchParams }: { params: Promise<{ serviceId: string }>; searchParams: Promise<Query> }) {
  const [{ serviceId }, query] = await Promise.all([params, searchParams]);
  const { ctx } = await serviceOf(serviceId, '/closures/new');
  const [services, proposal, owner, draft] = await Promise.all([
    ownServices(ctx),
    typeof query.proposal === 'string' ? storedProposal(ctx, query.proposal) : null,
    formOwner(ctx),
    takeDraft(ctx, `/schedules/${serviceId}/closures/new`),
  ]);
  const edit = proposal?.serviceId === serviceId ? proposal.edit : null;
  const start = edit?.kind === 'close' ? closureValues(edit) : startOf(serviceId, query);
  return (
    <div className="max-w-measure">
      <h1 className="nhsuk-heading-l mb-2">Close dates</h1>
      <p>You see who is booked then, and where they could go, before anything changes.</p>
      <ClosureForm serviceId={serviceId} services={services.map(({ id, name }) => ({ value: id, words: name }))} start={start} kept={{ owner, draft }} />
    </div>
  );
}

function startOf(serviceId: string, { from, to }: Query): Record<string, string> {
  const first = dateOf(from);
  return { services: serviceId, length: 'days', ...dateValues('from', first), ...dateValues('to', dateOf(to) ?? first) };
}

function dateOf(query: string | string[] | undefined): LocalDate | null {
  return typeof query === 'string' ? parseLocalDate(query) : null;
}
