import type { Metadata } from 'next';
import { hoursWords, scheduleWords } from '@/components/schedule/pattern-words';
import { Link } from '@/components/ui/link';
import { formOwner, takeDraft } from '@/lib/auth/session';
import { londonDate } from '@/lib/platform/time-words';
import { usualExtra } from '@/lib/schedule/lever.rules';
import { sessionsToday } from '@/lib/schedule/levers.queries';
import { minuteWords } from '@/lib/schedule/typed.rules';
import { serviceOf } from '../../service';
import { PlacesForm } from './places-form';

export const metadata: Metadata = { title: 'Add places today' };

export default async function PlacesPage({ params }: { params: Promise<{ serviceId: string }> }) {
  const { serviceId } = await params;
  const { ctx, service } = await serviceOf(serviceId, '/levers/places');
  const sessions = await sessionsToday(ctx, serviceId);
  const [first] = sessions;
  if (!first) return <NoSession serviceId={serviceId} newSession={`/schedules/${serviceId}/sessions/new?date=${londonDate(ctx.now)}`} />;

  const { fromMinute, toMinute } = usualExtra(first, ctx.now);
  const options = sessions.map((session) => ({ value: session.id, words: hoursWords(session), hint: scheduleWords(session.schedule) }));
  const draft = await takeDraft(ctx, `/schedules/${serviceId}/levers/places`);
  return (
    <div className="max-w-form">
      <h1 className="nhsuk-heading-l mb-2">Add places today</h1>
      <p className="text-quiet">At {service.name}. You see which slots it makes before they are open to calls.</p>
      <PlacesForm
        serviceId={serviceId}
        sessions={options}
        start={{ sessionId: first.id, places: '1', from: minuteWords(fromMinute), to: minuteWords(toMinute) }}
        kept={{ owner: await formOwner(ctx), draft }}
      />
    </div>
  );
}

function NoSession({ serviceId, newSession }: { serviceId: string; newSession: string }) {
  return (
    <div className="max-w-form">
      <h1 className="nhsuk-heading-l mb-2">No session is left today</h1>
      <p>
        Places are added to a session. <Link href={newSession}>Make one for today</Link>, or go <Link href={`/schedules/${serviceId}`}>back to the schedule</Link>.
      </p>
    </div>
  );
}
