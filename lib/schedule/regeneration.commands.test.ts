import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Ctx, JobActor } from '@/lib/auth/actor';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addDays, addMinutes, startOfLondonDay } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';
import { extendHorizon } from '@/lib/schedule/horizon.commands';
import type { ScheduleFacts, SingleEdit, SlotNow, WantedSlot } from '@/lib/schedule/schema';
import { slotsFor, stateFor } from '@/lib/schedule/state.queries';
import { wantedOf } from '@/lib/schedule/wanted.rules';
import { aPattern, aTemplatePattern } from '@/prisma/factories/pattern';
import { applyEdit } from '@/prisma/factories/schedule';
import { aService } from '@/prisma/factories/service';
import { aHandler } from '@/prisma/factories/staff';

const FACTS: ScheduleFacts = { name: null, channel: 'in-person', practitionerRole: null, practitionerName: null, practitionerGender: null };
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
// Slots are made further ahead than any edit begins: patterns that overlap only later are not seen yet.
const FIRST_DAYS = 4;
const MOST_DAYS = 6;
// Shrinking a failure would outlast the test.
const PROPERTY = { endOnFailure: true };
// The nights before the clocks change, and an ordinary one: sessions cross the change, and the horizon, too.
const MOMENTS = [new Date('2026-10-23T10:00:00Z'), new Date('2027-03-26T10:00:00Z'), new Date('2026-11-24T10:00:00Z')];

/** `days`: how far ahead slots are made. */
type World = { ctx: Ctx; serviceId: string; schedules: string[]; templates: string[]; days: number };

async function aWorld(now: Date): Promise<World> {
  const { id: serviceId } = await aService();
  const ctx = await aHandler({ role: 'service-admin', scope: serviceId, now });
  // Whatever there was before is made up to a day far away: the job would make months of slots for a world of another season.
  await db.template.updateMany({ data: { madeUpTo: new Date('2100-01-01') } });
  return { ctx, serviceId, schedules: [newId(), newId()], templates: [newId(), newId(), newId()], days: FIRST_DAYS };
}

async function runJob(world: World): Promise<void> {
  world.days = Math.min(MOST_DAYS, world.days + 1);
  const ctx: Ctx<JobActor> = { actor: { kind: 'job', id: 'horizon' }, now: world.ctx.now, requestId: newId() };
  await extendHorizon(ctx, { upTo: addDays(londonDate(ctx.now), world.days) });
}

const apply = ({ ctx, serviceId, days }: World, edit: SingleEdit) => applyEdit(ctx, { serviceIds: [serviceId], edit, days });
const daysOf = ({ ctx, serviceId, days }: World) => ({ serviceIds: [serviceId], from: londonDate(ctx.now), to: addDays(londonDate(ctx.now), days) });

/** A slot in words that are the same in every world. */
function slotText({ schedules }: World, slot: SlotNow | WantedSlot): string {
  const limits = [slot.keptBackUntil, slot.offeredFrom, slot.offeredUntil].map((limit) => limit?.toISOString() ?? '-');
  return [schedules.indexOf(slot.scheduleId), slot.startsAt.toISOString(), slot.endsAt.toISOString(), slot.placeNo, ...limits].join(' ');
}

/** The slots to come that stand in the database, and those that the pure model says there should be. */
async function slotsNow(world: World): Promise<{ standing: string[]; model: string[]; all: SlotNow[] }> {
  const all = await slotsFor(db, daysOf(world));
  const standing = all.filter(({ status, isOrphaned, startsAt }) => status !== 'withdrawn' && !isOrphaned && startsAt > world.ctx.now);
  const model = wantedOf(await stateFor(db, daysOf(world)), { services: new Map(), mint: newId });
  if (!model.ok) throw new Error(model.error.code);
  const toCome = model.value.slots.filter(({ startsAt }) => startsAt > world.ctx.now);
  return { all, standing: standing.map((slot) => slotText(world, slot)).sort(), model: toCome.map((slot) => slotText(world, slot)).sort() };
}

