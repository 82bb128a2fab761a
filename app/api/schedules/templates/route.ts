import { patternsCsv } from '@/lib/schedule/export.queries';
import { csvDownload } from '../download';

/** The weekly patterns of the person's services as a file that can be imported again. */
export async function GET(): Promise<Response> {
  return csvDownload('schedule:read', { name: 'weekly-patterns', make: patternsCsv });
}
