import { describe, expect, test } from 'vitest';
import { countFree } from '@/lib/directory/count.queries';
import { db, type Prisma } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { addMinutes } from '@/lib/platform/time';
import { releaseKeptBack, setBookings } from '@/lib/schedule/lever.commands';
import { leversOf, sessionsToday } from '@/lib/schedule/levers.queries';
import { lockServices } from '@/lib/schedule/write-plan.commands';
import { aService } from '@/prisma/factories/service';
import { freeSlotsInARow } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN, aHandler, later } from '@/prisma/factories/staff';
import { untilSomebodyWaits } from '@/scripts/test-support/waiting';

const at = (minutes: number) => addMinutes(A_TUESDAY_AT_TEN, minutes);
const TOMORROW = 24 * 60;
const audits = (type: string, subject: string) => db.auditEvent.findMany({ where: { type, subject } });

/** A service, its admin, and sessions whose slots it keeps back. */
async function anOwnService() {
  const service = await aService();
  const admin = await aHandler({ role: 'service-admin', scope: service.id });
  const handler = await aHandler();
  const keptSession = async (count: number, minutes: number) => {
    const slots = await freeSlotsInARow(count, { serviceId: service.id, startsAt: at(minutes) });
    const ids = slots.map(({ id }) => id);
    await db.session.updateMany({ where: { id: slots[0]?.sessionId ?? '' }, data: { keptBackPercent: 100, releaseMinutes: 30 } });
    for (const slot of slots) await db.slot.update({ where: { id: slot.id }, data: { keptBackUntil: addMinutes(slot.startsAt, -30) } });
    return ids;
  };
  const change = (id: string | undefined, data: Prisma.SlotUpdateInput) => db.slot.update({ where: { id: id ?? '' }, data });
  const free = async (minutes = 0) => (await countFree(later(handler, minutes), { serviceIds: [service.id], dueAt: null }))[0]?.freeInTime;
  return { service, admin, keptSession, change, free, serviceId: service.id };
}

describe('releasing what is kept back', () => {
  test('calls have all of today’s at once, not tomorrow’s; the session remembers it, and it is audited', async () => {
    const { admin, serviceId, keptSession, free } = await anOwnService();
    const today = await keptSession(3, 120);
    await keptSession(2, 120 + TOMORROW);
    expect([await free(), (await leversOf(admin, serviceId))?.keptBack]).toEqual([0, 3]);

    expect(await releaseKeptBack(admin, { serviceId })).toEqual({ ok: true, value: { slots: 3 } });
    expect([await free(), (await leversOf(admin, serviceId))?.keptBack]).toEqual([3, 0]);
    const slot = await db.slot.findUniqueOrThrow({ where: { id: today[0] ?? '' }, include: { session: true } });
    expect(slot).toMatchObject({ keptBackUntil: null, session: { keptBackReleasedAt: admin.now, version: 2 } });
    expect(await audits('schedule.kept-back-released', serviceId)).toMatchObject([{ actorId: admin.actor.id, detail: { slots: 3, sessions: 1 } }]);
  });

  test('what is booked now is not kept back when it is free again; what has begun stays as it was', async () => {
    const { admin, serviceId, keptSession, change } = await anOwnService();
    const [booked] = await keptSession(2, 120);
    const [begun] = await keptSession(1, -10);
    await change(booked, { status: 'busy' });
    await change(begun, { keptBackUntil: at(30) });
    expect(await releaseKeptBack(admin, { serviceId })).toEqual({ ok: true, value: { slots: 1 } });
    expect(await db.slot.findUniqueOrThrow({ where: { id: booked ?? '' } })).toMatchObject({ status: 'busy', keptBackUntil: null });
    expect(await db.slot.findUniqueOrThrow({ where: { id: begun ?? '' } })).toMatchObject({ keptBackUntil: at(30) });
  });

  test('nothing-kept-back when all of it is released, booked, begun or tomorrow’s: nothing changes, and it is audited', async () => {
    const { admin, serviceId, keptSession, change } = await anOwnService();
    const [booked, opened] = await keptSession(2, 120);
    await keptSession(1, TOMORROW);
    await change(booked, { status: 'busy' });
    await change(opened, { keptBackUntil: at(0) });
    expect(await releaseKeptBack(admin, { serviceId })).toEqual({ ok: false, error: { code: 'nothing-kept-back' } });
    expect(await db.session.count({ where: { schedule: { serviceId }, keptBackReleasedAt: { not: null } } })).toBe(0);
    expect(await audits('schedule.change-refused', serviceId)).toMatchObject([{ detail: { code: 'nothing-kept-back', change: 'release' } }]);
  });

  test('ten admins release at once: one does it, nine are told that nothing is kept back any more', async () => {
    const { admin, serviceId, keptSession } = await anOwnService();
    await keptSession(5, 120);
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => releaseKeptBack(admin, { serviceId })));
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(await audits('schedule.kept-back-released', serviceId)).toHaveLength(1);
  });

  test('it waits for an edit that is being applied, and releases what that has made', async () => {
    const { admin, serviceId, keptSession, change } = await anOwnService();
    const [slot] = await keptSession(1, 120);
    await change(slot, { keptBackUntil: null });
    const { releasing } = await db.$transaction(async (tx) => {
      await lockServices(tx, [serviceId]);
      const releasing = releaseKeptBack(admin, { serviceId });
      await untilSomebodyWaits();
      await tx.slot.update({ where: { id: slot ?? '' }, data: { keptBackUntil: at(90) } });
      return { releasing };
    });
    expect(await releasing).toEqual({ ok: true, value: { slots: 1 } });
  });
});

