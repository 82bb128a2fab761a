import { describe, expect, test } from 'vitest';
import { alternativesTo } from '@/lib/booking/alternatives.queries';
import { offerFor } from '@/lib/booking/offer.queries';
import { db } from '@/lib/platform/db';
import type { AlternativeSlot } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { aCall } from '@/prisma/factories/call';
import { aSymptomGroup } from '@/prisma/factories/reference';
import { aService } from '@/prisma/factories/service';
import { aFreeSlot } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';

const at = (minutes: number) => addMinutes(A_TUESDAY_AT_TEN, minutes);
let degreesNorth = 40;

/** A call, a slot to lose, and its service, each test at a place of its own, 220 km from the others. */
async function aPlace(call: Parameters<typeof aCall>[1] = {}) {
  degreesNorth += 2;
  const position = { latitude: degreesNorth, longitude: -2 };
  const ctx = await aHandler();
  const { id: callId } = await aCall(ctx, { ...position, ...call });
  const here = await aService(position);
  const slot = await aFreeSlot({ serviceId: here.id, startsAt: at(60) });
  // Taken meanwhile, as the slots are for which alternatives are looked.
  await db.slot.update({ where: { id: slot.id }, data: { status: 'busy' } });
  const offered = async (held: AlternativeSlot | null = null) => {
    const offer = await offerFor(db, ctx, { callId, slotId: slot.id });
    if (!offer?.slot) throw new Error('no offer');
    return alternativesTo(ctx, { ...offer, slot: offer.slot }, held);
  };
  const near = (kilometres: number, options: Parameters<typeof aService>[0] = {}) => aService({ latitude: degreesNorth + kilometres / 111.2, longitude: -2, ...options });
  return { ctx, here, callId, slotId: slot.id, offered, near };
}

