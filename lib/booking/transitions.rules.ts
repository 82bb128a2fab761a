import type { AppointmentStatus, CallState } from '@/lib/booking/schema';

/** A held slot is one whose hold has not run out: a state by comparison, not a column. */
export type SlotState = 'free' | 'held' | 'busy' | 'withdrawn';

type States = { slot: SlotState; appointment: AppointmentStatus; call: CallState };
type Table<State extends string> = Readonly<Record<State, readonly State[]>>;

/** Every transition that exists; any other is refused. Source: docs/rules.md#transitions, from domain section 2. */
export const TRANSITIONS: { readonly [Kind in keyof States]: Table<States[Kind]> } = {
  slot: {
    free: ['held', 'withdrawn'],
    held: ['free', 'busy'],
    busy: ['free'],
    withdrawn: ['free'],
  },
  appointment: {
    booked: ['arrived', 'noshow', 'cancelled', 'moved', 'entered-in-error'],
    arrived: ['fulfilled', 'entered-in-error'],
    fulfilled: ['entered-in-error'],
    noshow: ['entered-in-error'],
    cancelled: [],
    moved: [],
    'entered-in-error': [],
  },
  call: {
    open: ['booked', 'referred', 'closed'],
    booked: [],
    referred: [],
    closed: [],
  },
};

/** Whether a slot, an appointment or a call may go from one state to another. */
export function canMove<Kind extends keyof States>(kind: Kind, from: States[Kind], to: States[Kind]): boolean {
  const table: Table<States[Kind]> = TRANSITIONS[kind];
  return table[from].includes(to);
}
