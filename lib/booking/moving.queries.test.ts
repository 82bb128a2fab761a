import { expect, test } from 'vitest';
import { isMovedInItsCall } from '@/lib/booking/moving.queries';
import { ForbiddenError } from '@/lib/platform/errors';
import { anAppointment } from '@/prisma/factories/appointment';
import { aHandler } from '@/prisma/factories/staff';

test('who booked an appointment moves it in the same call (U-113), anybody else in a new one (U-115)', async () => {
  const ctx = await aHandler();
  const appointment = await anAppointment(ctx);
  expect(await isMovedInItsCall(ctx, appointment)).toBe(true);
  expect(await isMovedInItsCall(await aHandler({ organisationCode: ctx.actor.organisation.code }), appointment)).toBe(false);
  expect(await isMovedInItsCall(ctx, { callId: null })).toBe(false);
});

test('a service admin may not ask', async () => {
  await expect(isMovedInItsCall(await aHandler({ role: 'service-admin' }), { callId: null })).rejects.toThrow(ForbiddenError);
});
