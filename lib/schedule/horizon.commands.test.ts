import { beforeEach, expect, test } from 'vitest';
import type { Ctx, JobActor } from '@/lib/auth/actor';
import { ForbiddenError } from '@/lib/platform/errors';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addDays, fromDateColumn, toDateColumn } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { extendHorizon } from '@/lib/schedule/horizon.commands';
import { lockServices } from '@/lib/schedule/write-plan.commands';
import { aService } from '@/prisma/factories/service';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';

const TODAY = londonDate(A_TUESDAY_AT_TEN);
const WORKING_DAYS = [1, 2, 3, 4, 5];

// Whatever other tests left is made up to a day far away: each test sees its own templates only.
beforeEach(() => db.template.updateMany({ data: { madeUpTo: new Date('2100-01-01') } }));

function loop(now = A_TUESDAY_AT_TEN): Ctx<JobActor> {
  return { actor: { kind: 'job', id: 'horizon' }, now, requestId: newId() };
}

async function aTemplate(given: { weekdays?: number[]; slotMinutes?: number; places?: number; worksHolidays?: boolean; scheduleId?: string; opensMinute?: number } = {}) {
  const schedule = given.scheduleId ?? (await db.schedule.create({ data: { id: newId(), serviceId: (await aService()).id } })).id;
  return db.template.create({
    data: { id: newId(), weekdays: WORKING_DAYS, opensMinute: 9 * 60, closesMinute: 10 * 60, slotMinutes: 15, places: 1, validFrom: toDateColumn(TODAY), ...given, scheduleId: schedule },
  });
}

const slotsOf = (templateId: string) => db.slot.findMany({ where: { session: { templateId } }, orderBy: [{ startsAt: 'asc' }, { placeNo: 'asc' }] });
const datesOf = async (templateId: string) => (await db.session.findMany({ where: { templateId }, orderBy: { date: 'asc' } })).map(({ date }) => fromDateColumn(date));

/** Whether the job waits for a lock of a service, which it takes before it reads. */
async function isWaiting(): Promise<boolean> {
  const waiting = await db.$queryRaw<unknown[]>`
    SELECT pid
    FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%FOR NO KEY UPDATE%'`;
  return waiting.length > 0;
}

test('a template gets its sessions and free slots from today to the last day, each place a slot of its own', async () => {
  const template = await aTemplate({ weekdays: [2, 3], places: 2 });
  const made = await extendHorizon(loop(), { upTo: addDays(TODAY, 7) });

  expect(made).toEqual({ sessions: 3, slots: 24 });
  expect(await datesOf(template.id)).toEqual(['2026-11-24', '2026-11-25', '2026-12-01']);
  const slots = await slotsOf(template.id);
  expect(slots.slice(0, 3).map(({ startsAt, endsAt, placeNo, status }) => [startsAt.toISOString(), endsAt.toISOString(), placeNo, status])).toEqual([
    ['2026-11-24T09:00:00.000Z', '2026-11-24T09:15:00.000Z', 1, 'free'],
    ['2026-11-24T09:00:00.000Z', '2026-11-24T09:15:00.000Z', 2, 'free'],
    ['2026-11-24T09:15:00.000Z', '2026-11-24T09:30:00.000Z', 1, 'free'],
  ]);
});

test('repeating it makes nothing; a later day adds only what is missing and leaves every old slot alone', async () => {
  const template = await aTemplate();
  await extendHorizon(loop(), { upTo: addDays(TODAY, 2) });
  const before = await slotsOf(template.id);

  expect(await extendHorizon(loop(), { upTo: addDays(TODAY, 2) })).toEqual({ sessions: 0, slots: 0 });
  expect(await extendHorizon(loop(), { upTo: addDays(TODAY, 1) })).toEqual({ sessions: 0, slots: 0 });
  expect(await extendHorizon(loop(), { upTo: addDays(TODAY, 7) })).toEqual({ sessions: 3, slots: 12 });
  expect((await slotsOf(template.id)).slice(0, before.length)).toEqual(before);
});

