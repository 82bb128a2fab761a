import type { Ctx } from '@/lib/auth/actor';
import { isAdminOf, requirePermission } from '@/lib/auth/permissions';
import type { AgeRange } from '@/lib/directory/age.rules';
import type { DayHours, ProfileWords, SymptomKey } from '@/lib/directory/profile.schema';
import type { Gender, Hours, ReferralRole } from '@/lib/directory/schema';
import { db, type Prisma, type Tx } from '@/lib/platform/db';
import { addDays, fromDateColumn, toDateColumn } from '@/lib/platform/time';
import { londonDate, type LocalDate } from '@/lib/platform/time-words';

/** How many days of bank holidays are shown ahead. */
const HOLIDAY_DAYS = 366;

/** Hours that replace all others on one date of London; 00:00 to 00:00 is closed all day (D-020). */
export type SpecifiedDate = { date: LocalDate; sessions: readonly Hours[]; reason: string | null };

/** Everything that an admin sets of a service, as it stands at `version`. */
export type Profile = {
  id: string;
  version: number;
  dosId: string;
  name: string;
  typeName: string;
  organisationName: string;
  status: string;
  address: string;
  postcode: string;
  words: ProfileWords;
  isBookable: boolean;
  isBookingOnly: boolean;
  holdMinutes: number;
  cancelBy: string;
  /** The organisations that may not book here, by ODS code (B-114). */
  refusesFrom: readonly string[];
  isOpenAllHours: boolean;
  /** The service is listed only while it is open or opens within so many minutes (D-017); null: whenever it is open in time. */
  onlyIfOpenMinutes: number | null;
  hours: readonly DayHours[];
  /** From today on, in order. */
  specified: readonly SpecifiedDate[];
  dispositions: readonly { code: string; title: string; family: string }[];
  ages: readonly AgeRange[];
  genders: readonly Gender[];
  roles: readonly ReferralRole[];
  symptoms: readonly SymptomKey[];
  /** Whether any weekly pattern or session makes slots for it. */
  hasSchedule: boolean;
};

const PROFILE = {
  ...{ id: true, version: true, dosId: true, name: true, status: true, address: true, postcode: true },
  ...{ handlerInstructions: true, patientInformation: true, accessNeeds: true, publicPhone: true, staffPhone: true, website: true },
  ...{ isBookable: true, isBookingOnly: true, holdMinutes: true, cancelBy: true, refusesFrom: true, isOpenAllHours: true, isOnlyIfOpen: true, onlyIfOpenMinutes: true },
  ...{ genders: true, referralRoles: true },
  type: { select: { name: true } },
  organisation: { select: { name: true } },
  ages: { select: { daysFrom: true, daysTo: true }, orderBy: { daysFrom: 'asc' } },
  symptoms: { select: { groupId: true, discriminatorId: true }, orderBy: [{ groupId: 'asc' }, { discriminatorId: 'asc' }] },
  dispositions: { select: { disposition: { select: { code: true, title: true, family: true } } }, orderBy: { code: 'asc' } },
  openings: { select: { day: true, fromMinute: true, toMinute: true }, orderBy: [{ day: 'asc' }, { fromMinute: 'asc' }] },
  schedules: { select: { id: true }, where: { OR: [{ templates: { some: {} } }, { sessions: { some: { status: 'open' } } }] }, take: 1 },
} satisfies Prisma.ServiceSelect;

/**
 * The profile of a service of the actor's; null when it is another's or there is none. Specified dates that are past are left out.
 * Throws ForbiddenError without `service:configure`.
 */
export async function profileOf(ctx: Ctx, serviceId: string): Promise<Profile | null> {
  requirePermission(ctx.actor, 'service:configure');

  if (!isAdminOf(ctx.actor, serviceId)) return null;
  return readProfile(db, { serviceId, from: londonDate(ctx.now) });
}

/** The profile of any service, with its specified dates from `from` on; null when there is none. For commands, which ask first who may. */
export async function readProfile(tx: Tx, { serviceId, from }: { serviceId: string; from: LocalDate }): Promise<Profile | null> {
  const row = await tx.service.findUnique({
    where: { id: serviceId },
    select: { ...PROFILE, openingExceptions: { where: { date: { gte: toDateColumn(from) } }, orderBy: [{ date: 'asc' }, { fromMinute: 'asc' }] } },
  });
  if (!row) return null;
  const { type, organisation, genders, referralRoles, dispositions, openings, openingExceptions, schedules, isOnlyIfOpen, onlyIfOpenMinutes, ...rest } = row;
  const { handlerInstructions, patientInformation, accessNeeds, publicPhone, staffPhone, website, ...facts } = rest;
  return {
    ...facts,
    typeName: type.name,
    organisationName: organisation.name,
    words: { handlerInstructions, patientInformation, accessNeeds, publicPhone, staffPhone, website },
    genders: genders.filter(isGender),
    roles: referralRoles.filter(isReferralRole),
    dispositions: dispositions.map(({ disposition }) => disposition),
    hours: openings,
    specified: byDate(openingExceptions),
    onlyIfOpenMinutes: isOnlyIfOpen ? onlyIfOpenMinutes : null,
    hasSchedule: schedules.length > 0,
  };
}

/** The bank holidays of England from today to a year on, in order. */
export async function comingBankHolidays(now: Date): Promise<{ date: LocalDate; name: string }[]> {
  const today = londonDate(now);
  const rows = await db.bankHoliday.findMany({
    where: { date: { gte: toDateColumn(today), lt: toDateColumn(addDays(today, HOLIDAY_DAYS)) } },
    orderBy: { date: 'asc' },
  });
  return rows.map(({ date, name }) => ({ date: fromDateColumn(date), name }));
}

/** Who last changed what a service is, and when; null when nobody did. `tx` sees what the transaction waited for. */
export async function lastServiceChange(tx: Tx, serviceId: string): Promise<{ by: string; at: Date } | null> {
  const row = await tx.auditEvent.findFirst({
    where: { subject: serviceId, type: { in: ['service.changed', 'service.created'] } },
    orderBy: { seq: 'desc' },
    select: { at: true, actorId: true },
  });
  if (!row) return null;
  const staff = await tx.staff.findFirst({ where: { id: row.actorId }, select: { name: true } });
  return { by: staff?.name ?? 'A colleague', at: row.at };
}

function byDate(rows: readonly (Hours & { date: Date; reason: string | null })[]): SpecifiedDate[] {
  const dates = new Map<LocalDate, { date: LocalDate; sessions: Hours[]; reason: string | null }>();
  for (const { date: column, fromMinute, toMinute, reason } of rows) {
    const date = fromDateColumn(column);
    const known = dates.get(date);
    if (known) known.sessions.push({ fromMinute, toMinute });
    else dates.set(date, { date, sessions: [{ fromMinute, toMinute }], reason });
  }
  return [...dates.values()];
}

function isGender(value: string): value is Gender {
  return value === 'M' || value === 'F' || value === 'I';
}

function isReferralRole(value: string): value is ReferralRole {
  return value === 'call-handler' || value === 'clinician';
}
