import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { ownService } from '@/lib/directory/own-service.queries';
import { csvText } from '@/lib/platform/csv';
import { db } from '@/lib/platform/db';
import { addDays, fromDateColumn, startOfLondonDay } from '@/lib/platform/time';
import { clockTime, type LocalDate } from '@/lib/platform/time-words';

/** More bookings than a day of one service has. */
const MOST_BOOKINGS = 5_000;

/** Those that stand, whatever became of them on the day. */
const STANDING = ['booked', 'arrived', 'fulfilled', 'noshow'];

/** The number that is rung first, of the call or of what another system sent. */
const FIRST = { where: { rank: 1 }, select: { phone: true } } as const;

const COLUMNS = [
  ...['date', 'from', 'to', 'reference', 'status', 'orphaned', 'family_name', 'given_name', 'birth_date', 'sex', 'nhs_number', 'phone'],
  ...['reason', 'schedule', 'channel', 'practitioner_role', 'practitioner_name'],
];

/**
 * The appointments of one London day of a service of the actor's as CSV, by time, with what identifies each patient; those cancelled or
 * moved away left out. Audited with whom it shows. Null when the service is another's or there is none. Throws ForbiddenError without
 * `appointment:read`.
 */
export async function bookingsCsv(ctx: Ctx, { serviceId, date }: { serviceId: string; date: LocalDate }): Promise<string | null> {
  requirePermission(ctx.actor, 'appointment:read');
  if (!(await ownService(ctx, serviceId))) return null;

  const rows = await bookingsOn(serviceId, date);
  const patients = [...new Set(rows.map(({ patient }) => patient.id))];
  await record(db, ctx, { type: 'schedule.day-exported', subject: serviceId, detail: { date, count: rows.length, patients, appointments: rows.map(({ id }) => id) } });
  return csvText(COLUMNS, rows.map((row) => cellsOf(row, date)));
}

type BookingRow = Awaited<ReturnType<typeof bookingsOn>>[number];

function bookingsOn(serviceId: string, date: LocalDate) {
  return db.appointment.findMany({
    where: { serviceId, startsAt: { gte: startOfLondonDay(date), lt: startOfLondonDay(addDays(date, 1)) }, status: { in: STANDING } },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
    take: MOST_BOOKINGS,
    select: {
      ...{ id: true, startsAt: true, endsAt: true, reference: true, status: true, reason: true },
      patient: { select: { id: true, givenName: true, familyName: true, birthDate: true, sex: true, nhsNumber: true, phone: true, isUnknown: true } },
      call: { select: { contacts: FIRST } },
      contacts: FIRST,
      slot: { select: { orphanedAt: true, session: { select: { schedule: { select: { name: true, channel: true, practitionerRole: true, practitionerName: true } } } } } },
    },
  });
}

function cellsOf({ startsAt, endsAt, reference, status, reason, patient, call, contacts, slot }: BookingRow, date: LocalDate): string[] {
  const { schedule } = slot.session;
  return [
    ...[date, clockTime(startsAt), clockTime(endsAt), reference, status, slot.orphanedAt ? 'yes' : 'no'],
    // Of an unknown person the names are only stand-ins, and the birth date is a guess.
    ...(patient.isUnknown ? ['Unknown patient', '', ''] : [patient.familyName, patient.givenName, fromDateColumn(patient.birthDate)]),
    ...[patient.sex, patient.nhsNumber ?? '', (call?.contacts ?? contacts)[0]?.phone ?? patient.phone ?? ''],
    ...[reason, schedule.name ?? '', schedule.channel ?? '', schedule.practitionerRole ?? '', schedule.practitionerName ?? ''],
  ];
}
