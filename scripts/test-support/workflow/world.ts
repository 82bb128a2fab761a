import type { Ctx } from '@/lib/auth/actor';
import { amendReason } from '@/lib/booking/amend.commands';
import { markArrived, markFulfilled, markNoShow, undoAttendance } from '@/lib/booking/attend.commands';
import { bookAppointment } from '@/lib/booking/book.commands';
import { cancelAppointment } from '@/lib/booking/cancel.commands';
import { closeCall } from '@/lib/booking/close.commands';
import { handOver, takeOver } from '@/lib/booking/hand-over.commands';
import { extendHold, holdSlot, letGo } from '@/lib/booking/hold.commands';
import { markEnteredInError } from '@/lib/booking/in-error.commands';
import { moveAppointment } from '@/lib/booking/move.commands';
import { referWithoutBooking } from '@/lib/booking/refer.commands';
import { appointmentStatus, callState } from '@/lib/booking/schema';
import { db } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';
import { addMinutes } from '@/lib/platform/time';
import { minutesBetween } from '@/lib/platform/time-words';
import { anAgreement, GREATER_MANCHESTER } from '@/prisma/factories/agreement';
import { aBookingRequest, aCall, aChangeRequest, aChoice } from '@/prisma/factories/call';
import { aPatient } from '@/prisma/factories/patient';
import { aService } from '@/prisma/factories/service';
import { freeSlotsInARow } from '@/prisma/factories/slot';
import { A_TUESDAY_AT_TEN, aHandler } from '@/prisma/factories/staff';
import { inAnyOrder, type Snapshot } from './snapshot';
import { ACTORS, CALLS, DUE_MINUTE, SLOT_MINUTES, SLOTS, type ActorName, type Step, type TakenStep } from './steps';

const BEGINS = A_TUESDAY_AT_TEN;

type People = Record<ActorName | 'clinician' | 'admin', Ctx>;

/** The calls, slots and people of the model in a real database, and the commands carried out on them. */
export class World {
  private now = BEGINS;
  /** By call, in the order made: a call makes one after the other. */
  private readonly appointments: string[][] = CALLS.map(() => []);

  private constructor(
    private readonly people: People,
    private readonly services: readonly string[],
    private readonly slots: readonly string[],
    private readonly calls: readonly { id: string; patientId: string }[],
  ) {}

  static async made(): Promise<World> {
    // The first is across a border, where one booking a day has a price: the others go by the default, and all of them are allowed.
    const services = await Promise.all([aService({ icbCode: GREATER_MANCHESTER }), aService()]);
    await anAgreement({ serviceId: services[0].id, dailyQuota: 1, pricePence: 1_000, noshowPence: 0 });
    const people = await somePeople(services[0].id);
    const slots: string[] = [];
    for (const { service, startsAt } of SLOTS) {
      const [slot] = await freeSlotsInARow(1, { serviceId: services[service]?.id, startsAt: addMinutes(BEGINS, startsAt), minutes: SLOT_MINUTES });
      slots.push(slot?.id ?? '');
    }
    const patients = await Promise.all([aPatient(), aPatient(), aPatient()]);
    const calls = [];
    for (const { patient, handler } of CALLS) {
      calls.push(await aCall(people[handler], { patientId: patients[patient]?.id, dueAt: addMinutes(BEGINS, DUE_MINUTE) }));
    }
    return new World(people, services.map(({ id }) => id), slots, calls);
  }

  /** `ok`, the code of the refusal, or `nothing` when there is nothing to do it to. */
  async answer(step: TakenStep): Promise<string> {
    this.now = addMinutes(this.now, step.minutes);
    const outcome = await this.carryOut(step);
    return outcome === null ? 'nothing' : outcome.ok ? 'ok' : outcome.error.code;
  }

