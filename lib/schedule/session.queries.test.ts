import { expect, test } from 'vitest';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addDays, addMinutes, startOfLondonDay } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { changedByHand, sessionDays, sessionOf } from '@/lib/schedule/session.queries';
import { aService } from '@/prisma/factories/service';
import { freeSlotsInARow } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';

const TODAY = londonDate(A_TUESDAY_AT_TEN);

async function aSession() {
  const service = await aService();
  const ctx = await aHandler({ role: 'service-admin', scope: service.id });
  const slots = await freeSlotsInARow(6, { serviceId: service.id });
  return { serviceId: service.id, ctx, slots, sessionId: slots[0]?.sessionId ?? '' };
}

test('a session shows what is booked, unbooked, orphaned and kept back; withdrawn slots do not count', async () => {
  const { serviceId, ctx, slots, sessionId } = await aSession();
  const [booked, orphaned, withdrawn, kept, released] = slots.map(({ id }) => id);
  await db.slot.update({ where: { id: booked }, data: { status: 'busy' } });
  await db.slot.update({ where: { id: orphaned }, data: { status: 'busy', orphanedAt: ctx.now } });
  await db.slot.update({ where: { id: withdrawn }, data: { status: 'withdrawn' } });
  await db.slot.update({ where: { id: kept }, data: { keptBackUntil: addMinutes(ctx.now, 1) } });
  await db.slot.update({ where: { id: released }, data: { keptBackUntil: ctx.now } });

  expect(await sessionOf(ctx, { serviceId, sessionId })).toMatchObject({
    ...{ date: '2026-11-24', opensMinute: 660, closesMinute: 720, templateId: null, isAdjusted: false, isCancelled: false, breaks: [] },
    counts: { booked: 1, unbooked: 3, orphaned: 1, keptBack: 1 },
  });
});

test('a session that was cancelled says so', async () => {
  const { serviceId, ctx, sessionId } = await aSession();
  await db.session.update({ where: { id: sessionId }, data: { status: 'withdrawn' } });
  expect(await sessionOf(ctx, { serviceId, sessionId })).toMatchObject({ isCancelled: true });
});

test('the days that have sessions are counted, each slot once; days without are left out', async () => {
  const { serviceId, ctx, slots } = await aSession();
  await freeSlotsInARow(2, { serviceId });
  await freeSlotsInARow(3, { serviceId, startsAt: addMinutes(startOfLondonDay(addDays(TODAY, 2)), 600) });
  await freeSlotsInARow(1, { serviceId, startsAt: addMinutes(startOfLondonDay(addDays(TODAY, 7)), 600) });
  await db.slot.update({ where: { id: slots[0]?.id }, data: { status: 'withdrawn' } });

  expect(await sessionDays(ctx, { serviceId, from: TODAY, days: 7 })).toEqual([
    { date: TODAY, sessions: 2, slots: 7 },
    { date: addDays(TODAY, 2), sessions: 1, slots: 3 },
  ]);
});

test('days of a weekly pattern that were changed by hand are found from today on, cancelled ones too', async () => {
  const { serviceId, ctx, sessionId } = await aSession();
  const { scheduleId } = await db.session.findUniqueOrThrow({ where: { id: sessionId } });
  const pattern = { weekdays: [2], opensMinute: 660, closesMinute: 720, slotMinutes: 10, places: 1, validFrom: new Date('2026-11-01') };
  const template = await db.template.create({ data: { id: newId(), scheduleId, ...pattern } });
  await db.session.update({ where: { id: sessionId }, data: { templateId: template.id } });
  const asked = { serviceId, templateId: template.id };
  expect(await changedByHand(ctx, asked)).toEqual([]);

  await db.session.update({ where: { id: sessionId }, data: { isAdjusted: true, status: 'withdrawn' } });
  expect(await changedByHand(ctx, asked)).toEqual([{ id: sessionId, date: TODAY, isCancelled: true }]);
  expect(await changedByHand({ ...ctx, now: addMinutes(ctx.now, 24 * 60) }, asked)).toEqual([]);
});

test('the admin of another service sees none of it, and a call handler may not ask', async () => {
  const { serviceId, sessionId } = await aSession();
  const other = await aSession();
  expect(await sessionOf(other.ctx, { serviceId, sessionId })).toBeNull();
  expect(await sessionOf(other.ctx, { serviceId: other.serviceId, sessionId })).toBeNull();
  expect(await sessionOf(other.ctx, { serviceId: other.serviceId, sessionId: 'nonsense' })).toBeNull();
  expect(await sessionDays(other.ctx, { serviceId, from: TODAY, days: 7 })).toEqual([]);
  expect(await changedByHand(other.ctx, { serviceId, templateId: newId() })).toEqual([]);

  const handler = await aHandler();
  await expect(sessionOf(handler, { serviceId, sessionId: newId() })).rejects.toThrow(ForbiddenError);
  await expect(changedByHand(handler, { serviceId, templateId: newId() })).rejects.toThrow(ForbiddenError);
  await expect(sessionDays(handler, { serviceId, from: TODAY, days: 7 })).rejects.toThrow(ForbiddenError);
});
