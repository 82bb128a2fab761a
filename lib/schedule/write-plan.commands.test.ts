import { describe, expect, test } from 'vitest';
import type { Ctx } from '@/lib/auth/actor';
import { bookAppointment } from '@/lib/booking/book.commands';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addDays, addMinutes } from '@/lib/platform/time';
import { clockTime, londonDate } from '@/lib/platform/time-words';
import { transact } from '@/lib/platform/transact';
import { editState } from '@/lib/schedule/edit.rules';
import { planSlots } from '@/lib/schedule/plan.rules';
import type { ScheduleFacts, SingleEdit } from '@/lib/schedule/schema';
import { slotsFor, stateFor } from '@/lib/schedule/state.queries';
import { wantedOf } from '@/lib/schedule/wanted.rules';
import { lockServices, writePlan } from '@/lib/schedule/write-plan.commands';
import { aBookingRequest, aCall } from '@/prisma/factories/call';
import { aPattern, aTemplatePattern } from '@/prisma/factories/pattern';
import { applyEdit } from '@/prisma/factories/schedule';
import { aService } from '@/prisma/factories/service';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';

const TODAY = londonDate(A_TUESDAY_AT_TEN);
const TOMORROW = addDays(TODAY, 1);
const FACTS: ScheduleFacts = { name: 'Minor illness', channel: 'in-person', practitionerRole: null, practitionerName: null, practitionerGender: null };
const DAYS = 7;

type Place = { ctx: Ctx; serviceId: string; scheduleId: string; sessionId: string };

/** A service with one session tomorrow, 09:00 to 10:00 in 15-minute slots. */
async function aPlace(given: { pattern?: Parameters<typeof aPattern>[0]; facts?: Partial<ScheduleFacts>; service?: Parameters<typeof aService>[0] } = {}): Promise<Place> {
  const service = await aService(given.service);
  const ctx = await aHandler({ role: 'service-admin', scope: service.id });
  const place = { ctx, serviceId: service.id, scheduleId: newId(), sessionId: newId() };
  const outcome = await change(place, setSession(place, given.pattern, { ...FACTS, ...given.facts }));
  expect(outcome.ok).toBe(true);
  return place;
}

const setSession = ({ serviceId, sessionId, scheduleId }: Place, pattern: Parameters<typeof aPattern>[0] = {}, facts: ScheduleFacts | null = null): SingleEdit => ({
  ...{ kind: 'set-session', serviceId, sessionId, schedule: { id: scheduleId, facts }, date: TOMORROW },
  pattern: aPattern({ closesMinute: 600, ...pattern }),
});
const change = ({ ctx, serviceId }: Place, edit: SingleEdit) => applyEdit(ctx, { serviceIds: [serviceId], edit, days: DAYS });
const slotsOf = ({ serviceId }: Place) => db.slot.findMany({ where: { serviceId }, orderBy: [{ startsAt: 'asc' }, { placeNo: 'asc' }, { id: 'asc' }] });
const standing = async (place: Place) => (await slotsOf(place)).filter(({ status }) => status !== 'withdrawn').map(({ startsAt, placeNo, status, orphanedAt }) => `${clockTime(startsAt)}/${placeNo} ${orphanedAt ? 'orphan' : status}`);
const closing = ({ serviceId }: Place, from: number, to: number): SingleEdit => ({
  ...{ kind: 'close', serviceIds: [serviceId], closureId: newId(), closureKind: 'closure', reason: 'No nurse' },
  ...{ startsAt: addMinutes(new Date('2026-11-25T00:00:00Z'), from), endsAt: addMinutes(new Date('2026-11-25T00:00:00Z'), to) },
});

/** Books the slot that begins at this minute of tomorrow. */
async function book(place: Place, minute: number): Promise<string> {
  const handler = await aHandler();
  const slot = (await slotsOf(place)).find(({ startsAt, status }) => status === 'free' && startsAt.getTime() === addMinutes(new Date('2026-11-25T00:00:00Z'), minute).getTime());
  const call = await aCall(handler, { dueAt: null });
  await db.slot.update({ where: { id: slot?.id ?? '' }, data: { heldByCall: call.id, heldUntil: addMinutes(handler.now, 5) } });
  const booked = await bookAppointment(handler, aBookingRequest(call.id, slot?.id ?? ''));
  expect(booked.ok).toBe(true);
  return slot?.id ?? '';
}

