import { describe, expect, test } from 'vitest';
import { decideSkips, passedOver, suggestedReason, type ShownService } from '@/lib/booking/skip.rules';
import type { RejectReason } from '@/lib/booking/skip.schema';

const shownAs = (id: string, given: Partial<ShownService> = {}): ShownService => ({ id, name: `Service ${id}`, freeInTime: 3, distanceMiles: 1, reasonId: null, comment: null, ...given });
const [A, B, C] = [shownAs('a'), shownAs('b'), shownAs('c')];

const REASONS: readonly RejectReason[] = [
  { id: 23, text: 'Service not clinically appropriate', requiresComment: true, clinicianOnly: true },
  { id: 31, text: 'No appointments available', requiresComment: false, clinicianOnly: false },
  { id: 99, text: 'Other reason', requiresComment: true, clinicianOnly: false },
];

test.each([
  ['the first passes over none', 'a', []],
  ['the third passes over the two above it, in order', 'c', [A, B]],
  ['one that was not shown passes over the first alone', 'elsewhere', [A]],
])('D-052: %s', (_name, serviceId, expected) => {
  expect(passedOver([A, B, C], serviceId)).toEqual(expected);
});

test('D-052: a call that was shown nothing passes over nothing', () => {
  expect(passedOver([], 'a')).toEqual([]);
});

test.each([
  ['31 when none was free in time (D-054)', { freeInTime: 0 }, { distanceMiles: 1 }, 31],
  ['31 rather than 42 when both fit', { freeInTime: 0, distanceMiles: 20 }, { distanceMiles: 1 }, 31],
  ['42 when more than 10 miles away and farther than the chosen one', { distanceMiles: 10.1 }, { distanceMiles: 10 }, 42],
  ['none at exactly 10 miles', { distanceMiles: 10 }, { distanceMiles: 1 }, null],
  ['none when the chosen one is as far', { distanceMiles: 12 }, { distanceMiles: 12 }, null],
  ['none when the distance was not kept', { distanceMiles: null }, { distanceMiles: 1 }, null],
  ['none when it is near and has slots', {}, { distanceMiles: 1 }, null],
])('the facts suggest %s', (_name, service, chosen, expected) => {
  expect(suggestedReason(shownAs('a', service), shownAs('b', chosen))).toBe(expected);
});

test('distance suggests nothing against a service whose own is not known', () => {
  expect(suggestedReason(shownAs('a', { distanceMiles: 30 }), null)).toBeNull();
});

describe('whether every service that is passed over has its reason (D-052, D-053)', () => {
  const decide = (passed: readonly ShownService[], given: Parameters<typeof decideSkips>[0]['given'], isClinician = false) => decideSkips({ passed, given, reasons: REASONS, isClinician });

  test('a reason for each is accepted, and what says something new is told', () => {
    const given = [{ serviceId: 'a', reasonId: 31, comment: '' }, { serviceId: 'b', reasonId: 99, comment: 'Closed for the day, they say' }];
    expect(decide([A, B], given)).toEqual({ ok: true, value: given });
  });

  test('a reason given before counts, and the same again is nothing new', () => {
    const before = shownAs('a', { reasonId: 99, comment: 'Nobody answers' });
    expect(decide([before], [])).toEqual({ ok: true, value: [] });
    expect(decide([before], [{ serviceId: 'a', reasonId: 99, comment: 'Nobody answers' }])).toEqual({ ok: true, value: [] });
    expect(decide([before], [{ serviceId: 'a', reasonId: 31, comment: '' }])).toMatchObject({ ok: true, value: [{ reasonId: 31 }] });
  });

  test('skip-reason-needed names those without one, in order', () => {
    expect(decide([A, B, C], [{ serviceId: 'b', reasonId: 31, comment: '' }])).toEqual({
      ok: false,
      error: { code: 'skip-reason-needed', services: [{ id: 'a', name: 'Service a' }, { id: 'c', name: 'Service c' }] },
    });
  });

  test('a reason for a service that is not passed over counts for nothing, not even when it is none', () => {
    expect(decide([A], [{ serviceId: 'a', reasonId: 31, comment: '' }, { serviceId: 'z', reasonId: 1, comment: '' }])).toMatchObject({ ok: true, value: [{ serviceId: 'a' }] });
  });

  test.each([
    ['unknown', 1, '', '1'],
    ['comment-needed', 99, '', 'Other reason'],
    ['clinicians-only', 23, 'Needs a doctor', 'Service not clinically appropriate'],
  ])('skip-reason-invalid: %s', (why, reasonId, comment, reason) => {
    expect(decide([A], [{ serviceId: 'a', reasonId, comment }])).toEqual({ ok: false, error: { code: 'skip-reason-invalid', serviceName: 'Service a', reason, why } });
  });

  test('a clinician may give a reason for clinicians, with its comment', () => {
    expect(decide([A], [{ serviceId: 'a', reasonId: 23, comment: 'Needs a doctor' }], true)).toMatchObject({ ok: true });
    expect(decide([A], [{ serviceId: 'a', reasonId: 23, comment: '' }], true)).toMatchObject({ error: { why: 'comment-needed' } });
  });
});
