import { z } from 'zod';
import { OLDEST_YEARS, daysOf, type AgeRange } from '@/lib/directory/age.rules';
import { CLOSED_ALL_DAY, parseHours } from '@/lib/directory/hours.rules';
import type { Gender, Hours, ReferralRole } from '@/lib/directory/schema';
import { localDateFrom, parseLocalDate } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';

const GENDERS: readonly Gender[] = ['F', 'M', 'I'];
const ROLES: readonly ReferralRole[] = ['call-handler', 'clinician'];

/** The days of opening hours, 1 Monday to 7 Sunday, 8 public holiday; the form's field of a day is `day1` to `day8`. */
export const OPENING_DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday', 'Public holidays'] as const;

/** Opening hours of one day of the week, or of public holidays. */
export type DayHours = Hours & { day: number };

/** What may be changed of a profile: a part of it at a time. Dates are London's. */
export type ProfileChange =
  | { section: 'accepts'; dispositions: readonly string[]; ages: readonly AgeRange[]; genders: readonly Gender[]; roles: readonly ReferralRole[] }
  | { section: 'symptoms'; symptoms: readonly SymptomKey[] }
  | { section: 'hours'; isOpenAllHours: boolean; hours: readonly DayHours[]; onlyIfOpenMinutes: 15 | 30 | null }
  | { section: 'dates'; date: LocalDate; sessions: readonly Hours[]; reason: string | null }
  | { section: 'date-removed'; date: LocalDate }
  | { section: 'booking'; isBookable: boolean; isBookingOnly: boolean; holdMinutes: number; cancelBy: 'any' | 'booker'; refusesFrom: readonly string[] }
  | { section: 'words'; words: ProfileWords }
  | { section: 'place'; name: string; address: string; postcode: string };

export type SymptomKey = { groupId: number; discriminatorId: number };

/** What is said of a service in free text. */
export type ProfileWords = {
  handlerInstructions: string | null;
  patientInformation: string | null;
  accessNeeds: string | null;
  publicPhone: string | null;
  staffPhone: string | null;
  website: string | null;
};

/** A change of the profile that was looked at as `version`. */
export type ProfileRequest = { serviceId: string; version: number; change: ProfileChange };

const typed = z.string().default('');
const line = (fault: string, most: number) => typed.pipe(z.string().trim().min(1, fault).max(most, `Use at most ${most} characters`));
const text = (most: number) => typed.pipe(z.string().trim().max(most, `Use at most ${most} characters`).transform((value) => value.replace(/\r\n/g, '\n') || null));
const phone = typed.pipe(z.string().trim().regex(/^(\+?[\d ()]{5,24})?$/, 'Enter a telephone number, such as 01632 960001').transform((value) => value || null));
const website = typed.pipe(
  z.string().trim().max(200, 'Use at most 200 characters').refine((value) => value === '' || (/^https?:\/\/[^\s]+\.[^\s]+$/.test(value) && URL.canParse(value)), 'Enter a whole address, such as https://www.example.com').transform((value) => value || null),
);
const odsCodes = typed
  .transform((value) => [...new Set(value.toUpperCase().split(/[\s,;]+/).filter(Boolean))])
  .refine((codes) => codes.every((code) => /^[A-Z0-9]{3,15}$/.test(code)), 'Enter ODS codes with a comma between two, such as Y99901, Y99902')
  .pipe(z.array(z.string()).max(200, 'Enter at most 200 ODS codes'));
const list = typed.transform((value) => value.split(',').filter(Boolean));

const placeFields = {
  name: line('Enter the name of the service', 120),
  address: line('Enter the address where patients go', 200),
  postcode: line('Enter the postcode where patients go', 10),
};

const chosen = <Value extends string>(known: readonly Value[], fault: string) =>
  list.transform((values) => known.filter((value) => values.includes(value))).pipe(z.array(z.custom<Value>()).min(1, fault));

const accepts = z
  .object({
    section: z.literal('accepts'),
    dispositions: list.pipe(z.array(z.string()).min(1, 'Choose at least one disposition: without one no call finds this service')),
    genders: chosen(GENDERS, 'Choose at least one: without one no call finds this service'),
    roles: chosen(ROLES, 'Choose who may refer: without one no call finds this service'),
    ageFrom1: typed,
    ageTo1: typed,
    ageFrom2: typed,
    ageTo2: typed,
  })
  .transform(({ ageFrom1, ageTo1, ageFrom2, ageTo2, ...rest }, ctx) => ({ ...rest, ages: agesOf([[ageFrom1, ageTo1], [ageFrom2, ageTo2]], ctx) }));

const symptoms = z.object({ section: z.literal('symptoms'), symptoms: list.transform((values) => values.flatMap((value) => symptomKey(value) ?? [])) });

const hours = z
  .object({
    section: z.literal('hours'),
    isOpenAllHours: z.string().optional().transform(Boolean),
    onlyIfOpenMinutes: z.enum(['', '15', '30']).default('').transform((value): 15 | 30 | null => ({ '': null, '15': 15, '30': 30 } as const)[value]),
    ...{ day1: typed, day2: typed, day3: typed, day4: typed, day5: typed, day6: typed, day7: typed, day8: typed },
  })
  .transform(({ section, isOpenAllHours, onlyIfOpenMinutes, ...days }, ctx) => ({ section, isOpenAllHours, onlyIfOpenMinutes, hours: hoursOf(days, ctx) }));