test('after weeks without it, it starts from the new today and makes nothing for days gone by', async () => {
  const template = await aTemplate();
  await extendHorizon(loop(), { upTo: TODAY });
  await extendHorizon(loop(new Date('2026-12-15T08:00:00Z')), { upTo: addDays(TODAY, 22) });

  expect(await datesOf(template.id)).toEqual(['2026-11-24', '2026-12-15', '2026-12-16']);
});

test('several runs at once make each slot once, and every one waits until all are made', async () => {
  const templates = await Promise.all(Array.from({ length: 12 }, () => aTemplate()));
  const runs = await Promise.all(Array.from({ length: 4 }, () => extendHorizon(loop(), { upTo: addDays(TODAY, 6) })));

  expect(runs.reduce((total, run) => total + run.sessions, 0)).toBe(12 * 5);
  expect(runs.reduce((total, run) => total + run.slots, 0)).toBe(12 * 5 * 4);
  for (const { id } of templates) expect(await slotsOf(id)).toHaveLength(5 * 4);
});

test('bank holidays have sessions only where the template works on them', async () => {
  const [rests, works] = [await aTemplate(), await aTemplate({ worksHolidays: true })];
  await extendHorizon(loop(new Date('2026-12-24T10:00:00Z')), { upTo: addDays(TODAY, 35) });

  expect(await datesOf(rests.id)).toEqual(['2026-12-24', '2026-12-29']);
  expect(await datesOf(works.id)).toEqual(['2026-12-24', '2026-12-25', '2026-12-28', '2026-12-29']);
});

test('a session that another of the same schedule is in the way of is left out, the rest is made', async () => {
  const first = await aTemplate({ weekdays: [2] });
  const second = await aTemplate({ weekdays: [2, 3], scheduleId: first.scheduleId, opensMinute: 9 * 60 + 30 });
  await extendHorizon(loop(), { upTo: addDays(TODAY, 1) });

  expect(await datesOf(first.id)).toEqual(['2026-11-24']);
  expect(await datesOf(second.id)).toEqual(['2026-11-25']);
});

test('slots follow the clocks: London time before and after the change in October', async () => {
  const template = await aTemplate({ weekdays: [6, 7], slotMinutes: 60 });
  await db.template.update({ where: { id: template.id }, data: { validFrom: new Date('2026-10-01'), opensMinute: 0, closesMinute: 180 } });
  await extendHorizon(loop(new Date('2026-10-24T08:00:00Z')), { upTo: addDays(TODAY, -30) });

  const starts = (await slotsOf(template.id)).map(({ startsAt }) => startsAt.toISOString().slice(5, 16));
  expect(starts).toEqual(['10-23T23:00', '10-24T00:00', '10-24T01:00', '10-24T23:00', '10-25T00:00', '10-25T01:00', '10-25T02:00']);
});

test('new days follow all of the pattern: breaks, what is kept back, notice, closures; and who is there', async () => {
  const template = await aTemplate({ weekdays: [2] });
  const { schedule } = await db.template.update({
    where: { id: template.id },
    data: { breaks: [{ fromMinute: 555, toMinute: 565 }], closesMinute: 625, keptBackPercent: 50, releaseMinutes: 60, noticeMinutes: 30, horizonDays: 7, schedule: { update: { practitionerName: 'Ada Fielding' } } },
    include: { schedule: { include: { service: true } } },
  });
  const { id: createdById } = (await aHandler()).actor;
  const shut = { kind: 'closure', reason: 'Flood', createdAt: A_TUESDAY_AT_TEN, createdById, services: { create: { serviceId: schedule.serviceId } } };
  await db.closure.create({ data: { ...shut, startsAt: new Date('2026-11-24T09:30:00Z'), endsAt: new Date('2026-11-24T09:45:00Z') } });
  await db.closure.create({ data: { ...shut, startsAt: new Date('2026-11-24T09:00:00Z'), endsAt: new Date('2026-11-24T18:00:00Z'), liftedAt: A_TUESDAY_AT_TEN } });
  await extendHorizon(loop(), { upTo: TODAY });

  const shown = (instant: Date | null) => instant?.toISOString().slice(8, 16) ?? null;
  expect((await slotsOf(template.id)).map((slot) => [slot.startsAt, slot.keptBackUntil, slot.offeredFrom, slot.offeredUntil].map(shown))).toEqual([
    ['24T09:00', null, '17T09:00', '24T08:30'],
    ['24T09:55', '24T08:55', '17T09:55', '24T09:25'],
    ['24T10:10', null, '17T10:10', '24T09:40'],
  ]);
  expect(await db.session.findFirst({ where: { templateId: template.id } })).toMatchObject({ practitionerKey: `${schedule.service.odsCode}:ada fielding`, breaks: [{ fromMinute: 555, toMinute: 565 }] });
});

