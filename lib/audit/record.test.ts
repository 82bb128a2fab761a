import { expect, test } from 'vitest';
import { record } from '@/lib/audit/record';
import { db } from '@/lib/platform/db';
import { aHandler } from '@/prisma/factories/staff';

test('an audit row tells who, for whom, when and from which request, and can never be changed or removed', async () => {
  const ctx = await aHandler();
  await record(db, ctx, { type: 'call.opened', subject: 'a-call', detail: { place: 'postcode' } });

  const row = await db.auditEvent.findFirstOrThrow({ where: { requestId: ctx.requestId } });
  expect(row).toMatchObject({ type: 'call.opened', actorId: ctx.actor.id, organisationCode: ctx.actor.organisation.code, at: ctx.now, roles: ['call-handler'] });
  await expect(db.auditEvent.update({ where: { seq: row.seq }, data: { subject: 'another' } })).rejects.toThrow(/insert-only/);
  await expect(db.auditEvent.delete({ where: { seq: row.seq } })).rejects.toThrow(/insert-only/);
  await expect(db.$executeRaw`TRUNCATE audit_event`).rejects.toThrow(/insert-only/);
});
