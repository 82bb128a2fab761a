import type { Ctx, SystemActor } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { recordRead } from '@/lib/directory/api-directory.queries';
import { db, Prisma } from '@/lib/platform/db';
import { isPersonId, isScheduleId, type ApiPractitioner, type ApiPractitionerRole, type ApiSchedule } from '@/lib/schedule/api-schedule.schema';

// Onward keeps names and roles with the diaries alone: their ids are made from them, in one place, so that every door says the same.
const NAME = Prisma.sql`lower(btrim(schedule.practitioner_name))`;
const ROLE = Prisma.sql`lower(btrim(schedule.practitioner_role))`;
const PRACTITIONER_ID = Prisma.sql`md5(service.ods_code || ':' || ${NAME})`;
const ROLE_ID = Prisma.sql`md5(service.ods_code || ':' || coalesce(${NAME}, '') || ':' || ${ROLE})`;

const PRACTITIONER = Prisma.sql`CASE WHEN ${NAME} <> '' THEN json_build_object(
  'id', ${PRACTITIONER_ID}, 'name', btrim(schedule.practitioner_name), 'gender', schedule.practitioner_gender) END`;
const PRACTITIONER_ROLE = Prisma.sql`CASE WHEN ${ROLE} <> '' THEN json_build_object(
  'id', ${ROLE_ID}, 'name', btrim(schedule.practitioner_role), 'odsCode', service.ods_code, 'practitionerId', CASE WHEN ${NAME} <> '' THEN ${PRACTITIONER_ID} END) END`;

/** An ApiSchedule as JSON, for statements that name `schedule` and its `service`. */
export const SCHEDULE_JSON = Prisma.sql`json_build_object(
  'id', schedule.id, 'dosId', service.dos_id, 'channel', schedule.channel, 'practitioner', ${PRACTITIONER}, 'role', ${PRACTITIONER_ROLE})`;

/** One diary, or null. The look is audited (B-815). Throws ForbiddenError without `slot:search`. */
export async function apiSchedule(ctx: Ctx<SystemActor>, id: string): Promise<ApiSchedule | null> {
  requirePermission(ctx.actor, 'slot:search');
  const [row] = isScheduleId(id) ? await rows<ApiSchedule>(SCHEDULE_JSON, Prisma.sql`schedule.id = ${id}::uuid`) : [];
  await recordRead(ctx, { type: 'Schedule', id: row?.found.id });
  return row?.found ?? null;
}

/** Somebody who sees patients, or null. The look is audited (B-815). Throws ForbiddenError without `slot:search`. */
export async function apiPractitioner(ctx: Ctx<SystemActor>, id: string): Promise<ApiPractitioner | null> {
  requirePermission(ctx.actor, 'slot:search');
  const [row] = isPersonId(id) ? await rows<ApiPractitioner>(PRACTITIONER, Prisma.sql`${NAME} <> '' AND ${PRACTITIONER_ID} = ${id}`) : [];
  await recordRead(ctx, { type: 'Practitioner', id: row?.found.id });
  return row?.found ?? null;
}

/** The role in which somebody sees patients, or null. The look is audited (B-815). Throws ForbiddenError without `slot:search`. */
export async function apiPractitionerRole(ctx: Ctx<SystemActor>, id: string): Promise<ApiPractitionerRole | null> {
  requirePermission(ctx.actor, 'slot:search');
  const [row] = isPersonId(id) ? await rows<ApiPractitionerRole>(PRACTITIONER_ROLE, Prisma.sql`${ROLE} <> '' AND ${ROLE_ID} = ${id}`) : [];
  await recordRead(ctx, { type: 'PractitionerRole', id: row?.found.id });
  return row?.found ?? null;
}

// Raw: the ids are made by the database. Of several diaries of one person the first that states a gender is read.
function rows<Found>(columns: Prisma.Sql, condition: Prisma.Sql): Prisma.PrismaPromise<{ found: Found }[]> {
  return db.$queryRaw<{ found: Found }[]>`
    SELECT ${columns} AS found
    FROM schedule
    JOIN service ON service.id = schedule.service_id
    WHERE ${condition}
    ORDER BY schedule.practitioner_gender IS NULL, schedule.id
    LIMIT 1`;
}
