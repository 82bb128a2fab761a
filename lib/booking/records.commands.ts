import type { Ctx } from '@/lib/auth/actor';
import type { versionBody } from '@/lib/booking/version.rules';
import { Prisma } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';

type Json = { [key: string]: Json | string | number | boolean | null };

// Each is an `INSERT … SELECT` of one row, for a statement that names the table expression it stands or falls with after `FROM`.

/** One version of an appointment, as it was. */
export function versionSql({ actor, now, requestId }: Ctx, { appointmentId, version, body }: { appointmentId: string; version: number; body: ReturnType<typeof versionBody> }): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO appointment_version (appointment_id, version, body, at, actor_id, request_id)
    SELECT ${appointmentId}::uuid, ${version}::int, ${JSON.stringify(body)}::jsonb, ${now}::timestamptz, ${actor.id}, ${requestId}`;
}

/** One line of the record of a call: ids, codes and counts. */
export function eventSql({ now }: Ctx, { callId, kind, body }: { callId: string; kind: string; body: Json }): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO call_event (call_id, at, kind, body)
    SELECT ${callId}::uuid, ${now}::timestamptz, ${kind}, ${JSON.stringify(body)}::jsonb`;
}

/** One message to send after the commit, once for a topic and a version of an appointment. */
export function messageSql({ now }: Ctx, { topic, body }: { topic: string; body: { appointmentId: string; version: number } & Json }): Prisma.Sql {
  const dedupeKey = body.version === 1 ? `${topic}:${body.appointmentId}` : `${topic}:${body.appointmentId}:${body.version}`;
  return Prisma.sql`
    INSERT INTO outbox (id, topic, body, dedupe_key, not_before)
    SELECT ${newId()}::uuid, ${topic}, ${JSON.stringify(body)}::jsonb, ${dedupeKey}, ${now}::timestamptz`;
}
