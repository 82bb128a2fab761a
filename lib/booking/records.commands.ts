import type { Actor, Ctx, Provenance, StaffActor, SystemActor } from '@/lib/auth/actor';
import type { versionBody } from '@/lib/booking/version.rules';
import { Prisma } from '@/lib/platform/db';
import { newId } from '@/lib/platform/id';

/** Who books and changes: somebody who signed in, or another system. */
export type BookingActor = StaffActor | SystemActor;

type Json = { [key: string]: JsonValue };
type JsonValue = Json | string | number | boolean | null | readonly JsonValue[];

/** What a version of an appointment keeps of the request that made it; undefined when it came from a screen (U-160, U-161). */
export function provenanceOf(actor: Actor): Provenance | undefined {
  return actor.kind === 'system' ? actor.provenance : undefined;
}

// Each is an `INSERT … SELECT` of one row, for a statement that names the table expression it stands or falls with after `FROM`.

/** One version of an appointment, as it was. */
export function versionSql({ actor, now, requestId }: Ctx<BookingActor>, { appointmentId, version, body }: { appointmentId: string; version: number; body: ReturnType<typeof versionBody> }): Prisma.Sql {
  const provenance = provenanceOf(actor);
  return Prisma.sql`
    INSERT INTO appointment_version (appointment_id, version, body, at, actor_id, request_id, provenance)
    SELECT ${appointmentId}::uuid, ${version}::int, ${JSON.stringify(body)}::jsonb, ${now}::timestamptz, ${actor.id}, ${requestId},
      ${provenance ? JSON.stringify(provenance) : null}::jsonb`;
}

/** One line of the record of a call: ids, codes and counts. */
export function eventSql({ now }: Ctx, { callId, kind, body }: { callId: string; kind: string; body: Json }): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO call_event (call_id, at, kind, body)
    SELECT ${callId}::uuid, ${now}::timestamptz, ${kind}, ${JSON.stringify(body)}::jsonb`;
}

/** One message to send after the commit, once for a topic and a version of an appointment. */
export function messageSql({ now }: Ctx<BookingActor>, { topic, body }: { topic: string; body: { appointmentId: string; version: number } & Json }): Prisma.Sql {
  const dedupeKey = body.version === 1 ? `${topic}:${body.appointmentId}` : `${topic}:${body.appointmentId}:${body.version}`;
  return Prisma.sql`
    INSERT INTO outbox (id, topic, body, dedupe_key, not_before)
    SELECT ${newId()}::uuid, ${topic}, ${JSON.stringify(body)}::jsonb, ${dedupeKey}, ${now}::timestamptz`;
}
