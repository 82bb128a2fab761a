import { expect, test } from 'vitest';
import type { Ctx, SystemActor } from '@/lib/auth/actor';
import { apiSlots } from '@/lib/booking/api-slots.queries';
import type { ApiSlots, ApiSlotSearch } from '@/lib/booking/api-slots.schema';
import { bookDirectly } from '@/lib/booking/book-direct.commands';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { aCall } from '@/prisma/factories/call';
import { aSystem } from '@/prisma/factories/client';
import { aDirectBooking } from '@/prisma/factories/direct';
import { aService } from '@/prisma/factories/service';
import { aFreeSlot, freeSlotsInARow } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';

const NOON = addMinutes(A_TUESDAY_AT_TEN, 120);
const BOTH = { free: true, busy: true };
const FREE = { free: true, busy: false };
const BUSY = { free: false, busy: true };

function search(given: Partial<ApiSlotSearch> = {}): ApiSlotSearch {
  const open = { from: null, before: null };
  return { services: null, statuses: BOTH, start: open, end: open, ids: null, count: null, after: null, includes: { services: true, organisations: true }, ...given };
}

async function found(ctx: Ctx<SystemActor>, given: Partial<ApiSlotSearch>): Promise<ApiSlots> {
  const outcome = await apiSlots(ctx, search(given));
  if (!outcome.ok) throw new Error(outcome.error.code);
  return outcome.value;
}

async function statesOf(ctx: Ctx<SystemActor>, given: Partial<ApiSlotSearch>): Promise<Record<string, boolean>> {
  return Object.fromEntries((await found(ctx, given)).slots.map(({ id, isFree }) => [id, isFree]));
}

function change(id: string, data: Parameters<typeof db.slot.update>[0]['data']) {
  return db.slot.update({ where: { id }, data });
}

test('B-340, B-345: every slot of all diaries of the service comes, by start, end and id', async () => {
  const service = await aService();
  const one = await freeSlotsInARow(3, { serviceId: service.id, startsAt: NOON });
  const longer = await freeSlotsInARow(3, { serviceId: service.id, startsAt: NOON, minutes: 15 });
  const { slots, total, schedules } = await found(await aSystem(), { services: [service.dosId] });

  const expected = [...one, ...longer].toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || a.endsAt.getTime() - b.endsAt.getTime() || (a.id < b.id ? -1 : 1));
  expect(slots.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
  expect(slots[0]).toMatchObject({ isFree: true, startsAtMs: NOON.getTime(), endsAtMs: addMinutes(NOON, 10).getTime() });
  expect(total).toBe(6);
  expect(schedules).toHaveLength(2);
});

test('B-301: a service is found by Onward’s own id too, and once when both are named', async () => {
  const service = await aService();
  const slot = await aFreeSlot({ serviceId: service.id });
  for (const services of [[service.id], [service.dosId, service.id], [service.id.toUpperCase()]]) {
    expect(await found(await aSystem(), { services })).toMatchObject({ total: 1, slots: [{ id: slot.id }] });
  }
});

test('B-214, B-412: a slot that a call handler holds is busy, and free again after the hold', async () => {
  const ctx = await aSystem();
  const service = await aService();
  const slot = await aFreeSlot({ serviceId: service.id });
  const call = await aCall(await aHandler());
  await change(slot.id, { heldByCall: call.id, heldUntil: addMinutes(ctx.now, 5) });

  expect(await statesOf(ctx, { services: [service.dosId] })).toEqual({ [slot.id]: false });
  expect(await statesOf(ctx, { services: [service.dosId], statuses: FREE })).toEqual({});
  expect(await statesOf(ctx, { services: [service.dosId], statuses: BUSY })).toEqual({ [slot.id]: false });
  expect(await statesOf({ ...ctx, now: addMinutes(ctx.now, 5) }, { services: [service.dosId], statuses: FREE })).toEqual({ [slot.id]: true });
});