  async snapshot(): Promise<Snapshot> {
    // Raw: three statements after each of ten thousand steps.
    const [slots, calls, appointments] = await Promise.all([
      db.$queryRaw<SlotRow[]>`
        SELECT slot.id, slot.status, slot.held_by_call AS "heldByCall", slot.held_until AS "heldUntil", slot.hold_extended AS "holdExtended", live.call_id AS "bookedBy"
        FROM slot
        LEFT JOIN appointment live ON live.slot_id = slot.id AND live.released_at IS NULL
        WHERE slot.id = ANY (${this.slots}::uuid[])`,
      db.$queryRaw<{ id: string; state: string; handlerId: string }[]>`
        SELECT id, state, handler_id AS "handlerId" FROM call WHERE id = ANY (${this.calls.map(({ id }) => id)}::uuid[])`,
      db.$queryRaw<AppointmentRow[]>`
        SELECT a.id, a.call_id AS "callId", a.slot_id AS "slotId", a.status, a.version, a.replaces_id AS "replacesId",
          EXISTS (SELECT FROM referral WHERE appointment_id = a.id AND uncoupled_at IS NULL) AS "hasReferral",
          d.appointment_id IS NOT NULL AND EXISTS (SELECT FROM registry_entry e WHERE e.appointment_id = a.id AND e.version = a.version AND e.status = a.status)
            AND a.version = (SELECT count(*) FROM appointment_version v WHERE v.appointment_id = a.id) AS "isFollowed",
          d.quota_day IS NOT NULL AND a.released_at IS NULL AS "hasPlace", q.used
        FROM appointment a
        LEFT JOIN border_decision d ON d.appointment_id = a.id
        LEFT JOIN agreement_quota q ON q.agreement_id::text = d.rule_id AND q.day = d.quota_day
        WHERE a.id = ANY (${this.appointments.flat()}::uuid[])`,
    ]);
    if (!appointments.every(({ isFollowed }) => isFollowed)) throw new Error('versions, registry entry or decision do not follow an appointment');
    const places = appointments.filter(({ hasPlace }) => hasPlace).length;
    if (appointments.some(({ used }) => used !== null && used !== places)) throw new Error('a quota counts other bookings than those that stand');
    return {
      slots: inOrder(slots, this.slots).map((slot) => this.slotNow(slot)),
      calls: inOrder(calls, this.calls.map(({ id }) => id)).map(({ state, handlerId }) => ({ state: callState.parse(state), handler: this.nameOf(handlerId) })),
      appointments: inAnyOrder(
        appointments.map(({ callId, slotId, status, version, replacesId, hasReferral }) => ({
          call: this.numberOf(callId),
          slot: this.slots.indexOf(slotId),
          status: appointmentStatus.parse(status),
          version,
          replaces: replacesId === null ? null : this.slots.indexOf(appointments.find(({ id }) => id === replacesId)?.slotId ?? ''),
          hasReferral,
        })),
      ),
    };
  }

  private async carryOut(step: TakenStep) {
    const { callId, slotId, ctx } = this.subjects(step);
    switch (step.kind) {
      case 'hold':
        return holdSlot(ctx, { callId, slotId });
      case 'extend':
        return extendHold(ctx, { callId });
      case 'let-go':
        return letGo(ctx, { callId });
      case 'book':
        return this.remembered(step, await bookAppointment(ctx, await this.bookingOf(step)));
      case 'take-over':
        return takeOver(ctx, { callId });
      case 'hand-over':
        return handOver(ctx, { callId, staffId: this.people[step.to].actor.id });
      case 'close':
        return closeCall(ctx, { callId, reason: 'caller-gone', text: '' });
      case 'refer':
        return referWithoutBooking(ctx, { callId, serviceId: this.services[1] ?? '', reason: 'caller-declined', text: '', skips: [] });
      default:
        return step.seen && this.change(step, step.seen);
    }
  }

  private async change(step: TakenStep, { nth, version }: { nth: number; version: number }) {
    const { ctx, patientId } = this.subjects(step);
    const id = this.appointments[step.call]?.[nth] ?? '';
    const request = { ...aChangeRequest({ id, patientId }), version };
    switch (step.kind) {
      case 'move':
        return this.remembered(step, await moveAppointment(ctx, { ...(await this.bookingOf(step)), movesId: id, movesVersion: version }));
      case 'cancel':
        return cancelAppointment(ctx, { ...request, reason: 'patient-better', text: '' });
      case 'amend':
        // Another text each time: the same one would change nothing.
        return amendReason(ctx, { ...request, reason: `Reason ${newId()}` });
      case 'in-error':
        return markEnteredInError(this.at('supervisor'), { ...request, text: 'Booked for the wrong person' });
      case 'arrive':
        return markArrived(this.at('admin'), request);
      case 'fulfil':
        return markFulfilled(this.at('admin'), request);
      case 'noshow':
        return markNoShow(this.at('admin'), request);
      case 'undo':
        return undoAttendance(this.at('admin'), request);
      default:
        throw new Error(`no change of an appointment: ${step.kind}`);
    }
  }

