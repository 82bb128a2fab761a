import { expect, test } from 'vitest';
import { bestFits, type Displaced, type FreeSlot } from '@/lib/booking/refit.rules';
import { addMinutes } from '@/lib/platform/time';

const A_TUESDAY_AT_TEN = new Date('2026-11-24T10:00:00Z');
const at = (minutes: number) => addMinutes(A_TUESDAY_AT_TEN, minutes);

const someone = (given: Partial<Displaced> = {}): Displaced => ({
  ...{ appointmentId: 'a', patientId: 'p', serviceId: 'own', startsAt: at(60), dueAt: at(120), channel: 'in-person', otherServiceIds: [] },
  ...given,
});

const free = (minutes: number, given: Partial<FreeSlot> = {}): FreeSlot => ({ scheduleId: 's', serviceId: 'own', channel: 'in-person', startsAt: at(minutes), endsAt: at(minutes + 10), ...given });

const fitOf = (one: Displaced, slots: readonly FreeSlot[]) => bestFits([one], slots, []).get(one.appointmentId) ?? null;

test('the nearest start wins, earlier or later; of two as near the earlier', () => {
  expect(fitOf(someone(), [free(10), free(50), free(75)])?.startsAt).toEqual(at(50));
  expect(fitOf(someone(), [free(70), free(50)])?.startsAt).toEqual(at(50));
});

test('in time comes before near, and the due time itself is in time', () => {
  expect(fitOf(someone({ startsAt: at(110) }), [free(121), free(20)])?.startsAt).toEqual(at(20));
  expect(fitOf(someone({ startsAt: at(110) }), [free(120), free(20)])?.startsAt).toEqual(at(120));
  expect(fitOf(someone({ dueAt: null }), [free(600)])?.startsAt).toEqual(at(600));
});

test('the same service comes before another, unless only the other is in time', () => {
  const both = someone({ otherServiceIds: ['other'] });
  expect(fitOf(both, [free(65, { serviceId: 'other' }), free(100)])?.serviceId).toBe('own');
  expect(fitOf(both, [free(65, { serviceId: 'other' }), free(130)])?.serviceId).toBe('other');
  expect(fitOf(someone(), [free(65, { serviceId: 'other' })])).toBeNull();
});

test('another channel is no fit, and "not stated" is a channel of its own', () => {
  expect(fitOf(someone(), [free(65, { channel: 'telephone' }), free(66, { channel: null })])).toBeNull();
  expect(fitOf(someone({ channel: null }), [free(66, { channel: null })])).not.toBeNull();
});

test('whoever is seen first chooses first, and no place is chosen twice', () => {
  const [later, earlier] = [someone({ appointmentId: 'later', patientId: 'q', startsAt: at(61) }), someone({ appointmentId: 'earlier' })];
  const fits = bestFits([later, earlier], [free(62), free(90)], []);
  expect([fits.get('earlier')?.startsAt, fits.get('later')?.startsAt]).toEqual([at(62), at(90)]);
});

test('a patient is in one place at a time: not across another appointment, nor across their own other fit', () => {
  expect(bestFits([someone()], [free(65), free(90)], [{ patientId: 'p', startsAt: at(60), endsAt: at(75) }]).get('a')?.startsAt).toEqual(at(90));
  const fits = bestFits([someone(), someone({ appointmentId: 'b' })], [free(65), free(66), free(90)], []);
  expect([fits.get('a')?.startsAt, fits.get('b')?.startsAt]).toEqual([at(65), at(90)]);
});
