import { z } from 'zod';
import type { Ctx } from '@/lib/auth/actor';
import { requirePermission } from '@/lib/auth/permissions';
import { judgementsFor } from '@/lib/directory/candidate.queries';
import { metresFrom } from '@/lib/directory/pipeline.queries';
import { markOf, miles } from '@/lib/directory/rank.rules';
import type { FoundService, Place, SearchRequest, ServiceRow } from '@/lib/directory/schema';
import { prepareSearch } from '@/lib/directory/search.queries';
import { showServices } from '@/lib/directory/shown.queries';
import { canBeChosen } from '@/lib/directory/why-not.rules';
import { Prisma, db } from '@/lib/platform/db';

/** How many services are found at most. */
export const MOST_FOUND = 20;

const MOST_WORDS = 20;

/**
 * The services with every one of these words in their name, in any case and order, or with this ODS code or directory id
 * (D-048), active or not; at most 20, nearest to the place first. None for a text without letters and digits. Throws
 * ForbiddenError without `directory:search`.
 */
export async function findServicesByText(ctx: Ctx, { text, place }: { text: string; place: Place }): Promise<readonly FoundService[]> {
  requirePermission(ctx.actor, 'directory:search');

  // Only letters and digits reach the patterns: "%" and "_" would match anything.
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length === 0 || words.length > MOST_WORDS) return [];
  const named = words.map((word) => Prisma.sql`s.name ILIKE ${`%${word}%`}::text`);
  const code = text.trim();
  // Raw: Prisma cannot sort by distance. Each way to find has its index, that of trigrams for names.
  const found = await db.$queryRaw<(Omit<FoundService, 'distanceMiles'> & { metres: number })[]>`
    SELECT s.id, s.dos_id AS "dosId", s.ods_code AS "odsCode", s.name, t.name AS "typeName", s.address, s.postcode,
      s.is_bookable AS "isBookable", ${metresFrom(place)} AS metres
    FROM service s
    JOIN service_type t ON t.id = s.type_id
    WHERE (${Prisma.join(named, ' AND ')}) OR s.ods_code = ${code.toUpperCase()}::text OR s.dos_id = ${code}::text
    ORDER BY metres, s.dos_id
    LIMIT ${MOST_FOUND}::int`;
  return found.map(({ metres, ...service }) => ({ ...service, distanceMiles: miles(metres) }));
}

/**
 * One service as a search would show it, whether it lists it or not; null when there is none with this id, or it may not be
 * chosen for this patient and need. Throws ForbiddenError without `directory:search`.
 */
export async function serviceRowFor(ctx: Ctx, request: SearchRequest, serviceId: string): Promise<ServiceRow | null> {
  requirePermission(ctx.actor, 'directory:search');

  if (!z.uuid().safeParse(serviceId).success) return null;
  const prepared = await prepareSearch(ctx, request);
  const [judgement] = await judgementsFor(prepared, [serviceId]);
  if (!judgement || !canBeChosen(judgement)) return null;
  const [row] = await showServices([{ id: judgement.id, metres: judgement.metres, mark: markOf(judgement) }], prepared);
  return row ?? null;
}