  private remembered<Outcome extends { ok: true; value: { appointmentId: string } } | { ok: false; error: { code: string } }>({ call }: Step, outcome: Outcome): Outcome {
    if (outcome.ok) this.appointments[call]?.push(outcome.value.appointmentId);
    return outcome;
  }

  private async bookingOf(step: TakenStep) {
    const { callId, slotId } = this.subjects(step);
    const approval = step.approver === null ? {} : { approvedBy: this.people[step.approver].actor.id, approvalReason: 'Seen by telephone' };
    return { ...aBookingRequest(callId, slotId), callerInformed: 'yes' as const, ...approval, choices: await this.choicesOf(step) };
  }

  private async choicesOf({ besides, other }: TakenStep) {
    if (besides === null || other === null) return [];
    const appointmentId = this.appointments[other.call]?.[other.nth] ?? '';
    const { id: entryId } = await db.registryEntry.findUniqueOrThrow({ where: { appointmentId }, select: { id: true } });
    return [aChoice({ entryId, version: other.version }, besides)];
  }

  private subjects({ actor, call, slot }: Step) {
    return { ctx: this.at(actor), callId: this.calls[call]?.id ?? '', patientId: this.calls[call]?.patientId ?? '', slotId: this.slots[slot] ?? '' };
  }

  private at(name: keyof People): Ctx {
    return { ...this.people[name], now: this.now, requestId: newId() };
  }

  private slotNow({ status, heldByCall, heldUntil, holdExtended, bookedBy }: SlotRow): Snapshot['slots'][number] {
    if ((status === 'busy') !== (bookedBy !== null)) throw new Error('a slot is busy without an appointment, or the other way round');
    const seen = { bookedBy: bookedBy === null ? null : this.numberOf(bookedBy) };
    if (!heldUntil || heldUntil <= this.now) return { ...seen, heldBy: null, heldUntil: null, isExtended: false };
    return { ...seen, heldBy: heldByCall === null ? null : this.numberOf(heldByCall), heldUntil: minutesBetween(BEGINS, heldUntil), isExtended: holdExtended };
  }

  private numberOf(callId: string): number {
    return this.calls.findIndex(({ id }) => id === callId);
  }

  private nameOf(staffId: string): ActorName {
    for (const name of ['asha', 'ben', 'supervisor', 'stranger'] as const) if (this.people[name].actor.id === staffId) return name;
    throw new Error('a call has a handler from nowhere');
  }
}

type SlotRow = { id: string; status: string; heldByCall: string | null; heldUntil: Date | null; holdExtended: boolean; bookedBy: string | null };
type AppointmentRow = { id: string; callId: string; slotId: string; status: string; version: number; replacesId: string | null; hasReferral: boolean; isFollowed: boolean; hasPlace: boolean; used: number | null };

/** Everybody of the model, and the two who only lend a hand: the clinician who approves, the admin of the first service. */
async function somePeople(serviceId: string): Promise<People> {
  const asha = await aHandler();
  const organisationCode = asha.actor.organisation.code;
  const [ben, supervisor, clinician, stranger, admin] = await Promise.all([
    aHandler({ organisationCode, role: ACTORS.ben.role }),
    aHandler({ organisationCode, role: ACTORS.supervisor.role }),
    aHandler({ organisationCode, role: 'clinician' }),
    aHandler({ role: ACTORS.stranger.role }),
    aHandler({ role: 'service-admin' }),
  ]);
  const actor = { ...admin.actor, roles: [{ role: 'service-admin', scope: serviceId } as const] };
  return { asha, ben, supervisor, clinician, stranger, admin: { ...admin, actor } };
}

function inOrder<Row extends { id: string }>(rows: readonly Row[], ids: readonly string[]): Row[] {
  return rows.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}
