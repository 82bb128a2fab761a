import type { AppointmentStatus, CallState } from '@/lib/booking/schema';

/** A held slot is one whose hold has not run out: a state by comparison, not a column. */
export type SlotState = 'free' | 'held' | 'busy' | 'withdrawn';

type States = { slot: SlotState; appointment: AppointmentStatus; call: CallState };
export type StateKind = keyof States;

/** One step of the workflow: from, to, the commands that make it, and what it means. */
export type Transition<State extends string = string> = { from: State; to: State; by: readonly string[]; means: string };

/**
 * Every transition that exists; any other is refused, and the triggers of slot, appointment and call back it.
 * docs/workflow.md is made from this table. Source: domain section 2.
 */
export const WORKFLOW: { readonly [Kind in StateKind]: readonly Transition<States[Kind]>[] } = {
  slot: [
    { from: 'free', to: 'held', by: ['holdSlot'], means: 'A call holds it, alone, until the hold runs out' },
    { from: 'held', to: 'free', by: ['letGo', 'holdSlot', 'closeCall', 'referWithoutBooking'], means: 'The call lets it go, holds another or ends; or the hold runs out, by comparison' },
    { from: 'held', to: 'busy', by: ['bookAppointment', 'moveAppointment'], means: 'The call that holds it books it' },
    { from: 'free', to: 'busy', by: ['bookDirectly'], means: 'Another system books it in one step, without a hold' },
    { from: 'busy', to: 'free', by: ['cancelAppointment', 'moveAppointment', 'bookAppointment', 'markEnteredInError', 'changeDirectly'], means: 'Its appointment no longer stands' },
    { from: 'free', to: 'withdrawn', by: ['applyProposal'], means: 'The service closes it' },
    { from: 'held', to: 'withdrawn', by: ['applyProposal'], means: 'The service closes it while a call holds it: booking it is refused' },
    { from: 'withdrawn', to: 'free', by: ['applyProposal'], means: 'The service opens it again' },
    { from: 'busy', to: 'withdrawn', by: ['cancelAppointment', 'moveAppointment', 'bookAppointment', 'markEnteredInError', 'changeDirectly', 'applyProposal', 'refitOrphans'], means: 'Its appointment was orphaned and no longer stands: the schedule has no place for it' },
  ],
  appointment: [
    { from: 'booked', to: 'arrived', by: ['markArrived'], means: 'The patient is there' },
    { from: 'arrived', to: 'fulfilled', by: ['markFulfilled'], means: 'The patient was seen' },
    { from: 'booked', to: 'noshow', by: ['markNoShow'], means: 'It has begun and the patient did not come' },
    { from: 'arrived', to: 'booked', by: ['undoAttendance'], means: 'The patient was not there after all' },
    { from: 'fulfilled', to: 'arrived', by: ['undoAttendance'], means: 'The patient was not seen yet' },
    { from: 'noshow', to: 'booked', by: ['undoAttendance'], means: 'The patient came after all' },
    { from: 'booked', to: 'cancelled', by: ['cancelAppointment', 'bookAppointment', 'moveAppointment', 'changeDirectly', 'applyProposal'], means: 'Given up before it began' },
    { from: 'booked', to: 'moved', by: ['moveAppointment', 'bookAppointment', 'applyProposal', 'rebookAppointment'], means: 'A new appointment replaces it, in one transaction' },
    { from: 'booked', to: 'entered-in-error', by: ['markEnteredInError', 'changeDirectly'], means: 'It should never have been' },
    ...(['arrived', 'fulfilled', 'noshow'] as const).map((from) => ({ from, to: 'entered-in-error', by: ['markEnteredInError'], means: 'It should never have been' }) as const),
  ],
  call: [
    { from: 'open', to: 'booked', by: ['bookAppointment', 'moveAppointment'], means: 'It led to an appointment' },
    { from: 'open', to: 'referred', by: ['referWithoutBooking'], means: 'A referral was sent without a booking, with its reason' },
    { from: 'open', to: 'closed', by: ['closeCall'], means: 'It ended without a service, with its reason' },
  ],
};

/** Whether a slot, an appointment or a call may go from one state to another. */
export function canMove<Kind extends StateKind>(kind: Kind, from: States[Kind], to: States[Kind]): boolean {
  const steps: readonly Transition<States[Kind]>[] = WORKFLOW[kind];
  return steps.some((step) => step.from === from && step.to === to);
}
