import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { capacityWords, resetWords } from '@/components/schedule/lever-words';
import { formOwner, takeDraft } from '@/lib/auth/session';
import { endOfDay, resetTimes } from '@/lib/directory/capacity.rules';
import { leversOf } from '@/lib/schedule/levers.queries';
import { serviceOf } from '../../service';
import { CapacityForm } from './capacity-form';

export const metadata: Metadata = { title: 'Capacity' };

export default async function CapacityPage({ params }: { params: Promise<{ serviceId: string }> }) {
  const { serviceId } = await params;
  const { ctx, service } = await serviceOf(serviceId, '/levers/capacity');
  const levers = await leversOf(ctx, serviceId);
  if (!levers) notFound();

  const { capacity } = levers;
  const times = resetTimes(ctx.now);
  const usual = times.find((time) => time >= endOfDay(ctx.now)) ?? endOfDay(ctx.now);
  const options = times.map((time) => ({ value: time.toISOString(), words: resetWords(time, ctx.now) }));
  const draft = await takeDraft(ctx, `/schedules/${serviceId}/levers/capacity`);
  return (
    <div className="max-w-form">
      <h1 className="nhsuk-heading-l mb-2">Capacity of {service.name}</h1>
      <p className="text-quiet">
        {capacityWords(capacity, ctx.now)} now{capacity.note ? `: “${capacity.note}”` : ''}. What you set holds at once.
      </p>
      <CapacityForm
        serviceId={serviceId}
        times={options}
        start={{ colour: capacity.colour, note: capacity.note ?? '', resetsAt: usual.toISOString() }}
        kept={{ owner: await formOwner(ctx), draft }}
      />
    </div>
  );
}
