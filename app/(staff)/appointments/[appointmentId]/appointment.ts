import { notFound, redirect } from 'next/navigation';
import type { Ctx } from '@/lib/auth/actor';
import type { Permission } from '@/lib/auth/permissions';
import { formOwner, staffCtxWith, takeDraft } from '@/lib/auth/session';
import type { AppointmentView } from '@/lib/booking/appointment.schema';
import { appointmentFor } from '@/lib/booking/queries';
import { newId } from '@/lib/platform/id';

type PageParams = Promise<{ appointmentId: string }>;

/** The appointment of its page, as far as whoever looks at it may see it. */
export async function lookAt(params: PageParams): Promise<{ ctx: Ctx; appointment: AppointmentView }> {
  const { appointmentId } = await params;
  const ctx = await staffCtxWith('appointment:read', `/appointments/${appointmentId}`);
  const appointment = await appointmentFor(ctx, appointmentId);
  if (!appointment) notFound();
  return { ctx, appointment };
}

/** The appointment of a page below its own; `page` is the end of its path. While it is sealed to whoever looks, its own page says what to do. */
export async function openAppointment(params: PageParams, { page, permission = 'appointment:read' }: { page: string; permission?: Permission }) {
  const { appointmentId } = await params;
  const path = `/appointments/${appointmentId}${page}`;
  const ctx = await staffCtxWith(permission, path);
  const appointment = await appointmentFor(ctx, appointmentId);
  if (!appointment) notFound();
  if (!appointment.isOpen) redirect(`/appointments/${appointmentId}`);
  return { ctx, appointment, path };
}

/** The same for a page with a form that changes it, and what the form is made of. */
export async function openForChange(params: PageParams, about: { page: string; permission: Permission }) {
  const { ctx, appointment, path } = await openAppointment(params, about);
  const [draft, owner] = await Promise.all([takeDraft(ctx, path), formOwner(ctx)]);
  const { id: appointmentId, patient, version } = appointment;
  // The request id is minted with the page: whatever is sent from it twice is the same request.
  return { ctx, appointment, form: { target: { appointmentId, patientId: patient.id, version, requestId: newId() }, kept: { owner, draft } } };
}
