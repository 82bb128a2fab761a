import { expect, test } from 'vitest';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { openEntry } from '@/lib/registry/access.commands';
import { hasAccessTo, openedEntries, shutEntry } from '@/lib/registry/access.queries';
import { aRegisteredEntry } from '@/prisma/factories/entry';
import { syntheticNhsNumber } from '@/prisma/factories/patient';
import { aSealedAppointment, entryOf } from '@/prisma/factories/sealed';
import { aHandler, later } from '@/prisma/factories/staff';

const REASON = { why: 'safeguarding', whyText: '' } as const;

test('before it is opened, an entry is its times and its status, and the look is audited', async () => {
  const ctx = await aHandler({ role: 'supervisor' });
  const appointment = await aSealedAppointment(await aHandler());
  const { id, startsAt, endsAt } = await entryOf(appointment);
  expect(await shutEntry(ctx, id)).toEqual({ id, startsAt, endsAt, status: 'booked', isOpen: false });
  expect(await db.auditEvent.findMany({ where: { actorId: ctx.actor.id } })).toMatchObject([{ type: 'registry.viewed', subject: id, patientId: appointment.patientId, detail: { count: 1 } }]);
});

test('an entry need not be opened that is not sealed, or that the reason given before still opens', async () => {
  const ctx = await aHandler({ role: 'clinician' });
  const plain = await aRegisteredEntry({ nhsNumber: syntheticNhsNumber() });
  const sealed = await aRegisteredEntry({ nhsNumber: syntheticNhsNumber(), isSealed: true });
  await openEntry(ctx, { entryId: sealed.id, ...REASON });
  expect(await shutEntry(ctx, plain.id)).toMatchObject({ isOpen: true });
  expect(await shutEntry(later(ctx, 29), sealed.id)).toMatchObject({ isOpen: true });
  expect(await shutEntry(later(ctx, 30), sealed.id)).toMatchObject({ isOpen: false });
});

test('a made-up id is no entry, no opened one and no patient', async () => {
  const ctx = await aHandler({ role: 'clinician' });
  expect(await shutEntry(ctx, newId())).toBeNull();
  expect(await shutEntry(ctx, '<script>')).toBeNull();
  expect(await hasAccessTo(ctx, '<script>')).toBe(false);
  expect(await openedEntries(ctx, [])).toEqual(new Set());
});

test('only those who may open it are shown what they are about to open', async () => {
  const { id } = await aRegisteredEntry({ nhsNumber: syntheticNhsNumber(), isSealed: true });
  for (const role of ['call-handler', 'service-admin', 'auditor'] as const) await expect(shutEntry(await aHandler({ role }), id)).rejects.toThrow(ForbiddenError);
});
