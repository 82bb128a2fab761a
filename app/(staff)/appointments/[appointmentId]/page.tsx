import type { Metadata } from 'next';
import { ApiProvenance } from '@/components/booking/api-provenance';
import { AppointmentActions } from '@/components/booking/appointment-actions';
import { AppointmentNotice } from '@/components/booking/appointment-notice';
import { AppointmentSummary } from '@/components/booking/appointment-summary';
import { historyOf } from '@/components/booking/history-words';
import { VersionList } from '@/components/booking/version-list';
import { KeptBorder } from '@/components/crossborder/kept-border';
import { SealedAppointment } from '@/components/registry/sealed-appointment';
import { hasPermission } from '@/lib/auth/permissions';
import { guardChoicesOf } from '@/lib/booking/guard-choices.queries';
import { isMovedInItsCall } from '@/lib/booking/moving.queries';
import { keptDecision } from '@/lib/crossborder/kept.queries';
import { lookAt } from './appointment';

export const metadata: Metadata = { title: 'Appointment' };

type AppointmentPageProps = {
  params: Promise<{ appointmentId: string }>;
  /** The version that a form has just made, and whether it had been made before. */
  searchParams: Promise<{ changed?: string | string[]; again?: string | string[] }>;
};

export default async function AppointmentPage({ params, searchParams }: AppointmentPageProps) {
  const { ctx, appointment } = await lookAt(params);
  if (!appointment.isOpen) return <SealedAppointment appointment={appointment} actor={ctx.actor} back={`/appointments/${appointment.id}`} />;

  const { changed, again } = await searchParams;
  const isOwn = hasPermission(ctx.actor, 'appointment:move') && (await isMovedInItsCall(ctx, appointment));
  const history = historyOf(appointment, ctx.now);
  return (
    <div className="mx-auto max-w-measure">
      <h1 className="nhsuk-heading-l mb-4">Appointment {appointment.reference}</h1>
      <AppointmentNotice appointment={appointment} latest={history[0]} changed={Number(changed)} isRepeat={again === '1'} now={ctx.now} />
      <AppointmentSummary appointment={appointment} choices={await guardChoicesOf(ctx, appointment.id)} now={ctx.now} />
      <AppointmentActions appointment={appointment} actor={ctx.actor} isMovedInItsCall={isOwn} now={ctx.now} />
      <KeptBorder decision={await keptDecision(appointment.id)} now={ctx.now} />
      <VersionList history={history} />
      <ApiProvenance versions={appointment.versions} history={history} />
    </div>
  );
}
