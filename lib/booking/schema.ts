import { z } from 'zod';
import type { Place } from '@/lib/directory/schema';
import type { Patient } from '@/lib/patient/schema';

export type SlotStatus = 'free' | 'busy' | 'withdrawn';
export type AppointmentStatus = 'booked' | 'arrived' | 'fulfilled' | 'noshow' | 'cancelled' | 'moved' | 'entered-in-error';
export type CallState = 'open' | 'booked' | 'referred' | 'closed';

/** In person, by telephone or by video; null is "not stated", never a default. */
export type Channel = 'in-person' | 'telephone' | 'video';

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

/** One call as its screens show it. */
export type Call = {
  id: string;
  state: CallState;
  openedAt: Date;
  handlerName: string;
  patient: Patient;
  caller: { name: string; relationship: string } | null;
  callbackPhone: string | null;
  disposition: { code: string; title: string; family: string; timeframeLabel: string | null; timeframeMinutes: number | null; outsideTimeframeRule: string | null };
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
  /** Free slots of later days that are not listed, by London date. */
  laterDays: readonly { date: string; free: number }[];
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

export const MAX_REASON = 200;

/** What the check-and-book form sends. A request id is minted when the page is rendered: a retry carries the same one. */
export const bookingRequest = z.object({
  callId: z.uuid(),
  slotId: z.uuid(),
  requestId: z.uuid(),
  reason: z.string().trim().min(1, 'Enter the reason for the appointment').max(MAX_REASON, `Reason must be ${MAX_REASON} characters or fewer`),
  /** Ticked when the caller knows that the slot is after the due time and agrees. */
  callerInformed: z.literal('yes').optional(),
  approvedBy: z.string().trim().max(100, 'Name of the clinician must be 100 characters or fewer').optional(),
  approvalReason: z.string().trim().max(200, 'Why it was approved must be 200 characters or fewer').optional(),
});
export type BookingRequest = z.infer<typeof bookingRequest>;

export const cancelRequest = z
  .object({
    appointmentId: z.uuid(),
    version: z.coerce.number().int().positive(),
    requestId: z.uuid(),
    reason: z.enum(Object.keys(CANCEL_REASONS) as [CancelReason, ...CancelReason[]], 'Choose why it is cancelled'),
    text: z.string().trim().max(MAX_REASON, `Details must be ${MAX_REASON} characters or fewer`).optional(),
  })
  .refine((request) => request.reason !== 'other' || Boolean(request.text), { path: ['text'], message: 'Say what the other reason is' });
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