test('B-347: once a booking is acknowledged no search shows its slot free, whoever asks and however many ask meanwhile', async () => {
  const [booker, other] = [await aSystem(), await aSystem()];
  const service = await aService();
  const slots = await freeSlotsInARow(8, { serviceId: service.id, startsAt: NOON });
  const staleAfter = async (slot: (typeof slots)[number]) => {
    const booked = await bookDirectly({ ...booker, requestId: newId(), correlationId: newId() }, await aDirectBooking(slot));
    return { isBooked: booked.ok, isShownFree: (await statesOf(other, { services: [service.dosId] }))[slot.id] };
  };

  const outcomes = await Promise.all(slots.map(staleAfter));
  expect(outcomes).toEqual(slots.map(() => ({ isBooked: true, isShownFree: false })));
});

test('B-214, B-302: busy and free are told apart, and a withdrawn slot is not sent', async () => {
  const ctx = await aSystem();
  const service = await aService();
  const [free, busy, withdrawn] = await freeSlotsInARow(3, { serviceId: service.id, startsAt: NOON });
  await change(busy?.id ?? '', { status: 'busy' });
  await change(withdrawn?.id ?? '', { status: 'withdrawn' });

  expect(await statesOf(ctx, { services: [service.dosId] })).toEqual({ [free?.id ?? '']: true, [busy?.id ?? '']: false });
  expect(await statesOf(ctx, { services: [service.dosId], statuses: FREE })).toEqual({ [free?.id ?? '']: true });
  expect(await statesOf(ctx, { services: [service.dosId], statuses: BUSY })).toEqual({ [busy?.id ?? '']: false });
  expect(await statesOf(ctx, { services: [service.dosId], statuses: { free: false, busy: false } })).toEqual({});
});

test('B-307: a free slot that has begun is not returned, a busy one in the window is', async () => {
  const ctx = await aSystem();
  const service = await aService();
  const [begun, busy] = await freeSlotsInARow(2, { serviceId: service.id, startsAt: addMinutes(ctx.now, -10) });
  await change(busy?.id ?? '', { status: 'busy' });
  const start = { from: addMinutes(ctx.now, -60), before: null };

  expect(Object.keys(await statesOf(ctx, { services: [service.dosId], start }))).toEqual([busy?.id]);
  expect(Object.keys(await statesOf({ ...ctx, now: addMinutes(ctx.now, -11) }, { services: [service.dosId], start }))).toEqual([begun?.id, busy?.id]);
});

test('B-303, B-308: the window takes its lower bound in and leaves its upper out, of starts and of ends', async () => {
  const ctx = await aSystem();
  const service = await aService();
  const [, second, third] = await freeSlotsInARow(4, { serviceId: service.id, startsAt: NOON });
  const window = { from: addMinutes(NOON, 10), before: addMinutes(NOON, 30) };

  expect(Object.keys(await statesOf(ctx, { services: [service.dosId], start: window }))).toEqual([second?.id, third?.id]);
  const end = { from: addMinutes(NOON, 20), before: addMinutes(NOON, 40) };
  expect(Object.keys(await statesOf(ctx, { services: [service.dosId], end }))).toEqual([second?.id, third?.id]);
});

test('the day on which London clocks change: a window of instants gives exactly its slots, 25 hours of them', async () => {
  const service = await aService();
  const midnight = new Date('2027-10-30T23:00:00Z');
  const slots = await freeSlotsInARow(26, { serviceId: service.id, startsAt: midnight, minutes: 60 });
  const window = { from: midnight, before: new Date('2027-11-01T00:00:00Z') };

  const { slots: onTheDay } = await found(await aSystem(), { services: [service.dosId], start: window });
  expect(onTheDay.map(({ id }) => id)).toEqual(slots.slice(0, 25).map(({ id }) => id));
});

test('B-310: a service without a schedule, or that nobody knows, is not found; with one that is known, the answer is for that', async () => {
  const ctx = await aSystem();
  const [known, empty] = [await aService(), await aService()];
  const slot = await aFreeSlot({ serviceId: known.id });

  expect(await apiSlots(ctx, search({ services: [empty.dosId, '123'] }))).toEqual({ ok: false, error: { code: 'service-not-found' } });
  expect(Object.keys(await statesOf(ctx, { services: ['123', known.dosId, empty.dosId] }))).toEqual([slot.id]);
});

