import type { AppointmentStatus } from '@/lib/booking/schema';
import type { Submission } from '@/lib/booking/submission.schema';

/** The longest reason that another system may give; the screens' own is shorter. */
export const MAX_SENT_REASON = 2_000;

/**
 * What another system asks to have booked, in one step and without a hold. The slot is described as that system knows it; what is
 * null it did not say, as it only named the slot.
 */
export type DirectBooking = {
  slot: { id: string; scheduleId: string | null; startsAt: Date | null; endsAt: Date | null };
  /** Those of the appointment: it starts with the slot and ends no later. */
  startsAt: Date;
  endsAt: Date;
  reason: string;
  submission: Submission;
};

/** What another system asks to have changed: the appointment as it read it, in `version`, and what it wants of it. */
export type DirectChange = {
  appointmentId: string;
  version: number;
  /** Amended, only the reason changes (B-612). */
  wanted: { method: 'cancel' } | { method: 'enter-in-error' } | { method: 'amend'; reason: string };
  /** Where what was sent differs from the appointment as it stands, besides what is wanted: paths, such as `Appointment.start` (B-609, B-610). */
  differences: (standing: ApiAppointment) => readonly string[];
};

/** One version of an appointment, as the API sends it. `submission` is what was sent with it, or what the screens know. */
export type ApiAppointment = {
  id: string;
  version: number;
  /** When this version was made. */
  changedAt: Date;
  /** Whether it is the newest version. */
  isCurrent: boolean;
  status: AppointmentStatus;
  startsAt: Date;
  endsAt: Date;
  bookedAt: Date;
  reason: string;
  slot: { id: string; scheduleId: string; startsAt: Date; endsAt: Date };
  /** Onward's own id of the patient, which stands where there is no NHS number (B-255). */
  patientId: string;
  submission: Submission;
};

/** An appointment in the answer to a search by patient: limited content (B-709). */
export type ApiAppointmentLine = {
  id: string;
  version: number;
  changedAt: Date;
  status: AppointmentStatus;
  startsAt: Date;
  endsAt: Date;
  bookedAt: Date;
  patient: { id: string; nhsNumber: string | null; display: string };
};

/**
 * Whose appointments: by NHS number or by Onward's id of the patient, or one by its id. `window`: instants of the start, half-open;
 * null: those that have not ended. `statuses`: null for all.
 */
export type ApiAppointmentSearch = {
  patient: { by: 'nhs-number'; nhsNumber: string } | { by: 'local'; patientId: string } | null;
  ids: readonly string[] | null;
  version: number | null;
  window: { from: Date | null; before: Date | null } | null;
  statuses: readonly AppointmentStatus[] | null;
};
