import { z } from 'zod';
import type { AskedBefore } from '@/lib/booking/border.rules';
import type { Tx } from '@/lib/platform/db';

const answer = z.enum(['waiting', 'approved', 'declined']);

/** The newest question of a call about a slot, with who asked and who answered; null when nothing was asked. */
export async function askedBefore(tx: Tx, { callId, slotId }: { callId: string; slotId: string }): Promise<(AskedBefore & { answeredBy: string | null }) | null> {
  const row = await tx.borderApproval.findFirst({
    where: { callId, slotId },
    orderBy: [{ askedAt: 'desc' }, { id: 'desc' }],
    select: { id: true, state: true, ruleId: true, ruleVersion: true, isOverride: true, answeredBy: { select: { name: true } } },
  });
  return row && { ...row, state: answer.parse(row.state), answeredBy: row.answeredBy?.name ?? null };
}
