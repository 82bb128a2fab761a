import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import type { DayList, DayListLine } from '@/lib/booking/day-list.schema';
import { appointmentStatus, channel } from '@/lib/booking/schema';
import { ownService } from '@/lib/directory/own-service.queries';
import { db } from '@/lib/platform/db';
import { addDays, fromDateColumn, startOfLondonDay } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';

/** More appointments than a day of one service has. */
export const MOST_LISTED = 2_000;

const SCHEDULE = { select: { channel: true, practitionerRole: true, practitionerName: true, practitionerGender: true } } as const;

/**
 * The appointments of one London day of a service of the actor's, by their start; at most 2,000. Null when the service is another's or there is
 * none, which is audited. The look is audited once, with whose appointments were shown. Throws ForbiddenError without `appointment:attend`.
 * Source: U-102, domain section 4.
 */
export async function dayListFor(ctx: Ctx, { serviceId, date }: { serviceId: string; date: LocalDate }): Promise<DayList | null> {
  requirePermission(ctx.actor, 'appointment:attend');
  if (!(await ownService(ctx, serviceId))) return null;

  const lines = await linesOf(serviceId, date);
  const detail = { date, count: lines.length, appointments: lines.map(({ id }) => id), patients: [...new Set(lines.map(({ patientId }) => patientId))] };
  await record(db, ctx, { type: 'schedule.day-viewed', subject: serviceId, detail });
  return { standing: lines.filter(({ releasedAt }) => releasedAt === null), ended: lines.filter(({ releasedAt }) => releasedAt !== null) };
}

async function linesOf(serviceId: string, date: LocalDate): Promise<(DayListLine & { releasedAt: Date | null })[]> {
  const rows = await db.appointment.findMany({
    where: { serviceId, startsAt: { gte: startOfLondonDay(date), lt: startOfLondonDay(addDays(date, 1)) } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    take: MOST_LISTED,
    select: {
      ...{ id: true, patientId: true, reference: true, status: true, version: true, startsAt: true, endsAt: true, reason: true, releasedAt: true },
      slot: { select: { orphanedAt: true, session: { select: { schedule: SCHEDULE } } } },
      patient: { select: { nhsNumber: true, givenName: true, familyName: true, birthDate: true, isUnknown: true } },
    },
  });
  return rows.map(({ status, patient, slot: { orphanedAt, session }, ...row }) => ({
    ...row,
    ...session.schedule,
    status: appointmentStatus.parse(status),
    channel: channel.nullable().parse(session.schedule.channel),
    isOrphaned: row.releasedAt === null && orphanedAt !== null,
    patient: { ...patient, birthDate: fromDateColumn(patient.birthDate) },
  }));
}
