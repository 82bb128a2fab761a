import { z } from 'zod';
import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { appointmentStatus, CANCEL_REASONS, channel, isCancelReason, isId, type Appointment } from '@/lib/booking/schema';
import { PATIENT_COLUMNS, patientOf } from '@/lib/patient/queries';
import { db } from '@/lib/platform/db';

const APPOINTMENT = {
  id: true,
  reference: true,
  status: true,
  version: true,
  startsAt: true,
  endsAt: true,
  reason: true,
  callId: true,
  dispositionCode: true,
  bookedAt: true,
  bookedByCode: true,
  bookedBy: { select: { name: true } },
  releasedAt: true,
  cancelReason: true,
  cancelText: true,
  patient: { select: PATIENT_COLUMNS },
  slot: {
    select: { session: { select: { schedule: { select: { channel: true, practitionerRole: true, practitionerName: true, practitionerGender: true } } } } },
  },
  service: {
    select: { id: true, name: true, typeId: true, type: { select: { name: true } }, address: true, postcode: true, publicPhone: true, patientInformation: true },
  },
  versions: { select: { version: true, at: true, actorId: true, body: true }, orderBy: { version: 'asc' } },
} as const;

const versionStatus = z.object({ status: appointmentStatus });

/**
 * One appointment with all its versions, oldest first, for any organisation; null when there is none. Every look is audited.
 * Throws ForbiddenError without `appointment:read`.
 */
export async function appointmentFor(ctx: Ctx, id: string): Promise<Appointment | null> {
  requirePermission(ctx.actor, 'appointment:read');
  if (!isId(id)) return null;

  const row = await db.appointment.findUnique({ where: { id }, select: { ...APPOINTMENT, versions: { ...APPOINTMENT.versions } } });
  if (!row) return null;
  await record(db, ctx, { type: 'appointment.viewed', subject: row.id, patientId: row.patient.id });

  const [names, organisation] = await Promise.all([namesOf(row.versions), db.organisation.findUnique({ where: { odsCode: row.bookedByCode }, select: { name: true } })]);
  const { type, ...service } = row.service;
  const { channel: stated, ...practitioner } = row.slot.session.schedule;
  return {
    id: row.id,
    reference: row.reference,
    status: appointmentStatus.parse(row.status),
    version: row.version,
    startsAt: row.startsAt,
    endsAt: row.endsAt,
    reason: row.reason,
    channel: stated === null ? null : channel.parse(stated),
    ...practitioner,
    service: { ...service, typeName: type.name },
    patient: patientOf(row.patient),
    callId: row.callId,
    dispositionCode: row.dispositionCode,
    bookedAt: row.bookedAt,
    bookedBy: { name: row.bookedBy.name, organisation: organisation?.name ?? row.bookedByCode },
    cancelled: cancelledOf(row),
    versions: row.versions.map(({ version, at, actorId, body }) => ({ version, at, status: versionStatus.parse(body).status, actorName: names.get(actorId) ?? 'Onward' })),
  };
}

async function namesOf(versions: readonly { actorId: string }[]): Promise<ReadonlyMap<string, string>> {
  const ids = versions.map(({ actorId }) => actorId).filter(isId);
  const staff = await db.staff.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(staff.map(({ id, name }) => [id, name]));
}

function cancelledOf({ status, releasedAt, cancelReason, cancelText }: { status: string; releasedAt: Date | null; cancelReason: string | null; cancelText: string | null }): Appointment['cancelled'] {
  if (status !== 'cancelled' || !releasedAt) return null;
  return { at: releasedAt, reason: isCancelReason(cancelReason) ? CANCEL_REASONS[cancelReason] : 'Not stated', text: cancelText };
}