describe('an applied edit leaves what there should be', () => {
  test('slots are made with their places and offer limits, and a shorter session withdraws only what it must', async () => {
    const place = await aPlace({ pattern: { places: 2, keptBackPercent: 50, releaseMinutes: 60, noticeMinutes: 30, horizonDays: 14 } });
    const made = await slotsOf(place);
    expect(made).toHaveLength(8);
    expect(made[1]).toMatchObject({
      ...{ placeNo: 2, status: 'free', startsAt: new Date('2026-11-25T09:00:00Z'), keptBackUntil: new Date('2026-11-25T08:00:00Z') },
      ...{ offeredFrom: new Date('2026-11-11T09:00:00Z'), offeredUntil: new Date('2026-11-25T08:30:00Z') },
    });
    await change(place, setSession(place, { closesMinute: 570, places: 1 }));
    const left = (await slotsOf(place)).filter(({ status }) => status === 'free');
    expect(left.map(({ id }) => id)).toEqual([made[0]?.id, made[2]?.id]);
    expect(left.every(({ keptBackUntil, offeredUntil }) => keptBackUntil === null && offeredUntil === null)).toBe(true);
  });

  test('a booked slot stays while its times are wanted, is orphaned when they are not, and takes its place again when they come back', async () => {
    const place = await aPlace();
    const booked = await book(place, 555);
    await change(place, setSession(place, { closesMinute: 660 }));
    expect(await standing(place)).toContain('09:15/1 busy');

    await change(place, closing(place, 540, 570));
    expect(await standing(place)).toEqual(['09:15/1 orphan', '09:30/1 free', '09:45/1 free', '10:00/1 free', '10:15/1 free', '10:30/1 free', '10:45/1 free']);
    const { id: closureId } = await db.closure.findFirstOrThrow({ where: { services: { some: { serviceId: place.serviceId } } } });
    const lifted = await change(place, { kind: 'lift', serviceIds: [place.serviceId], closureId });

    expect(lifted.ok).toBe(true);
    expect(await db.slot.findUnique({ where: { id: booked } })).toMatchObject({ status: 'busy', orphanedAt: null });
    expect(await standing(place)).toHaveLength(8);
    expect((await db.closure.findUniqueOrThrow({ where: { id: closureId } })).liftedAt).toEqual(place.ctx.now);
  });

  test('a slot that comes back is the one that was withdrawn, not another', async () => {
    const place = await aPlace();
    const before = await slotsOf(place);
    await change(place, { kind: 'cancel-session', serviceId: place.serviceId, sessionId: place.sessionId });
    expect(await standing(place)).toEqual([]);
    expect((await db.session.findUniqueOrThrow({ where: { id: place.sessionId } })).status).toBe('withdrawn');
    await change(place, { kind: 'restore-session', serviceId: place.serviceId, sessionId: place.sessionId });
    expect(await slotsOf(place)).toEqual(before);
  });

  test('who held a slot that is withdrawn holds it no longer', async () => {
    const place = await aPlace();
    const [held] = await slotsOf(place);
    const call = await aCall(await aHandler());
    await db.slot.update({ where: { id: held?.id ?? '' }, data: { heldByCall: call.id, heldUntil: addMinutes(A_TUESDAY_AT_TEN, 5) } });
    await change(place, closing(place, 0, 1440));
    expect(await db.slot.findUnique({ where: { id: held?.id ?? '' } })).toMatchObject({ status: 'withdrawn', heldByCall: null, heldUntil: null });
  });

  test('a template changed from a later day on ends the day before, and its sessions go over to the next', async () => {
    const place = await aPlace();
    const [templateId, nextTemplateId, scheduleId] = [newId(), newId(), newId()];
    const pattern = aTemplatePattern({ closesMinute: 600 });
    const template = { kind: 'set-template', serviceId: place.serviceId, templateId, nextTemplateId } as const;
    await change(place, { ...template, schedule: { id: scheduleId, facts: FACTS }, pattern, from: TODAY });
    const sessions = await db.session.findMany({ where: { templateId }, orderBy: { date: 'asc' } });
    await change(place, { ...template, schedule: { id: scheduleId, facts: null }, pattern: { ...pattern, slotMinutes: 30 }, from: addDays(TODAY, 2) });

    const [old, next] = await Promise.all([db.template.findUniqueOrThrow({ where: { id: templateId } }), db.template.findUniqueOrThrow({ where: { id: nextTemplateId } })]);
    expect([old.validTo, old.version, next.validFrom, next.madeUpTo]).toEqual([new Date('2026-11-25'), 2, new Date('2026-11-26'), new Date('2026-12-01')]);
    const after = await db.session.findMany({ where: { scheduleId }, orderBy: { date: 'asc' } });
    expect(after.map(({ id }) => id)).toEqual(sessions.map(({ id }) => id));
    expect(after.map((session) => [session.templateId === nextTemplateId, session.slotMinutes])).toEqual([[false, 15], [false, 15], [true, 30], [true, 30], [true, 30], [true, 30]]);
  });

  test('days gone by and sessions that are over stay as they are', async () => {
    const place = await aPlace();
    const session = await db.session.findUniqueOrThrow({ where: { id: place.sessionId } });
    const before = await slotsOf(place);
    const afterwards = { ...place, ctx: { ...place.ctx, now: new Date('2026-11-25T10:30:00Z') } };
    expect(await change(afterwards, setSession(place))).toEqual({ ok: false, error: { code: 'session-in-past', date: TOMORROW } });
    await change(afterwards, closing(place, 0, 1440));
    expect(await slotsOf(place)).toEqual(before);
    expect(await db.session.findUniqueOrThrow({ where: { id: place.sessionId } })).toEqual(session);
  });

  test('sessions that change hours with one another never stand in each other’s way', async () => {
    const place = await aPlace();
    const other = { ...place, sessionId: newId() };
    await change(place, setSession(other, { opensMinute: 600, closesMinute: 660 }));
    const outcome = await applyEdit(place.ctx, {
      ...{ serviceIds: [place.serviceId], days: DAYS },
      edit: { kind: 'several', edits: [setSession(place, { opensMinute: 600, closesMinute: 660 }), setSession(other)] },
    });
    expect(outcome.ok).toBe(true);
    expect(await standing(place)).toHaveLength(8);
  });
});

