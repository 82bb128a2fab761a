import type { Prisma } from '@/lib/platform/db';

/** The columns of an appointment that every decision about it, and each of its versions, is made from. */
export const STANDING = {
  id: true,
  reference: true,
  slotId: true,
  serviceId: true,
  callId: true,
  patientId: true,
  dispositionCode: true,
  status: true,
  startsAt: true,
  endsAt: true,
  reason: true,
  version: true,
  releasedAt: true,
} satisfies Prisma.AppointmentSelect;
