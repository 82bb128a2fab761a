import type { Ctx } from '@/lib/auth/actor';
import { bestFits, type Displaced, type FreeSlot } from '@/lib/booking/refit.rules';
import { appointmentStatus, type AppointmentStatus } from '@/lib/booking/schema';
import { suitabilitySql } from '@/lib/booking/suitability.queries';
import { PATIENT_COLUMNS, patientOf } from '@/lib/patient/queries';
import type { Patient } from '@/lib/patient/schema';
import type { Tx } from '@/lib/platform/db';
import { addMinutes, DAY_MINUTES } from '@/lib/platform/time';
import type { ScheduleNow, SlotPlan } from '@/lib/schedule/schema';

/** A booked appointment that a change leaves without its place, and where it would fit; null: nowhere. */
export type AffectedBooking = {
  appointmentId: string;
  version: number;
  status: AppointmentStatus;
  reference: string;
  reason: string;
  startsAt: Date;
  endsAt: Date;
  dueAt: Date | null;
  serviceId: string;
  serviceName: string;
  scheduleName: string | null;
  patient: Patient;
  fit: FreeSlot | null;
};

/** How far around the affected appointments, in days, another place is looked for. */
const DAYS_AROUND = { before: 3, after: 14 } as const;
const MAX_FREE = 6_000;

/**
 * The appointments that a plan leaves without their place, by start, each with where it would fit in the services of the actor's, as
 * the plan leaves them. Its callers audit the look at the patients.
 */
export async function affectedBy(tx: Tx, ctx: Ctx, given: { plan: SlotPlan; schedules: readonly ScheduleNow[]; serviceIds: readonly string[] }): Promise<AffectedBooking[]> {
  const ids = given.plan.orphaned.flatMap(({ appointmentId }) => appointmentId ?? []);
  if (ids.length === 0) return [];

  const rows = await affectedRows(tx, ids);
  const displaced = await displacedOf(tx, ctx, { rows, serviceIds: given.serviceIds });
  const [free, engagements] = [await freeSlots(tx, ctx, { ...given, displaced }), await engagementsOf(tx, ctx, rows)];
  const fits = bestFits(displaced, free, engagements);
  return rows.map((row) => bookingOf(row, fits.get(row.id) ?? null));
}

/** A free slot of a schedule at these times that no call holds, or null. */
export async function freeSlotAt(tx: Tx, { now }: Ctx, { scheduleId, startsAt, endsAt }: FreeSlot): Promise<string | null> {
  const slot = await tx.slot.findFirst({
    where: { session: { scheduleId }, startsAt, endsAt, status: 'free', OR: [{ heldUntil: null }, { heldUntil: { lte: now } }] },
    orderBy: [{ placeNo: 'asc' }, { id: 'asc' }],
    select: { id: true },
  });
  return slot?.id ?? null;
}

type Row = Awaited<ReturnType<typeof affectedRows>>[number];

