import { examplePatternsCsv } from '@/lib/schedule/export.queries';
import { csvDownload } from '../../download';

/** A file of weekly patterns to start from. */
export async function GET(): Promise<Response> {
  return csvDownload('schedule:read', { name: 'weekly-patterns-example', make: examplePatternsCsv });
}
