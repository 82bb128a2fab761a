import { whatOf, whenOf } from '@/components/registry/entry-words';
import type { MadeChoice } from '@/lib/booking/guard-choices.queries';
import type { Patient } from '@/lib/patient/schema';
import type { GuardConflict } from '@/lib/platform/errors';
import { clockTime, dayWords, londonDate } from '@/lib/platform/time-words';
import type { Choice, ConflictKind } from '@/lib/registry/guard.rules';
import { CONFLICT_KINDS } from '@/lib/registry/guard.schema';

/** One other appointment as the guard shows it: made on the server, so that browsers need no words. */
export type GuardCard = {
  entryId: string;
  version: number;
  when: string;
  /** When and where. */
  title: string;
  /** How it meets the one that is to be booked, who holds it, whether it is certainly the patient's, and why less than all may be chosen. */
  about: string;
  appointment: { id: string; reference: string } | null;
  choices: readonly { value: Choice; words: string; hint?: string }[];
};

const KINDS: Record<ConflictKind, { short: string; long: string }> = {
  overlap: { short: 'at the same time', long: 'at the same time' },
  'same-service': { short: 'at this service', long: 'at this service' },
  'same-family': { short: 'within 48 hours', long: 'within 48 hours, for the same kind of need' },
};

const CHOICES: Record<Choice, { words: string; hint?: string }> = {
  keep: { words: 'Keep both' },
  move: { words: 'Move that appointment to this slot', hint: 'The old one is released only when this one is booked' },
  cancel: { words: 'Cancel that appointment as well', hint: 'It is cancelled only when this one is booked' },
};

/** `Tomasz already has an appointment within 48 hours`: how many there are, what all of them have in common, and how many only may be the patient's. */
export function guardHeading(patient: Pick<Patient, 'givenName' | 'isUnknown'>, conflicts: readonly GuardConflict[]): string {
  const who = patient.isUnknown ? 'The patient' : patient.givenName;
  const perhaps = conflicts.filter(({ isMaybe }) => isMaybe).length;
  const certain = conflicts.length - perhaps;
  const common = CONFLICT_KINDS.find((kind) => conflicts.every(({ kinds }) => kinds.includes(kind)));
  const has = certain === 0 ? `may already have ${counted(perhaps)}` : `already has ${counted(certain)}`;
  return `${who} ${has}${common ? ` ${KINDS[common].short}` : ''}${certain > 0 && perhaps > 0 ? `, and may have ${perhaps} more` : ''}`;
}

export function guardCard(conflict: GuardConflict, now: Date): GuardCard {
  const { entryId, version, startsAt, endsAt, serviceName, place, holderName, isSealed, appointment, choices } = conflict;
  const when = capital(whenOf({ startsAt, endsAt }, now));
  const how = conflict.kinds.map((kind) => KINDS[kind].long);
  return {
    ...{ entryId, version, when },
    title: `${when} to ${clockTime(endsAt)} · ${whatOf({ serviceName, place, isSealed, isOpen: isOpen(conflict) })}`,
    about: [capital([...how, ...(holderName ? [`held by ${holderName}`] : [])].join(' · ')), ...notesOf(conflict, now)].join('. '),
    appointment: appointment && { id: appointment.id, reference: appointment.reference },
    choices: choices.map((value) => ({ value, ...CHOICES[value] })),
  };
}

/** Another appointment as it is spoken of afterwards: `ONW-7K3P-92 (Tue 24 Nov 09:40 at Leeds Dental Access)`. */
export function otherWords({ startsAt, serviceName, isSealed, appointment }: MadeChoice['entry'], at: Date): string {
  const when = `${dayWords(londonDate(startsAt), at)} ${clockTime(startsAt)}`;
  const whenAndWhere = serviceName ? `${when} at ${serviceName}` : when;
  if (appointment) return `${appointment.reference} (${whenAndWhere})`;
  return isSealed && !serviceName ? `a sealed appointment (${when})` : `the appointment of ${whenAndWhere}`;
}

function notesOf(conflict: GuardConflict, now: Date): string[] {
  const maybe = conflict.isMaybe ? ['May be the same person: last name, date of birth and postcode are the same. Ask the caller'] : [];
  return [...maybe, ...lessOf(conflict, now)];
}

// Why it can only be kept, or not be moved, or not be cancelled.
function lessOf(conflict: GuardConflict, now: Date): string[] {
  const { appointment, choices, isMaybe, startsAt, holderName } = conflict;
  if (choices.includes('move') && choices.includes('cancel')) return [];
  if (choices.includes('move')) return ['Its service lets only those who booked it cancel it'];
  if (choices.includes('cancel')) return ['This booking moves another appointment already'];
  if (!isOpen(conflict)) return ['It is sealed: only its times are shown, and it cannot be changed here'];
  if (isMaybe) return ['It cannot be changed here until it is known to be the same person’s'];
  if (!appointment) return [`Onward cannot change it: ${holderName ?? 'another organisation'} holds it`];
  return [startsAt <= now ? 'It has begun, and cannot be changed any more' : 'It cannot be moved to this slot or cancelled here'];
}

// Who holds an appointment is always known: unless it is sealed for whoever looks.
function isOpen({ isSealed, holderName }: GuardConflict): boolean {
  return !isSealed || holderName !== null;
}

function counted(count: number): string {
  return count === 1 ? 'an appointment' : `${count} appointments`;
}

function capital(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
