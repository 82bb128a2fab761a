import { bookingsCsv } from '@/lib/booking/day-export.queries';
import { dayDownload } from '../../download';

/** The appointments of one day of a service of the person's, with their patients; audited. */
export async function GET(request: Request, { params }: { params: Promise<{ serviceId: string }> }): Promise<Response> {
  const { serviceId } = await params;
  return dayDownload('appointment:read', { request, serviceId, what: 'bookings', make: bookingsCsv });
}
