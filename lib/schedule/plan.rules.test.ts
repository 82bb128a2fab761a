import { describe, expect, test } from 'vitest';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { fingerprintOf, planSlots } from '@/lib/schedule/plan.rules';
import type { SlotNow, SlotPlan, WantedSlot } from '@/lib/schedule/schema';

const NOW = new Date('2026-11-24T10:00:00Z');
const [SCHEDULE, SERVICE, SESSION] = [newId(), newId(), newId()];

function wantedAt(minutes: number, given: Partial<WantedSlot> = {}): WantedSlot {
  const startsAt = addMinutes(NOW, minutes);
  return { sessionId: SESSION, scheduleId: SCHEDULE, serviceId: SERVICE, placeNo: 1, startsAt, endsAt: addMinutes(startsAt, 10), keptBackUntil: null, offeredFrom: null, offeredUntil: null, ...given };
}

function slotAt(minutes: number, given: Partial<SlotNow> = {}): SlotNow {
  return { ...wantedAt(minutes), id: newId(), status: 'free', isOrphaned: false, appointmentId: given.status === 'busy' ? newId() : null, ...given };
}

function plan(slots: readonly SlotNow[], wanted: readonly WantedSlot[]): SlotPlan {
  const planned = planSlots(slots, { sessions: [], slots: wanted }, NOW);
  if (!planned.ok) throw new Error(planned.error.code);
  return planned.value;
}

const NOTHING: SlotPlan = { added: [], reopened: [], kept: [], withdrawn: [], orphaned: [], refitted: [] };

describe('a change touches only slots that it must', () => {
  const [free, busy, withdrawn, orphan] = [slotAt(10), slotAt(10, { status: 'busy' }), slotAt(10, { status: 'withdrawn' }), slotAt(10, { status: 'busy', isOrphaned: true })];
  const second = wantedAt(10, { placeNo: 2 });
  const other = wantedAt(10, { sessionId: newId() });
  const kept = wantedAt(10, { keptBackUntil: NOW });

  test.each<[string, readonly SlotNow[], readonly WantedSlot[], Partial<SlotPlan>]>([
    ['what is there as it should be is left alone', [free, slotAt(20, { status: 'busy' })], [wantedAt(10), wantedAt(20)], {}],
    ['what is missing is added', [free], [wantedAt(10), second], { added: [second] }],
    ['free and not wanted: withdrawn', [free], [], { withdrawn: [free] }],
    ['booked and not wanted: orphaned', [busy], [], { orphaned: [busy] }],
    ['booked, its times wanted in another place: it stays there', [busy], [second], { kept: [{ slot: busy, wanted: second }] }],
    ['booked, its times wanted in another session: it stays there', [busy], [other], { kept: [{ slot: busy, wanted: other }] }],
    ['booked before free where places become fewer', [free, { ...busy, placeNo: 2 }], [wantedAt(10)], { withdrawn: [free], kept: [{ slot: { ...busy, placeNo: 2 }, wanted: wantedAt(10) }] }],
    ['another offer', [free], [kept], { kept: [{ slot: free, wanted: kept }] }],
    ['withdrawn and wanted again: opened again', [withdrawn], [wantedAt(10)], { reopened: [{ slot: withdrawn, wanted: wantedAt(10) }] }],
    ['an orphan whose place comes back has it before a withdrawn slot', [withdrawn, orphan], [wantedAt(10)], { refitted: [{ slot: orphan, wanted: wantedAt(10) }] }],
    ['an orphan does not take the place of a free slot that stays', [free, orphan], [wantedAt(10)], {}],
    ['an orphan still not wanted stays one, a withdrawn slot withdrawn', [orphan, withdrawn], [], {}],
    ['another length at the same time is another slot', [free], [wantedAt(10, { endsAt: addMinutes(NOW, 30) })], { withdrawn: [free], added: [wantedAt(10, { endsAt: addMinutes(NOW, 30) })] }],
    ['what has begun stays, wanted or not', [slotAt(0), slotAt(-10, { status: 'busy' })], [wantedAt(-20)], {}],
  ])('%s', (_promise, slots, wanted, expected) => {
    expect(plan(slots, wanted)).toEqual({ ...NOTHING, ...expected });
  });

  test('a booked slot takes a place where nobody stands: free slots beside it need not move', () => {
    const stays = [slotAt(10), slotAt(10, { placeNo: 2 })];
    const moves = slotAt(10, { placeNo: 4, status: 'busy' });
    const wanted = [1, 2, 3].map((placeNo) => wantedAt(10, { placeNo }));
    expect(plan([...stays, moves], wanted)).toEqual({ ...NOTHING, kept: [{ slot: moves, wanted: wanted[2] }] });
  });

  test('fewer places than patients at a time that stays is refused, orphans not counted', () => {
    const booked = [slotAt(10, { status: 'busy' }), slotAt(10, { status: 'busy', placeNo: 2 })];
    expect(planSlots([...booked, orphan], { sessions: [], slots: [wantedAt(10)] }, NOW)).toEqual({ ok: false, error: { code: 'places-below-booked', startsAt: addMinutes(NOW, 10), places: 1, booked: 2 } });
  });
});

describe('a fingerprint', () => {
  const slots = [slotAt(10), slotAt(20, { status: 'busy' }), slotAt(30, { status: 'withdrawn' })];

  test('is the same for the same, whatever ids are minted and in whatever order slots are read', () => {
    const [one, other] = [newId(), newId()].map((sessionId) => [wantedAt(30, { sessionId }), wantedAt(40, { sessionId })]);
    expect(fingerprintOf(plan(slots, one ?? []))).toBe(fingerprintOf(plan(slots.toReversed(), other ?? [])));
  });

  test.each<[string, readonly SlotNow[], readonly WantedSlot[]]>([
    ['one slot more is added', slots, [wantedAt(30), wantedAt(40), wantedAt(50)]],
    ['one that was free was booked', [{ ...slotAt(10), ...slots[0], status: 'busy' }, ...slots.slice(1)], [wantedAt(30), wantedAt(40)]],
    ['somebody else is booked', [slotAt(20, { ...slots[1], appointmentId: newId() }), ...slots.toSpliced(1, 1)], [wantedAt(30), wantedAt(40)]],
    ['an offer is another', slots, [wantedAt(30), wantedAt(40, { keptBackUntil: NOW })]],
  ])('differs when %s', (_case, found, wanted) => {
    expect(fingerprintOf(plan(found, wanted))).not.toBe(fingerprintOf(plan(slots, [wantedAt(30), wantedAt(40)])));
  });
});
