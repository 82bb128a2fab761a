import { canMove } from '@/lib/booking/transitions.rules';
import type { AppointmentStatus, CallState } from '@/lib/booking/schema';
import { ATTENDING, CHANGES, UNDONE } from './changes';
import { conflictOf, isChosen, overlaps, seenOther } from './guard';
import { inAnyOrder, isStanding, type AppointmentNow, type Snapshot } from './snapshot';
import { ACTORS, CALLS, DUE_MINUTE, SLOTS, startOf, type ActorName, type Step, type TakenStep } from './steps';

const HOLD_MINUTES = 5;

type Hold = { slot: number; until: number; isExtended: boolean };
type CallNow = { state: CallState; handler: ActorName; hold: Hold | null };

/**
 * The booking workflow as a person would tell it, over a few calls and slots: predicts the answer of every step and what then
 * stands. Times are minutes since the beginning. It knows nothing of the code that it checks but the table of transitions.
 */
export class Model {
  constructor(
    private readonly calls: CallNow[] = CALLS.map(({ handler }) => ({ state: 'open', handler, hold: null })),
    private readonly appointments: AppointmentNow[] = [],
    private now = 0,
  ) {}

  /** Losers of a race who have been told, and hold nothing yet; null while everybody holds at once what they get instead. */
  private losers: { call: number; slot: number }[] | null = null;

  /** What each of the steps, done at once in this order, is answered; `losersHold`: at once, or after both, in this order or the other. */
  together(steps: readonly TakenStep[], losersHold: 'at once' | 'after' | 'after, reversed'): string[] {
    if (losersHold !== 'at once') this.losers = [];
    const answers = steps.map((step) => this.expected(step));
    const losers = this.losers ?? [];
    this.losers = null;
    for (const { call, slot } of losersHold === 'after, reversed' ? losers.toReversed() : losers) this.holdInstead(call, slot);
    return answers;
  }

  /** Another one in which the same has happened. */
  copy(): Model {
    return new Model(structuredClone(this.calls), structuredClone(this.appointments), this.now);
  }

  /** The step as it is really taken: an apt one by whoever has the call, and a booking of the slot that it holds. */
  taken(step: Step): TakenStep {
    const call = this.call(step.call);
    const latest = this.ofCall(step.call).at(-1);
    const seen = latest ? { nth: this.ofCall(step.call).length - 1, version: latest.version + (step.isStale ? 1 : 0) } : null;
    const other = seenOther(this.appointments, step, this.now);
    if (!step.isApt) return { ...step, seen, other };
    const slot = step.kind === 'book' || step.kind === 'move' ? (call.hold?.slot ?? step.slot) : step.slot;
    return { ...step, actor: call.handler, slot, seen, other };
  }

  /** `ok`, the code of the refusal, or `nothing` when there is nothing to do it to. */
  expected(step: TakenStep): string {
    this.now += step.minutes;
    switch (step.kind) {
      case 'hold':
        return this.hold(step);
      case 'extend':
        return this.extend(step);
      case 'let-go':
        return this.letGo(step);
      case 'book':
        return this.book(step);
      case 'move':
        return this.move(step);
      case 'take-over':
        return this.takeOver(step);
      case 'hand-over':
        return this.handOver(step);
      case 'close':
        return this.end(step, 'closed');
      case 'refer':
        return this.end(step, 'referred');
      default:
        return this.change(step);
    }
  }

  snapshot(): Snapshot {
    const holders = SLOTS.map((_, slot) => this.calls.findIndex((call) => this.holdOf(call)?.slot === slot));
    return {
      slots: SLOTS.map((_, slot) => {
        const heldBy = holders[slot] ?? -1;
        const hold = heldBy === -1 ? null : this.holdOf(this.call(heldBy));
        return { bookedBy: this.appointments[this.liveIn(slot)]?.call ?? null, heldBy: heldBy === -1 ? null : heldBy, heldUntil: hold?.until ?? null, isExtended: hold?.isExtended ?? false };
      }),
      calls: this.calls.map(({ state, handler }) => ({ state, handler })),
      appointments: inAnyOrder(this.appointments.map((each) => ({ ...each, hasReferral: isStanding(each) }))),
    };
  }

