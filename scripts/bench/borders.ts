import type { Ctx } from '@/lib/auth/actor';
import { bordersFor } from '@/lib/booking/border.queries';
import { callFor } from '@/lib/booking/call.queries';
import { searchOf } from '@/lib/booking/call.rules';
import type { Call } from '@/lib/booking/schema';
import { placeFor } from '@/lib/directory/place.queries';
import type { ServiceRow } from '@/lib/directory/schema';
import { findServices } from '@/lib/directory/search.queries';
import { aCall } from '@/prisma/factories/call';
import { timed, type Line } from './measure';
import { addAgreements } from './what-if';

// Around Manchester: most searches there list services of two or three boards.
const POSTCODES = ['OL14 5QG', 'OL4 4BG', 'SK13 1AA', 'BL6 6HD', 'WN5 0AA', 'HD7 5UZ', 'M31 4AA', 'WA3 7AA'];
const SERVICES = 40;
const ROUNDS = 50;
const LIMIT_MS = 5;

type Page = { call: Call; services: readonly ServiceRow[] };

/** What the decisions of a page of 40 services add to its search, every one of them across a border, beside 5,000 agreements in force. */
export async function borderLines(ctx: Ctx, url: string): Promise<Line[]> {
  await addAgreements(url, ctx.now);
  const pages: Page[] = [];
  for (const postcode of POSTCODES) pages.push(...(await pageOf(ctx, postcode)));
  if (pages.length === 0) throw new Error('no search of the bench listed services across a border');
  const run = ({ call, services }: Page) => bordersFor(ctx, call, services);
  await timed(pages, 1, run);
  const ours = await timed(Array.from({ length: ROUNDS }, () => pages).flat(), 1, run);
  return [{ what: `borders of ${SERVICES} services`, clients: 1, ours, limitMs: LIMIT_MS }];
}

/** A page of as many services across a border as are asked for: those of the search, over again where there are fewer. */
async function pageOf(ctx: Ctx, postcode: string): Promise<Page[]> {
  const place = await placeFor(postcode);
  if (!place.ok) return [];
  const { latitude, longitude, icbCode } = place.value;
  const { id } = await aCall(ctx, { postcode: place.value.postcode, latitude, longitude, icbCode });
  const call = await callFor(ctx, id);
  if (!call) throw new Error('the call has gone');
  const { services } = await findServices(ctx, { ...searchOf(ctx, call), distanceKm: 60, isDistanceForced: true });
  const across = services.filter((service) => service.icbCode !== null && service.icbCode !== icbCode);
  if (across.length === 0) return [];
  return [{ call, services: Array.from({ length: SERVICES }, (_, index) => across[index % across.length]).flatMap((service) => service ?? []) }];
}
