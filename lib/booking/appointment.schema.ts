import { z } from 'zod';
import type { Provenance } from '@/lib/auth/actor';
import { MAX_REASON, type AppointmentStatus, type Channel } from '@/lib/booking/schema';
import type { Contact } from '@/lib/patient/contacts.schema';
import type { NhsNumber } from '@/lib/patient/nhs-number.schema';
import { oneLine, requiredLine, type Patient } from '@/lib/patient/schema';
import type { LocalDate } from '@/lib/platform/time-words';

/** Why an appointment is cancelled, in the words that the form shows. */
export const CANCEL_REASONS = {
  'patient-declined': 'Patient no longer wants it',
  'patient-better': 'Patient is better',
  'patient-worse': 'Patient is worse and needs other care',
  'booked-elsewhere': 'Booked somewhere else',
  'cannot-attend': 'Patient cannot attend at that time',
  'service-request': 'The service asked for it',
  'booked-in-error': 'Booked by mistake',
  other: 'Another reason',
} as const;
export type CancelReason = keyof typeof CANCEL_REASONS;

export function isCancelReason(value: unknown): value is CancelReason {
  return typeof value === 'string' && Object.hasOwn(CANCEL_REASONS, value);
}

/**
 * What every form about one appointment sends: the version and the patient that were looked at, and a request id minted when
 * the page was rendered, which a retry carries again.
 */
export const changeRequest = z.object({
  appointmentId: z.uuid(),
  patientId: z.uuid(),
  version: z.coerce.number().int().positive(),
  requestId: z.uuid(),
});
export type ChangeRequest = z.infer<typeof changeRequest>;

export const cancelRequest = changeRequest
  .extend({
    reason: z.custom<CancelReason>(isCancelReason, 'Choose why it is cancelled'),
    text: oneLine.pipe(z.string().max(MAX_REASON, `Details must have ${MAX_REASON} characters or fewer`)),
  })
  .refine((request) => request.reason !== 'other' || request.text !== '', { path: ['text'], message: 'Say what the other reason is' });
export type CancelRequest = z.infer<typeof cancelRequest>;

export const amendRequest = changeRequest.extend({ reason: requiredLine('reason for the appointment', MAX_REASON) });
export type AmendRequest = z.infer<typeof amendRequest>;

export const inErrorRequest = changeRequest.extend({ text: requiredLine('words that say what was wrong', MAX_REASON) });
export type InErrorRequest = z.infer<typeof inErrorRequest>;

/** An appointment as its page shows it. */
export type Appointment = {
  id: string;
  reference: string;
  status: AppointmentStatus;
  version: number;
  startsAt: Date;
  endsAt: Date;
  reason: string;
  channel: Channel | null;
  practitionerRole: string | null;
  practitionerName: string | null;
  practitionerGender: string | null;
  service: {
    id: string;
    name: string;
    typeId: number;
    typeName: string;
    address: string;
    postcode: string;
    publicPhone: string | null;
    patientInformation: string | null;
  };
  patient: Patient;
  /** Where the system that booked it knew the patient otherwise; null when it did not, or a person booked it. */
  sentOtherwise: SentOtherwise | null;
  callId: string | null;
  dispositionCode: string | null;
  bookedAt: Date;
  bookedBy: Booker;
  /** Those of the call that booked it, or those that another system sent with it, by rank. */
  contacts: readonly Contact[];
  cancelled: { at: Date; reason: string; text: string | null } | null;
  /** Why it was entered in error, when it was. */
  inError: { at: Date; text: string | null } | null;
  /** The appointment that this one replaced, and the one that replaced it, when it was moved. */
  replaces: AppointmentLink | null;
  replacedBy: AppointmentLink | null;
  /** The request for care sent with it; uncoupled when the appointment ended before its time. */
  referral: { id: string; sentAt: Date; uncoupledAt: Date | null } | null;
  /** How it was booked outside the timeframe; null when it was in time, or nothing was due. */
  outsideTimeframe: { ruleId: string; minutesOver: number; approvedBy: string | null; approvalReason: string | null } | null;
  versions: readonly AppointmentVersion[];
};

/** Of an appointment that is sealed to whoever looks: times and status alone. `entryId`: what is opened with a reason; null of one that lost its entry. */
export type SealedAppointment = Pick<Appointment, 'id' | 'status' | 'startsAt' | 'endsAt'> & { isOpen: false; entryId: string | null };

/** An appointment as far as whoever looks may see it. */
export type AppointmentView = (Appointment & { isOpen: true }) | SealedAppointment;

/** Who booked: a person at a screen, or another system through the API, with the person there when its token named one (U-160). */
export type Booker = { kind: 'staff'; name: string; organisation: string } | { kind: 'system'; name: string; organisation: string; user: string | null };

/** What another system sent of a patient that is not what is known here; null: the same. */
export type SentOtherwise = { name: string | null; birthDate: LocalDate | null };

/** Another appointment that one leads to; of a sealed one when alone. */
export type AppointmentLink = { id: string; startsAt: Date } & ({ isOpen: true; reference: string; serviceName: string } | { isOpen: false });

/**
 * An appointment as it was from one change to the next: who made it so, and what it said. One that another system made has its
 * provenance, and the name of that system as the actor's.
 */
export type AppointmentVersion = {
  version: number;
  at: Date;
  actorName: string;
  provenance: Provenance | null;
  status: AppointmentStatus;
  reason: string;
  startsAt: Date;
  cancelReason: string | null;
  cancelText: string | null;
};

/** A line of what was found by reference, NHS number, or name and date of birth; of a sealed one for whom, when and its status alone. */
export type AppointmentLine = {
  id: string;
  status: AppointmentStatus;
  startsAt: Date;
  patient: Pick<Patient, 'givenName' | 'familyName' | 'birthDate' | 'nhsNumber' | 'isUnknown'>;
} & ({ isOpen: true; reference: string; serviceName: string } | { isOpen: false });

/**
 * How an appointment is looked for. A birth date is that of the patient in the calendar of London. `since`: appointments that
 * begin before it are left out; null for all of them.
 */
export type AppointmentSearch =
  | { by: 'reference'; reference: string }
  | { by: 'nhs-number'; nhsNumber: NhsNumber; since: Date | null }
  | { by: 'name'; familyName: string; birthDate: Patient['birthDate']; since: Date | null };