test('B-341, B-343, U-053: a closed service, one that refuses the organisation and one not open to the client show nothing, and say why', async () => {
  const open = await aSystem();
  const limited = await aSystem({ book: ['1'] });
  const service = await aService();
  const slot = await aFreeSlot({ serviceId: service.id });
  await change(slot.id, { status: 'busy' });
  const named = { services: [service.dosId] };

  expect(await found(limited, named)).toMatchObject({ total: 0, slots: [], withheld: ['client-not-allowed'] });
  await db.service.update({ where: { id: service.id }, data: { refusesFrom: [open.actor.organisation.code] } });
  expect(await found(open, named)).toMatchObject({ total: 0, slots: [], withheld: ['organisation-refused'] });
  expect(await found(await aSystem({ book: [service.dosId] }), named)).toMatchObject({ total: 1, withheld: [] });
  await db.service.update({ where: { id: service.id }, data: { isBookable: false } });
  expect(await found(open, named)).toMatchObject({ total: 0, slots: [], withheld: ['service-closed'] });
});

test.each([
  ['kept back for local use', { keptBackUntil: addMinutes(NOON, -60) }],
  ['not open for booking yet', { offeredFrom: addMinutes(NOON, -60) }],
  ['too near to its start', { offeredUntil: addMinutes(A_TUESDAY_AT_TEN, -1) }],
])('B-343: a slot that is %s is withheld: neither free nor busy, and the answer says that there is one', async (_why, limit) => {
  const ctx = await aSystem();
  const service = await aService();
  const slot = await aFreeSlot({ serviceId: service.id, startsAt: NOON });
  await change(slot.id, limit);

  expect(await found(ctx, { services: [service.dosId] })).toMatchObject({ total: 0, withheld: ['slots-not-offered'] });
  expect(await found(ctx, { services: [service.dosId], statuses: BUSY })).toMatchObject({ total: 0, withheld: [] });
});

test('B-343: a closure in the window is the reason, a lifted one and one at another time are not', async () => {
  const ctx = await aSystem();
  const staff = await aHandler();
  const service = await aService();
  const slot = await aFreeSlot({ serviceId: service.id, startsAt: NOON });
  await change(slot.id, { status: 'withdrawn' });
  const closure = await db.closure.create({
    data: { id: newId(), kind: 'closure', startsAt: NOON, endsAt: addMinutes(NOON, 60), reason: 'Flood', createdAt: ctx.now, createdById: staff.actor.id, services: { create: { serviceId: service.id } } },
  });
  const start = { from: null, before: addMinutes(NOON, 30) };

  expect(await found(ctx, { services: [service.dosId], start })).toMatchObject({ total: 0, withheld: ['closed-for-a-time'] });
  expect(await found(ctx, { services: [service.dosId], start: { from: null, before: NOON } })).toMatchObject({ total: 0, withheld: [] });
  await db.closure.update({ where: { id: closure.id }, data: { liftedAt: ctx.now } });
  expect(await found(ctx, { services: [service.dosId], start })).toMatchObject({ total: 0, withheld: [] });
});

test('B-332: schedules, services and organisations come once each, and only those of the slots returned', async () => {
  const ctx = await aSystem();
  const odsCode = (await aService()).odsCode;
  const [one, other] = [await aService({ odsCode }), await aService({ odsCode })];
  await freeSlotsInARow(3, { serviceId: one.id, startsAt: NOON });
  await freeSlotsInARow(3, { serviceId: other.id, startsAt: addMinutes(NOON, 60) });
  const named = { services: [one.dosId, other.dosId] };

  const all = await found(ctx, named);
  expect(all.services.map(({ dosId }) => dosId)).toEqual([one.dosId, other.dosId].toSorted());
  expect(all.organisations.map((organisation) => organisation.odsCode)).toEqual([odsCode]);
  expect(all.schedules).toHaveLength(2);
  const early = await found(ctx, { ...named, count: 2 });
  expect(early.services.map(({ dosId }) => dosId)).toEqual([one.dosId]);
  expect(early.schedules).toHaveLength(1);
});

