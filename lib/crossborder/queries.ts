import { areaFrom } from '@/lib/crossborder/area.rules';
import type { Area, BorderDefault, BorderRules, Commissioner, LiveAgreement } from '@/lib/crossborder/schema';
import { compareSpecificity, quotaKey } from '@/lib/crossborder/specificity.rules';
import { Prisma, sendHot, type Tx } from '@/lib/platform/db';
import type { LocalDate } from '@/lib/platform/time-words';

const AGREEMENT_COLUMNS = Prisma.sql`
  id, version, title, from_kind AS "fromKind", from_code AS "fromCode", to_kind AS "toKind", to_code AS "toCode", service_type_id AS "serviceTypeId",
  service_id AS "serviceId", dispositions, families, weekdays, from_minute AS "fromMinute", to_minute AS "toMinute", valid_from::text AS "validFrom",
  valid_to::text AS "validTo", daily_quota AS "dailyQuota", outcome, price_pence AS "pricePence", noshow_pence AS "noshowPence",
  failed_contact AS "failedContact", follow_up AS "followUp", approvers, settled_at AS "agreedAt"`;

type Asked = { responsible: readonly Commissioner[]; hosts: readonly Commissioner[]; days: { from: LocalDate; to: LocalDate } };

/**
 * All that decides bookings of these patients' commissioners at services of these hosts, on London days, both included: agreed versions that could match,
 * the most specific first, what their quotas have been used for on those days, the latest default of each nation, and bank holidays.
 */
export async function borderRules(asked: Asked, tx?: Tx): Promise<BorderRules> {
  // Raw, and past the engine: one more read on the path of every search and every booking.
  const [row] = tx ? await tx.$queryRaw<RulesRow[]>(rulesSql(asked)) : await sendHot<RulesRow>(rulesSql(asked));
  const { agreements, used, defaults, holidays } = row ?? { agreements: null, used: null, defaults: null, holidays: null };
  return {
    agreements: (agreements ?? []).map(agreementOf).sort(compareSpecificity),
    used: new Map((used ?? []).map(({ id, day, count }) => [quotaKey(id, day), count])),
    defaults: new Map((defaults ?? []).map((rule) => [rule.nation, rule])),
    holidays: new Set(holidays),
  };
}

/** Every agreed version that is in force on or after a London day, the most specific first. */
export async function liveAgreements(day: LocalDate): Promise<LiveAgreement[]> {
  // Raw: thousands of rows at once, of which the engine would make two copies.
  const rows = await sendHot<AgreementRow>(Prisma.sql`
    SELECT ${AGREEMENT_COLUMNS}
    FROM agreement
    WHERE state = 'agreed' AND (valid_to IS NULL OR valid_to >= ${day}::date)`);
  return rows.map(agreementOf).sort(compareSpecificity);
}

type AgreementRow = Omit<LiveAgreement, 'from' | 'to' | 'agreedAt'> & { fromKind: Area['kind']; fromCode: string | null; toKind: Area['kind']; toCode: string | null; agreedAt: Date | string };

type RulesRow = {
  agreements: AgreementRow[] | null;
  used: { id: string; day: LocalDate; count: number }[] | null;
  defaults: BorderDefault[] | null;
  holidays: LocalDate[] | null;
};

// Each part is JSON, whose dates are text: one row however many there are.
function rulesSql({ responsible, hosts, days }: Asked): Prisma.Sql {
  return Prisma.sql`
    WITH found AS (
      SELECT ${AGREEMENT_COLUMNS}
      FROM agreement
      WHERE state = 'agreed' AND (valid_to IS NULL OR valid_to >= ${days.from}::date)
        AND (from_code IS NULL OR from_code = ANY(${codesOf(responsible)}))
        AND (to_code IS NULL OR to_code = ANY(${codesOf(hosts)}))
    ), latest AS (
      SELECT DISTINCT ON (nation) nation, version, urgent_minutes AS "urgentMinutes", urgent_outcome AS "urgentOutcome", emergency_outcome AS "emergencyOutcome",
        other_outcome AS "otherOutcome", price_pence AS "pricePence", noshow_pence AS "noshowPence", failed_contact AS "failedContact", follow_up AS "followUp", approvers
      FROM border_default
      ORDER BY nation, version DESC
    ), used AS (
      SELECT quota.agreement_id AS id, quota.day, quota.used AS count
      FROM agreement_quota quota
      JOIN found ON found.id = quota.agreement_id
      WHERE quota.day BETWEEN ${days.from}::date AND ${days.to}::date
    )
    SELECT (SELECT json_agg(found) FROM found) AS agreements, (SELECT json_agg(used) FROM used) AS used, (SELECT json_agg(latest) FROM latest) AS defaults,
      (SELECT json_agg(date) FROM bank_holiday WHERE date BETWEEN ${days.from}::date AND ${days.to}::date) AS holidays`;
}

function codesOf(commissioners: readonly Commissioner[]): string[] {
  return commissioners.flatMap(({ code, regionCode }) => (regionCode === null ? [code] : [code, regionCode]));
}

function agreementOf({ fromKind, fromCode, toKind, toCode, agreedAt, ...row }: AgreementRow): LiveAgreement {
  return { ...row, from: areaFrom(fromKind, fromCode), to: areaFrom(toKind, toCode), agreedAt: new Date(agreedAt) };
}
