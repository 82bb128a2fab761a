import type { Metadata } from 'next';
import { formOwner, takeDraft } from '@/lib/auth/session';
import { durationWords } from '@/lib/platform/time-words';
import { PAUSE_MINUTES, USUAL_PAUSE } from '@/lib/schedule/lever.schema';
import { serviceOf } from '../../service';
import { PauseForm } from './pause-form';

export const metadata: Metadata = { title: 'Pause' };

const LENGTHS = PAUSE_MINUTES.map((minutes) => ({ value: String(minutes), words: durationWords(minutes) }));

export default async function PausePage({ params }: { params: Promise<{ serviceId: string }> }) {
  const { serviceId } = await params;
  const { ctx, service } = await serviceOf(serviceId, '/levers/pause');
  const draft = await takeDraft(ctx, `/schedules/${serviceId}/levers/pause`);
  return (
    <div className="max-w-form">
      <h1 className="nhsuk-heading-l mb-2">Pause {service.name}</h1>
      <p className="text-quiet">From now on, for a while. You see which appointments it affects before it happens.</p>
      <PauseForm serviceId={serviceId} lengths={LENGTHS} start={{ minutes: String(USUAL_PAUSE) }} kept={{ owner: await formOwner(ctx), draft }} />
    </div>
  );
}
