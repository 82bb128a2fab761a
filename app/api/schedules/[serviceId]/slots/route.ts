import { slotsCsv } from '@/lib/schedule/export.queries';
import { dayDownload } from '../../download';

/** The slots of one day of a service of the person's. */
export async function GET(request: Request, { params }: { params: Promise<{ serviceId: string }> }): Promise<Response> {
  const { serviceId } = await params;
  return dayDownload('schedule:read', { request, serviceId, what: 'slots', make: slotsCsv });
}
