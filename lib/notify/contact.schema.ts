import { z } from 'zod';
import type { Contact } from '@/lib/patient/contacts.schema';
import { oneLine } from '@/lib/patient/schema';
import type { LocalDate } from '@/lib/platform/time-words';

export const CONTACT_CAUSES = ['orphaned', 'moved', 'cancelled'] as const;
/** Why somebody is on the list, in the words of the database. */
export type ContactCause = (typeof CONTACT_CAUSES)[number];

export const ATTEMPT_RESULTS = ['reached', 'no-answer', 'left-message', 'wrong-number'] as const;
export type AttemptResult = (typeof ATTEMPT_RESULTS)[number];

export const CONTACT_OUTCOMES = ['told', 'rebooked', 'refitted', 'not-needed', 'gave-up'] as const;
export type ContactOutcome = (typeof CONTACT_OUTCOMES)[number];

/** Whose tasks are listed: everybody's, one's own, or those that nobody has taken. */
export const TASK_OWNERS = ['all', 'mine', 'nobody'] as const;
export type TaskOwner = (typeof TASK_OWNERS)[number];

/** One appointment as the list shows it. */
export type ToldAppointment = { id: string; reference: string; startsAt: Date; serviceName: string };

/** One person to contact, with what the change did: `instead` is the appointment they have now, when another replaced it. */
export type ContactTask = {
  id: string;
  version: number;
  serviceName: string;
  cause: ContactCause;
  reason: string;
  createdAt: Date;
  /** What was changed: the one that the patient may still count on. */
  appointment: ToldAppointment;
  instead: ToldAppointment | null;
  /** Whether what they were to be told about has ended since, by a cancellation elsewhere, say. */
  isOverturned: boolean;
  patient: { id: string; givenName: string; familyName: string; birthDate: LocalDate; isUnknown: boolean; isDeceased: boolean };
  /** The numbers of the call by rank; without any, the patient's own of the register. */
  contacts: readonly Contact[];
  owner: { id: string; name: string } | null;
  attempts: { count: number; last: { at: Date; result: AttemptResult } | null };
  settled: { at: Date; outcome: ContactOutcome; text: string | null } | null;
};

/** What was done for one person, newest first. */
export type TaskStep =
  | { kind: 'attempt'; at: Date; by: string; result: AttemptResult; note: string | null }
  | { kind: 'added' | 'changed' | 'taken' | 'given-back' | 'settled'; at: Date; by: string | null };

/** A place to rebook somebody into. */
export type RebookSlot = { id: string; serviceName: string; startsAt: Date; endsAt: Date; channel: string | null; practitionerRole: string | null; practitionerName: string | null; isKeptBack: boolean };

/** Which task is worked on, and the version of it that was looked at. */
export type TaskRequest = { taskId: string; version: number };

const task = z.object({ taskId: z.uuid(), version: z.coerce.number().int() });
const MAX_NOTE = 500;
const note = oneLine.pipe(z.string().max(MAX_NOTE, `Enter at most ${MAX_NOTE} characters`));

/** Reads `task:version`, the value of a button of the list. */
export function readTaskButton(value: string): TaskRequest | null {
  const [taskId, version] = value.split(':');
  return task.safeParse({ taskId, version }).data ?? null;
}

/** Reads an instant of an address; null when it is none. */
export function readInstant(text: string | string[] | undefined): Date | null {
  return z.iso.datetime().pipe(z.coerce.date()).safeParse(text).data ?? null;
}

/** What came of ringing somebody. `told`: reached, and nothing is left to do. */
export const attemptRequest = task.extend({
  result: z.enum([...ATTEMPT_RESULTS, 'told'], 'Choose what came of it'),
  note: note.transform((typed) => typed || null),
});
export type AttemptRequest = z.infer<typeof attemptRequest>;

/** Ends a task by hand. Giving up needs words. */
export const settleRequest = task
  .extend({ outcome: z.enum(['told', 'not-needed', 'gave-up'], 'Choose how it ended'), text: note.transform((typed) => typed || null) })
  .refine(({ outcome, text }) => outcome !== 'gave-up' || text !== null, { path: ['text'], message: 'Say why nobody could be reached' });
export type SettleRequest = z.infer<typeof settleRequest>;

export const rebookRequest = task.extend({ slotId: z.uuid('Choose a time'), requestId: z.uuid() });
