import { z } from 'zod';
import type { SkipInput } from '@/lib/booking/skip.schema';
import type { Disposition, Place } from '@/lib/directory/schema';
import type { Contact } from '@/lib/patient/contacts.schema';
import { oneLine, requiredLine, type Patient } from '@/lib/patient/schema';
import type { LocalDate } from '@/lib/platform/time-words';
import { guardChoice } from '@/lib/registry/guard.schema';

export const slotStatus = z.enum(['free', 'busy', 'withdrawn']);
export type SlotStatus = z.infer<typeof slotStatus>;

export const appointmentStatus = z.enum(['booked', 'arrived', 'fulfilled', 'noshow', 'cancelled', 'moved', 'entered-in-error']);
export type AppointmentStatus = z.infer<typeof appointmentStatus>;

export const callState = z.enum(['open', 'booked', 'referred', 'closed']);
export type CallState = z.infer<typeof callState>;

/** In person, by telephone or by video; null is "not stated", never a default. */
export const channel = z.enum(['in-person', 'telephone', 'video']);
export type Channel = z.infer<typeof channel>;

/** One call as its screens show it. */
export type Call = {
  id: string;
  state: CallState;
  openedAt: Date;
  endedAt: Date | null;
  /** Who has the call now: only they hold, book, refer and close in it; a colleague takes it over first. */
  handler: { id: string; name: string };
  isMine: boolean;
  patient: Patient;
  caller: { name: string; relationship: string } | null;
  /** By rank; the one of rank 1 is rung first. Empty when nobody gave a number. */
  contacts: readonly Contact[];
  disposition: Disposition;
  dispositionAt: Date;
  /** Null when the disposition has no timeframe. */
  dueAt: Date | null;
  place: Place;
  isAtHome: boolean;
  practice: { code: string; name: string } | null;
  symptomGroup: number | null;
  discriminators: readonly number[];
  /** The slot this call holds now, if its hold has not run out. */
  held: HeldSlot | null;
  /** The live or latest appointment that the call led to. */
  appointment: { id: string; reference: string } | null;
  /** The appointment that the next booking of this call replaces: the call's own, or the one that it was opened to move; live and not begun. */
  moves: MovedAppointment | null;
  /** Services passed over, and why. */
  skips: readonly { serviceId: string; serviceName: string; reason: string; comment: string | null }[];
  /** The referral without a booking that ended the call. */
  referral: { id: string; serviceName: string; reason: string } | null;
  /** Why the call was closed without a service, in words. */
  closed: { reason: string; text: string | null } | null;
};

export type MovedAppointment = { id: string; version: number; reference: string; startsAt: Date; serviceId: string; serviceName: string };

/** A line of "my calls". */
export type CallLine = {
  id: string;
  state: CallState;
  openedAt: Date;
  patientName: string;
  dispositionCode: string;
  dispositionTitle: string;
  dueAt: Date | null;
  appointment: { id: string; reference: string; serviceName: string; startsAt: Date } | null;
};

/** One row of the slot list. */
export type SlotRow = {
  id: string;
  startsAt: Date;
  endsAt: Date;
  channel: Channel | null;
  practitionerRole: string | null;
  practitionerName: string | null;
  practitionerGender: string | null;
  /** Mine: held by this call. Held: by another, free again at `heldUntil` unless booked. */
  state: 'free' | 'mine' | 'held';
  heldUntil: Date | null;
  /** Whole minutes by which the start is after the due time; 0 when in time. */
  minutesOver: number;
};

export type SlotList = {
  inTime: readonly SlotRow[];
  after: readonly SlotRow[];
  /** Free slots within 7 days that are not listed, by London date; the first may be of today when today's list is full. */
  laterDays: readonly { date: LocalDate; free: number }[];
};

export type HeldSlot = SlotRow & {
  serviceId: string;
  serviceName: string;
  serviceAddress: string;
  servicePostcode: string;
  serviceTypeName: string;
  handlerInstructions: string | null;
  patientInformation: string | null;
  heldUntil: Date;
  /** A hold can be extended once. */
  canExtend: boolean;
};

export const holdRequest = z.object({ callId: z.uuid(), slotId: z.uuid() });
/** `skips`: the reasons for passing over the services above, as far as they were not given before (D-052). */
export type HoldRequest = z.infer<typeof holdRequest> & { skips?: readonly SkipInput[] };

export const letGoRequest = holdRequest.pick({ callId: true });

export const MAX_REASON = 200;

/** What the check-and-book form sends. A request id is minted when the page is rendered: a retry carries the same one. */
export const bookingRequest = z.object({
  callId: z.uuid(),
  slotId: z.uuid(),
  requestId: z.uuid(),
  reason: requiredLine('reason for the appointment', MAX_REASON),
  /** Ticked when the caller knows that the slot is after the due time and agrees. */
  callerInformed: z.literal('yes').optional(),
  /** The clinician's staff id, or nothing. */
  approvedBy: z.union([z.uuid(), z.literal('')]).default(''),
  approvalReason: oneLine.pipe(z.string().max(MAX_REASON, `Why it was approved must have ${MAX_REASON} characters or fewer`)),
  /** What was chosen about each other appointment of the patient that the guard showed. */
  choices: z.array(guardChoice).default([]),
});
export type BookingRequest = z.infer<typeof bookingRequest>;

/** What the same form sends when the booking replaces an appointment: its id, and the version that was looked at. */
export const moveRequest = bookingRequest.extend({ movesId: z.uuid(), movesVersion: z.coerce.number().int().positive() });
export type MoveRequest = z.infer<typeof moveRequest>;