test('a day that somebody has changed by hand, or where its practitioner is elsewhere, is left alone', async () => {
  const template = await aTemplate({ weekdays: [2, 3, 4] });
  const { scheduleId } = template;
  const hours = { opensMinute: 840, closesMinute: 900, slotMinutes: 15, places: 1 };
  const on = (date: string) => ({ id: newId(), date: new Date(date), opensAt: new Date(`${date}T14:00:00Z`), closesAt: new Date(`${date}T15:00:00Z`), ...hours });
  await db.session.create({ data: { ...on('2026-11-24'), scheduleId, templateId: template.id, isAdjusted: true } });
  const { service } = await db.schedule.update({ where: { id: scheduleId }, data: { practitionerName: 'Ada Fielding' }, include: { service: true } });
  const elsewhere = await db.schedule.create({ data: { id: newId(), serviceId: service.id } });
  const busy = { opensAt: new Date('2026-11-25T09:30:00Z'), closesAt: new Date('2026-11-25T11:00:00Z') };
  await db.session.create({ data: { ...on('2026-11-25'), ...busy, scheduleId: elsewhere.id, practitionerKey: `${service.odsCode}:ada fielding` } });

  expect(await extendHorizon(loop(), { upTo: addDays(TODAY, 2) })).toEqual({ sessions: 1, slots: 4 });
  expect(await datesOf(template.id)).toEqual(['2026-11-24', '2026-11-26']);
});

test('a change of the schedule that is under way is waited for, and followed', async () => {
  const template = await aTemplate({ weekdays: [2] });
  const { serviceId } = await db.schedule.findUniqueOrThrow({ where: { id: template.scheduleId } });
  const run: { made?: Promise<unknown> } = {};
  await db.$transaction(async (tx) => {
    await lockServices(tx, [serviceId]);
    let isOver = false;
    run.made = extendHorizon(loop(), { upTo: TODAY }).finally(() => (isOver = true));
    while (!isOver && !(await isWaiting())) await tx.$queryRaw`SELECT 1`;
    await tx.template.update({ where: { id: template.id }, data: { slotMinutes: 30 } });
  });
  expect(await run.made).toEqual({ sessions: 1, slots: 2 });
});

test('it is audited with counts, tells how far it is, and is for job loops only', async () => {
  await aTemplate();
  const ctx = loop();
  const told: number[][] = [];
  await extendHorizon(ctx, { upTo: TODAY, onProgress: (done, total) => told.push([done, total]) });

  expect(told).toEqual([[1, 1]]);
  expect(await db.auditEvent.findFirst({ where: { requestId: ctx.requestId } })).toMatchObject({ type: 'schedule.extended', actorId: 'horizon', detail: { upTo: TODAY, templates: 1, sessions: 1, slots: 4 } });
  const handler = await aHandler();
  // @ts-expect-error A person is refused by the types already; this proves that the command refuses too.
  await expect(extendHorizon(handler, { upTo: TODAY })).rejects.toThrow(ForbiddenError);
});