const dates = z
  .object({ section: z.literal('dates'), dateDay: typed, dateMonth: typed, dateYear: typed, kind: z.enum(['closed', 'open'], 'Choose closed or open'), hours: typed, reason: text(100) })
  .transform(({ section, dateDay, dateMonth, dateYear, kind, hours: own, reason }, ctx) => {
    const date = localDateFrom(Number(dateYear), Number(dateMonth), Number(dateDay));
    const sessions = kind === 'closed' ? [CLOSED_ALL_DAY] : sessionsOf(own, { field: 'hours', day: 'Hours', ctx });
    if (kind === 'open' && own.trim() === '') ctx.addIssue({ code: 'custom', path: ['hours'], message: 'Enter the hours of that date, such as 10:00 to 16:00' });
    if (date) return { section, date, sessions, reason };
    ctx.addIssue({ code: 'custom', path: ['date'], message: 'Enter a date that exists, such as 24 12 2026' });
    return z.NEVER;
  });

const dateRemoved = z.object({ section: z.literal('date-removed'), date: typed.transform((value) => parseLocalDate(value)) }).transform(({ section, date }, ctx) => {
  if (date) return { section, date };
  ctx.addIssue({ code: 'custom', path: ['date'], message: 'Choose a date of the list' });
  return z.NEVER;
});

const booking = z.object({
  section: z.literal('booking'),
  isBookable: z.enum(['yes', 'no'], 'Choose on or off').transform((value) => value === 'yes'),
  isBookingOnly: z.string().optional().transform(Boolean),
  holdMinutes: typed.pipe(z.string().trim().regex(/^([1-9]|1[0-5])$/, 'Enter a whole number of minutes from 1 to 15').transform(Number)),
  cancelBy: z.enum(['any', 'booker'], 'Choose who may cancel'),
  refusesFrom: odsCodes,
});

const words = z
  .object({ section: z.literal('words'), handlerInstructions: text(1000), patientInformation: text(1000), accessNeeds: text(500), publicPhone: phone, staffPhone: phone, website })
  .transform(({ section, ...rest }) => ({ section, words: rest }));

const place = z.object({ section: z.literal('place'), ...placeFields });

/** One form of the profile as it is sent: a `ProfileChange`. Faults by field; hours and ages say what is wrong in words. */
export const profileChange = z.discriminatedUnion('section', [accepts, symptoms, hours, dates, dateRemoved, booking, words, place]);

/** A new service as it is typed. The id is minted with the form, so that one sent twice makes one service. */
export const newService = z.object({
  id: z.uuid(),
  ...placeFields,
  typeId: typed.pipe(z.string().regex(/^\d{1,9}$/, 'Choose the type of service').transform(Number)),
});
export type NewService = z.infer<typeof newService>;

/** Which profile is changed, as every form of it says. */
export const profileTarget = z.object({ serviceId: z.string().default(''), version: z.coerce.number().int().catch(0) });

type Issues = z.RefinementCtx;

/** The two fields of each range of ages; a range left empty is none, an empty end is no limit. */
function agesOf(ranges: readonly (readonly [from: string, to: string])[], ctx: Issues): AgeRange[] {
  const ages = ranges.flatMap(([from, to], index) => {
    if (index > 0 && !from.trim() && !to.trim()) return [];
    const years = { from: yearsFrom(from, 0), to: yearsFrom(to, OLDEST_YEARS) };
    const fault = (field: string, message: string) => void ctx.addIssue({ code: 'custom', path: [`${field}${index + 1}`], message });
    if (years.from === null) fault('ageFrom', `Enter the youngest age in whole years, 0 to ${OLDEST_YEARS}`);
    if (years.to === null) fault('ageTo', `Enter the oldest age in whole years, 0 to ${OLDEST_YEARS}, or leave it empty`);
    if (years.from === null || years.to === null) return [];
    if (years.from > years.to) fault('ageTo', `The oldest age, ${years.to}, is below the youngest, ${years.from}`);
    return [daysOf({ from: years.from, to: years.to })];
  });
  const [first, second] = ages;
  const isOverlap = first && second && first.daysFrom <= second.daysTo && second.daysFrom <= first.daysTo;
  if (isOverlap) ctx.addIssue({ code: 'custom', path: ['ageFrom2'], message: 'The second range of ages overlaps the first' });
  return ages;
}

function yearsFrom(typedYears: string, empty: number): number | null {
  const trimmed = typedYears.trim();
  if (trimmed === '') return empty;
  return /^\d{1,3}$/.test(trimmed) && Number(trimmed) <= OLDEST_YEARS ? Number(trimmed) : null;
}

function hoursOf(days: Record<string, string>, ctx: Issues): DayHours[] {
  return OPENING_DAYS.flatMap((day, index) => {
    const field = `day${index + 1}`;
    return sessionsOf(days[field] ?? '', { field, day, ctx }).map((session) => ({ day: index + 1, ...session }));
  });
}

function sessionsOf(typedHours: string, { field, day, ctx }: { field: string; day: string; ctx: Issues }): readonly Hours[] {
  const sessions = parseHours(typedHours);
  if (sessions.ok) return sessions.value;
  ctx.addIssue({ code: 'custom', path: [field], message: `${day}: ${sessions.error}` });
  return [];
}

function symptomKey(value: string): SymptomKey | null {
  const found = /^(\d{1,9})-(\d{1,9})$/.exec(value);
  return found && { groupId: Number(found[1]), discriminatorId: Number(found[2]) };
}
