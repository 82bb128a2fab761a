import type { Ctx } from '@/lib/auth/actor';
import type { KeptRow } from '@/lib/booking/border-row.rules';
import { messageSql, type BookingActor } from '@/lib/booking/records.commands';
import type { BorderDecision } from '@/lib/crossborder/schema';
import { Prisma, type Tx } from '@/lib/platform/db';
import { toDateColumn } from '@/lib/platform/time';

/** A place in a day's quota: of an agreement, on the London day of the slot's start. */
export type QuotaPlace = NonNullable<BorderDecision['quota']>;

/**
 * Table expressions that keep a decision with its appointment and, where the rule says so, tell the host of it, for a statement which has one
 * named `claimed` with `starts_at`: nothing claimed, nothing written.
 */
export function borderSql(ctx: Ctx<BookingActor>, appointmentId: string, row: KeptRow): Prisma.Sql {
  const { outcome, hostCode, ruleId, ruleVersion } = row;
  const message = { appointmentId, version: 1, hostCode, ruleId, ruleVersion };
  return Prisma.sql`
    ${outcome === 'notify' ? Prisma.sql`notified AS (${messageSql(ctx, { topic: 'border.notified', body: message })} FROM claimed),` : Prisma.empty}
    ${keptSql(ctx, appointmentId, row)}`;
}

/**
 * Takes a place of a day's quota in the caller's transaction; false when none is left. The row is locked until that ends: of bookings that want
 * the last one, the others wait and find it gone.
 */
export async function takePlace(tx: Tx, { agreementId, day, quota }: QuotaPlace): Promise<boolean> {
  // Raw: the check and the count are one statement, also of the first booking of a day. The quota is that of the version that decided.
  const taken = await tx.$queryRaw<unknown[]>`
    INSERT INTO agreement_quota AS place (agreement_id, day, used, quota)
    VALUES (${agreementId}::uuid, ${day}::date, 1, ${quota}::int)
    ON CONFLICT (agreement_id, day) DO UPDATE
    SET used = place.used + 1, quota = EXCLUDED.quota
    WHERE place.used < EXCLUDED.quota
    RETURNING used`;
  return taken.length > 0;
}

/** Whether an appointment that stands has a place of this quota on this day. */
export async function hasPlace(tx: Tx, { agreementId, day }: QuotaPlace, appointmentId: string): Promise<boolean> {
  return (await tx.borderDecision.count({ where: { appointmentId, ruleId: agreementId, quotaDay: toDateColumn(day), appointment: { releasedAt: null } } })) > 0;
}

function keptSql({ now }: Ctx<BookingActor>, appointmentId: string, row: KeptRow): Prisma.Sql {
  return Prisma.sql`
    border AS (
      INSERT INTO border_decision (appointment_id, starts_at, is_crossing, rule_kind, rule_id, rule_version, rule_words, outcome, is_override,
        responsible_code, responsible_how, host_code, host_how, contract_code, contract_how, payer_code, price_pence, noshow_pence, failed_contact, follow_up,
        quota_day, approval_id, carried_from_id, looked, at)
      SELECT ${appointmentId}::uuid, claimed.starts_at, ${row.isCrossing}::boolean, ${row.ruleKind}, ${row.ruleId}, ${row.ruleVersion}::int, ${row.ruleWords}, ${row.outcome}, ${row.isOverride}::boolean,
        ${row.responsibleCode}::text, ${row.responsibleHow}, ${row.hostCode}::text, ${row.hostHow}, ${row.contractCode}::text, ${row.contractHow},
        ${row.payerCode}::text, ${row.pricePence}::int, ${row.noshowPence}::int, ${row.failedContact}, ${row.followUp},
        ${row.quotaDay}::date, ${row.approvalId}::uuid, ${row.carriedFromId}::uuid, ${row.looked}::jsonb, ${now}::timestamptz
      FROM claimed
    )`;
}
