import type { AppointmentStatus } from '@/lib/booking/schema';

type Versioned = {
  reference: string;
  slotId: string;
  serviceId: string;
  callId: string | null;
  patientId: string;
  dispositionCode: string | null;
  status: AppointmentStatus;
  startsAt: Date;
  endsAt: Date;
  reason: string;
  cancelReason?: string | null;
  cancelText?: string | null;
};

/** An appointment as one of its versions keeps it: ids, status, times and reasons; instants in ISO 8601, UTC. */
export function versionBody(appointment: Versioned) {
  const { reference, slotId, serviceId, callId, patientId, dispositionCode, status, startsAt, endsAt, reason, cancelReason, cancelText } = appointment;
  return {
    ...{ reference, slotId, serviceId, callId, patientId, dispositionCode, status, reason },
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    cancelReason: cancelReason ?? null,
    cancelText: cancelText ?? null,
  };
}
