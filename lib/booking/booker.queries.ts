import type { Ctx } from '@/lib/auth/actor';
import type { BookingActor } from '@/lib/booking/records.commands';
import type { StandingAppointment } from '@/lib/booking/write-change.commands';
import { db } from '@/lib/platform/db';
import type { RefusalOf } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';

/** May this organisation cancel here, by the service's own setting? Restricted, only the one that booked may (U-106). */
export async function decideBooker({ actor }: Ctx<BookingActor>, { service, bookedByCode }: StandingAppointment): Promise<Result<null, RefusalOf<'cancel-restricted'>>> {
  if (service.cancelBy === 'any' || bookedByCode === actor.organisation.code) return ok(null);
  const booker = await db.organisation.findUnique({ where: { odsCode: bookedByCode }, select: { name: true } });
  return refuse({ code: 'cancel-restricted', serviceName: service.name, bookedBy: booker?.name ?? bookedByCode });
}
