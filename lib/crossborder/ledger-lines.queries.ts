import { previousMonth, monthSpan } from '@/lib/crossborder/ledger.rules';
import type { Month } from '@/lib/crossborder/ledger.schema';
import { Prisma } from '@/lib/platform/db';

/** Which pairs: one, those with one of these commissioners on either side, or all. Codes. */
export type Among = { kind: 'pair'; payer: string; host: string } | { kind: 'either'; codes: readonly string[] } | { kind: 'all' };

/** As `ledgerStatusOf` says it: ledger.queries.test.ts holds the two together. */
function statusSql(now: Date): Prisma.Sql {
  return Prisma.sql`
    CASE
      WHEN appointment.status IN ('arrived', 'fulfilled') THEN 'attended'
      WHEN appointment.status = 'noshow' THEN 'noshow'
      WHEN appointment.status <> 'booked' THEN 'cancelled'
      WHEN appointment.ends_at > ${now}::timestamptz THEN 'to-come'
      ELSE 'unstated'
    END`;
}

/** As `chargeOf` says it, which holds for null prices too. */
const CHARGE = Prisma.sql`
    CASE
      WHEN appointment.status IN ('arrived', 'fulfilled') THEN coalesce(decision.price_pence, 0)
      WHEN appointment.status = 'noshow' THEN coalesce(decision.noshow_pence, 0)
      ELSE 0
    END`;

/**
 * Table expressions, the last of them `line`, of all that a London month has: `payer_code`, `host_code`, `appointment_id`, `kind`, `status`,
 * `pence`. Of a frozen month what was stored. Of one after the last frozen month what its appointments cost now; of the one right after it,
 * besides, what corrects all before. So the sum of all months is always the sum of all charges. Source: docs/rules.md#ledger.
 */
export function linesSql({ among, month, now }: { among: Among; month: Month; now: Date }): Prisma.Sql {
  // Raw: sums of hundreds of thousands of appointments are PostgreSQL's to make.
  const { from, to } = monthSpan(month);
  const of = amongSql(among);
  return Prisma.sql`
    settled AS (
      SELECT payer_code, host_code, max(month) AS last
      FROM ledger_month
      WHERE true ${of}
      GROUP BY payer_code, host_code
    ),
    line AS (
      SELECT payer_code, host_code, appointment_id, kind, status, pence
      FROM ledger_line
      WHERE month = ${month}::date ${of}
      UNION ALL
      SELECT payer_code, host_code, decision.appointment_id, 'charge', ${statusSql(now)}, ${CHARGE}
      FROM border_decision decision
      JOIN appointment ON appointment.id = decision.appointment_id
      LEFT JOIN settled USING (payer_code, host_code)
      WHERE decision.is_crossing AND decision.starts_at >= ${from}::timestamptz AND decision.starts_at < ${to}::timestamptz
        AND (settled.last IS NULL OR settled.last < ${month}::date) ${of}
      UNION ALL
      SELECT payer_code, host_code, decision.appointment_id, 'correction', ${statusSql(now)}, ${CHARGE} - coalesce(stored.pence, 0)
      FROM settled
      JOIN border_decision decision USING (payer_code, host_code)
      JOIN appointment ON appointment.id = decision.appointment_id
      LEFT JOIN (
        SELECT appointment_id, sum(pence)::int AS pence
        FROM ledger_line
        JOIN settled USING (payer_code, host_code)
        WHERE settled.last = ${previousMonth(month)}::date
        GROUP BY appointment_id
      ) stored ON stored.appointment_id = decision.appointment_id
      WHERE settled.last = ${previousMonth(month)}::date AND decision.is_crossing AND decision.starts_at < ${from}::timestamptz
        AND ${CHARGE} <> coalesce(stored.pence, 0)
    )`;
}

function amongSql(among: Among): Prisma.Sql {
  switch (among.kind) {
    case 'pair':
      return Prisma.sql`AND payer_code = ${among.payer} AND host_code = ${among.host}`;
    case 'either':
      return Prisma.sql`AND (payer_code = ANY (${among.codes}::text[]) OR host_code = ANY (${among.codes}::text[]))`;
    case 'all':
      return Prisma.empty;
  }
}
