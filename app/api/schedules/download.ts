import type { Ctx } from '@/lib/auth/actor';
import { hasPermission, type Permission } from '@/lib/auth/permissions';
import { apiCtx } from '@/lib/auth/session';
import { parseLocalDate } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';

/** Answers with a CSV file for somebody with the permission; `make` gives null for what is not theirs. */
export async function csvDownload(permission: Permission, { name, make }: { name: string; make: (ctx: Ctx) => Promise<string | null> }): Promise<Response> {
  const ctx = await apiCtx();
  if (!ctx) return Response.json({ code: 'signed-out' }, { status: 401 });
  if (!hasPermission(ctx.actor, permission)) return Response.json({ code: 'not-allowed' }, { status: 403 });

  const text = await make(ctx);
  if (text === null) return Response.json({ code: 'not-found' }, { status: 404 });
  return new Response(text, {
    headers: { 'Content-Type': 'text/csv; charset=utf-8', 'Content-Disposition': `attachment; filename="${name}.csv"`, 'Cache-Control': 'no-store' },
  });
}

type DayRequest = { request: Request; serviceId: string; what: string; make: (ctx: Ctx, day: { serviceId: string; date: LocalDate }) => Promise<string | null> };

/** The same for one London day of a service, `?date=2026-11-24`. The file is named after the day alone. */
export async function dayDownload(permission: Permission, { request, serviceId, what, make }: DayRequest): Promise<Response> {
  const date = parseLocalDate(new URL(request.url).searchParams.get('date') ?? '');
  if (!date) return Response.json({ code: 'date-needed' }, { status: 400 });
  return csvDownload(permission, { name: `${what}-${date}`, make: (ctx) => make(ctx, { serviceId, date }) });
}
