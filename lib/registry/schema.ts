import { z } from 'zod';
import type { Recognised } from '@/lib/registry/match.rules';

/** Whose an entry is: Onward's own, or one that another organisation registered. */
export type EntrySource = 'onward' | 'registered';

/** The statuses of an entry: those of appointments (B-298). */
export const entryStatus = z.enum(['booked', 'arrived', 'fulfilled', 'noshow', 'cancelled', 'moved', 'entered-in-error']);
export type EntryStatus = z.infer<typeof entryStatus>;

/** A patient as the registry looks for them. Without an NHS number, or besides it, they are recognised by name, birth date and postcode. */
export type Sought = Recognised & { nhsNumber: string | null };

/**
 * One appointment of a patient, wherever it is held, as screens show it. Of a sealed one that is not open to whoever looks, service,
 * place, holder, booker and pointer are null.
 */
export type PatientEntry = {
  id: string;
  version: number;
  source: EntrySource;
  /** Onward's own appointment; null of one that is held elsewhere, or sealed and not open. */
  appointment: { id: string; reference: string; version: number } | null;
  startsAt: Date;
  endsAt: Date;
  status: EntryStatus;
  /** Null when whoever registered it did not say, as are the next. */
  serviceName: string | null;
  place: string | null;
  /** The organisation that holds the appointment. */
  holder: { code: string; name: string } | null;
  /** The organisation that booked it, or that registered it. */
  bookedBy: { code: string; name: string } | null;
  isSealed: boolean;
  /** Whether service, place and holder may be shown: not sealed, or opened by whoever looks. */
  isOpen: boolean;
  /** The same NHS number or the very same record; `maybe`: only name, birth date and postcode are the same. */
  match: 'certain' | 'maybe';
  /** Whether a person said that it is the same patient, who was not known by number. */
  isLinked: boolean;
  freshness: Freshness;
};

/** An entry beside the name that its holder knows the patient by; null when that is not known, or sealed. */
export type EntryWithPerson = { entry: PatientEntry; person: string | null };

/** How far an entry can be trusted: Onward's own is as of now; another was true at `at`; or could not be confirmed since. */
export type Freshness = { state: 'live' } | { state: 'confirmed'; at: Date } | { state: 'unconfirmed'; since: Date };

/** Where the appointment of an entry is held: with Onward, by its id, or elsewhere, by the URL that was registered. */
export type EntryPointer = { at: 'onward'; appointmentId: string } | { at: 'elsewhere'; url: string };

/** What the form about an entry that may be the same person's sends: the call, and the version of the entry that was looked at. */
export const linkRequest = z.object({ callId: z.uuid(), entryId: z.uuid(), version: z.coerce.number().int().positive() });
export type LinkRequest = z.infer<typeof linkRequest>;
