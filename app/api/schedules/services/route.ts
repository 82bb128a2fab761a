import { servicesCsv } from '@/lib/directory/service-csv.queries';
import { csvDownload } from '../download';

/** The settings of the person's services as a file that can be imported again. */
export async function GET(): Promise<Response> {
  return csvDownload('schedule:read', { name: 'services', make: servicesCsv });
}
