import type { LocalDate } from '@/lib/platform/time-words';
import type { EntryPointer, EntryStatus } from '@/lib/registry/schema';

/** The patient of an entry as another system names them (B-913): by NHS number, or by an identifier of its own with a name to show. */
export type RegisteredPatient = { by: 'nhs-number'; nhsNumber: string } | { by: 'local'; system: string; value: string; display: string };

/** What recognises a patient without an NHS number beside their name; only its digest is kept. */
export type Traits = { familyName: string; birthDate: LocalDate; postcode: string };

/** The statuses that another system may give an entry (B-298). */
export type RegistrableStatus = Extract<EntryStatus, 'booked' | 'cancelled' | 'entered-in-error'>;

/** An appointment that another system registers (B-910 to B-913). Instants half-open `[startsAt, endsAt)`. */
export type Registration = {
  /** Absolute https URL of the appointment at its source, without a version. */
  url: string;
  startsAt: Date;
  endsAt: Date;
  /** When it was booked there. */
  createdAt: Date;
  patient: RegisteredPatient;
  traits: Traits | null;
  /** The service by DoS service id, by name, or both; null when it is not said. */
  service: { dosId: string | null; name: string | null } | null;
  place: string | null;
  /** ODS code of the organisation that holds it; null: the one that registers. */
  holderCode: string | null;
  isSealed: boolean;
};

/** What another system wants of an entry, and what else its body says otherwise than the version that it read (B-923 to B-925). */
export type EntryChange = {
  entryId: string;
  /** The version that `If-Match` names. */
  version: number;
  wanted: { status: RegistrableStatus; startsAt: Date; endsAt: Date };
  /** FHIRPaths of what differs besides status, start and end. */
  differences: (read: ApiEntry) => readonly string[];
};

/** One version of an entry as the registry's API tells it (B-920). */
export type ApiEntry = {
  id: string;
  version: number;
  /** When this version was made; null in a search of what stands now, which does not look for it. */
  changedAt: Date | null;
  status: EntryStatus;
  startsAt: Date;
  endsAt: Date;
  createdAt: Date;
  patient: RegisteredPatient;
  pointer: EntryPointer;
  service: { dosId: string | null; name: string | null } | null;
  place: string | null;
  /** ODS code of the organisation that holds it. */
  holderCode: string;
  isSealed: boolean;
  /** Sealed, and not of the organisation that asks: then pointer, service, place and holder are not told. */
  isVeiled: boolean;
};

/** A search of the registry: a patient by NHS number or by an identifier of the system that registered, ids, or a pointer (B-921, B-922). */
export type EntrySearch = {
  patient: { by: 'nhs-number'; nhsNumber: string } | { by: 'local'; system: string; value: string } | null;
  ids: readonly string[] | null;
  /** With ids only: each as it was then. */
  version: number | null;
  pointer: EntryPointer | null;
  /** Half-open instants of the start; null: those of the patient that have not ended. */
  window: { from: Date | null; before: Date | null } | null;
  statuses: readonly EntryStatus[] | null;
};

/** What a registration or a change led to. */
export type Registered = { entryId: string; version: number };