describe('nothing is written when', () => {
  test('somebody books a slot after the plan was made: stale, and the booking stands', async () => {
    const place = await aPlace();
    const of = { serviceIds: [place.serviceId], from: TODAY, to: TOMORROW };
    const outcome = await transact(async (tx) => {
      await lockServices(tx, of.serviceIds);
      const before = await stateFor(tx, of);
      const after = editState(before, closing(place, 0, 1440), { now: place.ctx.now, mint: newId });
      if (!after.ok) return after;
      const wanted = wantedOf(after.value, { services: new Map(), mint: newId });
      if (!wanted.ok) return wanted;
      const plan = planSlots(await slotsFor(tx, of), wanted.value, place.ctx.now);
      await book(place, 555);
      return plan.ok ? writePlan(tx, place.ctx, { before, after: after.value, wanted: wanted.value, plan: plan.value }) : plan;
    });
    expect(outcome).toEqual({ ok: false, error: { code: 'proposal-stale', change: null } });
    expect(await standing(place)).toEqual(['09:00/1 free', '09:15/1 busy', '09:30/1 free', '09:45/1 free']);
    expect(await db.closure.count({ where: { services: { some: { serviceId: place.serviceId } } } })).toBe(0);
  });

  test('the practitioner is at another service of the organisation then: it is named with the hours', async () => {
    const first = await aPlace({ facts: { practitionerName: 'Ada Fielding' } });
    const { odsCode, name } = await db.service.findUniqueOrThrow({ where: { id: first.serviceId } });
    const second = await aPlace({ service: { odsCode }, pattern: { opensMinute: 600, closesMinute: 660 }, facts: { practitionerName: ' ada fielding ' } });
    expect(await change(second, setSession(second, { opensMinute: 570, closesMinute: 660 }))).toEqual({
      ok: false,
      error: { code: 'practitioner-elsewhere', practitionerName: 'Ada Fielding', serviceName: name, opensAt: new Date('2026-11-25T09:00:00Z'), closesAt: new Date('2026-11-25T10:00:00Z') },
    });
    expect(await standing(second)).toEqual(['10:00/1 free', '10:15/1 free', '10:30/1 free', '10:45/1 free']);
  });

});

test('changes of one service at once take turns: places that four colleagues add are all there', async () => {
  const place = await aPlace();
  const extra = { fromMinute: 540, toMinute: 555, places: 1 };
  const outcomes = await Promise.all(Array.from({ length: 4 }, () => change(place, { kind: 'add-places', serviceId: place.serviceId, sessionId: place.sessionId, extra })));
  expect(outcomes.every(({ ok }) => ok)).toBe(true);
  expect(await standing(place)).toEqual(['09:00/1 free', '09:00/2 free', '09:00/3 free', '09:00/4 free', '09:00/5 free', '09:15/1 free', '09:30/1 free', '09:45/1 free']);
});
