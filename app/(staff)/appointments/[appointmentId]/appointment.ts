import { notFound } from 'next/navigation';
import type { Permission } from '@/lib/auth/permissions';
import { formOwner, staffCtxWith, takeDraft } from '@/lib/auth/session';
import { appointmentFor } from '@/lib/booking/queries';
import { newId } from '@/lib/platform/id';

type PageParams = Promise<{ appointmentId: string }>;

/** The appointment of a page with who looks at it; `page` is the end of its path. */
export async function openAppointment(params: PageParams, { page = '', permission = 'appointment:read' }: { page?: string; permission?: Permission } = {}) {
  const { appointmentId } = await params;
  const path = `/appointments/${appointmentId}${page}`;
  const ctx = await staffCtxWith(permission, path);
  const appointment = await appointmentFor(ctx, appointmentId);
  if (!appointment) notFound();
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
