import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { knownCommissioners } from '@/lib/crossborder/commissioner.queries';
import { ledgerStatusOf, monthSpan } from '@/lib/crossborder/ledger.rules';
import type { Month } from '@/lib/crossborder/ledger.schema';
import type { Commissioner, Found } from '@/lib/crossborder/schema';
import { whatIfResult, type ReplayedBooking, type WhatIfProgress, type WhatIfRun, type WhatIfState } from '@/lib/crossborder/what-if.schema';
import { db, Prisma, sendHot } from '@/lib/platform/db';
import { isId } from '@/lib/platform/id';
import { fromDateColumn } from '@/lib/platform/time';

/** So long after it was last seen a replay counts as broken off. */
const SEEN_WITHIN_MS = 15_000;

/** Where a page of bookings goes on: behind this one. */
export type After = { at: Date; id: string };

/** Bookings in the order in which they were made, and where the page after them goes on; null when these were the last. */
export type CrossingsPage = { bookings: ReplayedBooking[]; next: After | null };

type Row = {
  id: string;
  at: Date;
  reference: string;
  status: string;
  startsAt: Date;
  endsAt: Date;
  serviceId: string;
  serviceName: string;
  typeId: number;
  responsibleCode: string | null;
  hostCode: string | null;
  dispositionCode: string | null;
  family: string | null;
  timeframeMinutes: number | null;
};

/** The latest replay of a version of an agreement, or null when none was started. Nothing of it tells of a patient. Throws ForbiddenError without `border:read`. */
export async function latestWhatIf(ctx: Ctx, { id, version }: { id: string; version: number }): Promise<WhatIfRun | null> {
  requirePermission(ctx.actor, 'border:read');
  if (!isId(id)) return null;

  const row = await db.whatIf.findFirst({ where: { agreementId: id, agreementVersion: version }, orderBy: [{ askedAt: 'desc' }, { id: 'desc' }], include: { askedBy: { select: { name: true } } } });
  if (!row) return null;
  const { month, edition, askedAt, askedBy, done, total, result } = row;
  const state = stateOf(row, ctx.now);
  return { id: row.id, month: fromDateColumn(month), edition, askedAt, askedBy: askedBy.name, state, done, total, result: state === 'finished' ? whatIfResult.parse(result) : null };
}

/** How far a replay is, or null when there is none of that id. Throws ForbiddenError without `border:read`. */
export async function whatIfProgress(ctx: Ctx, whatIfId: string): Promise<WhatIfProgress | null> {
  requirePermission(ctx.actor, 'border:read');
  if (!isId(whatIfId)) return null;

  const row = await db.whatIf.findUnique({ where: { id: whatIfId }, select: { done: true, total: true, finishedAt: true, seenAt: true, fault: true } });
  return row && { state: stateOf(row, ctx.now), done: row.done, total: row.total };
}

/** The moment before which a replay was seen last when it counts as broken off. */
export function seenSince(now: Date): Date {
  return new Date(now.getTime() - SEEN_WITHIN_MS);
}

/** How many bookings of a London month crossed a border. */
export async function countCrossings(month: Month): Promise<number> {
  const { from, to } = monthSpan(month);
  return db.borderDecision.count({ where: { isCrossing: true, startsAt: { gte: from, lt: to } } });
}

/** The next bookings of a London month across a border, at most `limit`; `now`: what of them is to come. */
export async function crossingsPage({ month, after, limit, now }: { month: Month; after: After | null; limit: number; now: Date }): Promise<CrossingsPage> {
  const [rows, { byCode }] = await Promise.all([pageRows({ month, after, limit }), knownCommissioners()]);
  const last = rows.at(-1);
  return { bookings: rows.map((row) => bookingOf(row, { byCode, now })), next: last && rows.length === limit ? { at: last.at, id: last.id } : null };
}

// Past the engine: 100,000 rows in seconds. The page is chosen among decisions alone, and only its own appointments are read.
async function pageRows({ month, after, limit }: { month: Month; after: After | null; limit: number }): Promise<Row[]> {
  const { from, to } = monthSpan(month);
  return sendHot<Row>(Prisma.sql`
    SELECT page.appointment_id AS id, page.at, appointment.reference, appointment.status, appointment.starts_at AS "startsAt", appointment.ends_at AS "endsAt",
      service.id AS "serviceId", service.name AS "serviceName", service.type_id AS "typeId",
      page.responsible_code AS "responsibleCode", page.host_code AS "hostCode",
      disposition.code AS "dispositionCode", disposition.family, disposition.timeframe_minutes AS "timeframeMinutes"
    FROM (
      SELECT appointment_id, at, responsible_code, host_code
      FROM border_decision
      WHERE is_crossing AND starts_at >= ${from}::timestamptz AND starts_at < ${to}::timestamptz
        AND (${after?.at ?? null}::timestamptz IS NULL OR (at, appointment_id) > (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
      ORDER BY at, appointment_id
      LIMIT ${limit}
    ) page
    JOIN appointment ON appointment.id = page.appointment_id
    JOIN service ON service.id = appointment.service_id
    LEFT JOIN disposition ON disposition.code = appointment.disposition_code
    ORDER BY page.at, page.appointment_id`);
}

function bookingOf(row: Row, { byCode, now }: { byCode: ReadonlyMap<string, Commissioner>; now: Date }): ReplayedBooking {
  const { reference, startsAt, serviceId, serviceName, typeId, dispositionCode, family, timeframeMinutes } = row;
  // How they were found, and whose contract area it was, decides nothing.
  const found = (code: string | null): Found => ({ commissioner: code === null ? null : (byCode.get(code) ?? null), how: 'unknown' });
  return {
    reference,
    status: ledgerStatusOf(row, now),
    facts: {
      responsible: found(row.responsibleCode),
      host: found(row.hostCode),
      contractArea: found(null),
      service: { id: serviceId, name: serviceName, typeId },
      disposition: dispositionCode === null || family === null ? null : { code: dispositionCode, family, timeframeMinutes },
      startsAt,
    },
  };
}

function stateOf({ finishedAt, seenAt, fault }: { finishedAt: Date | null; seenAt: Date; fault: string | null }, now: Date): WhatIfState {
  if (fault !== null) return 'failed';
  if (finishedAt) return 'finished';
  return seenAt < seenSince(now) ? 'broken-off' : 'at-work';
}