const shape = fc.record({
  opens: fc.integer({ min: 0, max: 6 }).map((steps) => steps * 30),
  minutes: fc.constantFrom(60, 100, 240, 700),
  hasBreak: fc.boolean(),
  slotMinutes: fc.constantFrom(10, 20, 45),
  places: fc.integer({ min: 1, max: 3 }),
  keptBackPercent: fc.constantFrom(0, 30),
  noticeMinutes: fc.constantFrom(0, 60),
});
const step = fc.record({
  kind: fc.constantFrom('set-template', 'set-template', 'end-template', 'adjust', 'cancel-session', 'restore-session', 'add-places', 'close', 'lift', 'book', 'book', 'run-job'),
  which: fc.nat(20),
  day: fc.integer({ min: 0, max: 3 }),
  shape,
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

function patternOf({ opens, minutes, hasBreak, slotMinutes, places, keptBackPercent, noticeMinutes }: Step['shape']) {
  const breaks = hasBreak ? [{ fromMinute: opens + 30, toMinute: opens + 45 }] : [];
  return aPattern({ opensMinute: opens, closesMinute: opens + minutes, breaks, slotMinutes, places, keptBackPercent, noticeMinutes, releaseMinutes: 120 });
}

async function take(world: World, { kind, which, day, shape }: Step): Promise<unknown> {
  const { serviceId, ctx } = world;
  const of = <Value>(values: readonly Value[]) => values[which % values.length];
  const date = addDays(londonDate(ctx.now), day);
  const session = of(await db.session.findMany({ where: { schedule: { serviceId } }, orderBy: { id: 'asc' } }));
  switch (kind) {
    case 'run-job':
      return runJob(world);
    case 'book': {
      const slot = of(await db.slot.findMany({ where: { serviceId, status: 'free', startsAt: { gt: ctx.now } }, orderBy: { id: 'asc' } }));
      return slot && db.slot.update({ where: { id: slot.id }, data: { status: 'busy' } });
    }
    case 'set-template': {
      const pattern = { ...aTemplatePattern({ weekdays: EVERY_DAY, validFrom: londonDate(ctx.now) }), ...patternOf(shape) };
      const nextTemplateId = newId();
      const applied = await apply(world, { kind, serviceId, templateId: of(world.templates) ?? '', nextTemplateId, schedule: { id: of(world.schedules) ?? '', facts: FACTS }, pattern, from: date });
      if (applied.ok) world.templates.push(nextTemplateId);
      return applied;
    }
    case 'end-template':
      return apply(world, { kind, serviceId, templateId: of(world.templates) ?? '', lastDate: date });
    case 'adjust':
      return session && apply(world, { kind: 'set-session', serviceId, sessionId: session.id, schedule: { id: session.scheduleId, facts: null }, date: londonDate(session.opensAt), pattern: patternOf(shape) });
    case 'cancel-session':
    case 'restore-session':
      return session && apply(world, { kind, serviceId, sessionId: session.id });
    case 'add-places':
      return session && apply(world, { kind, serviceId, sessionId: session.id, extra: { fromMinute: shape.opens, toMinute: shape.opens + shape.minutes, places: 1 } });
    case 'close': {
      const startsAt = addMinutes(startOfLondonDay(date), shape.opens);
      return apply(world, { kind, serviceIds: [serviceId], closureId: newId(), closureKind: 'closure', startsAt, endsAt: addMinutes(startsAt, shape.minutes), reason: 'Generated' });
    }
    case 'lift': {
      const closure = of(await db.closure.findMany({ where: { liftedAt: null, services: { some: { serviceId } } }, orderBy: { id: 'asc' } }));
      return closure && apply(world, { kind, serviceIds: [serviceId], closureId: closure.id });
    }
  }
}

test('whatever is edited, booked and made ahead: slots equal the pure model, no two of a place overlap, and no booked slot is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...MOMENTS), step, fc.array(step, { minLength: 6, maxLength: 14 }), async (now, first, more) => {
      const world = await aWorld(now);
      let booked: string[] = [];
      for (const each of [{ ...first, kind: 'set-template' as const }, ...more]) {
        await take(world, each);
        const { all, standing, model } = await slotsNow(world);
        expect(standing).toEqual(model);
        const busy = all.filter(({ status }) => status === 'busy').map(({ id }) => id);
        expect(busy).toEqual(expect.arrayContaining(booked));
        booked = busy;
        expectApart(all);
      }
    }),
    { ...PROPERTY, numRuns: 10 },
  );
}, 60_000);

