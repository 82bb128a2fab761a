import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import type { AppointmentLine, AppointmentSearch } from '@/lib/booking/appointment.schema';
import { appointmentStatus } from '@/lib/booking/schema';
import { openAmong, SEAL_COLUMNS } from '@/lib/booking/seal.queries';
import { db, type Prisma } from '@/lib/platform/db';
import { fromDateColumn } from '@/lib/platform/time';
import { namesakes } from '@/lib/registry/namesakes.queries';

/** The most lines that one search shows. */
export const MAX_FOUND = 50;

/**
 * The appointments of any organisation that were looked for, newest first; at most 50. A name is compared without regard to
 * case, accents, spaces and signs. Of those that are sealed to the actor a line says neither reference nor service. Every search is
 * audited, with what it found. Throws ForbiddenError without `appointment:read`, and without `patient:find` for a search by anything
 * but a reference. Source: U-100 to U-103.
 */
export async function findAppointments(ctx: Ctx, search: AppointmentSearch): Promise<AppointmentLine[]> {
  requirePermission(ctx.actor, 'appointment:read');
  if (search.by !== 'reference') requirePermission(ctx.actor, 'patient:find');

  const rows = await lines(await whereOf(search));
  const open = await openAmong(ctx, rows);
  const patients = new Set(rows.map(({ patient }) => patient.id));
  const [onlyPatient] = patients.size === 1 ? patients : [];
  await record(db, ctx, { type: 'appointment.found', patientId: onlyPatient, detail: { by: search.by, count: rows.length, patients: [...patients], appointments: rows.map(({ id }) => id) } });
  return rows.map((row) => lineOf(row, open));
}

async function whereOf(search: AppointmentSearch): Promise<Prisma.AppointmentWhereInput> {
  if (search.by === 'reference') return { reference: search.reference };
  const startsAt = search.since ? { gte: search.since } : undefined;
  if (search.by === 'nhs-number') return { patient: { nhsNumber: search.nhsNumber }, startsAt };
  return { patientId: { in: await namesakes(search) }, startsAt };
}

function lines(where: Prisma.AppointmentWhereInput) {
  return db.appointment.findMany({
    where,
    orderBy: [{ startsAt: 'desc' }, { id: 'desc' }],
    take: MAX_FOUND,
    select: {
      ...SEAL_COLUMNS,
      reference: true,
      status: true,
      startsAt: true,
      service: { select: { ...SEAL_COLUMNS.service.select, name: true } },
      patient: { select: { id: true, givenName: true, familyName: true, birthDate: true, nhsNumber: true, isUnknown: true } },
    },
  });
}

function lineOf({ id, startsAt, status, reference, service, patient }: Awaited<ReturnType<typeof lines>>[number], open: ReadonlySet<string>): AppointmentLine {
  const { givenName, familyName, birthDate, nhsNumber, isUnknown } = patient;
  const line = { id, startsAt, status: appointmentStatus.parse(status), patient: { givenName, familyName, birthDate: fromDateColumn(birthDate), nhsNumber, isUnknown } };
  return open.has(id) ? { ...line, isOpen: true, reference, serviceName: service.name } : { ...line, isOpen: false };
}