describe('what is free instead', () => {
  test('here: the three nearest in time, before or after, by start; not held ones, nor past, nor after the due time', async () => {
    const { here, offered } = await aPlace();
    const make = async (minutes: number) => (await aFreeSlot({ serviceId: here.id, startsAt: at(minutes) })).id;
    const [before, , far, same, held] = [await make(50), await make(-5), await make(5), await make(60), await make(61)];
    const [next] = [await make(75), await make(121)];
    await db.slot.update({ where: { id: held ?? '' }, data: { heldByCall: newId(), heldUntil: at(3) } });

    const { here: found } = await offered();
    expect(found.map(({ slotId }) => slotId)).toEqual([before, same, next]);
    expect(found.map(({ slotId }) => slotId)).not.toContain(far);
  });

  test('here and elsewhere: never what is kept back, not open yet or past its notice', async () => {
    const { here, offered, near } = await aPlace();
    const other = await near(5);
    const limits = [{ keptBackUntil: at(1) }, { offeredFrom: at(1) }, { offeredUntil: at(-1) }];
    for (const [index, data] of limits.entries()) {
      for (const serviceId of [here.id, other.id]) {
        const { id } = await aFreeSlot({ serviceId, startsAt: at(70 + 10 * index) });
        await db.slot.update({ where: { id }, data });
      }
    }
    expect(await offered()).toEqual({ here: [], elsewhere: null, held: null });
  });

  test('here: the slot itself, when only the hold of it has run out', async () => {
    const { here, offered, slotId } = await aPlace();
    await db.slot.update({ where: { id: slotId }, data: { status: 'free', heldByCall: newId(), heldUntil: at(-1) } });
    const { id: next } = await aFreeSlot({ serviceId: here.id, startsAt: at(75) });
    expect((await offered()).here.map((slot) => slot.slotId)).toEqual([slotId, next]);
  });

  test('here: when none is in time, the first ones after the due time', async () => {
    const { here, offered } = await aPlace();
    const { id } = await aFreeSlot({ serviceId: here.id, startsAt: at(200) });
    expect(await offered()).toMatchObject({ here: [{ slotId: id }], elsewhere: null, held: null });
  });

  test('here: two more beside the one that was held meanwhile; none after the due time when that one is in time', async () => {
    const { here, offered, callId } = await aPlace();
    const mine = await aFreeSlot({ serviceId: here.id, startsAt: at(70) });
    await db.slot.update({ where: { id: mine.id }, data: { heldByCall: callId, heldUntil: at(5) } });
    const held = { slotId: mine.id, serviceId: here.id, serviceName: here.name, startsAt: mine.startsAt, endsAt: mine.endsAt };
    await aFreeSlot({ serviceId: here.id, startsAt: at(200) });
    expect(await offered(held)).toEqual({ held, here: [], elsewhere: null });

    const more = [(await aFreeSlot({ serviceId: here.id, startsAt: at(80) })).id, (await aFreeSlot({ serviceId: here.id, startsAt: at(90) })).id];
    await aFreeSlot({ serviceId: here.id, startsAt: at(100) });
    expect((await offered(held)).here.map(({ slotId }) => slotId)).toEqual(more);
  });

  test('elsewhere: the nearest service that has a slot in time, and its first', async () => {
    const { offered, near } = await aPlace();
    await near(2);
    const third = await near(20);
    const second = await near(10);
    await aFreeSlot({ serviceId: third.id, startsAt: at(20) });
    await aFreeSlot({ serviceId: second.id, startsAt: at(40) });
    const { id } = await aFreeSlot({ serviceId: second.id, startsAt: at(30) });
    expect((await offered()).elsewhere).toEqual({ slotId: id, serviceId: second.id, serviceName: second.name, startsAt: at(30), endsAt: at(40) });
  });

  test.each([
    ['further than 60 km', 65, {}],
    ['that is closed', 5, { status: 'closed' }],
    ['that cannot be booked', 5, { isBookable: false }],
    ['that is restricted to other practices', 5, { isRestricted: true, practices: ['B99999'] }],
    ['for another disposition', 5, { dispositions: ['Dx02'] }],
    ['for children only', 5, { ages: [{ daysFrom: 0, daysTo: 5843 }] }],
    ['for women only', 5, { genders: ['F'] }],
    ['for clinicians only', 5, { referralRoles: ['clinician'] }],
    ['for patients of another board', 5, { areas: ['QMM'] }],
    ['that is an emergency department without this disposition', 5, { typeId: 105, dispositions: ['Dx02'] }],
  ])('elsewhere: never a service %s', async (_why, kilometres, options) => {
    const { offered, near } = await aPlace();
    const service = await near(kilometres, options);
    await aFreeSlot({ serviceId: service.id });
    expect((await offered()).elsewhere).toBeNull();
  });

  test('elsewhere: the nearest that is profiled for the symptoms of the call (D-008, D-012)', async () => {
    const { groupId, discriminatorIds } = await aSymptomGroup(1);
    const { offered, near } = await aPlace({ symptomGroup: groupId, discriminators: discriminatorIds });
    await aFreeSlot({ serviceId: (await near(5)).id });
    const profiled = await near(10, { symptoms: discriminatorIds.map((discriminatorId) => ({ groupId, discriminatorId })) });
    await aFreeSlot({ serviceId: profiled.id });
    expect((await offered()).elsewhere).toMatchObject({ serviceId: profiled.id });
  });

  test('B-114: elsewhere: never a service that takes no bookings from the organisation of the call', async () => {
    const { ctx, offered, near } = await aPlace();
    const { id: serviceId } = await near(5);
    await aFreeSlot({ serviceId });
    expect((await offered()).elsewhere).toMatchObject({ serviceId });
    await db.service.update({ where: { id: serviceId }, data: { refusesFrom: [ctx.actor.organisation.code] } });
    expect((await offered()).elsewhere).toBeNull();
  });

  test('elsewhere: nothing when the due time is over', async () => {
    const { offered, near } = await aPlace({ dueAt: at(-1) });
    await aFreeSlot({ serviceId: (await near(5)).id });
    expect((await offered()).elsewhere).toBeNull();
  });
});
