import { hasPermission } from '@/lib/auth/permissions';
import { apiCtx } from '@/lib/auth/session';
import { calendarText } from '@/lib/booking/calendar.rules';
import { appointmentFor } from '@/lib/booking/queries';

/** The appointment as a file for a calendar. The look at it is audited as on its page. */
export async function GET(_request: Request, { params }: { params: Promise<{ appointmentId: string }> }): Promise<Response> {
  const ctx = await apiCtx();
  if (!ctx) return Response.json({ code: 'signed-out' }, { status: 401 });
  if (!hasPermission(ctx.actor, 'appointment:read')) return Response.json({ code: 'not-allowed' }, { status: 403 });

  const appointment = await appointmentFor(ctx, (await params).appointmentId);
  if (!appointment) return Response.json({ code: 'not-found' }, { status: 404 });
  if (!appointment.isOpen) return Response.json({ code: 'sealed' }, { status: 403 });
  return new Response(calendarText(appointment), {
    headers: { 'Content-Type': 'text/calendar; charset=utf-8', 'Content-Disposition': 'attachment; filename="nhs-appointment.ics"', 'Cache-Control': 'no-store' },
  });
}
