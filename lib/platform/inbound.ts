import { Prisma } from '@/lib/platform/db';

/** A request that is carried out once, however often it is sent: by its door, its method, and the id that its sender gave it. */
export type Inbound = { door: 'screen' | 'stu3' | 'registry'; method: string; requestId: string };

/**
 * An `INSERT … SELECT` of one request that was carried out, with what it led to, for a statement that names the table expression it stands
 * or falls with after `FROM`. A second one violates `inbound_request_pkey`.
 */
export function inboundSql({ inbound, sender, answer, at }: { inbound: Inbound; sender: string; answer: string; at: Date }): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO inbound_request (door, sender, method, request_id, answer, at)
    SELECT ${inbound.door}, ${sender}, ${inbound.method}, ${inbound.requestId}, ${answer}, ${at}::timestamptz`;
}
