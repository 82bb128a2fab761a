import { record } from '@/lib/audit/record';
import type { AuditDetail } from '@/lib/audit/events';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { maySetDefault, NATION_WORDS } from '@/lib/crossborder/default-scope.rules';
import { borderDefaults } from '@/lib/crossborder/default.queries';
import type { BorderDefault } from '@/lib/crossborder/schema';
import { scopeOf } from '@/lib/crossborder/scope.rules';
import { db, violates } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { transact } from '@/lib/platform/transact';

type Given = Omit<BorderDefault, 'version'> & { seenVersion: number };

/**
 * Sets what holds in a nation where nothing is agreed, from now on: a further version, the older ones stay. England's is the national team's to set,
 * that of Wales or Scotland also its own commissioners'.
 *
 * Refuses with `agreement-outside-area`, or `border-default-changed` when it is no longer the version that was looked at. Audited, and so is every
 * refusal. Throws ForbiddenError without `border:set-default`.
 */
export async function setBorderDefault(ctx: Ctx, given: Given): Promise<Result<{ version: number }, Refusal>> {
  requirePermission(ctx.actor, 'border:set-default');
  const outcome = await attempt(ctx, given);
  if (!outcome.ok) await record(db, ctx, { type: 'border.default-refused', subject: given.nation, detail: { code: outcome.error.code } });
  return outcome;
}

async function attempt(ctx: Ctx, { seenVersion, ...given }: Given): Promise<Result<{ version: number }, Refusal>> {
  const { nation } = given;
  if (!maySetDefault(scopeOf(ctx.actor), nation)) return refuse({ code: 'agreement-outside-area', area: NATION_WORDS[nation] });
  const before = (await borderDefaults()).find((rule) => rule.nation === nation);
  if (!before) throw new Error('A nation has no default for borders');
  if (before.version !== seenVersion) return refuse({ code: 'border-default-changed', at: before.at });

  const version = seenVersion + 1;
  try {
    return await transact(async (tx) => {
      // The number is the lock: of two who follow the same version, exactly one finds the next one free.
      await tx.borderDefault.create({ data: { ...given, approvers: [...given.approvers], version, at: ctx.now, setById: ctx.actor.id } });
      await record(tx, ctx, { type: 'border.default-set', subject: nation, detail: { before: auditedDefault(before), after: auditedDefault({ ...given, version }) } });
      return ok({ version });
    });
  } catch (error) {
    if (violates(error, 'border_default_pkey')) return refuse({ code: 'border-default-changed', at: ctx.now });
    throw error;
  }
}

function auditedDefault({ version, urgentMinutes, urgentOutcome, emergencyOutcome, otherOutcome, pricePence, noshowPence, failedContact, followUp, approvers }: BorderDefault): AuditDetail {
  return { version, urgentMinutes, urgentOutcome, emergencyOutcome, otherOutcome, pricePence, noshowPence, failedContact, followUp, approvers: [...approvers] };
}
