import { sumsCsv } from '@/lib/crossborder/ledger-export.queries';
import { parseMonth, monthText } from '@/lib/crossborder/ledger.rules';
import { csvDownload } from '../../schedules/download';

/** The sums of a month, `?month=2026-10`, of the area of whoever asks; audited. */
export async function GET(request: Request): Promise<Response> {
  const month = parseMonth(new URL(request.url).searchParams.get('month') ?? '');
  if (!month) return Response.json({ code: 'month-needed' }, { status: 400 });
  return csvDownload('border:read', { name: `ledger-${monthText(month)}`, make: (ctx) => sumsCsv(ctx, { month }) });
}
