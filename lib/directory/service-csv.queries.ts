import { record } from '@/lib/audit/record';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission, servicesOf } from '@/lib/auth/permissions';
import { SERVICE_COLUMNS, serviceCells, type ServiceNow } from '@/lib/directory/service-csv.schema';
import { csvText } from '@/lib/platform/csv';
import { db } from '@/lib/platform/db';

const SETTINGS = {
  ...{ id: true, dosId: true, version: true, name: true, isBookable: true, isBookingOnly: true, holdMinutes: true, cancelBy: true },
  ...{ handlerInstructions: true, patientInformation: true, accessNeeds: true, publicPhone: true, staffPhone: true, website: true },
} as const;

/** What a file may set of all services of the actor's, as it stands, by name, then id. */
export async function settingsOfOwn({ actor }: Ctx): Promise<ServiceNow[]> {
  return db.service.findMany({ where: { id: { in: servicesOf(actor) } }, select: SETTINGS, orderBy: [{ name: 'asc' }, { id: 'asc' }] });
}

/** The settings of all services of the actor's as CSV: imported again, it changes nothing. Audited. Throws ForbiddenError without `schedule:read`. */
export async function servicesCsv(ctx: Ctx): Promise<string> {
  requirePermission(ctx.actor, 'schedule:read');

  const services = await settingsOfOwn(ctx);
  await record(db, ctx, { type: 'schedule.exported', detail: { what: 'services', services: services.map(({ id }) => id), rows: services.length } });
  return csvText(SERVICE_COLUMNS, services.map((service) => SERVICE_COLUMNS.map((column) => serviceCells(service)[column])));
}
