import { covers } from '@/lib/crossborder/specificity.rules';
import type { Area, Commissioner, Conditions } from '@/lib/crossborder/schema';
import { addDays, DAY_MINUTES, daysBetween, weekday, type MinuteOfDay } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';

/** Minutes of a day, half-open, in order and apart. */
export type Stretch = { from: MinuteOfDay; to: MinuteOfDay };

/** London dates, both included; null: open. */
export type Dates = { from: LocalDate; to: LocalDate | null };

/** What there is that agreements can be about; `services`: those that agreements name. Nothing before `today` counts. */
export type World = {
  today: LocalDate;
  commissioners: readonly Commissioner[];
  needs: readonly { code: string; family: string }[];
  holidays: ReadonlySet<LocalDate>;
  services: ReadonlyMap<string, { typeId: number; icbCode: string | null }>;
};

/** Where and when an agreement holds, spelled out. A need is a disposition's code, or none told. Days: 1 Monday to 7 Sunday, 8 a bank holiday. */
export type Extent = {
  froms: ReadonlySet<string>;
  tos: ReadonlySet<string>;
  service: { id: string | null; typeId: number | null };
  needs: ReadonlySet<string>;
  /** Those that it asks for, and those of them that there are within its dates. */
  weekdays: ReadonlySet<number>;
  days: ReadonlySet<number>;
  hours: readonly Stretch[];
  dates: Dates;
};

/** The need of a booking that tells no disposition, as those of other systems. */
export const NO_NEED = '';

export const EVERY_DAY: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8];
const BANK_HOLIDAY = 8;
const WEEK = EVERY_DAY.filter((day) => day !== BANK_HOLIDAY);
/** In so many days every day of the week comes as itself: bank holidays never take three of one in a row. */
const CERTAIN_DAYS = 21;
/** Every kind of day comes within it, as far as bank holidays are known. */
const YEAR_DAYS = 366;

/** Spells out where and when agreements hold from today on. */
export function extentOf(conditions: Conditions, world: World): Extent {
  const { serviceId, serviceTypeId, validFrom, validTo } = conditions;
  const service = serviceId === null ? null : (world.services.get(serviceId) ?? null);
  const tos = codesOf(conditions.to, world);
  const dates = { from: validFrom < world.today ? world.today : validFrom, to: validTo };
  const happening = daysIn(dates, world.holidays);
  const weekdays = new Set(conditions.weekdays.length === 0 ? EVERY_DAY : conditions.weekdays);
  const days = new Set([...weekdays].filter((day) => happening.has(day)));
  return {
    froms: codesOf(conditions.from, world),
    // Of one service the host is known.
    tos: serviceId === null ? tos : new Set([...tos].filter((code) => code === service?.icbCode)),
    service: { id: serviceId, typeId: service?.typeId ?? serviceTypeId },
    needs: needsOf(conditions, world),
    weekdays,
    days,
    hours: stretchesOf(conditions),
    dates,
  };
}

/** Whether there is a booking across a border that both hold for. */
export function meets(one: Extent, other: Extent, holidays: World['holidays']): boolean {
  const dates = commonDates(one.dates, other.dates);
  if (!dates || !sidesMeet(one, other) || !servicesMeet(one.service, other.service)) return false;
  if (isDisjoint(one.needs, other.needs) || !one.hours.some((hours) => other.hours.some(({ from, to }) => from < hours.to && hours.from < to))) return false;
  const happening = daysIn(dates, holidays);
  return [...one.days].some((day) => other.days.has(day) && happening.has(day));
}

/** Whether `outer` holds for every booking across a border that `inner` holds for. */
export function isWithin(inner: Extent, outer: Extent, holidays: World['holidays']): boolean {
  if (!sidesWithin(inner, outer) || !servicesWithin(inner.service, outer.service) || !isSubset(inner.needs, outer.needs) || !timesWithin(inner, outer)) return false;
  return datesWithin(inner.dates, outer.dates) || datesWithin(heldDates(inner, holidays), outer.dates);
}

/** Whether every pair of two different commissioners, a patient's and a host, of the one is one of the other. */
export function sidesWithin(inner: Pick<Extent, 'froms' | 'tos'>, outer: Pick<Extent, 'froms' | 'tos'>): boolean {
  return sideWithin(inner.froms, { across: inner.tos, outer: outer.froms }) && sideWithin(inner.tos, { across: inner.froms, outer: outer.tos });
}

export function servicesWithin(inner: Extent['service'], outer: Extent['service']): boolean {
  if (outer.id !== null) return inner.id === outer.id;
  return outer.typeId === null || inner.typeId === outer.typeId;
}

