import type { Refusal } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';
import type { SlotNow, SlotPlan, Wanted, WantedSlot } from '@/lib/schedule/schema';

type Pair = { slot: SlotNow; wanted: WantedSlot };
type Plan = { [Part in keyof SlotPlan]: SlotPlan[Part][number][] };

/**
 * What leads from the slots that there are to those that there should be. Slots that have begun at `now` stay as they are. A booked slot
 * whose times are wanted stays, in whatever place or session of its schedule. Of the places left free slots take theirs, then orphans,
 * then withdrawn slots; the others are added. Refuses `places-below-booked`. Source: docs/rules.md#slots.
 */
export function planSlots(slots: readonly SlotNow[], { slots: wanted }: Wanted, now: Date): Result<SlotPlan, Refusal> {
  const plan: Plan = { added: [], reopened: [], kept: [], withdrawn: [], orphaned: [], refitted: [] };
  const standing = byTimes(slots, now);
  const asked = byTimes(wanted, now);
  for (const times of new Set([...asked.keys(), ...standing.keys()])) {
    const short = planTimes(plan, standing.get(times) ?? [], asked.get(times) ?? []);
    if (short) return refuse(short);
  }
  return ok(plan);
}

/** A digest of what a plan does, to tell whether it still does the same; ids minted for what is new do not count. */
export function fingerprintOf(plan: SlotPlan): string {
  const pairs = (part: 'reopened' | 'kept' | 'refitted') => plan[part].map(({ slot, wanted }) => `${part} ${slot.id} ${wantedText(wanted)}`);
  const lines = [
    ...plan.added.map((wanted) => `added ${wantedText(wanted)}`),
    ...pairs('reopened'),
    ...pairs('kept'),
    ...pairs('refitted'),
    ...plan.withdrawn.map(({ id }) => `withdrawn ${id}`),
    ...plan.orphaned.map(({ id, appointmentId }) => `orphaned ${id} ${appointmentId}`),
  ];
  return digest(lines.sort().join('\n'));
}

/** Plans the slots of one schedule with the same start and end. */
function planTimes(plan: Plan, standing: readonly SlotNow[], asked: readonly WantedSlot[]): Refusal | null {
  const booked = standing.filter(({ status, isOrphaned }) => status === 'busy' && !isOrphaned);
  const free = standing.filter(({ status }) => status === 'free');
  const [first] = asked;
  if (!first) {
    plan.orphaned.push(...booked);
    plan.withdrawn.push(...free);
    return null;
  }
  if (asked.length < booked.length) return { code: 'places-below-booked', startsAt: first.startsAt, places: asked.length, booked: booked.length };

  // Where nobody stands before where a free slot does: nothing then changes places with anything.
  const vacant = asked.toSorted((one, other) => Number(free.some((slot) => isThere(slot, one))) - Number(free.some((slot) => isThere(slot, other))));
  const afterBooked = match(booked, vacant);
  const afterFree = match(free, afterBooked.asked);
  const afterOrphans = match(standing.filter(({ isOrphaned }) => isOrphaned), afterFree.asked);
  const afterWithdrawn = match(standing.filter(({ status }) => status === 'withdrawn'), afterOrphans.asked);
  plan.kept.push(...[...afterBooked.pairs, ...afterFree.pairs].filter(isChanged));
  plan.withdrawn.push(...afterFree.slots);
  plan.refitted.push(...afterOrphans.pairs);
  plan.reopened.push(...afterWithdrawn.pairs);
  plan.added.push(...afterWithdrawn.asked);
  return null;
}

/** Pairs slots with places, its own place for whoever can have that, and tells what is left of both. */
function match(slots: readonly SlotNow[], asked: readonly WantedSlot[]): { pairs: Pair[]; slots: SlotNow[]; asked: WantedSlot[] } {
  const left = [...asked];
  const pairs: Pair[] = [];
  const take = (slot: SlotNow, index: number) => {
    const [wanted] = index === -1 ? [] : left.splice(index, 1);
    if (wanted) pairs.push({ slot, wanted });
    return wanted !== undefined;
  };
  const homeless = slots.filter((slot) => !take(slot, left.findIndex((wanted) => isThere(slot, wanted))));
  const unmatched = homeless.filter((slot) => !take(slot, left.length > 0 ? 0 : -1));
  return { pairs, slots: unmatched, asked: left };
}

function isThere(slot: SlotNow, wanted: WantedSlot): boolean {
  return slot.sessionId === wanted.sessionId && slot.placeNo === wanted.placeNo;
}

function isChanged({ slot, wanted }: Pair): boolean {
  return (
    !isThere(slot, wanted) ||
    slot.keptBackUntil?.getTime() !== wanted.keptBackUntil?.getTime() ||
    slot.offeredFrom?.getTime() !== wanted.offeredFrom?.getTime() ||
    slot.offeredUntil?.getTime() !== wanted.offeredUntil?.getTime()
  );
}

function byTimes<Slot extends { scheduleId: string; startsAt: Date; endsAt: Date }>(slots: readonly Slot[], now: Date): Map<string, Slot[]> {
  const groups = new Map<string, Slot[]>();
  for (const slot of slots) {
    if (slot.startsAt <= now) continue;
    const times = `${slot.scheduleId} ${slot.startsAt.getTime()} ${slot.endsAt.getTime()}`;
    const group = groups.get(times);
    if (group) group.push(slot);
    else groups.set(times, [slot]);
  }
  return groups;
}

function wantedText({ scheduleId, startsAt, endsAt, placeNo, keptBackUntil, offeredFrom, offeredUntil }: WantedSlot): string {
  const limits = [keptBackUntil, offeredFrom, offeredUntil].map((limit) => limit?.getTime() ?? '-');
  return [scheduleId, startsAt.getTime(), endsAt.getTime(), placeNo, ...limits].join(' ');
}

/** 64 bits of two multiplicative hashes: it tells plans apart, nobody has a reason to forge one, and rules know no crypto. */
function digest(text: string): string {
  let [one, other] = [0xdeadbeef, 0x41c6ce57];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    one = Math.imul(one ^ code, 2_654_435_761);
    other = Math.imul(other ^ code, 1_597_334_677);
  }
  return [one, other].map((half) => ((half ^ (half >>> 16)) >>> 0).toString(16).padStart(8, '0')).join('');
}
