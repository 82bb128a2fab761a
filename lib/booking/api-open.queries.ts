import type { Ctx, SystemActor } from '@/lib/auth/actor';
import { Prisma } from '@/lib/platform/db';

/** Whether `service` takes bookings of this client and of the organisation it acts for, as a condition (B-341). */
export function isOpenToSql({ actor }: Ctx<SystemActor>): Prisma.Sql {
  return Prisma.sql`service.is_bookable AND service.status = 'active' AND NOT ${isRefusedSql(actor)} AND ${isAllowedSql(actor)}`;
}

/** Whether `service` takes no bookings from the organisation of the client, as a condition. */
export function isRefusedSql({ organisation }: SystemActor): Prisma.Sql {
  return Prisma.sql`(${organisation.code} = ANY(service.refuses_from))`;
}

/** Whether the client is registered to book at `service`, as a condition. */
export function isAllowedSql({ services }: SystemActor): Prisma.Sql {
  return Prisma.sql`(${services.book.includes('*')}::boolean OR service.dos_id = ANY(${services.book}::text[]))`;
}