function expectApart(slots: readonly SlotNow[]): void {
  const ends = new Map<string, Date>();
  const inOrder = slots.filter(({ status, isOrphaned }) => status !== 'withdrawn' && !isOrphaned).toSorted((one, other) => one.startsAt.getTime() - other.startsAt.getTime());
  for (const { sessionId, placeNo, startsAt, endsAt } of inOrder) {
    const before = ends.get(`${sessionId} ${placeNo}`);
    expect(before === undefined || before <= startsAt).toBe(true);
    ends.set(`${sessionId} ${placeNo}`, endsAt);
  }
}

/** Edits that do not build on one another: two templates of one schedule, one of another, a one-off session, a closure and a pause. */
function editsOf({ ctx, serviceId, schedules, templates }: World, shapes: readonly Step['shape'][]): SingleEdit[] {
  const today = londonDate(ctx.now);
  const [first, second, third] = shapes.map(patternOf);
  const morning = { ...aTemplatePattern({ weekdays: EVERY_DAY, validFrom: today }), ...first };
  const evening = { ...aTemplatePattern({ weekdays: EVERY_DAY, validFrom: addDays(today, 1) }), ...second, opensMinute: 1_000, closesMinute: 1_400, breaks: [] };
  const [one = '', other = ''] = schedules;
  const template = (index: number, id: string, pattern: typeof morning): SingleEdit => ({ kind: 'set-template', serviceId, templateId: templates[index] ?? '', nextTemplateId: newId(), schedule: { id, facts: FACTS }, pattern, from: today });
  const startsAt = addMinutes(startOfLondonDay(addDays(today, 2)), 100);
  const close = { kind: 'close', serviceIds: [serviceId], closureKind: 'closure', reason: 'Generated' } as const;
  return [
    template(0, one, morning),
    template(1, one, evening),
    template(2, other, morning),
    { kind: 'set-session', serviceId, sessionId: newId(), schedule: { id: other, facts: FACTS }, date: addDays(today, 1), pattern: { ...aPattern(), ...third, opensMinute: 1_000, closesMinute: 1_300, breaks: [] } },
    { ...close, closureId: newId(), startsAt, endsAt: addMinutes(startsAt, 1_500) },
    { ...close, closureId: newId(), startsAt: addMinutes(startsAt, 2_000), endsAt: addMinutes(startsAt, 2_030) },
  ];
}

test('in whatever order edits come, and whenever the job runs between them, the slots are the same', async () => {
  const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...MOMENTS), fc.tuple(shape, shape, shape), order, fc.array(fc.nat(5), { maxLength: 4 }), async (now, shapes, mixed, jobsAfter) => {
      const [straight, shuffled] = [await aWorld(now), await aWorld(now)];
      for (const edit of editsOf(straight, shapes)) expect(await apply(straight, edit)).toMatchObject({ ok: true });
      const edits = editsOf(shuffled, shapes);
      for (const index of mixed) {
        const edit = edits[index];
        if (edit) expect(await apply(shuffled, edit)).toMatchObject({ ok: true });
        if (jobsAfter.includes(index)) await runJob(shuffled);
      }
      for (const world of [straight, shuffled]) while (world.days < MOST_DAYS) await runJob(world);
      expect((await slotsNow(shuffled)).standing).toEqual((await slotsNow(straight)).standing);
    }),
    { ...PROPERTY, numRuns: 4 },
  );
}, 60_000);
