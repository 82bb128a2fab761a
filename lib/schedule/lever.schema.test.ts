import { describe, expect, test } from 'vitest';
import { bookingsRequest, pauseRequest, placesRequest } from '@/lib/schedule/lever.schema';
import { fieldErrors } from '@/lib/platform/form';
import { newId } from '@/lib/platform/id';
import type { z } from 'zod';

const sessionId = newId();
const PLACES = { serviceId: 'a service', sessionId, places: '2', from: '14:00', to: '17' };
const faults = (schema: z.ZodType, values: unknown) => {
  const read = schema.safeParse(values);
  return read.success ? {} : fieldErrors(read.error);
};

describe('places to add', () => {
  test('are read as typed, in minutes of the London clock', () => {
    expect(placesRequest.parse(PLACES)).toEqual({ serviceId: 'a service', sessionId, extra: { fromMinute: 840, toMinute: 1020, places: 2 } });
  });

  test.each([
    ['no session', { sessionId: '' }, { sessionId: 'Choose a session' }],
    ['no places', { places: '0' }, { places: 'Enter 1 to 50 places' }],
    ['too many places', { places: '51' }, { places: 'Enter 1 to 50 places' }],
    ['places in words', { places: 'two' }, { places: 'Enter 1 to 50 places' }],
    ['no time', { from: '' }, { from: 'Enter a time, such as 14:00' }],
    ['a time that is none', { to: '25:00' }, { to: 'Enter a time, such as 17:00' }],
    ['an end before the start', { to: '13:00' }, { to: 'Enter a time after the first' }],
    ['an end at the start', { to: '14:00' }, { to: 'Enter a time after the first' }],
  ])('%s is told at its field', (_what, changed, expected) => {
    expect(faults(placesRequest, { ...PLACES, ...changed })).toEqual(expected);
  });

  test('an empty form tells every fault at once', () => {
    expect(Object.keys(faults(placesRequest, {}))).toEqual(expect.arrayContaining(['sessionId', 'places', 'from', 'to']));
  });
});

test('a pause has one of the lengths, and a reason', () => {
  expect(pauseRequest.parse({ serviceId: 'a service', minutes: '30', reason: ' Fire alarm ' })).toEqual({ serviceId: 'a service', minutes: 30, reason: 'Fire alarm' });
  expect(faults(pauseRequest, { serviceId: 'a service' })).toEqual({ minutes: 'Choose how long', reason: 'Say why: call handlers are shown it' });
  expect(faults(pauseRequest, { minutes: '31', reason: 'x'.repeat(201) })).toEqual({ minutes: 'Choose how long', reason: 'Enter at most 200 characters' });
});

test('bookings are stopped or started by the button that was pressed, of the version that was seen', () => {
  expect(bookingsRequest.parse({ serviceId: 'a service', lever: 'stop', version: '3' })).toEqual({ serviceId: 'a service', isBookable: false, version: 3 });
  expect(bookingsRequest.parse({ serviceId: 'a service', lever: 'start', version: '3' })).toMatchObject({ isBookable: true });
  expect(bookingsRequest.safeParse({ serviceId: 'a service', lever: 'other', version: '3' }).success).toBe(false);
});