  private hold({ actor, call: index, slot }: Step): string {
    const call = this.call(index);
    const refused = this.barred(actor, call) ?? (call.state === 'booked' && !this.movable(index) ? 'call-already-booked' : null);
    if (refused) return refused;
    const lost = this.slotFault(index, slot);
    if (lost) return this.lose(index, slot, lost);
    if (this.holdOf(call)?.slot !== slot) call.hold = this.newHold(slot);
    return 'ok';
  }

  private extend({ actor, call: index }: Step): string {
    const call = this.call(index);
    const hold = this.holdOf(call);
    const refused = this.barred(actor, call);
    if (refused) return refused;
    if (!hold) return 'hold-missing';
    if (hold.isExtended) return 'hold-already-extended';
    call.hold = { ...hold, until: hold.until + HOLD_MINUTES, isExtended: true };
    return 'ok';
  }

  private letGo({ actor, call: index }: Step): string {
    const call = this.call(index);
    const refused = this.barred(actor, call);
    if (!refused) call.hold = null;
    return refused ?? 'ok';
  }

  private book(step: TakenStep): string {
    const call = this.call(step.call);
    const refused = this.barred(step.actor, call);
    if (refused) return refused;
    if (call.state === 'booked') return 'call-already-booked';
    return this.claim(step, null);
  }

  private move(step: TakenStep): string {
    const moved = this.seen(step);
    if (!moved) return 'nothing';
    const refused = this.barred(step.actor, this.call(step.call));
    if (refused) return refused;
    const fault = this.changeFault(moved, step, { wanted: 'moved', isBeforeOnly: true });
    if (fault) return fault;
    if (moved.slot === step.slot) return 'move-to-same-slot';
    return this.claim(step, moved);
  }

  /** The rest of a booking, alone or in place of another appointment. */
  private claim(step: TakenStep, replaces: AppointmentNow | null): string {
    const call = this.call(step.call);
    const lost = this.slotFault(step.call, step.slot);
    if (lost) return this.lose(step.call, step.slot, lost);
    if (this.holdOf(call)?.slot !== step.slot) return 'hold-expired';
    const late = this.timeframeFault(step);
    if (late) return late;
    const other = conflictOf(this.appointments, step.call, this.now);
    if (other && !isChosen(this.appointments, step, { other, isMove: replaces !== null, now: this.now })) return 'guard-choice-needed';
    if (overlaps(this.appointments, step, [replaces, other])) return 'patient-overlap';

    const replaced = replaces ?? (other && step.besides === 'move' ? other : null);
    if (replaced) this.become(replaced, 'moved');
    if (other && step.besides === 'cancel') this.become(other, 'cancelled');
    this.appointments.push({ call: step.call, slot: step.slot, status: 'booked', version: 1, replaces: replaced?.slot ?? null });
    call.state = 'booked';
    call.hold = null;
    return 'ok';
  }

  private change(step: TakenStep): string {
    const appointment = this.seen(step);
    if (!appointment) return 'nothing';
    if (step.kind === 'undo') return this.undo(appointment, step);
    const { wanted, isBeforeOnly } = CHANGES[step.kind] ?? { wanted: null, isBeforeOnly: true };
    if (ATTENDING.has(step.kind) && SLOTS[appointment.slot]?.service !== 0) return 'appointment-not-found';
    const fault = this.changeFault(appointment, step, { wanted, isBeforeOnly });
    if (fault) return fault;
    if (step.kind === 'noshow' && startOf(appointment.slot) > this.now) return 'appointment-not-begun';
    if (wanted === null) appointment.version += 1;
    else this.become(appointment, wanted);
    return 'ok';
  }

  /** All of it is within an hour or so: never too late. */
  private undo(appointment: AppointmentNow, { seen }: TakenStep): string {
    if (SLOTS[appointment.slot]?.service !== 0) return 'appointment-not-found';
    if (appointment.status === 'cancelled') return 'appointment-already-cancelled';
    if (appointment.version !== seen?.version) return 'appointment-changed';
    const undone = UNDONE[appointment.status];
    if (!undone) return 'attendance-not-recorded';
    this.become(appointment, undone);
    return 'ok';
  }

  private changeFault({ slot, status, version }: AppointmentNow, { seen }: TakenStep, { wanted, isBeforeOnly }: { wanted: AppointmentStatus | null; isBeforeOnly: boolean }): string | null {
    if (status === 'cancelled') return 'appointment-already-cancelled';
    if (isBeforeOnly && startOf(slot) <= this.now) return 'appointment-in-past';
    if (version !== seen?.version) return 'appointment-changed';
    const isPossible = wanted === null ? status === 'booked' : canMove('appointment', status, wanted);
    return isPossible ? null : 'appointment-cannot-become';
  }

