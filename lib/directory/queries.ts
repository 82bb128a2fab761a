import { z } from 'zod';
import { hasEveryWord, isSameCode } from '@/lib/directory/disposition.rules';
import { patternFrom } from '@/lib/directory/pattern.rules';
import type { Disposition, ReferralRole, ServiceDetail, SymptomGroup } from '@/lib/directory/schema';
import { db } from '@/lib/platform/db';
import type { RefusalOf } from '@/lib/platform/errors';
import { ok, refuse, type Result } from '@/lib/platform/result';
import { fromDateColumn } from '@/lib/platform/time';
import type { LocalDate } from '@/lib/platform/time-words';

const MOST_CANDIDATES = 10;
const MOST_WORDS = 20;
const GP_PRACTICE_KIND = 'gp-practice';
const DISPOSITION = {
  code: true,
  title: true,
  family: true,
  contactMode: true,
  timeframeMinutes: true,
  timeframeLabel: true,
  outsideTimeframeRule: true,
  numericId: true,
} as const;

const DETAIL = {
  id: true,
  dosId: true,
  odsCode: true,
  name: true,
  typeId: true,
  type: { select: { name: true } },
  status: true,
  address: true,
  postcode: true,
  latitude: true,
  longitude: true,
  icbCode: true,
  publicPhone: true,
  staffPhone: true,
  website: true,
  handlerInstructions: true,
  patientInformation: true,
  isBookable: true,
  isBookingOnly: true,
  isDemonstration: true,
  isOpenAllHours: true,
  ages: { select: { daysFrom: true, daysTo: true }, orderBy: { daysFrom: 'asc' } },
  openings: { orderBy: { fromMinute: 'asc' } },
  openingExceptions: { orderBy: { fromMinute: 'asc' } },
} as const;

/** Every disposition, the short codes first: Dx02 … Dx98, then Dx010 …, then Dx0115 …. */
export async function dispositions(): Promise<Disposition[]> {
  const rows = await db.disposition.findMany({ select: DISPOSITION });
  return rows.sort((one, other) => one.code.length - other.code.length || one.code.localeCompare(other.code));
}

/** The disposition with this code, without regard to case (D-057), or null. */
export async function dispositionByCode(code: string): Promise<Disposition | null> {
  // Compared here: in the database "_" and "%" would match anything.
  return (await dispositions()).find((disposition) => isSameCode(disposition.code, code)) ?? null;
}

/**
 * The disposition that was typed: a code (`Dx05`, `dx05`), its number (`1005`), a code followed by its title, or words, every
 * one of which must occur in code or title. Refuses with `disposition-ambiguous` (at most 10 candidates) or `disposition-unknown`.
 */
export async function resolveDisposition(typed: string): Promise<Result<Disposition, RefusalOf<'disposition-unknown' | 'disposition-ambiguous'>>> {
  const known = await dispositions();
  const [first = ''] = typed.trim().split(/\s+/);
  const named = known.find(({ code, numericId }) => isSameCode(code, first) || String(numericId) === typed.trim());
  if (named) return ok(named);

  const found = known.filter(({ code, title }) => hasEveryWord(`${code} ${title}`, typed));
  const [only] = found;
  if (!only) return refuse({ code: 'disposition-unknown', typed });
  if (found.length === 1) return ok(only);
  const candidates = found.slice(0, MOST_CANDIDATES).map(({ code, title }) => ({ value: code, words: `${code} ${title}` }));
  return refuse({ code: 'disposition-ambiguous', typed, candidates });
}

/**
 * The GP practice that was typed: an ODS code, a code followed by a name, or words of which every one occurs in the name.
 * Refuses with `practice-ambiguous` (at most 10 candidates) or `practice-unknown`.
 */
export async function resolvePractice(typed: string): Promise<Result<{ code: string; name: string }, RefusalOf<'practice-unknown' | 'practice-ambiguous'>>> {
  const [first = ''] = typed.trim().split(/\s+/);
  const named = await db.organisation.findFirst({ where: { kind: GP_PRACTICE_KIND, odsCode: first.toUpperCase() }, select: { odsCode: true, name: true } });
  if (named) return ok({ code: named.odsCode, name: named.name });

  // Only letters and digits reach the pattern: "%" and "_" would match anything.
  const words = typed.match(/[\p{L}\p{N}]+/gu) ?? [];
  if (words.length === 0 || words.length > MOST_WORDS) return refuse({ code: 'practice-unknown', typed });
  const found = await db.organisation.findMany({
    where: { kind: GP_PRACTICE_KIND, AND: words.map((word) => ({ name: { contains: word, mode: 'insensitive' } })) },
    select: { odsCode: true, name: true },
    orderBy: [{ name: 'asc' }, { odsCode: 'asc' }],
    take: MOST_CANDIDATES,
  });
  const [only] = found;
  if (!only) return refuse({ code: 'practice-unknown', typed });
  if (found.length === 1) return ok({ code: only.odsCode, name: only.name });
  return refuse({ code: 'practice-ambiguous', typed, candidates: found.map(({ odsCode, name }) => ({ value: odsCode, words: `${odsCode} ${name}` })) });
}

/** Every symptom group by name, with the discriminators valid in it. */
export async function symptomGroups(): Promise<SymptomGroup[]> {
  const rows = await db.symptomGroup.findMany({
    select: { id: true, name: true, pairs: { select: { discriminator: { select: { id: true, name: true } } }, orderBy: { discriminator: { name: 'asc' } } } },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ pairs, ...group }) => ({ ...group, discriminators: pairs.map(({ discriminator }) => discriminator) }));
}

/** The bank holidays of England that are known. */
export async function bankHolidays(): Promise<ReadonlySet<LocalDate>> {
  const rows = await db.bankHoliday.findMany({ select: { date: true } });
  return new Set(rows.map(({ date }) => fromDateColumn(date)));
}

/** Every type of service, by name. */
export async function serviceTypes(): Promise<{ id: number; name: string }[]> {
  return db.serviceType.findMany({ select: { id: true, name: true }, orderBy: [{ name: 'asc' }, { id: 'asc' }] });
}

/**
 * All that is kept of the service with this id, Onward's own or that of the directory; null when there is none (D-048, 103).
 * Staff telephone numbers are for clinicians only (D-047).
 */
export async function serviceDetail(id: string, role: ReferralRole = 'call-handler'): Promise<ServiceDetail | null> {
  const row = await db.service.findUnique({ where: z.uuid().safeParse(id).success ? { id } : { dosId: id }, select: DETAIL });
  if (!row) return null;
  const { type, openings, openingExceptions, isOpenAllHours, staffPhone, ...service } = row;
  return {
    ...service,
    typeName: type.name,
    staffPhone: role === 'clinician' ? staffPhone : null,
    opening: patternFrom({
      isOpenAllHours,
      hours: openings.map(({ day, fromMinute, toMinute }) => [day, fromMinute, toMinute]),
      specified: openingExceptions.map(({ date, fromMinute, toMinute }) => [fromDateColumn(date), fromMinute, toMinute]),
    }),
  };
}
