import { expect, test } from 'vitest';
import { ForbiddenError } from '@/lib/platform/errors';
import { outcomeOf } from '@/lib/platform/outcome';
import { ok, refuse } from '@/lib/platform/result';

const CTX = { requestId: 'a-request' };

test('what was done or refused is passed on as it is', async () => {
  expect(await outcomeOf(CTX, Promise.resolve(ok('done')))).toEqual(ok('done'));
  expect(await outcomeOf(CTX, Promise.resolve(refuse({ code: 'appointment-not-found' })))).toEqual(refuse({ code: 'appointment-not-found' }));
});

test('after a fault it is not known whether it was done, which is said (U-104, U-154)', async () => {
  expect(await outcomeOf(CTX, Promise.reject(new Error('Connection terminated')))).toEqual(refuse({ code: 'outcome-unknown' }));
});

test('somebody who may not is a fault of the door, not an unknown outcome', async () => {
  await expect(outcomeOf(CTX, Promise.reject(new ForbiddenError('appointment:cancel')))).rejects.toThrow(ForbiddenError);
});
