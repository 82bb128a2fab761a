import { z } from 'zod';
import type { Disposition, Place } from '@/lib/directory/schema';
import { oneLine, requiredLine, type Patient } from '@/lib/patient/schema';
import type { LocalDate } from '@/lib/platform/time-words';

export const slotStatus = z.enum(['free', 'busy', 'withdrawn']);
export type SlotStatus = z.infer<typeof slotStatus>;

export const appointmentStatus = z.enum(['booked', 'arrived', 'fulfilled', 'noshow', 'cancelled', 'moved', 'entered-in-error']);
export type AppointmentStatus = z.infer<typeof appointmentStatus>;

export const callState = z.enum(['open', 'booked', 'referred', 'closed']);
export type CallState = z.infer<typeof callState>;

/** In person, by telephone or by video; null is "not stated", never a default. */
export const channel = z.enum(['in-person', 'telephone', 'video']);
export type Channel = z.infer<typeof channel>;

/** Whether text from a URL or a form could be an id at all. */
export function isId(text: string): boolean {
  return z.uuid().safeParse(text).success;
}

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

/** One call as its screens show it. */
export type Call = {
  id: string;
  state: CallState;
  openedAt: Date;
  handlerName: string;
  patient: Patient;
  caller: { name: string; relationship: string } | null;
  callbackPhone: string | null;
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
};

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
};

export const holdRequest = z.object({ callId: z.uuid(), slotId: z.uuid() });
export type HoldRequest = z.infer<typeof holdRequest>;

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
  approvedBy: oneLine.pipe(z.string().max(100, 'Name of the clinician must have 100 characters or fewer')),
  approvalReason: oneLine.pipe(z.string().max(MAX_REASON, `Why it was approved must have ${MAX_REASON} characters or fewer`)),
});
export type BookingRequest = z.infer<typeof bookingRequest>;

export const cancelRequest = z
  .object({
    appointmentId: z.uuid(),
    version: z.coerce.number().int().positive(),
    requestId: z.uuid(),
    reason: z.custom<CancelReason>(isCancelReason, 'Choose why it is cancelled'),
    text: oneLine.pipe(z.string().max(MAX_REASON, `Details must have ${MAX_REASON} characters or fewer`)),
  })
  .refine((request) => request.reason !== 'other' || request.text !== '', { path: ['text'], message: 'Say what the other reason is' });
export type CancelRequest = z.infer<typeof cancelRequest>;

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
  callId: string | null;
  dispositionCode: string | null;
  bookedAt: Date;
  bookedBy: { name: string; organisation: string };
  cancelled: { at: Date; reason: string; text: string | null } | null;
  versions: readonly { version: number; at: Date; status: AppointmentStatus; actorName: string }[];
};