async function affectedRows(tx: Tx, ids: readonly string[]) {
  return tx.appointment.findMany({
    where: { id: { in: [...ids] } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    select: {
      ...{ id: true, version: true, status: true, reference: true, reason: true, startsAt: true, endsAt: true, serviceId: true, patientId: true },
      service: { select: { name: true } },
      call: { select: { dueAt: true } },
      slot: { select: { session: { select: { schedule: { select: { name: true, practitionerName: true, channel: true } } } } } },
      patient: { select: PATIENT_COLUMNS },
    },
  });
}

async function displacedOf(tx: Tx, ctx: Ctx, { rows, serviceIds }: { rows: readonly Row[]; serviceIds: readonly string[] }): Promise<Displaced[]> {
  const others = await otherServices(tx, ctx, { ids: rows.map(({ id }) => id), serviceIds });
  return rows.flatMap(({ id, patientId, serviceId, startsAt, status, call, slot }) => {
    if (status !== 'booked') return [];
    const otherServiceIds = others.filter(({ appointmentId }) => appointmentId === id).map((other) => other.serviceId);
    return [{ appointmentId: id, patientId, serviceId, startsAt, dueAt: call?.dueAt ?? null, channel: slot.session.schedule.channel, otherServiceIds }];
  });
}

// Raw: the suitability of a service is said once, for bookings, referrals and this. In its own service a patient was found suitable already.
async function otherServices(tx: Tx, ctx: Ctx, { ids, serviceIds }: { ids: readonly string[]; serviceIds: readonly string[] }): Promise<{ appointmentId: string; serviceId: string }[]> {
  if (serviceIds.length === 1) return [];
  return tx.$queryRaw`
    SELECT appointment.id AS "appointmentId", service.id AS "serviceId"
    FROM appointment
    JOIN call ON call.id = appointment.call_id
    JOIN patient ON patient.id = appointment.patient_id
    JOIN service ON service.id = ANY (${serviceIds}::uuid[]) AND service.is_bookable AND service.status = 'active'
    WHERE appointment.id = ANY (${ids}::uuid[]) AND (${suitabilitySql(ctx)}) IS NULL`;
}

type Wanted = { plan: SlotPlan; schedules: readonly ScheduleNow[]; serviceIds: readonly string[]; displaced: readonly Displaced[] };

async function freeSlots(tx: Tx, { now }: Ctx, { plan, schedules, serviceIds, displaced }: Wanted): Promise<FreeSlot[]> {
  // Whoever lost their place may have arrived, or cancelled, meanwhile: then nobody needs another.
  if (displaced.length === 0) return [];
  const starts = displaced.map(({ startsAt }) => startsAt.getTime());
  const [first, last] = [Math.min(...starts), Math.max(...starts)];
  const from = addMinutes(now, Math.max(0, (first - now.getTime()) / 60_000 - DAYS_AROUND.before * DAY_MINUTES));
  const to = addMinutes(now, (last - now.getTime()) / 60_000 + DAYS_AROUND.after * DAY_MINUTES);
  const rows = await tx.slot.findMany({
    where: { serviceId: { in: [...serviceIds] }, status: 'free', startsAt: { gt: from, lt: to }, OR: [{ heldUntil: null }, { heldUntil: { lte: now } }] },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    take: MAX_FREE,
    select: { id: true, serviceId: true, startsAt: true, endsAt: true, session: { select: { schedule: { select: { id: true, channel: true } } } } },
  });
  const withdrawn = new Set(plan.withdrawn.map(({ id }) => id));
  const channels = new Map(schedules.map(({ id, channel }) => [id, channel]));
  const coming = [...plan.added, ...plan.reopened.map(({ wanted }) => wanted)].filter(({ startsAt }) => startsAt > from && startsAt < to);
  return [
    ...rows.filter(({ id }) => !withdrawn.has(id)).map(({ serviceId, startsAt, endsAt, session: { schedule } }) => ({ scheduleId: schedule.id, serviceId, channel: schedule.channel, startsAt, endsAt })),
    ...coming.map(({ scheduleId, serviceId, startsAt, endsAt }) => ({ scheduleId, serviceId, channel: channels.get(scheduleId) ?? null, startsAt, endsAt })),
  ];
}

async function engagementsOf(tx: Tx, { now }: Ctx, rows: readonly Row[]) {
  return tx.appointment.findMany({
    where: { patientId: { in: rows.map(({ patientId }) => patientId) }, id: { notIn: rows.map(({ id }) => id) }, releasedAt: null, endsAt: { gt: now } },
    select: { patientId: true, startsAt: true, endsAt: true },
  });
}

function bookingOf({ id, status, service, call, slot, patient, patientId: _patientId, ...row }: Row, fit: FreeSlot | null): AffectedBooking {
  const { name, practitionerName } = slot.session.schedule;
  return {
    ...row,
    ...{ appointmentId: id, status: appointmentStatus.parse(status), dueAt: call?.dueAt ?? null, serviceName: service.name, scheduleName: name ?? practitionerName },
    patient: patientOf(patient),
    fit,
  };
}
