import type { Area, BorderFacts, Commissioner, Conditions, LiveAgreement, QuotaUse, WhyNot } from '@/lib/crossborder/schema';
import { londonMinute, weekday, type MinuteOfDay } from '@/lib/platform/time';
import { londonDate, type LocalDate } from '@/lib/platform/time-words';

/** Weekday of a bank holiday of England, which is then none of the seven. */
const BANK_HOLIDAY = 8;

/** The start of a slot as agreements speak of it: in London, weekday 8 on a bank holiday. */
export type Moment = { day: LocalDate; weekday: number; minute: MinuteOfDay };

/** What makes an agreement more specific than another: the first of these in which they differ decides. Conditions do not count. */
export const SPECIFICITY = [
  { what: 'What it is about', order: ['one service', 'one type of service', 'all services'], levelOf: narrowing },
  { what: 'Where the service is', order: ['one commissioner', 'a region', 'anywhere'], levelOf: ({ to }: Conditions) => areaLevel(to) },
  { what: 'Whose patient it is', order: ['one commissioner', 'a region', 'anywhere'], levelOf: ({ from }: Conditions) => areaLevel(from) },
] as const;

type Dated = Conditions & { agreedAt: Date; id: string };

/**
 * Why an agreement does not hold for a booking, the first reason in the order of WHY_NOT; null when it does. Knows nothing of other agreements, so it
 * never says `less-specific` or `older`. `moment` is that of the slot's start, worked out once for many agreements; minutes are half-open.
 * Source: docs/rules.md#across-borders.
 */
export function matchAt(agreement: LiveAgreement, facts: BorderFacts, { used, moment }: { used: QuotaUse; moment: Moment }): WhyNot | null {
  const { from, to, serviceTypeId, serviceId, validFrom, validTo } = agreement;
  if (!covers(from, facts.responsible.commissioner)) return 'from';
  if (!covers(to, facts.host.commissioner)) return 'to';
  if (serviceTypeId !== null && serviceTypeId !== facts.service.typeId) return 'service-type';
  if (serviceId !== null && serviceId !== facts.service.id) return 'service';
  if (!isForDisposition(agreement, facts.disposition)) return 'disposition';
  if (agreement.weekdays.length > 0 && !agreement.weekdays.includes(moment.weekday)) return 'day';
  if (!isWithinHours(agreement, moment.minute)) return 'hours';
  if (moment.day < validFrom || (validTo !== null && moment.day > validTo)) return 'dates';
  return isUsedUp(agreement, used, moment.day) ? 'quota' : null;
}

/** Negative when `one` is the more specific, or as specific and agreed later; the id makes the order total. */
export function compareSpecificity(one: Dated, other: Dated): number {
  return compareLevels(one, other) || other.agreedAt.getTime() - one.agreedAt.getTime() || (one.id < other.id ? -1 : Number(one.id > other.id));
}

/** Negative when `one` is the more specific; 0 when only their dates of agreement tell which decides. */
export function compareLevels(one: Conditions, other: Conditions): number {
  for (const { levelOf } of SPECIFICITY) {
    const difference = levelOf(one) - levelOf(other);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Whether a commissioner is in an area: by its own code, by its region, or because it is any. Nations are in no region. */
export function covers(area: Area, commissioner: Commissioner | null): boolean {
  if (area.kind === 'any') return true;
  return area.code === (area.kind === 'region' ? commissioner?.regionCode : commissioner?.code);
}

/** The start of a slot as agreements speak of it. */
export function momentOf(startsAt: Date, holidays: ReadonlySet<LocalDate>): Moment {
  const day = londonDate(startsAt);
  return { day, weekday: holidays.has(day) ? BANK_HOLIDAY : weekday(day), minute: londonMinute(startsAt) };
}

/** The key of a day's use of a quota. */
export function quotaKey(agreementId: string, day: LocalDate): string {
  return `${agreementId} ${day}`;
}

function narrowing({ serviceId, serviceTypeId }: Conditions): number {
  if (serviceId !== null) return 0;
  return serviceTypeId === null ? 2 : 1;
}

function areaLevel({ kind }: Area): number {
  if (kind === 'commissioner') return 0;
  return kind === 'region' ? 1 : 2;
}

// Whoever tells no disposition cannot claim an agreement that asks for one.
function isForDisposition({ dispositions, families }: Conditions, disposition: BorderFacts['disposition']): boolean {
  if (dispositions.length === 0 && families.length === 0) return true;
  return disposition !== null && (dispositions.includes(disposition.code) || families.includes(disposition.family));
}

function isWithinHours({ fromMinute, toMinute }: Conditions, minute: MinuteOfDay): boolean {
  if (fromMinute === null || toMinute === null) return true;
  if (fromMinute < toMinute) return minute >= fromMinute && minute < toMinute;
  return minute >= fromMinute || minute < toMinute;
}

function isUsedUp({ id, dailyQuota }: LiveAgreement, used: QuotaUse, day: LocalDate): boolean {
  return dailyQuota !== null && (used.get(quotaKey(id, day)) ?? 0) >= dailyQuota;
}
