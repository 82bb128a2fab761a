import type { Metadata } from 'next';
import type { MovedAppointment } from '@/components/call/moved-patient';
import { patientCard } from '@/components/call/patient-words';
import { Link } from '@/components/ui/link';
import { Notice } from '@/components/ui/notice';
import type { Ctx } from '@/lib/auth/actor';
import { formOwner, staffCtxWith, takeDraft } from '@/lib/auth/session';
import type { AppointmentView } from '@/lib/booking/appointment.schema';
import { appointmentFor } from '@/lib/booking/queries';
import { dispositions, symptomGroups } from '@/lib/directory/queries';
import { whenWords } from '@/lib/platform/time-words';
import { CallForm } from './call-form';

export const metadata: Metadata = { title: 'New call' };

type NewCallPageProps = { searchParams: Promise<{ moves?: string | string[] }> };

export default async function NewCallPage({ searchParams }: NewCallPageProps) {
  const { moves: asked } = await searchParams;
  const path = typeof asked === 'string' ? `/calls/new?moves=${asked}` : '/calls/new';
  const ctx = await staffCtxWith('call:open', path);
  const [codes, groups, draft, owner, appointment] = await Promise.all([
    dispositions(),
    symptomGroups(),
    takeDraft(ctx, path),
    formOwner(ctx),
    typeof asked === 'string' ? appointmentFor(ctx, asked) : null,
  ]);
  const moves = movedAppointment(ctx, appointment);
  return (
    <>
      <h1 className="nhsuk-heading-l mb-4">{moves ? `New call to move ${moves.reference}` : 'New call'}</h1>
      {asked && !moves ? <NotMoved appointment={appointment} /> : null}
      <CallForm dispositions={codes.map(({ code, title }) => ({ code, title }))} symptomGroups={groups} moves={moves} kept={{ owner, draft }} />
    </>
  );
}

/** The appointment in words, while it can be moved: open to whoever moves it, booked, and not begun. */
function movedAppointment({ now }: Ctx, appointment: AppointmentView | null): MovedAppointment | null {
  if (!appointment?.isOpen || appointment.status !== 'booked' || appointment.startsAt <= now) return null;
  const { id, reference, startsAt, service, patient } = appointment;
  return { id, reference, about: `${whenWords(startsAt, now)} at ${service.name}`, patient: patientCard(patient, now) };
}

function NotMoved({ appointment }: { appointment: AppointmentView | null }) {
  if (appointment && !appointment.isOpen) {
    return (
      <Notice tone="warning" title="That appointment is sealed">
        <Link href={`/appointments/${appointment.id}`}>See who can open it</Link>, or start a call without it.
      </Notice>
    );
  }
  return (
    <Notice tone="warning" title="That appointment can no longer be moved">
      It has begun, or it is no longer booked. <Link href="/appointments">Find it</Link> to see what became of it, or start a call without it.
    </Notice>
  );
}
