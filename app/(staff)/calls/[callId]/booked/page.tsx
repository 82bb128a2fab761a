import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { linkWords } from '@/components/booking/history-words';
import { NotMine } from '@/components/call/not-mine';
import { KeptBorder } from '@/components/crossborder/kept-border';
import { chosenRows } from '@/components/registry/guard-chosen';
import { SealedAppointment } from '@/components/registry/sealed-appointment';
import { LinkButton } from '@/components/ui/button';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import { SummaryList } from '@/components/ui/summary-list';
import type { Ctx } from '@/lib/auth/actor';
import { formOwner, takeDraft } from '@/lib/auth/session';
import type { Appointment, SealedAppointment as Sealed } from '@/lib/booking/appointment.schema';
import { guardChoicesOf, type MadeChoice } from '@/lib/booking/guard-choices.queries';
import { appointmentFor } from '@/lib/booking/queries';
import { readBackOf } from '@/lib/booking/read-back.queries';
import { readBackLines } from '@/lib/booking/read-back.rules';
import type { Call } from '@/lib/booking/schema';
import { keptDecision } from '@/lib/crossborder/kept.queries';
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
  if (!appointment.isOpen) return <SealedBooking ctx={ctx} call={call} appointment={appointment} />;

  const [done, choices, border] = await Promise.all([readBackOf(ctx, { callId, appointmentId: appointment.id }), guardChoicesOf(ctx, appointment.id), keptDecision(appointment.id)]);
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
      <Results appointment={appointment} choices={choices} now={ctx.now} />
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
      <KeptBorder decision={border} now={ctx.now} />
    </div>
  );
}

// To a colleague who has not taken the call over.
function SealedBooking({ ctx, call, appointment }: { ctx: Ctx; call: Call; appointment: Sealed }) {
  return (
    <>
      <NotMine call={call} back="booked" takeOver={takeCallOver} />
      <SealedAppointment appointment={appointment} actor={ctx.actor} back={`/calls/${call.id}/booked`} />
    </>
  );
}

type ResultsProps = { appointment: Appointment; choices: readonly MadeChoice[]; now: Date };

/** What came of the new appointment, what of the one before (U-116), and what of the patient's others. */
function Results({ appointment: { reference, startsAt, service, status, replaces }, choices, now }: ResultsProps) {
  const rows = [
    ...(replaces ? [{ key: 'New', value: `${reference}, ${whenWords(startsAt, now)} at ${service.name}: ${status === 'booked' ? 'booked' : 'no longer booked'}` }] : []),
    ...(replaces ? [{ key: 'Old', value: `${replaces.isOpen ? replaces.reference : 'A sealed appointment'}, ${linkWords(replaces, now)}: released, others can have it` }] : []),
    ...chosenRows(choices, now),
  ];
  if (rows.length === 0) return null;
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
