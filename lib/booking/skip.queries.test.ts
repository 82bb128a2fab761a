import { describe, expect, test } from 'vitest';
import { rejectReasons, skipsNeeded } from '@/lib/booking/skip.queries';
import { db } from '@/lib/platform/db';
import { ForbiddenError } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/id';
import { anAppointment } from '@/prisma/factories/appointment';
import { aCall } from '@/prisma/factories/call';
import { aService } from '@/prisma/factories/service';
import { servicesShown } from '@/prisma/factories/shown';
import { aHandler, later } from '@/prisma/factories/staff';

const threeServices = () => Promise.all([aService(), aService(), aService()]);

describe('the services above the chosen one that have no reason yet (D-052)', () => {
  test('in the order last shown, with the reason that the facts of that showing suggest (D-054)', async () => {
    const ctx = await aHandler();
    const { id: callId } = await aCall(ctx);
    const [one, two, three] = await threeServices();
    await servicesShown(ctx, callId, [three, two, one]);
    await servicesShown(later(ctx, 1), callId, [{ id: one.id, freeInTime: 0 }, { id: two.id, distanceMiles: 10.5 }, { id: three.id, distanceMiles: 2.5 }]);
    expect(await skipsNeeded(ctx, { callId, serviceId: three.id })).toEqual([
      { serviceId: one.id, serviceName: one.name, suggestedId: 31 },
      { serviceId: two.id, serviceName: two.name, suggestedId: 42 },
    ]);
    expect(await skipsNeeded(ctx, { callId, serviceId: one.id })).toEqual([]);
    expect(await skipsNeeded(ctx, { callId, serviceId: newId() })).toMatchObject([{ serviceId: one.id, suggestedId: 31 }]);
  });

  test('one with a reason is needed no more', async () => {
    const ctx = await aHandler();
    const { id: callId } = await aCall(ctx);
    const [one, two, three] = await threeServices();
    await servicesShown(ctx, callId, [one, two, three]);
    await db.callSkip.create({ data: { callId, serviceId: one.id, reasonId: 21, staffId: ctx.actor.id, at: ctx.now } });
    expect(await skipsNeeded(ctx, { callId, serviceId: three.id })).toMatchObject([{ serviceId: two.id, suggestedId: null }]);
  });

  test('none in a call that was shown nothing, of another organisation or that does not exist', async () => {
    const ctx = await aHandler();
    const elsewhere = await aHandler();
    const { id: callId } = await aCall(ctx);
    const [one, two] = await threeServices();
    const ask = { callId, serviceId: two.id };
    expect(await skipsNeeded(ctx, ask)).toEqual([]);
    await servicesShown(ctx, callId, [one, two]);
    expect(await skipsNeeded(elsewhere, ask)).toEqual([]);
    expect(await skipsNeeded(ctx, { ...ask, callId: 'made-up' })).toEqual([]);
  });

  test('none while an appointment that stands is moved, inside its call or in a new one; again once it has begun', async () => {
    const ctx = await aHandler();
    const [one, two] = await threeServices();
    const appointment = await anAppointment(ctx);
    const own = appointment.callId ?? '';
    const { id: mover } = await aCall(ctx, { movesId: appointment.id, patientId: appointment.patientId });
    for (const callId of [own, mover]) {
      await servicesShown(ctx, callId, [one, two]);
      expect(await skipsNeeded(ctx, { callId, serviceId: two.id })).toEqual([]);
      expect(await skipsNeeded(later(ctx, 60), { callId, serviceId: two.id })).toHaveLength(1);
    }
  });
});

test('D-053: the twelve reject reasons, without those for clinicians only where somebody else asks', async () => {
  const forClinicians = await rejectReasons(await aHandler({ role: 'clinician' }));
  expect(forClinicians.map(({ id }) => id)).toEqual([21, 22, 23, 24, 26, 27, 31, 32, 40, 41, 42, 99]);
  const forHandlers = await rejectReasons(await aHandler());
  expect(forHandlers).toEqual(forClinicians.filter(({ id }) => id !== 23));
  expect(forHandlers.filter(({ requiresComment }) => requiresComment).map(({ id }) => id)).toEqual([24, 26, 40, 99]);
});

test('an auditor is told neither', async () => {
  const ctx = await aHandler({ role: 'auditor' });
  await expect(rejectReasons(ctx)).rejects.toThrow(ForbiddenError);
  await expect(skipsNeeded(ctx, { callId: newId(), serviceId: newId() })).rejects.toThrow(ForbiddenError);
});