export function timesWithin(inner: Pick<Extent, 'days' | 'hours'>, outer: Pick<Extent, 'days' | 'hours'>): boolean {
  return isSubset(inner.days, outer.days) && without(inner.hours, outer.hours).length === 0;
}

export function datesWithin(inner: Dates, outer: Dates): boolean {
  return inner.from >= outer.from && (outer.to === null || (inner.to !== null && inner.to <= outer.to));
}

export function isSubset<Value>(inner: ReadonlySet<Value>, outer: ReadonlySet<Value>): boolean {
  return [...inner].every((value) => outer.has(value));
}

/** What is left of these minutes without those. */
export function without(minutes: readonly Stretch[], taken: readonly Stretch[]): Stretch[] {
  return taken.reduce<Stretch[]>((left, { from, to }) => left.flatMap((stretch) => [{ from: stretch.from, to: Math.min(stretch.to, from) }, { from: Math.max(stretch.from, to), to: stretch.to }].filter((part) => part.from < part.to)), [...minutes]);
}

/** Which kinds of day there are among these dates: a bank holiday is no other day. Open dates have all. */
export function daysIn({ from, to }: Dates, holidays: World['holidays']): ReadonlySet<number> {
  if (to === null) return new Set(EVERY_DAY);
  const length = Math.max(0, daysBetween(from, to) + 1);
  const hasHoliday = [...holidays].some((date) => date >= from && date <= to);
  if (length >= CERTAIN_DAYS) return new Set(hasHoliday ? EVERY_DAY : WEEK);
  const week = Array.from({ length }, (_, index) => addDays(from, index)).filter((date) => !holidays.has(date)).map((date) => weekday(date));
  return new Set(hasHoliday ? [...week, BANK_HOLIDAY] : week);
}

/** The dates from the first to the last day on which it holds. */
function heldDates({ dates: { from, to }, days }: Extent, holidays: World['holidays']): Dates {
  return { from: nearestOf(from, { days, holidays, step: 1 }), to: to && nearestOf(to, { days, holidays, step: -1 }) };
}

function nearestOf(date: LocalDate, { days, holidays, step }: { days: ReadonlySet<number>; holidays: World['holidays']; step: 1 | -1 }): LocalDate {
  let found = date;
  for (let tried = 0; tried < YEAR_DAYS && !days.has(holidays.has(found) ? BANK_HOLIDAY : weekday(found)); tried += 1) found = addDays(found, step);
  return found;
}

function codesOf(area: Area, { commissioners }: World): Set<string> {
  return new Set(commissioners.filter((commissioner) => covers(area, commissioner)).map(({ code }) => code));
}

function needsOf({ dispositions, families }: Conditions, { needs }: World): Set<string> {
  if (dispositions.length === 0 && families.length === 0) return new Set([NO_NEED, ...needs.map(({ code }) => code)]);
  return new Set(needs.filter(({ code, family }) => dispositions.includes(code) || families.includes(family)).map(({ code }) => code));
}

function stretchesOf({ fromMinute, toMinute }: Conditions): Stretch[] {
  if (fromMinute === null || toMinute === null) return [{ from: 0, to: DAY_MINUTES }];
  if (fromMinute < toMinute) return [{ from: fromMinute, to: toMinute }];
  return [{ from: 0, to: toMinute }, { from: fromMinute, to: DAY_MINUTES }].filter(({ from, to }) => from < to);
}

function commonDates(one: Dates, other: Dates): Dates | null {
  const from = one.from > other.from ? one.from : other.from;
  const ends = [one.to, other.to].filter((date) => date !== null).sort();
  const to = ends[0] ?? null;
  return to !== null && to < from ? null : { from, to };
}

function sidesMeet(one: Extent, other: Extent): boolean {
  const froms = [...one.froms].filter((code) => other.froms.has(code));
  const tos = [...one.tos].filter((code) => other.tos.has(code));
  return froms.some((from) => tos.some((to) => from !== to));
}

// A commissioner with nobody across but itself is in no booking across a border.
function sideWithin(side: ReadonlySet<string>, { across, outer }: { across: ReadonlySet<string>; outer: ReadonlySet<string> }): boolean {
  return [...side].every((code) => outer.has(code) || ![...across].some((other) => other !== code));
}

function servicesMeet(one: Extent['service'], other: Extent['service']): boolean {
  if (one.id !== null && other.id !== null) return one.id === other.id;
  return one.typeId === null || other.typeId === null || one.typeId === other.typeId;
}

function isDisjoint<Value>(one: ReadonlySet<Value>, other: ReadonlySet<Value>): boolean {
  return ![...one].some((value) => other.has(value));
}