test('B-309: pages follow one another without a gap, also after the last slot of a page was booked', async () => {
  const ctx = await aSystem();
  const service = await aService();
  const slots = await freeSlotsInARow(5, { serviceId: service.id, startsAt: NOON });
  const named = { services: [service.dosId], statuses: FREE, count: 2 };

  const first = await found(ctx, named);
  expect(first).toMatchObject({ total: 5, nextAfter: slots[1]?.id });
  await change(slots[1]?.id ?? '', { status: 'busy' });
  const second = await found(ctx, { ...named, after: first.nextAfter });
  expect(second.slots.map(({ id }) => id)).toEqual([slots[2]?.id, slots[3]?.id]);
  const last = await found(ctx, { ...named, after: second.nextAfter });
  expect(last).toMatchObject({ total: 4, nextAfter: null, slots: [{ id: slots[4]?.id }] });
  expect(await found(ctx, { ...named, count: 0 })).toMatchObject({ total: 4, slots: [], nextAfter: null, schedules: [] });
});

test('B-309: slots are found by their ids, also without a service, and also in the past', async () => {
  const ctx = await aSystem();
  const [slot, past] = [await aFreeSlot(), await aFreeSlot({ startsAt: addMinutes(A_TUESDAY_AT_TEN, -600) })];
  await change(past.id, { status: 'busy' });

  expect(await statesOf(ctx, { ids: [slot.id, past.id, newId()] })).toEqual({ [past.id]: false, [slot.id]: true });
  expect(await statesOf(ctx, { ids: [] })).toEqual({});
});

test('B-305: without a service the 1,000 earliest slots of the services that are open to the client come', async () => {
  const ctx = await aSystem();
  const early = new Date('2026-11-24T10:05:00Z');
  const [one, other, closed] = [await aService(), await aService(), await aService({ isBookable: false })];
  const earliest = await freeSlotsInARow(600, { serviceId: one.id, startsAt: early, minutes: 1 });
  await freeSlotsInARow(600, { serviceId: other.id, startsAt: early, minutes: 1 });
  const [hidden] = await freeSlotsInARow(1, { serviceId: closed.id, startsAt: early });
  await change(earliest[0]?.id ?? '', { status: 'busy' });

  const all = await found({ ...ctx, actor: { ...ctx.actor, services: { book: [one.dosId, other.dosId], cancel: [] } } }, {});
  expect(all).toMatchObject({ total: 1_000, nextAfter: null });
  expect(all.slots).toHaveLength(1_000);
  expect(all.slots.map(({ id }) => id)).not.toContain(hidden?.id);
  expect(all.slots.filter(({ isFree }) => !isFree).map(({ id }) => id)).toEqual([earliest[0]?.id]);
  expect(all.slots.at(-1)?.startsAtMs).toBe(addMinutes(early, 499).getTime());
});

test('U-063, B-815: every search leaves one audit row with what was asked and how much was found, an unknown service too', async () => {
  const ctx = await aSystem();
  const service = await aService();
  await freeSlotsInARow(3, { serviceId: service.id, startsAt: NOON });
  await found(ctx, { services: ['9991234567', service.dosId], statuses: FREE, start: { from: NOON, before: null }, count: 2 });
  const other = { ...ctx, requestId: newId() };
  await apiSlots(other, search({ services: ['9991234567'] }));

  const rows = await db.auditEvent.findMany({ where: { requestId: { in: [ctx.requestId, other.requestId] } }, orderBy: { seq: 'asc' } });
  expect(rows.map(({ type, actorId, organisationCode, correlationId }) => ({ type, actorId, organisationCode, correlationId }))).toEqual(
    [1, 2].map(() => ({ type: 'slot.searched', actorId: ctx.actor.id, organisationCode: ctx.actor.organisation.code, correlationId: ctx.correlationId })),
  );
  expect(rows[0]?.detail).toMatchObject({ services: [service.dosId], free: true, busy: false, from: NOON.toISOString(), before: null, count: 2, found: 3, shown: 2 });
  expect(JSON.stringify(rows.map(({ detail }) => detail))).not.toContain('9991234567');
  expect(rows[0]?.provenance).toMatchObject({ client: { id: ctx.actor.id } });
});

test('B-123: without the scope for slots nothing is searched', async () => {
  await expect(apiSlots(await aSystem({ scopes: ['patient/appointment.write'] }), search())).rejects.toThrow('slot:search');
});
