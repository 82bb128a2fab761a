import { entriesCsv } from '@/lib/crossborder/ledger-export.queries';
import { monthText, parseMonth } from '@/lib/crossborder/ledger.rules';
import { csvDownload } from '../../../../schedules/download';

/** Every appointment of what one commissioner owes another for a month, `?month=2026-10`; no patients; audited. */
export async function GET(request: Request, { params }: { params: Promise<{ payer: string; host: string }> }): Promise<Response> {
  const { payer, host } = await params;
  const month = parseMonth(new URL(request.url).searchParams.get('month') ?? '');
  if (!month) return Response.json({ code: 'month-needed' }, { status: 400 });
  return csvDownload('border:read', { name: `ledger-${payer}-${host}-${monthText(month)}`, make: (ctx) => entriesCsv(ctx, { payer, host, month }) });
}
