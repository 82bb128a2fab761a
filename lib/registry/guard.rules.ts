import type { GuardConflict, RefusalOf } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { CONFLICT_KINDS, type GuardChoiceInput } from '@/lib/registry/guard.schema';

export type ConflictKind = (typeof CONFLICT_KINDS)[number];
export type Choice = GuardChoiceInput['choice'];

/** What is to be booked, as far as it can meet another appointment. `isMove`: it replaces one already. */
export type WantedTime = { startsAt: Date; endsAt: Date; serviceDosId: string; family: string | null; isMove: boolean };

/** Another appointment of the patient that stands, as the guard weighs it; half-open `[startsAt, endsAt)`. */
export type StandingEntry = {
  entryId: string;
  /** Of the entry. */
  version: number;
  startsAt: Date;
  endsAt: Date;
  serviceName: string | null;
  serviceDosId: string | null;
  place: string | null;
  holderName: string | null;
  /** The disposition family of Onward's own appointment: the registry itself holds nothing clinical. */
  family: string | null;
  isSealed: boolean;
  /** Whether its service may be told: not sealed, or open to whoever books. */
  isOpen: boolean;
  isMaybe: boolean;
  /** Onward's own appointment, with its own version. `letsCancel`: its service lets the organisation that books cancel there. */
  own: { id: string; reference: string; version: number; isBooked: boolean; letsCancel: boolean } | null;
};

/** What was chosen about one conflict, as it is kept with the booking. */
export type Chosen = { entryId: string; kinds: readonly ConflictKind[]; choice: Choice; reason: string | null };

/** Appointments of one disposition family are asked about when they start this close to each other. */
const FAMILY_HOURS = 48;
const HOUR_MS = 3_600_000;

/**
 * What a booking meets: each other appointment that overlaps it, is at the same service, or has the same disposition family and starts
 * within 48 hours, inclusive; the nearest start first. Of a sealed one that is not open only the times count, and only they are told.
 * Source: docs/rules.md#guard, from domain section 5.
 */
export function conflictsWith(wanted: WantedTime, entries: readonly StandingEntry[], now: Date): GuardConflict[] {
  const conflicts = entries.map((entry) => conflictWith(wanted, entry, now)).filter((conflict) => conflict.kinds.length > 0);
  const distance = ({ startsAt }: GuardConflict) => Math.abs(startsAt.getTime() - wanted.startsAt.getTime());
  return conflicts.sort((a, b) => distance(a) - distance(b) || a.startsAt.getTime() - b.startsAt.getTime() || a.entryId.localeCompare(b.entryId));
}

/** How an appointment meets the one that is to be booked, in the order of `CONFLICT_KINDS`. Source: docs/rules.md#guard. */
export function kindsOf(wanted: WantedTime, entry: StandingEntry): ConflictKind[] {
  const meets: Record<ConflictKind, boolean> = {
    overlap: entry.startsAt < wanted.endsAt && entry.endsAt > wanted.startsAt,
    'same-service': entry.isOpen && entry.serviceDosId === wanted.serviceDosId,
    'same-family': entry.isOpen && wanted.family !== null && entry.family === wanted.family && isWithinHours(entry.startsAt, wanted.startsAt),
  };
  return CONFLICT_KINDS.filter((kind) => meets[kind]);
}

/**
 * Is there a choice about every conflict, one that may be made, about the version that stands? Choices about what is no conflict any more
 * mean nothing. One slot takes one moved appointment. Source: docs/rules.md#guard.
 */
export function decideChoices(conflicts: readonly GuardConflict[], choices: readonly GuardChoiceInput[]): Result<readonly Chosen[], RefusalOf<'guard-choice-needed' | 'guard-two-moves'>> {
  const chosen = conflicts.flatMap((conflict) => chosenFor(conflict, choices));
  if (chosen.length < conflicts.length) return refuse({ code: 'guard-choice-needed', conflicts });
  const moves = chosen.filter(({ choice }) => choice === 'move');
  return moves.length > 1 ? refuse({ code: 'guard-two-moves' }) : ok(chosen);
}

function conflictWith(wanted: WantedTime, entry: StandingEntry, now: Date): GuardConflict {
  const { entryId, version, startsAt, endsAt, serviceName, place, holderName, isSealed, isOpen, isMaybe, own } = entry;
  const told = isOpen ? { serviceName, place, holderName } : { serviceName: null, place: null, holderName: null };
  const appointment = isOpen && own ? { id: own.id, reference: own.reference, version: own.version } : null;
  return { entryId, version, kinds: kindsOf(wanted, entry), startsAt, endsAt, ...told, isSealed, isMaybe, appointment, choices: choicesOf(wanted, entry, now) };
}

// Only what is certainly the patient's, Onward's own, open to whoever chooses and not begun can be changed from here.
function choicesOf({ isMove }: WantedTime, { own, isOpen, isMaybe, startsAt }: StandingEntry, now: Date): Choice[] {
  if (!own?.isBooked || !isOpen || isMaybe || startsAt <= now) return ['keep'];
  const changes: Record<Exclude<Choice, 'keep'>, boolean> = { move: !isMove, cancel: own.letsCancel };
  return ['keep', ...(['move', 'cancel'] as const).filter((change) => changes[change])];
}

function chosenFor({ entryId, version, kinds, choices: allowed }: GuardConflict, choices: readonly GuardChoiceInput[]): Chosen[] {
  const made = choices.find((choice) => choice.entryId === entryId);
  if (!made || made.version !== version || !allowed.includes(made.choice)) return [];
  return [{ entryId, kinds, choice: made.choice, reason: made.choice === 'keep' ? made.reason : null }];
}

function isWithinHours(one: Date, other: Date): boolean {
  return Math.abs(one.getTime() - other.getTime()) <= FAMILY_HOURS * HOUR_MS;
}
