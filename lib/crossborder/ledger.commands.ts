import { auditSql, record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { linesSql } from '@/lib/crossborder/ledger-lines.queries';
import { openMonth, ownPair, pairSum, type PairMonth } from '@/lib/crossborder/ledger.queries';
import { decideFreeze, monthText } from '@/lib/crossborder/ledger.rules';
import { db } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';

/** A month of a pair, with the sum that was looked at, in pence. */
export type FreezeRequest = PairMonth & { pence: number };

/**
 * Freezes what one commissioner owes another for a London month, with the charge of each of its appointments and what corrects earlier
 * months: it never changes again, and what becomes of its appointments later is a correction in the month after.
 *
 * Refuses with `ledger-outside-area` unless one side is the person's, `ledger-month-frozen` (also when somebody was quicker),
 * `ledger-month-not-over`, `ledger-nothing-to-freeze`, `ledger-earlier-open`, or `ledger-changed` when the sum is not the one that was looked
 * at. Every refusal is audited. Throws ForbiddenError without `ledger:freeze`. Source: docs/rules.md#ledger.
 */
export async function freezeMonth(ctx: Ctx, request: FreezeRequest): Promise<Result<null, Refusal>> {
  requirePermission(ctx.actor, 'ledger:freeze');

  const outcome = await attempt(ctx, request);
  if (!outcome.ok) await record(db, ctx, { type: 'ledger.freeze-refused', detail: { ...detailOf(request), code: outcome.error.code } });
  return outcome;
}

async function attempt(ctx: Ctx, request: FreezeRequest): Promise<Result<null, Refusal>> {
  if (!(await ownPair(ctx, request))) return refuse({ code: 'ledger-outside-area' });

  const decided = await decide(ctx, request);
  if (!decided.ok) return decided;
  if (await freeze(ctx, request)) return ok(null);
  // Somebody froze it, or a figure changed, between the look and the claim: it is said as it is now.
  const since = await decide(ctx, request);
  return since.ok ? refuse({ code: 'ledger-changed', pence: request.pence }) : since;
}

async function decide({ now }: Ctx, request: FreezeRequest): Promise<Result<null, Refusal>> {
  const [sum, open] = await Promise.all([pairSum(request, now), openMonth(request, now)]);
  return decideFreeze({ month: request.month, frozenAt: sum?.frozen?.at ?? null, open, pence: sum?.pence ?? null, lookedPence: request.pence }, now);
}

/**
 * Raw, and one statement: the sum, the lines and what was looked at are of one snapshot, whatever becomes of appointments meanwhile. The key
 * is the lock: of two freezes at once exactly one inserts the month. False when nothing was written.
 */
async function freeze(ctx: Ctx, request: FreezeRequest): Promise<boolean> {
  const { payer, host, month, pence } = request;
  const frozen = await db.$queryRaw<unknown[]>`
    WITH ${linesSql({ among: { kind: 'pair', payer, host }, month, now: ctx.now })},
    frozen AS (
      INSERT INTO ledger_month (month, payer_code, host_code, frozen_at, frozen_by_id, pence)
      SELECT ${month}::date, ${payer}, ${host}, ${ctx.now}::timestamptz, ${ctx.actor.id}::uuid, sum(line.pence)
      FROM line
      HAVING count(*) > 0 AND sum(line.pence) = ${pence}::int
      ON CONFLICT DO NOTHING
      RETURNING month, payer_code, host_code
    ),
    stored AS (
      INSERT INTO ledger_line (month, payer_code, host_code, appointment_id, kind, status, pence)
      SELECT frozen.month, frozen.payer_code, frozen.host_code, line.appointment_id, line.kind, line.status, line.pence
      FROM frozen, line
    ),
    audit AS (${auditSql(ctx, { type: 'ledger.frozen', detail: detailOf(request) })} FROM frozen)
    SELECT month FROM frozen`;
  return frozen.length > 0;
}

function detailOf({ payer, host, month, pence }: FreezeRequest) {
  return { payer, host, month: monthText(month), pence };
}
