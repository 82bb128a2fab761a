import type { AuditEvent, AuditType } from '@/lib/audit/events';
import { auditRow } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { db } from '@/lib/platform/db';
import type { Refusal } from '@/lib/platform/errors';

type Refused = { type: AuditType; kind: 'hold-refused' | 'booking-refused' | 'move-refused'; callId: string; slotId: string; refusal: Refusal };

/**
 * Records a refusal in the audit and in the record of the call, after whatever was begun has been rolled back. A failure
 * here fails the request: there is no refusal that nobody can find.
 */
export async function recordRefusal(ctx: Ctx, { type, kind, callId, slotId, refusal }: Refused): Promise<void> {
  const event: AuditEvent = { type, subject: slotId, detail: { code: refusal.code, callId } };
  const audit = db.auditEvent.create({ data: auditRow(ctx, event) });
  if (refusal.code === 'call-not-found') {
    await audit;
    return;
  }
  await db.$transaction([audit, db.callEvent.create({ data: { callId, at: ctx.now, kind, body: { slotId, code: refusal.code, by: ctx.actor.id } } })]);
}
