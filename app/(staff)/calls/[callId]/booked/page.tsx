import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { NotMine } from '@/components/call/not-mine';
import { LinkButton } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { SummaryList } from '@/components/ui/summary-list';
import { formOwner, takeDraft } from '@/lib/auth/session';
import type { Appointment } from '@/lib/booking/appointment.schema';
import { appointmentFor } from '@/lib/booking/queries';
import { readBackOf } from '@/lib/booking/read-back.queries';
import { readBackLines } from '@/lib/booking/read-back.rules';
import type { Call } from '@/lib/booking/schema';
import { clockTime, dayWords, londonDate, whenWords } from '@/lib/platform/time-words';
import { openCall } from '../call';
import { takeCallOver } from '../hand-over/actions';
import { ReadBackForm } from './read-back-form';

export const metadata: Metadata = { title: 'Booked – this call' };

type BookedPageProps = { params: Promise<{ callId: string }>; searchParams: Promise<{ again?: string | string[] }> };

export default async function BookedPage({ params, searchParams }: BookedPageProps) {
  const { callId } = await params;
  const { ctx, call } = await openCall(callId, 'booked');
  const appointment = call.appointment ? await appointmentFor(ctx, call.appointment.id) : null;
  if (!appointment) redirect(`/calls/${call.id}/services`);

  const done = await readBackOf(ctx, { callId, appointmentId: appointment.id });
  const { reference, status, bookedAt } = appointment;
  const isAgain = (await searchParams).again === '1';
  return (
    <div className="mx-auto max-w-measure">
      {isAgain ? (
        <Notice tone="info" title={`This was already booked ${whenDone(bookedAt, ctx.now)}`} focus>
          Nothing was booked twice.
        </Notice>
      ) : null}
      {call.isMine ? null : <NotMine call={call} back="booked" takeOver={takeCallOver} />}
      <h1 className="nhsuk-heading-l mb-1">{headingOf(appointment)}</h1>
      <p className="mb-4">
        <strong className="mr-3 text-readout tabular">{reference}</strong>
        <span className="text-quiet tabular">booked {whenDone(bookedAt, ctx.now)}</span>
      </p>
      {appointment.replaces ? <BothResults appointment={appointment} now={ctx.now} /> : null}
      {done ? <p className="mb-2 text-detail text-quiet tabular">{readWords(done.lines.length, readBackLines(appointment).length)} ({whenDone(done.at, ctx.now)})</p> : null}
      {status === 'booked' && call.isMine ? (
        <ReadBackForm
          callId={call.id}
          lines={readBackLines(appointment)}
          recorded={done?.lines.join(',') ?? ''}
          kept={{ owner: await formOwner(ctx), draft: await takeDraft(ctx, `/calls/${callId}/booked`) }}
        >
          <Ways call={call} appointment={appointment} />
        </ReadBackForm>
      ) : (
        <div className="flex flex-wrap items-center gap-5">
          <LinkButton href="/calls/new" variant="primary">
            New call
          </LinkButton>
          <Ways call={call} appointment={appointment} />
        </div>
      )}
    </div>
  );
}

/** U-116: what came of the new appointment, and what of the one before. */
function BothResults({ appointment, now }: { appointment: Appointment; now: Date }) {
  const { replaces } = appointment;
  if (!replaces) return null;
  const rows = [
    { key: 'New', value: `${appointment.reference}, ${whenWords(appointment.startsAt, now)} at ${appointment.service.name}: ${appointment.status === 'booked' ? 'booked' : 'no longer booked'}` },
    { key: 'Old', value: `${replaces.reference}, ${whenWords(replaces.startsAt, now)} at ${replaces.serviceName}: released, others can have it` },
  ];
  return (
    <div className="panel mb-4">
      <SummaryList rows={rows} />
    </div>
  );
}

function Ways({ call, appointment }: { call: Call; appointment: Appointment }) {
  const isStanding = appointment.status === 'booked';
  return (
    <>
      {isStanding ? <Link href={`/appointments/${appointment.id}/confirmation`}>Print the confirmation</Link> : null}
      {isStanding ? <a href={`/api/appointments/${appointment.id}/calendar`}>Calendar file</a> : null}
      {isStanding && call.isMine && call.moves ? <Link href={`/calls/${call.id}/services`}>Move it to another time</Link> : null}
      <Link href={`/appointments/${appointment.id}`}>{isStanding ? 'See or cancel the appointment' : 'See the appointment'}</Link>
    </>
  );
}

function headingOf({ status, replaces }: Appointment): string {
  if (status === 'cancelled') return 'Booked, then cancelled';
  if (status === 'moved') return 'Booked, then moved';
  if (status === 'entered-in-error') return 'Booked, then marked as entered in error';
  return replaces ? 'Moved' : 'Booked';
}

function readWords(read: number, all: number): string {
  return read === all ? 'All of it was read to the caller' : `${read} of ${all} lines were read to the caller`;
}

function whenDone(instant: Date, now: Date): string {
  return `${dayWords(londonDate(instant), now)} at ${clockTime(instant)}`;
}