  private takeOver({ actor, call: index }: Step): string {
    const call = this.call(index);
    const refused = this.barredToAll(actor, call);
    if (!refused) call.handler = actor;
    return refused ?? 'ok';
  }

  private handOver({ actor, call: index, to }: Step): string {
    const call = this.call(index);
    if (to === actor || ACTORS[to].organisation !== ACTORS[actor].organisation) return 'colleague-unknown';
    const refused = this.barredToAll(actor, call);
    if (refused || call.handler === to) return refused ?? 'ok';
    if (call.handler !== actor && ACTORS[actor].role !== 'supervisor') return 'call-with-colleague';
    call.handler = to;
    return 'ok';
  }

  private end({ actor, call: index }: Step, state: 'closed' | 'referred'): string {
    const call = this.call(index);
    const refused = this.barred(actor, call) ?? (call.state === 'booked' ? 'call-already-booked' : null);
    if (refused) return refused;
    call.state = state;
    call.hold = null;
    return 'ok';
  }

  private lose(call: number, slot: number, code: string): string {
    if (code === 'slot-in-past') return code;
    if (this.losers) this.losers.push({ call, slot });
    else this.holdInstead(call, slot);
    return code;
  }

  /** The loser of a race, who holds nothing, gets the nearest slot of the service that is free, in time first. */
  private holdInstead(index: number, slot: number): void {
    const call = this.call(index);
    if (this.holdOf(call)) return;
    const wanted = startOf(slot);
    const free = SLOTS.map((each, number) => ({ ...each, number })).filter(
      (each) => each.number !== slot && each.service === SLOTS[slot]?.service && each.startsAt > this.now && this.liveIn(each.number) === -1 && !this.isHeld(each.number),
    );
    const isLate = (each: { startsAt: number }) => Number(each.startsAt > DUE_MINUTE);
    const [nearest] = free.sort((a, b) => isLate(a) - isLate(b) || Math.abs(a.startsAt - wanted) - Math.abs(b.startsAt - wanted) || a.startsAt - b.startsAt);
    if (nearest) call.hold = this.newHold(nearest.number);
  }

  private slotFault(call: number, slot: number): string | null {
    if (startOf(slot) <= this.now) return 'slot-in-past';
    if (this.liveIn(slot) !== -1) return 'slot-taken';
    return this.isHeld(slot) && this.holdOf(this.call(call))?.slot !== slot ? 'slot-held' : null;
  }

  private timeframeFault({ actor, slot, approver }: Step): string | null {
    if (startOf(slot) <= DUE_MINUTE || approver === 'clinician') return null;
    if (approver === null) return 'approval-needed';
    return approver === actor ? 'approver-is-self' : 'approver-not-clinician';
  }

  private barred(actor: ActorName, call: CallNow): string | null {
    return this.barredToAll(actor, call) ?? (call.handler === actor ? null : 'call-with-colleague');
  }

  private barredToAll(actor: ActorName, { state }: CallNow): string | null {
    if (ACTORS[actor].organisation !== 'ours') return 'call-not-found';
    return state === 'closed' || state === 'referred' ? 'call-ended' : null;
  }

  private become(appointment: AppointmentNow, status: AppointmentStatus): void {
    appointment.status = status;
    appointment.version += 1;
  }

  private movable(call: number): boolean {
    return this.appointments.some((each) => each.call === call && each.status === 'booked' && startOf(each.slot) > this.now);
  }

  private ofCall(call: number): AppointmentNow[] {
    return this.appointments.filter((each) => each.call === call);
  }

  private seen({ call, seen }: TakenStep): AppointmentNow | null {
    return (seen && this.ofCall(call)[seen.nth]) ?? null;
  }

  private liveIn(slot: number): number {
    return this.appointments.findIndex((each) => each.slot === slot && isStanding(each));
  }

  private isHeld(slot: number): boolean {
    return this.calls.some((call) => this.holdOf(call)?.slot === slot);
  }

  private holdOf({ hold }: CallNow): Hold | null {
    return hold && hold.until > this.now ? hold : null;
  }

  private newHold(slot: number): Hold {
    return { slot, until: this.now + HOLD_MINUTES, isExtended: false };
  }

  private call(index: number): CallNow {
    const call = this.calls[index];
    if (!call) throw new Error('no such call');
    return call;
  }
}
