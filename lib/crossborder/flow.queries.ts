import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { knownCommissioners } from '@/lib/crossborder/commissioner.queries';
import { namedCommissioner } from '@/lib/crossborder/commissioner.rules';
import { monthSpan } from '@/lib/crossborder/ledger.rules';
import type { Flow, Month } from '@/lib/crossborder/ledger.schema';
import { coveredCodes, scopeOf } from '@/lib/crossborder/scope.rules';
import { db } from '@/lib/platform/db';

type Row = { payerCode: string; hostCode: string; bookings: number; attended: number; pence: number };

/**
 * Who was booked where across a border in London months, both included: flows of which the actor's area is a side, by name of the two. Pence
 * by what each appointment has come to; corrections of frozen months are the ledger's. Nothing tells of a patient. Throws ForbiddenError
 * without `border:read`.
 */
export async function flows(ctx: Ctx, { from, to }: { from: Month; to: Month }): Promise<readonly Flow[]> {
  requirePermission(ctx.actor, 'border:read');

  const { byCode } = await knownCommissioners();
  const rows = await sums({ from: monthSpan(from).from, until: monthSpan(to).to, own: coveredCodes(scopeOf(ctx.actor), byCode.values()) });
  return rows.map(({ payerCode, hostCode, ...sum }) => ({ from: namedCommissioner(payerCode, byCode), to: namedCommissioner(hostCode, byCode), ...sum }));
}

// Raw: sums over all appointments of some months. What ended before its time is nobody's flow, and costs nothing.
async function sums({ from, until, own }: { from: Date; until: Date; own: readonly string[] }): Promise<Row[]> {
  return db.$queryRaw<Row[]>`
    SELECT decision.payer_code AS "payerCode", decision.host_code AS "hostCode",
      count(*)::int AS bookings,
      count(*) FILTER (WHERE appointment.status IN ('arrived', 'fulfilled'))::int AS attended,
      coalesce(sum(CASE appointment.status WHEN 'booked' THEN 0 WHEN 'noshow' THEN decision.noshow_pence ELSE decision.price_pence END), 0)::float AS pence
    FROM border_decision decision
    JOIN appointment ON appointment.id = decision.appointment_id
    LEFT JOIN icb payer ON payer.code = decision.payer_code
    LEFT JOIN icb host ON host.code = decision.host_code
    WHERE decision.is_crossing AND decision.starts_at >= ${from}::timestamptz AND decision.starts_at < ${until}::timestamptz
      AND (decision.payer_code = ANY (${own}::text[]) OR decision.host_code = ANY (${own}::text[]))
      AND appointment.status IN ('booked', 'arrived', 'fulfilled', 'noshow')
    GROUP BY decision.payer_code, decision.host_code, payer.short_name, host.short_name
    ORDER BY payer.short_name, host.short_name, decision.payer_code, decision.host_code`;
}
