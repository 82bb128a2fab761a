import type { Ctx } from '@/lib/auth/actor';
import { isAdminOf, requirePermission } from '@/lib/auth/permissions';
import { firstDayOf } from '@/lib/directory/age.rules';
import { dueAt } from '@/lib/directory/disposition.rules';
import { placeFor } from '@/lib/directory/place.queries';
import { bankHolidays, resolveDisposition } from '@/lib/directory/queries';
import type { Disposition, Place, SearchRequest } from '@/lib/directory/schema';
import { typedMinute, typedYears, type TriedSearch } from '@/lib/directory/who-finds.schema';
import { standingsIn } from '@/lib/directory/why-not.queries';
import type { Standing } from '@/lib/directory/why-not.rules';
import { db } from '@/lib/platform/db';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { londonInstant, parseLocalDate } from '@/lib/platform/time';
import { londonDate } from '@/lib/platform/time-words';

/** Where a service stands in the list of a search that was tried. */
export type WhoFinds = {
  standing: Standing;
  /** How many the list has; emergency departments that stand in when it is a catch-all. */
  listed: number;
  isCatchAll: boolean;
  place: Place;
  disposition: Disposition;
  at: Date;
};

/** What is wrong with a search that was tried, by field. */
export type TriedFaults = Record<string, string>;

/**
 * Where a service of the actor's stands in the list that a call would get for a patient of this age, gender and need at this place
 * and time; the judge is the search of the call screen itself. An empty day is today; an empty time is now, or 10:00 on another
 * day. Refuses with every fault at once, in words, by field. Null when the service is another's. Throws ForbiddenError without
 * `service:configure`.
 */
export async function whoFinds(ctx: Ctx, { serviceId, tried }: { serviceId: string; tried: TriedSearch }): Promise<Result<WhoFinds, TriedFaults> | null> {
  requirePermission(ctx.actor, 'service:configure');

  if (!isAdminOf(ctx.actor, serviceId)) return null;
  const search = await readSearch(ctx, tried);
  if (!search.ok) return search;
  const { request, disposition } = search.value;
  const { listed, isCatchAll, standings } = await standingsIn(ctx, { request, serviceIds: [serviceId] });
  const found = standings.get(serviceId);
  return found ? ok({ standing: found.standing, listed, isCatchAll, place: request.place, disposition, at: request.at }) : null;
}

async function readSearch({ now }: Ctx, tried: TriedSearch): Promise<Result<{ request: SearchRequest; disposition: Disposition }, TriedFaults>> {
  const [place, disposition, symptomGroup, holidays] = await Promise.all([placeFor(tried.postcode), resolveDisposition(tried.disposition), groupOf(tried.symptomGroup), bankHolidays()]);
  const years = typedYears(tried.age);
  const at = instantOf(tried, now);
  if (!place.ok || !disposition.ok || years === null || !at) {
    return refuse({
      ...(place.ok ? {} : { postcode: 'Enter a postcode of England, Wales or Scotland' }),
      ...(disposition.ok ? {} : { disposition: dispositionFault(disposition.error) }),
      ...(years === null ? { age: 'Enter the age in whole years, 0 to 129' } : {}),
      ...(at ? {} : { time: 'Enter a day and a time that exist' }),
    });
  }
  const request: SearchRequest = {
    ...{ place: place.value, ageDays: firstDayOf(years), gender: tried.gender, role: tried.role, disposition: disposition.value },
    ...{ symptomGroup, discriminators: [], practiceCode: null, at, dueAt: dueAt(disposition.value, at, holidays) },
  };
  return ok({ request, disposition: disposition.value });
}

function dispositionFault(refusal: { code: 'disposition-unknown' } | { code: 'disposition-ambiguous'; candidates: readonly { words: string }[] }): string {
  if (refusal.code === 'disposition-unknown') return 'Choose a disposition of the list, such as Dx05';
  return `Which one: ${refusal.candidates.map(({ words }) => words).join('; ')}?`;
}

async function groupOf(typed: string): Promise<number | null> {
  if (!/^\d{1,9}$/.test(typed)) return null;
  const group = await db.symptomGroup.findUnique({ where: { id: Number(typed) }, select: { id: true } });
  return group?.id ?? null;
}

const TEN_O_CLOCK = 600;

function instantOf({ day, time }: TriedSearch, now: Date): Date | null {
  if (day === '' && time === '') return now;
  const date = day === '' ? londonDate(now) : parseLocalDate(day);
  if (date === londonDate(now) && time === '') return now;
  const minute = time === '' ? TEN_O_CLOCK : typedMinute(time);
  return date === null || minute === null ? null : londonInstant(date, minute);
}