describe('bookings on and off', () => {
  test('off, the service offers nothing, at once; on, what it has; each a version, audited', async () => {
    const { admin, serviceId, free } = await anOwnService();
    await freeSlotsInARow(2, { serviceId });
    expect(await setBookings(admin, { serviceId, isBookable: false, version: 1 })).toEqual({ ok: true, value: null });
    expect([await free(), await leversOf(admin, serviceId)]).toMatchObject([0, { isBookable: false, version: 2 }]);
    expect(await setBookings(admin, { serviceId, isBookable: true, version: 2 })).toEqual({ ok: true, value: null });
    expect([await free(), await leversOf(admin, serviceId)]).toMatchObject([2, { isBookable: true, version: 3 }]);
    expect(await audits('service.changed', serviceId)).toMatchObject([{ detail: { section: 'booking', after: { isBookable: false } } }, { detail: { after: { isBookable: true } } }]);
  });

  test('set to what it is, nothing changes: a double click makes no version', async () => {
    const { admin, serviceId } = await anOwnService();
    expect(await setBookings(admin, { serviceId, isBookable: true, version: 1 })).toEqual({ ok: true, value: null });
    expect(await leversOf(admin, serviceId)).toMatchObject({ isBookable: true, version: 1 });
    expect(await audits('service.changed', serviceId)).toEqual([]);
  });

  test('service-changed when a colleague changed it since: who and when', async () => {
    const { admin, serviceId } = await anOwnService();
    const colleague = await aHandler({ role: 'service-admin', scope: serviceId, name: 'Mel Sample' });
    await setBookings(later(colleague, 5), { serviceId, isBookable: false, version: 1 });
    expect(await setBookings(later(admin, 6), { serviceId, isBookable: false, version: 1 })).toEqual({ ok: false, error: { code: 'service-changed', by: 'Mel Sample', at: at(5) } });
    expect(await audits('service.change-refused', serviceId)).toMatchObject([{ detail: { code: 'service-changed', section: 'booking' } }]);
  });

  test('ten turn it off at once: it is turned off once', async () => {
    const { admin, serviceId } = await anOwnService();
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => setBookings(admin, { serviceId, isBookable: false, version: 1 })));
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(await audits('service.changed', serviceId)).toHaveLength(1);
    expect(await leversOf(admin, serviceId)).toMatchObject({ version: 2 });
  });
});

test('the levers show the capacity in force; sessions of today that are over, withdrawn or another’s take no places', async () => {
  const { admin, serviceId, keptSession } = await anOwnService();
  await db.capacityState.create({ data: { serviceId, colour: 'amber', note: 'One nurse is ill', setBy: 'test', at: at(-10), resetsAt: at(60) } });
  expect((await leversOf(admin, serviceId))?.capacity).toEqual({ colour: 'amber', note: 'One nurse is ill', resetsAt: at(60) });
  expect((await leversOf(later(admin, 60), serviceId))?.capacity).toEqual({ colour: 'green', note: null, resetsAt: null });

  await keptSession(1, -10);
  await keptSession(1, TOMORROW);
  const [withdrawn] = await keptSession(1, 200);
  await db.session.updateMany({ where: { slots: { some: { id: withdrawn ?? '' } } }, data: { status: 'withdrawn' } });
  await freeSlotsInARow(1);
  await keptSession(1, 120);
  expect(await sessionsToday(admin, serviceId)).toMatchObject([{ opensMinute: 720, closesMinute: 730, schedule: { serviceId, channel: 'in-person' } }]);
});

test('another’s service is not found, which is audited, and shows nothing; who runs none may not', async () => {
  const { serviceId, keptSession } = await anOwnService();
  await keptSession(1, 120);
  const other = await aHandler({ role: 'service-admin', scope: (await aService()).id });
  expect(await releaseKeptBack(other, { serviceId })).toEqual({ ok: false, error: { code: 'service-not-found' } });
  expect(await setBookings(other, { serviceId, isBookable: false, version: 1 })).toEqual({ ok: false, error: { code: 'service-not-found' } });
  expect(await audits('service.access-refused', serviceId)).toHaveLength(2);
  expect([await leversOf(other, serviceId), await sessionsToday(other, serviceId)]).toEqual([null, []]);

  const handler = await aHandler();
  await expect(releaseKeptBack(handler, { serviceId })).rejects.toThrow(ForbiddenError);
  await expect(setBookings(handler, { serviceId, isBookable: false, version: 1 })).rejects.toThrow(ForbiddenError);
  await expect(leversOf(handler, serviceId)).rejects.toThrow(ForbiddenError);
});
